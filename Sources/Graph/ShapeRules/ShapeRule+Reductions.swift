/// Reductions, matrix products, convolutions and windows.
extension ShapeRule {
    func reduce(_ reduction: Reduction, axes: [Int]) throws -> TensorType {
        try count(1)
        let type = operands[0]
        switch reduction {
        case .sum, .product, .max, .min: try dtype(type, .numbers)
        case .any, .all: try dtype(type, .bools)
        }
        try self.axes(axes, rank: type.rank)
        switch reduction {
        case .max, .min: try require(axes.allSatisfy { type.shape[$0] > 0 }, "an axis without elements has no extreme one")
        case .sum, .product, .any, .all: break
        }
        return type.with(shape: type.shape.indices.filter { !axes.contains($0) }.map { type.shape[$0] })
    }

    func argReduce(axis: Int) throws -> TensorType {
        try count(1)
        var shape = operands[0].shape
        try dtype(operands[0], .numbers)
        try self.axis(axis, rank: shape.count)
        try require(shape[axis] > 0, "an axis without elements has no extreme one")
        try require(shape[axis] <= Int(Int32.max), "an axis of size \(shape[axis]) has indices beyond int32")
        shape.remove(at: axis)
        return try result(shape, .int32)
    }

    func cumulative(axis: Int) throws -> TensorType {
        try count(1)
        try dtype(operands[0], .numbers)
        try self.axis(axis, rank: operands[0].rank)
        return operands[0]
    }

    func matmul(_ transposeA: Bool, _ transposeB: Bool) throws -> TensorType {
        try count(2)
        let (a, b) = (operands[0], operands[1])
        try sameDType(operands)
        try dtype(a, .numbers)
        try rank(a, atLeast: 2)
        try rank(b, atLeast: 2)
        let shapes = [a.shape, b.shape]
        guard a.shape.dropLast(2) == b.shape.dropLast(2) else {
            throw GraphError.shapeMismatch(operation: name, shapes: shapes, rule: "the leading dimensions have to be equal")
        }
        let (m, k) = transposeA ? (a.shape[a.rank - 1], a.shape[a.rank - 2]) : (a.shape[a.rank - 2], a.shape[a.rank - 1])
        let (n, k2) = transposeB ? (b.shape[b.rank - 2], b.shape[b.rank - 1]) : (b.shape[b.rank - 1], b.shape[b.rank - 2])
        guard k == k2 else {
            throw GraphError.shapeMismatch(operation: name, shapes: shapes, rule: "the contracted sizes \(k) and \(k2) differ")
        }
        return try result(a.shape.dropLast(2) + [m, n], a.dtype)
    }

    func convolution(_ convolution: Convolution) throws -> TensorType {
        try count(2)
        let (input, kernel) = (operands[0], operands[1])
        try sameDType(operands)
        try dtype(input, .floats)
        try rank(input, atLeast: 2)
        guard kernel.rank == input.rank else {
            throw GraphError.shapeMismatch(operation: name, shapes: [input.shape, kernel.shape], rule: "input and kernel have to be of one rank")
        }
        return try convolve(input.shape, kernel.shape, convolution, input.dtype)
    }

    /// The output of a convolution of the two shapes (of one rank, 2 or more).
    func convolve(_ input: [Int], _ kernel: [Int], _ convolution: Convolution, _ dtype: DType) throws -> TensorType {
        let last = input.count - 1
        try geometry(convolution, spatial: last - 1)
        let groups = convolution.groups
        try require(groups >= 1, "the number of groups is \(groups)")
        let (channels, filters) = (input[last], kernel[last])
        guard channels % groups == 0, channels / groups == kernel[last - 1] else {
            throw GraphError.shapeMismatch(operation: name, shapes: [input, kernel],
                                           rule: "a kernel for \(channels) channels in \(groups) group\(groups == 1 ? "" : "s") has them as its last axis but one")
        }
        try require(filters % groups == 0, "\(filters) filters cannot be shared out to \(groups) groups")
        var shape = [input[0]]
        for axis in 0..<(last - 1) {
            try require(kernel[axis] >= 1, "the kernel is empty along its axis \(axis)")
            shape.append(try windowCount(
                size: input[axis + 1], inputDilation: convolution.inputDilation[axis],
                low: convolution.low[axis], high: convolution.high[axis],
                window: kernel[axis], dilation: convolution.kernelDilation[axis], stride: convolution.strides[axis]))
        }
        return try result(shape + [filters], dtype)
    }

    func geometry(_ convolution: Convolution, spatial: Int) throws {
        try perAxis(spatial, convolution.strides, convolution.low, convolution.high, convolution.inputDilation, convolution.kernelDilation)
    }

    /// How many windows fit: `(padded size - dilated window) / stride + 1`, 0 if none does.
    private func windowCount(size: Int, inputDilation: Int, low: Int, high: Int, window: Int, dilation: Int, stride: Int) throws -> Int {
        try require(stride >= 1, "the stride \(stride) is less than 1")
        try require(inputDilation >= 1, "the dilation \(inputDilation) is less than 1")
        try require(dilation >= 1, "the dilation \(dilation) is less than 1")
        let dilated = size == 0 ? Checked(0) : Checked(size - 1) * Checked(inputDilation) + Checked(1)
        let padded = dilated + Checked(low) + Checked(high)
        let span = Checked(window - 1) * Checked(dilation) + Checked(1)
        guard let padded = padded.value, let span = span.value, max(padded, span, dilated.value ?? padded) <= TensorType.byteLimit else {
            throw attribute("its padding or dilation is out of range")
        }
        return padded < span ? 0 : (padded - span) / stride + 1
    }

    func reduceWindow(_ window: Window) throws -> TensorType {
        try count(1)
        return try windows(window)
    }

    private func windows(_ window: Window) throws -> TensorType {
        let type = operands[0]
        try dtype(type, .numbers)
        try perAxis(type.rank, window.sizes, window.strides, window.low, window.high, window.dilation)
        var shape: [Int] = []
        for axis in 0..<type.rank {
            try require(window.sizes[axis] >= 1, "the window is empty along axis \(axis)")
            try require(window.low[axis] >= 0 && window.high[axis] >= 0, "the padding of axis \(axis) is negative")
            shape.append(try windowCount(
                size: type.shape[axis], inputDilation: 1, low: window.low[axis], high: window.high[axis],
                window: window.sizes[axis], dilation: window.dilation[axis], stride: window.strides[axis]))
        }
        return try result(shape, type.dtype)
    }

    func maxWindowGradient(_ window: Window) throws -> TensorType {
        try count(2)
        try dtype(operands[0], .floats)
        try sameDType(operands)
        try shape(operands[1], is: windows(window).shape, "there is one gradient for each window")
        return operands[0]
    }
}
