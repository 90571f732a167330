/// How `ops.resize` finds what lies between an image's elements.
public enum ImageInterpolation: String, CaseIterable, Hashable, Sendable {
    /// The nearest element.
    case nearest
    /// Linear between neighbours.
    case bilinear
    /// Cubic convolution with a = -0.5 (Keys, 1981) over 4 neighbours.
    case bicubic
    /// A sinc, faded out over 3 elements to each side (Lanczos).
    case lanczos3
    /// A sinc, faded out over 5 elements to each side.
    case lanczos5
}

extension ops {
    /// Images in another size.
    ///
    /// Elements are taken to lie in the middle of their place. Weights that would fall beyond the border are left out, and the others
    /// raised to sum to 1.
    ///
    /// - Parameters:
    ///   - x: `[…, height, width, channels]`, or `[…, channels, height, width]` with channels first; rank 3 or more.
    ///   - size: new height and width.
    ///   - antialias: whether the interpolation is widened where an image shrinks, so that every element counts.
    /// - Throws: `GraphError.rank`; `TensorError.argument` unless size has two positive numbers.
    public static func resize(
        _ x: some TensorConvertible, _ size: SpatialSizes, interpolation: ImageInterpolation = .bilinear, antialias: Bool = false,
        dataFormat: DataFormat? = nil
    ) throws -> Tensor {
        var x = try real(x)
        guard x.rank >= 3 else { throw GraphError.rank(operation: "resize", expected: "[…, height, width, channels]", got: x.shape) }
        let first = x.rank - ((dataFormat ?? imageDataFormat()) == .channelsLast ? 3 : 2)
        for (index, count) in try size.expanded(2, "resize", "size").enumerated() where count != x.shape[first + index] {
            let axis = first + index
            guard x.shape[axis] > 0 else { throw TensorError.argument(operation: "resize", detail: "axis \(axis) of the image is empty") }
            if interpolation == .nearest {
                _ = try TensorType(checking: [count, x.shape[axis]], .int64)
                let places = try arange(count, dtype: .int64) * 2 + 1
                x = try take(x, floorDivide(places * x.shape[axis], 2 * count), axis: axis)
            } else {
                let weights = try resizeWeights(from: x.shape[axis], to: count, interpolation, antialias).cast(to: x.dtype)
                x = try moveaxis(matmul(moveaxis(x, axis, -1), weights), -1, axis)
            }
        }
        return x
    }

    /// What each element of the input contributes to each element of the output: `[from, to]`.
    private static func resizeWeights(from: Int, to: Int, _ interpolation: ImageInterpolation, _ antialias: Bool) throws -> Tensor {
        let step = Double(from) / Double(to)
        let places = try (arange(to, dtype: .float32) + 0.5) * step - 0.5
        let elements = try arange(from, dtype: .float32)
        var distance = try abs(expandDims(places, axis: 0) - expandDims(elements, axis: 1))
        if antialias, step > 1 { distance = try distance / step }
        let weights =
            switch interpolation {
            case .nearest, .bilinear: try maximum(0, 1 - distance)
            case .bicubic: try cubic(distance)
            case .lanczos3: try lanczos(distance, radius: 3)
            case .lanczos5: try lanczos(distance, radius: 5)
            }
        return try weights / sum(weights, axis: 0, keepdims: true)
    }

    private static func cubic(_ x: Tensor) throws -> Tensor {
        let near = try ((1.5 * x - 2.5) * x) * x + 1
        let far = try ((-0.5 * x + 2.5) * x - 4) * x + 2
        return try `where`(less(x, 1), near, `where`(less(x, 2), far, 0))
    }

    /// `sinc(x) · sinc(x / radius)` within the radius.
    private static func lanczos(_ x: Tensor, radius: Double) throws -> Tensor {
        let angle = try x * Double.pi
        // The limit 1 stands where the quotient would be 0 / 0.
        let isNear = try lessEqual(x, 1e-3)
        let square = try `where`(isNear, 1, angle * angle)
        let product = try sin(angle) * sin(angle / radius) * radius / square
        return try `where`(greater(x, radius), 0, `where`(isNear, 1, product))
    }
}
