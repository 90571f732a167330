/// Operations on tensors, in Keras' names and semantics.
///
/// Each takes tensors, variables, Swift numbers or arrays, and throws `GraphError` or `TensorError` for what does not fit.
/// Nothing is computed until somebody reads a value. Element types meet as in Keras (`resultType`), shapes by NumPy's
/// broadcasting.
///
/// ```swift
/// let y = try ops.relu(ops.matmul(x, w) + b)
/// ```
public enum ops {}

extension ops {
    /// An operation that keeps the element type.
    static func same(_ operation: Unary, _ x: some TensorConvertible) throws -> Tensor {
        try .apply(.unary(operation), x.tensor())
    }

    /// An operation on real numbers: integers and bool are taken as `floatx()`.
    static func real(_ operation: Unary, _ x: some TensorConvertible) throws -> Tensor {
        let x = try x.tensor()
        return try .apply(.unary(operation), x.converted(x.dtype.inexact))
    }
}

extension ops {
    /// `eˣ`.
    public static func exp(_ x: some TensorConvertible) throws -> Tensor { try real(.exp, x) }

    /// `eˣ - 1`, exact near 0.
    public static func expm1(_ x: some TensorConvertible) throws -> Tensor { try real(.expm1, x) }

    /// The natural logarithm.
    public static func log(_ x: some TensorConvertible) throws -> Tensor { try real(.log, x) }

    /// `log(1 + x)`, exact near 0.
    public static func log1p(_ x: some TensorConvertible) throws -> Tensor { try real(.log1p, x) }

    /// The square root.
    public static func sqrt(_ x: some TensorConvertible) throws -> Tensor { try real(.sqrt, x) }

    /// `1 / √x`.
    public static func rsqrt(_ x: some TensorConvertible) throws -> Tensor { try real(.rsqrt, x) }

    /// `1 / x`.
    public static func reciprocal(_ x: some TensorConvertible) throws -> Tensor { try real(.reciprocal, x) }

    /// The sine.
    public static func sin(_ x: some TensorConvertible) throws -> Tensor { try real(.sin, x) }

    /// The cosine.
    public static func cos(_ x: some TensorConvertible) throws -> Tensor { try real(.cos, x) }

    /// The tangent.
    public static func tan(_ x: some TensorConvertible) throws -> Tensor { try real(.tan, x) }

    /// The inverse sine.
    public static func arcsin(_ x: some TensorConvertible) throws -> Tensor { try real(.asin, x) }

    /// The inverse cosine.
    public static func arccos(_ x: some TensorConvertible) throws -> Tensor { try real(.acos, x) }

    /// The inverse tangent.
    public static func arctan(_ x: some TensorConvertible) throws -> Tensor { try real(.atan, x) }

    /// The hyperbolic sine.
    public static func sinh(_ x: some TensorConvertible) throws -> Tensor { try real(.sinh, x) }

    /// The hyperbolic cosine.
    public static func cosh(_ x: some TensorConvertible) throws -> Tensor { try real(.cosh, x) }

    /// The hyperbolic tangent.
    public static func tanh(_ x: some TensorConvertible) throws -> Tensor { try real(.tanh, x) }

    /// The inverse hyperbolic sine.
    public static func arcsinh(_ x: some TensorConvertible) throws -> Tensor { try real(.asinh, x) }

    /// The inverse hyperbolic cosine.
    public static func arccosh(_ x: some TensorConvertible) throws -> Tensor { try real(.acosh, x) }

    /// The inverse hyperbolic tangent.
    public static func arctanh(_ x: some TensorConvertible) throws -> Tensor { try real(.atanh, x) }

    /// `1 / (1 + e⁻ˣ)`.
    public static func sigmoid(_ x: some TensorConvertible) throws -> Tensor { try real(.sigmoid, x) }

    /// The error function.
    public static func erf(_ x: some TensorConvertible) throws -> Tensor { try real(.erf, x) }

    /// The inverse of the error function.
    public static func erfinv(_ x: some TensorConvertible) throws -> Tensor { try real(.erfInv, x) }

    /// The greatest whole number not above x.
    public static func floor(_ x: some TensorConvertible) throws -> Tensor { try real(.floor, x) }

    /// The least whole number not below x.
    public static func ceil(_ x: some TensorConvertible) throws -> Tensor { try real(.ceil, x) }

    /// `2ˣ`.
    public static func exp2(_ x: some TensorConvertible) throws -> Tensor { try exp(real(x) * 0.6931471805599453) }

    /// The logarithm to base 2.
    public static func log2(_ x: some TensorConvertible) throws -> Tensor { try log(x) / 0.6931471805599453 }

    /// The logarithm to base 10.
    public static func log10(_ x: some TensorConvertible) throws -> Tensor { try log(x) / 2.302585092994046 }

    /// The logarithm of the absolute value of the gamma function.
    public static func logGamma(_ x: some TensorConvertible) throws -> Tensor { try real(.logGamma, x) }

    /// The derivative of `logGamma`.
    public static func digamma(_ x: some TensorConvertible) throws -> Tensor { try real(.digamma, x) }

    /// The nearest number with the given number of decimal places, ties to even. Integers stay as they are.
    public static func round(_ x: some TensorConvertible, decimals: Int = 0) throws -> Tensor {
        let x = try x.tensor()
        guard x.dtype.isFloatingPoint || decimals < 0 else { return x }
        if decimals == 0 { return try same(.round, x) }
        guard decimals.magnitude <= 300 else {
            throw TensorError.argument(operation: "round", detail: "decimals is \(decimals), beyond any number's precision")
        }
        let factor = (0..<Swift.abs(decimals)).reduce(1.0) { power, _ in power * 10 }
        let scaled = try decimals > 0 ? real(x) * factor : real(x) / factor
        let rounded = try same(.round, scaled)
        return try (decimals > 0 ? rounded / factor : rounded * factor).converted(x.dtype)
    }

    /// The whole part. Integers stay as they are.
    public static func trunc(_ x: some TensorConvertible) throws -> Tensor {
        let x = try x.tensor()
        guard x.dtype.isFloatingPoint else { return x }
        return try where_(less(x, 0), same(.ceil, x), same(.floor, x))
    }

    /// The absolute value. Keras: `ops.absolute` too.
    public static func abs(_ x: some TensorConvertible) throws -> Tensor {
        let x = try x.tensor()
        return x.dtype == .bool || (x.dtype.isInteger && !x.dtype.isSigned) ? x : try same(.abs, x)
    }

    /// The absolute value.
    public static func absolute(_ x: some TensorConvertible) throws -> Tensor { try abs(x) }

    /// The negative.
    public static func negative(_ x: some TensorConvertible) throws -> Tensor { try same(.negate, x) }

    /// -1, 0 or 1; NaN stays NaN.
    public static func sign(_ x: some TensorConvertible) throws -> Tensor { try same(.sign, x) }

    /// `x²`.
    public static func square(_ x: some TensorConvertible) throws -> Tensor {
        let x = try x.tensor()
        return try x.dtype == .bool ? multiply(x.converted(.int32), x.converted(.int32)) : multiply(x, x)
    }

    /// Whether each element is NaN.
    public static func isnan(_ x: some TensorConvertible) throws -> Tensor { try test(.isNaN, x, otherwise: false) }

    /// Whether each element is neither NaN nor infinite.
    public static func isfinite(_ x: some TensorConvertible) throws -> Tensor { try test(.isFinite, x, otherwise: true) }

    /// Whether each element is infinite.
    public static func isinf(_ x: some TensorConvertible) throws -> Tensor { try test(.isInfinite, x, otherwise: false) }

    private static func test(_ operation: Unary, _ x: some TensorConvertible, otherwise: Bool) throws -> Tensor {
        let x = try x.tensor()
        guard x.dtype.isFloatingPoint else { return try Tensor(otherwise).broadcast(to: x.shape) }
        return try same(operation, x)
    }

    /// With NaN and infinities replaced; nil: the greatest and the lowest number of the type.
    public static func nanToNum(_ x: some TensorConvertible, nan: Double = 0, posinf: Double? = nil, neginf: Double? = nil) throws -> Tensor {
        let x = try x.tensor()
        guard x.dtype.isFloatingPoint else { return x }
        let infinite = try isinf(x)
        var result = try where_(isnan(x), x.filled(nan), x)
        result = try where_(logicalAnd(infinite, greater(x, 0)), x.filled(posinf ?? x.dtype.greatest), result)
        return try where_(logicalAnd(infinite, less(x, 0)), x.filled(neginf ?? -x.dtype.greatest), result)
    }

    /// The tensor in the type of real numbers.
    static func real(_ x: some TensorConvertible) throws -> Tensor {
        let x = try x.tensor()
        return try x.converted(x.dtype.inexact)
    }

    /// Converted to another element type by value. Keras: `ops.cast`.
    public static func cast(_ x: some TensorConvertible, to dtype: DType) throws -> Tensor { try x.tensor(dtype: dtype) }

    /// The elements' bits as another element type of the same size.
    public static func bitcast(_ x: some TensorConvertible, to dtype: DType) throws -> Tensor { try .apply(.bitcast(dtype), x.tensor()) }

    /// The tensor that a Swift value stands for. Keras: `ops.convert_to_tensor`.
    public static func convertToTensor(_ x: some TensorConvertible, dtype: DType? = nil) throws -> Tensor {
        try dtype.map { try x.tensor(dtype: $0) } ?? x.tensor()
    }
}
