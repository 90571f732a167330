extension ops {
    /// The greatest element of each window.
    ///
    /// - Parameters:
    ///   - x: `[batch, spatial…, channels]`, or with channels first.
    ///   - strides: steps of the window; nil: the window's size.
    public static func maxPool(
        _ x: some TensorConvertible, _ poolSize: SpatialSizes, strides: SpatialSizes? = nil, padding: PaddingMode = .valid,
        dataFormat: DataFormat? = nil
    ) throws -> Tensor {
        let x = try x.tensor()
        let window = try poolWindow(x, poolSize, strides, padding, dataFormat, "maxPool")
        return try .apply(.reduceWindow(.max, window), x)
    }

    /// The mean of each window; at borders with same padding, of those elements that the input has.
    public static func averagePool(
        _ x: some TensorConvertible, _ poolSize: SpatialSizes, strides: SpatialSizes? = nil, padding: PaddingMode = .valid,
        dataFormat: DataFormat? = nil
    ) throws -> Tensor {
        let x = try real(x)
        let window = try poolWindow(x, poolSize, strides, padding, dataFormat, "averagePool")
        let total = try Tensor.apply(.reduceWindow(.sum, window), x)
        if padding == .valid { return try divide(total, Double(window.sizes.reduce(1, *))) }
        let ones = try Tensor(1, dtype: x.dtype).broadcast(to: zip(x.shape, window.sizes).map { $1 == 1 ? 1 : $0 })
        return try divide(total, Tensor.apply(.reduceWindow(.sum, window), ones))
    }

    private static func poolWindow(
        _ x: Tensor, _ poolSize: SpatialSizes, _ strides: SpatialSizes?, _ padding: PaddingMode, _ format: DataFormat?, _ name: String
    ) throws -> Window {
        guard x.rank >= 3 else { throw GraphError.rank(operation: name, expected: "[batch, spatial…, channels]", got: x.shape) }
        guard padding != .causal else { throw TensorError.argument(operation: name, detail: "the padding is valid or same") }
        let spatial = x.rank - 2
        let first = (format ?? imageDataFormat()) == .channelsLast ? 1 : 2
        let sizes = try poolSize.expanded(spatial, name, "poolSize")
        let steps = try (strides ?? poolSize).expanded(spatial, name, "strides")
        var window = Window(sizes: [Int](repeating: 1, count: x.rank), strides: [Int](repeating: 1, count: x.rank))
        for axis in 0..<spatial {
            let plan = WindowPlan(x.shape[first + axis], window: sizes[axis], stride: steps[axis], padding)
            guard plan.count > 0 else {
                throw TensorError.argument(operation: name, detail: "the window \(sizes) is larger than the input \(x.shape[first..<(first + spatial)].map { $0 })")
            }
            window.sizes[first + axis] = sizes[axis]
            window.strides[first + axis] = steps[axis]
            window.low[first + axis] = plan.low
            window.high[first + axis] = plan.high
        }
        return window
    }
}
