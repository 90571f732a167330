import Graph

extension ops {
    /// `max(x, 0)`. The gradient at 0 is 0.
    public static func relu(_ x: some TensorConvertible) throws -> Tensor {
        var x = try x.tensor()
        if x.dtype == .bool { x = try x.converted(.int32) }
        let zero = try x.filled(0)
        // A loop's body keeps no gradient of a node's own: there the derivative is that of the selection.
        if ClosureConversion.isInBody { return try where_(.apply(.compare(.lessOrEqual), x, zero), zero, x) }
        let y = try Value.make(.binary(.maximum), x.value, zero.value)
        guard x.dtype.isFloatingPoint else { return Tensor(y) }
        // The gradient is taken from the result, so that x need not be kept.
        let node = Node(.identity(count: 1), [y, x.value], types: [y.type]) { cotangents in
            guard let cotangent = cotangents[0] else { return [nil, nil] }
            let isPositive = try Value.make(.compare(.greater), y, zero.value)
            return [nil, try Value.make(.select, isPositive, cotangent, zero.value)]
        }
        return Tensor(Value(node))
    }

    /// `min(max(x, 0), 6)`. The gradient at 0 and 6 is 0.
    public static func relu6(_ x: some TensorConvertible) throws -> Tensor {
        let x = try real(x)
        let six = try x.filled(6)
        return try where_(.apply(.compare(.greaterOrEqual), x, six), six, relu(x))
    }

    /// x for `x ≥ 0`, else `negativeSlope · x`.
    public static func leakyRelu(_ x: some TensorConvertible, negativeSlope: Double = 0.2) throws -> Tensor {
        let x = try real(x)
        return try where_(greaterEqual(x, 0), x, multiply(x, negativeSlope))
    }

    /// x for `x > 0`, else `alpha · (eˣ - 1)`.
    public static func elu(_ x: some TensorConvertible, alpha: Double = 1) throws -> Tensor {
        let x = try real(x)
        let isPositive = try greater(x, 0)
        // The exponential of a great number would make the gradient NaN.
        return try where_(isPositive, x, multiply(expm1(where_(isPositive, x.filled(0), x)), alpha))
    }

    /// `scale · elu(x, alpha)` with the constants that keep mean and variance.
    public static func selu(_ x: some TensorConvertible) throws -> Tensor {
        try multiply(elu(x, alpha: 1.6732632423543772), 1.0507009873554805)
    }

    /// `max(x, 0) + alpha · (e^(min(x, 0) / alpha) - 1)`.
    public static func celu(_ x: some TensorConvertible, alpha: Double = 1) throws -> Tensor {
        let x = try real(x)
        return try add(maximum(x, 0), multiply(expm1(divide(minimum(x, 0), alpha)), alpha))
    }

    /// `x · Φ(x)`, by default in the form with tanh.
    public static func gelu(_ x: some TensorConvertible, approximate: Bool = true) throws -> Tensor {
        try .apply(.composite(.gelu(approximate: approximate)), real(x))
    }

    /// `x · sigmoid(x)`.
    public static func silu(_ x: some TensorConvertible) throws -> Tensor {
        let x = try real(x)
        return try multiply(x, sigmoid(x))
    }

    /// `x · sigmoid(x)`.
    public static func swish(_ x: some TensorConvertible) throws -> Tensor { try silu(x) }

    /// `log(1 + eˣ)` without overflow.
    public static func softplus(_ x: some TensorConvertible) throws -> Tensor {
        let x = try real(x)
        return try add(maximum(x, 0), log1p(exp(negative(abs(x)))))
    }

    /// `x / (1 + |x|)`.
    public static func softsign(_ x: some TensorConvertible) throws -> Tensor {
        let x = try real(x)
        return try divide(x, add(abs(x), 1))
    }

    /// `x · tanh(softplus(x))`.
    public static func mish(_ x: some TensorConvertible) throws -> Tensor {
        let x = try real(x)
        return try multiply(x, tanh(softplus(x)))
    }

    /// `log(sigmoid(x))` without overflow.
    public static func logSigmoid(_ x: some TensorConvertible) throws -> Tensor { try negative(softplus(negative(real(x)))) }

    /// `relu6(x + 3) / 6`.
    public static func hardSigmoid(_ x: some TensorConvertible) throws -> Tensor { try divide(relu6(add(real(x), 3)), 6) }

    /// `x · hardSigmoid(x)`.
    public static func hardSilu(_ x: some TensorConvertible) throws -> Tensor {
        let x = try real(x)
        return try multiply(x, hardSigmoid(x))
    }

    /// `x · hardSigmoid(x)`.
    public static func hardSwish(_ x: some TensorConvertible) throws -> Tensor { try hardSilu(x) }

    /// x cut to `-1 ... 1`.
    public static func hardTanh(_ x: some TensorConvertible) throws -> Tensor {
        let x = try x.tensor()
        return try where_(greater(x, 1), x.filled(1), where_(less(x, -1), x.filled(-1), x))
    }

    /// x where `|x| > threshold`, else 0.
    public static func hardShrink(_ x: some TensorConvertible, threshold: Double = 0.5) throws -> Tensor {
        let x = try real(x)
        return try where_(greater(abs(x), threshold), x, x.filled(0))
    }

    /// x moved towards 0 by the threshold, 0 within it.
    public static func softShrink(_ x: some TensorConvertible, threshold: Double = 0.5) throws -> Tensor {
        let x = try real(x)
        let below = try where_(less(x, -threshold), add(x, threshold), x.filled(0))
        return try where_(greater(x, threshold), subtract(x, threshold), below)
    }

    /// `x - tanh(x)`.
    public static func tanhShrink(_ x: some TensorConvertible) throws -> Tensor {
        let x = try real(x)
        return try subtract(x, tanh(x))
    }

    /// x where `x > threshold`, else the default.
    public static func threshold(_ x: some TensorConvertible, _ threshold: Double, defaultValue: Double) throws -> Tensor {
        let x = try real(x)
        return try where_(greater(x, threshold), x, x.filled(defaultValue))
    }

    /// `(x + √(x² + b)) / 2`.
    public static func squareplus(_ x: some TensorConvertible, b: Double = 4) throws -> Tensor {
        let x = try real(x)
        return try divide(add(x, sqrt(add(multiply(x, x), b))), 2)
    }

    /// 0 for `x ≤ -1`, x for `x ≥ 1`, between them `(x + 1)² / 4`.
    public static func sparsePlus(_ x: some TensorConvertible) throws -> Tensor {
        let x = try real(x)
        let more = try add(x, 1)
        let inner = try where_(greaterEqual(x, 1), x, divide(multiply(more, more), 4))
        return try where_(lessEqual(x, -1), x.filled(0), inner)
    }

    /// 0 for `x ≤ -1`, 1 for `x ≥ 1`, between them `(x + 1) / 2`.
    public static func sparseSigmoid(_ x: some TensorConvertible) throws -> Tensor { try multiply(clip(add(real(x), 1), 0.0, 2.0), 0.5) }

    /// The first half along an axis times the sigmoid of the second half.
    public static func glu(_ x: some TensorConvertible, axis: Int = -1) throws -> Tensor {
        let x = try real(x)
        let place = try Shaping.axis(axis, x.rank, "glu")
        guard x.shape[place] % 2 == 0 else {
            throw TensorError.argument(operation: "glu", detail: "axis \(axis) has size \(x.shape[place]), which is not even")
        }
        let halves = try split(x, 2, axis: place)
        return try multiply(halves[0], sigmoid(halves[1]))
    }

    /// `eˣ / Σ eˣ` along an axis; over all elements for nil.
    public static func softmax(_ x: some TensorConvertible, axis: Int? = -1) throws -> Tensor {
        let x = try real(x)
        guard let axis else { return try softmax(x.reshaped([-1]), axis: 0).reshaped(x.shape) }
        return try .apply(.composite(.softmax(axis: Shaping.axis(axis, x.rank, "softmax"))), x)
    }

    /// Softmax over several axes together.
    public static func softmax(_ x: some TensorConvertible, axes: [Int]) throws -> Tensor {
        try overAxes(real(x), axes, "softmax") { try softmax($0, axis: -1) }
    }

    /// `log(softmax(x))` without overflow.
    public static func logSoftmax(_ x: some TensorConvertible, axis: Int? = -1) throws -> Tensor {
        let x = try real(x)
        guard let axis else { return try logSoftmax(x.reshaped([-1]), axis: 0).reshaped(x.shape) }
        return try .apply(.composite(.logSoftmax(axis: Shaping.axis(axis, x.rank, "logSoftmax"))), x)
    }

    /// Log-softmax over several axes together.
    public static func logSoftmax(_ x: some TensorConvertible, axes: [Int]) throws -> Tensor {
        try overAxes(real(x), axes, "logSoftmax") { try logSoftmax($0, axis: -1) }
    }

    /// Moves the axes to the end as one, applies, and moves them back.
    private static func overAxes(_ x: Tensor, _ axes: [Int], _ name: String, _ body: (Tensor) throws -> Tensor) throws -> Tensor {
        let axes = try Shaping.axes(axes, x.rank, name)
        let others = (0..<x.rank).filter { !axes.contains($0) }
        let order = others + axes
        let moved = try transpose(x, axes: order)
        let flat = try moved.reshaped(others.map { x.shape[$0] } + [axes.reduce(1) { $0 * x.shape[$1] }])
        var inverse = order
        for (place, axis) in order.enumerated() { inverse[axis] = place }
        return try transpose(body(flat).reshaped(moved.shape), axes: inverse)
    }

    /// The projection onto the probability simplex, with many exact zeros, as Keras 3.15 computes it: where more than one
    /// element is not 0 it sums cumulative sums, so that the result lies below the projection of Martins and Astudillo.
    public static func sparsemax(_ x: some TensorConvertible, axis: Int = -1) throws -> Tensor {
        let x = try real(x)
        let axis = try Shaping.axis(axis, x.rank, "sparsemax")
        let sorted = try Tensor.applyAll(.sort(axis: axis, descending: true), [x])[0]
        let sums = try cumsum(sorted, axis: axis)
        let places = try add(Tensor.apply(.iota(x.type.with(dtype: .int32), axis: axis)).converted(x.dtype), 1)
        let support = try greater(subtract(sorted, divide(subtract(sums, 1), places)), 0)
        let size = try sum(support, axis: axis, keepdims: true)
        let total = try sum(where_(support, sums, x.filled(0)), axis: axis, keepdims: true)
        return try maximum(subtract(x, divide(subtract(total, 1), size)), 0)
    }
}
