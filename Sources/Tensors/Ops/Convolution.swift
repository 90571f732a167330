extension ops {
    /// Convolution over one, two or three spatial axes.
    ///
    /// - Parameters:
    ///   - x: `[batch, spatial…, channels]`, or `[batch, channels, spatial…]` with channels first.
    ///   - kernel: `[spatial…, channels / groups, filters]`; the number of groups follows from it.
    ///   - strides: steps of the window; 1 unless given.
    ///   - dilationRate: distance between the window's elements.
    /// - Returns: `[batch, spatial…, filters]` in the order of x.
    /// - Throws: `GraphError` for wrong ranks and channels, `TensorError.argument` for an empty output.
    public static func conv(
        _ x: some TensorConvertible, _ kernel: some TensorConvertible, strides: SpatialSizes = 1, padding: PaddingMode = .valid,
        dataFormat: DataFormat? = nil, dilationRate: SpatialSizes = 1
    ) throws -> Tensor {
        let (x, kernel) = try Operands.promoted(x, kernel, minimum: .floatingPoint)
        let spatial = try spatialAxes(x, kernel, "conv")
        let strides = try strides.expanded(spatial, "conv", "strides")
        let dilation = try dilationRate.expanded(spatial, "conv", "dilationRate")
        let input = try channelsLast(x, dataFormat)
        let channels = input.shape[spatial + 1], group = kernel.shape[spatial], filters = kernel.shape[spatial + 1]
        guard group > 0, channels % group == 0, filters % Swift.max(1, channels / group) == 0 else {
            throw GraphError.shapeMismatch(
                operation: "conv", shapes: [x.shape, kernel.shape],
                rule: "the input's channels must be a multiple of the kernel's, and the filters of their quotient")
        }
        let plans = try windowPlans(input, kernel, strides, dilation, padding, "conv")
        let convolution = Convolution(
            strides: strides, low: plans.map(\.low), high: plans.map(\.high), kernelDilation: dilation, groups: Swift.max(1, channels / group))
        return try channelsBack(.apply(.convolution(convolution), input, kernel), dataFormat)
    }

    /// Convolution of each channel by itself.
    ///
    /// - Parameter kernel: `[spatial…, channels, multiplier]`. The result has `channels · multiplier` channels.
    public static func depthwiseConv(
        _ x: some TensorConvertible, _ kernel: some TensorConvertible, strides: SpatialSizes = 1, padding: PaddingMode = .valid,
        dataFormat: DataFormat? = nil, dilationRate: SpatialSizes = 1
    ) throws -> Tensor {
        let (x, kernel) = try Operands.promoted(x, kernel, minimum: .floatingPoint)
        let spatial = try spatialAxes(x, kernel, "depthwiseConv")
        let channels = x.shape[(dataFormat ?? imageDataFormat()) == .channelsLast ? spatial + 1 : 1]
        guard kernel.shape[spatial] == channels else {
            throw GraphError.shapeMismatch(
                operation: "depthwiseConv", shapes: [x.shape, kernel.shape], rule: "the kernel's last axis but one has the input's channels")
        }
        let flat = try kernel.reshaped(Array(kernel.shape.prefix(spatial)) + [1, channels * kernel.shape[spatial + 1]])
        return try conv(x, flat, strides: strides, padding: padding, dataFormat: dataFormat, dilationRate: dilationRate)
    }

    /// A depthwise convolution and one with windows of size 1 behind it.
    public static func separableConv(
        _ x: some TensorConvertible, _ depthwiseKernel: some TensorConvertible, _ pointwiseKernel: some TensorConvertible,
        strides: SpatialSizes = 1, padding: PaddingMode = .valid, dataFormat: DataFormat? = nil, dilationRate: SpatialSizes = 1
    ) throws -> Tensor {
        let deep = try depthwiseConv(
            x, depthwiseKernel, strides: strides, padding: padding, dataFormat: dataFormat, dilationRate: dilationRate)
        return try conv(deep, pointwiseKernel, dataFormat: dataFormat)
    }

    /// The transpose of a convolution, which makes its input larger.
    ///
    /// - Parameters:
    ///   - kernel: `[spatial…, filters, channels]`.
    ///   - outputPadding: elements added at the end of each spatial axis; nil for Keras' default sizes
    ///     (`size · stride` with same padding).
    public static func convTranspose(
        _ x: some TensorConvertible, _ kernel: some TensorConvertible, strides: SpatialSizes = 1, padding: PaddingMode = .valid,
        outputPadding: [Int]? = nil, dataFormat: DataFormat? = nil, dilationRate: SpatialSizes = 1
    ) throws -> Tensor {
        let (x, kernel) = try Operands.promoted(x, kernel, minimum: .floatingPoint)
        let spatial = try spatialAxes(x, kernel, "convTranspose")
        let strides = try strides.expanded(spatial, "convTranspose", "strides")
        let dilation = try dilationRate.expanded(spatial, "convTranspose", "dilationRate")
        let input = try channelsLast(x, dataFormat)
        guard kernel.shape[spatial + 1] == input.shape[spatial + 1] else {
            throw GraphError.shapeMismatch(
                operation: "convTranspose", shapes: [x.shape, kernel.shape], rule: "the kernel's last axis has the input's channels")
        }
        let more = try outputPadding.map { list -> [Int] in
            guard list.count == spatial || list.count == 1, list.allSatisfy({ $0 >= 0 && $0 < Int(Int32.max) }) else {
                throw TensorError.argument(operation: "convTranspose", detail: "outputPadding is one number for each of \(spatial) axes, not \(list)")
            }
            return list.count == 1 ? [Int](repeating: list[0], count: spatial) : list
        }
        guard padding != .causal else { throw TensorError.argument(operation: "convTranspose", detail: "the padding is valid or same") }
        var low: [Int] = [], high: [Int] = []
        for axis in 0..<spatial {
            let pads = transposedPadding(
                window: (kernel.shape[axis] - 1) * dilation[axis] + 1, stride: strides[axis], padding, more?[axis])
            low.append(pads.low)
            high.append(pads.high)
        }
        let convolution = Convolution(
            strides: [Int](repeating: 1, count: spatial), low: low, high: high, inputDilation: strides, kernelDilation: dilation)
        let turned = try swapaxes(flip(kernel, axes: Array(0..<spatial)), -1, -2)
        return try channelsBack(.apply(.convolution(convolution), input, turned), dataFormat)
    }

    /// Keras' sizes: with valid padding `(n - 1) · stride + max(window, stride)`, with same padding `n · stride`.
    private static func transposedPadding(window: Int, stride: Int, _ padding: PaddingMode, _ more: Int?) -> (low: Int, high: Int) {
        if padding == .valid {
            return (window - 1, window - 1 + (more ?? Swift.max(window, stride) - window))
        }
        let total = more.map { window + window % 2 - 2 + $0 } ?? stride + window - 2
        let low = Swift.min(total / 2 + total % 2, window - 1)
        return (low, total - low)
    }

    private static func spatialAxes(_ x: Tensor, _ kernel: Tensor, _ name: String) throws -> Int {
        guard x.rank >= 3, x.rank <= 5 else { throw GraphError.rank(operation: name, expected: "[batch, spatial…, channels] with 1 to 3 spatial axes", got: x.shape) }
        guard kernel.rank == x.rank else {
            throw GraphError.rank(operation: name, expected: "a kernel of rank \(x.rank), [spatial…, channels, filters]", got: kernel.shape)
        }
        guard kernel.shape.allSatisfy({ $0 > 0 && $0 < Int(Int32.max) }) else {
            throw GraphError.attribute(operation: name, detail: "the kernel has an axis of size 0")
        }
        return x.rank - 2
    }

    private static func windowPlans(
        _ input: Tensor, _ kernel: Tensor, _ strides: [Int], _ dilation: [Int], _ padding: PaddingMode, _ name: String
    ) throws -> [WindowPlan] {
        guard padding != .causal || strides.count == 1 else {
            throw TensorError.argument(operation: name, detail: "causal padding is for one spatial axis")
        }
        let plans = strides.indices.map { axis in
            WindowPlan(
                input.shape[axis + 1], window: (kernel.shape[axis] - 1) * dilation[axis] + 1, stride: strides[axis], padding)
        }
        guard plans.allSatisfy({ $0.count > 0 }) || input.count == 0 else {
            throw TensorError.argument(
                operation: name, detail: "the output would be empty: the window \(Array(kernel.shape.dropLast(2))) is larger than the input \(input.shape.dropFirst().dropLast().map { $0 })")
        }
        return plans
    }

    private static func channelsLast(_ x: Tensor, _ format: DataFormat?) throws -> Tensor {
        (format ?? imageDataFormat()) == .channelsLast ? x : try moveaxis(x, 1, -1)
    }

    private static func channelsBack(_ x: Tensor, _ format: DataFormat?) throws -> Tensor {
        (format ?? imageDataFormat()) == .channelsLast ? x : try moveaxis(x, -1, 1)
    }
}
