extension ops {
    /// Divided by its norm along an axis (at least epsilon), so that the norm becomes 1.
    public static func normalize(_ x: some TensorConvertible, axis: Int = -1, order: Int = 2, epsilon: Double? = nil) throws -> Tensor {
        guard order >= 1 else { throw TensorError.argument(operation: "normalize", detail: "the order is 1 or more, not \(order)") }
        var x = try real(x)
        if x.rank == 0 { x = try expandDims(x, axis: 0) }
        let least = epsilon ?? Tensors.epsilon()
        if order == 2 {
            let inverse = try rsqrt(sum(multiply(x, x), axis: axis, keepdims: true))
            return try multiply(x, minimum(inverse, 1 / least))
        }
        return try divide(x, maximum(norm(x, order: .p(Double(order)), axis: axis, keepdims: true), least))
    }

    /// `(x - mean) / √(variance + epsilon) · scale + offset` along an axis.
    ///
    /// - Parameter mean, variance, scale, offset: vectors of the axis' size.
    public static func batchNormalization(
        _ x: some TensorConvertible, _ mean: some TensorConvertible, _ variance: some TensorConvertible, axis: Int,
        offset: (some TensorConvertible)? = Tensor?.none, scale: (some TensorConvertible)? = Tensor?.none, epsilon: Double = 1e-3
    ) throws -> Tensor {
        let x = try real(x)
        let place = try Shaping.axis(axis, x.rank, "batchNormalization")
        var shape = [Int](repeating: 1, count: x.rank)
        shape[place] = x.shape[place]
        func along(_ vector: some TensorConvertible) throws -> Tensor { try vector.tensor().reshaped(shape) }
        var inverse = try rsqrt(add(along(variance), epsilon))
        if let scale { inverse = try multiply(inverse, along(scale)) }
        var rest = try multiply(negative(along(mean)), inverse)
        if let offset { rest = try add(rest, along(offset)) }
        return try add(multiply(x, inverse), rest)
    }

    /// Batch normalisation by the batch's own mean and (biased) variance over all axes but one.
    ///
    /// - Returns: the normalised tensor, and mean and variance `[channels]`.
    package static func batchNormalizationTraining(
        _ x: Tensor, gamma: Tensor?, beta: Tensor?, axis: Int, epsilon: Double
    ) throws -> (y: Tensor, mean: Tensor, variance: Tensor) {
        let place = try Shaping.axis(axis, x.rank, "batchNormalization")
        let moved = try moveaxis(real(x), place, -1)
        let channels = x.shape[place]
        let scale = try gamma ?? ones([channels], dtype: moved.dtype), offset = try beta ?? zeros([channels], dtype: moved.dtype)
        let results = try Tensor.applyAll(
            .composite(.batchNormalization(epsilon: epsilon)), [moved, scale.converted(moved.dtype), offset.converted(moved.dtype)])
        return (try moveaxis(results[0], -1, place), results[1], results[2])
    }

    /// `(x - mean) / √(variance + epsilon) · gamma + beta` over axes of each sample. float16 and bfloat16 are computed in
    /// float32.
    ///
    /// - Parameter gamma, beta: of the sizes of the axes.
    public static func layerNormalization(
        _ x: some TensorConvertible, gamma: (some TensorConvertible)? = Tensor?.none, beta: (some TensorConvertible)? = Tensor?.none,
        axes: [Int] = [-1], epsilon: Double? = nil
    ) throws -> Tensor {
        let x = try x.tensor()
        let wide = try x.converted(Promotion.join([x.dtype, .float32]))
        let places = try Shaping.axes(axes, x.rank, "layerNormalization")
        let others = (0..<x.rank).filter { !places.contains($0) }
        let order = others + places
        let sizes = places.map { x.shape[$0] }
        func along(_ value: (some TensorConvertible)?, _ otherwise: Double) throws -> Tensor {
            try value.map { try $0.tensor(dtype: wide.dtype).reshaped(sizes) } ?? full(sizes, otherwise, dtype: wide.dtype)
        }
        let results = try Tensor.applyAll(
            .composite(.layerNormalization(axes: places.count, epsilon: epsilon ?? Tensors.epsilon())),
            [transpose(wide, axes: order), along(gamma, 1), along(beta, 0)])
        var inverse = order
        for (place, axis) in order.enumerated() { inverse[axis] = place }
        return try transpose(results[0], axes: inverse).converted(x.dtype.isFloatingPoint ? x.dtype : wide.dtype)
    }

    /// `x / √(mean(x²) + epsilon) · scale` over an axis.
    public static func rmsNormalization(
        _ x: some TensorConvertible, scale: (some TensorConvertible)? = Tensor?.none, axis: Int = -1, epsilon: Double? = nil
    ) throws -> Tensor {
        let x = try x.tensor()
        let wide = try x.converted(Promotion.join([x.dtype, .float32]))
        let inverse = try rsqrt(add(mean(multiply(wide, wide), axis: axis, keepdims: true), epsilon ?? Tensors.epsilon()))
        var result = try multiply(wide, inverse)
        if let scale {
            var shape = [Int](repeating: 1, count: x.rank)
            let place = try Shaping.axis(axis, x.rank, "rmsNormalization")
            shape[place] = x.shape[place]
            result = try multiply(result, scale.tensor(dtype: wide.dtype).reshaped(shape))
        }
        return try result.converted(x.dtype.isFloatingPoint ? x.dtype : wide.dtype)
    }
}
