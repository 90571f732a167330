// Arithmetic between tensors, variables and Swift numbers. Each operator is the operation of `ops` of that meaning.

/// `x ** 2`: binds tighter than `*`.
precedencegroup ExponentiationPrecedence {
    higherThan: MultiplicationPrecedence
    associativity: right
}

infix operator ** : ExponentiationPrecedence

extension Tensor {
    /// The sum, element by element, with broadcasting. Keras: `ops.add`.
    public static func + (a: Tensor, b: Tensor) throws -> Tensor { try ops.add(a, b) }
    public static func + (a: Tensor, b: Variable) throws -> Tensor { try ops.add(a, b) }
    public static func + (a: Variable, b: Tensor) throws -> Tensor { try ops.add(a, b) }
    public static func + <S: TensorScalar>(a: Tensor, b: S) throws -> Tensor { try ops.add(a, b) }
    public static func + <S: TensorScalar>(a: S, b: Tensor) throws -> Tensor { try ops.add(a, b) }

    /// The difference, element by element, with broadcasting. Keras: `ops.subtract`.
    public static func - (a: Tensor, b: Tensor) throws -> Tensor { try ops.subtract(a, b) }
    public static func - (a: Tensor, b: Variable) throws -> Tensor { try ops.subtract(a, b) }
    public static func - (a: Variable, b: Tensor) throws -> Tensor { try ops.subtract(a, b) }
    public static func - <S: TensorScalar>(a: Tensor, b: S) throws -> Tensor { try ops.subtract(a, b) }
    public static func - <S: TensorScalar>(a: S, b: Tensor) throws -> Tensor { try ops.subtract(a, b) }

    /// The product, element by element, with broadcasting. Keras: `ops.multiply`.
    public static func * (a: Tensor, b: Tensor) throws -> Tensor { try ops.multiply(a, b) }
    public static func * (a: Tensor, b: Variable) throws -> Tensor { try ops.multiply(a, b) }
    public static func * (a: Variable, b: Tensor) throws -> Tensor { try ops.multiply(a, b) }
    public static func * <S: TensorScalar>(a: Tensor, b: S) throws -> Tensor { try ops.multiply(a, b) }
    public static func * <S: TensorScalar>(a: S, b: Tensor) throws -> Tensor { try ops.multiply(a, b) }

    /// The true quotient, floating-point for integers too, element by element, with broadcasting. Keras: `ops.divide`.
    public static func / (a: Tensor, b: Tensor) throws -> Tensor { try ops.divide(a, b) }
    public static func / (a: Tensor, b: Variable) throws -> Tensor { try ops.divide(a, b) }
    public static func / (a: Variable, b: Tensor) throws -> Tensor { try ops.divide(a, b) }
    public static func / <S: TensorScalar>(a: Tensor, b: S) throws -> Tensor { try ops.divide(a, b) }
    public static func / <S: TensorScalar>(a: S, b: Tensor) throws -> Tensor { try ops.divide(a, b) }

    /// The remainder with the sign of the divisor, as in Python. Keras: `ops.mod`.
    public static func % (a: Tensor, b: Tensor) throws -> Tensor { try ops.mod(a, b) }
    public static func % <S: TensorScalar>(a: Tensor, b: S) throws -> Tensor { try ops.mod(a, b) }
    public static func % <S: TensorScalar>(a: S, b: Tensor) throws -> Tensor { try ops.mod(a, b) }

    /// The power `aᵇ`. Keras: `ops.power`.
    public static func ** (a: Tensor, b: Tensor) throws -> Tensor { try ops.power(a, b) }
    public static func ** <S: TensorScalar>(a: Tensor, b: S) throws -> Tensor { try ops.power(a, b) }
    public static func ** <S: TensorScalar>(a: S, b: Tensor) throws -> Tensor { try ops.power(a, b) }

    /// Comparisons, element by element, with broadcasting: bool tensors.
    public static func .< (a: Tensor, b: some TensorConvertible) throws -> Tensor { try ops.less(a, b) }
    public static func .<= (a: Tensor, b: some TensorConvertible) throws -> Tensor { try ops.lessEqual(a, b) }
    public static func .> (a: Tensor, b: some TensorConvertible) throws -> Tensor { try ops.greater(a, b) }
    public static func .>= (a: Tensor, b: some TensorConvertible) throws -> Tensor { try ops.greaterEqual(a, b) }
    public static func .== (a: Tensor, b: some TensorConvertible) throws -> Tensor { try ops.equal(a, b) }
    public static func .!= (a: Tensor, b: some TensorConvertible) throws -> Tensor { try ops.notEqual(a, b) }

    /// The negative of each element.
    public static prefix func - (x: Tensor) throws -> Tensor { try ops.negative(x) }
}

extension Variable {
    /// The sum, element by element, with broadcasting. Keras: `ops.add`.
    public static func + (a: Variable, b: Variable) throws -> Tensor { try ops.add(a, b) }
    public static func + <S: TensorScalar>(a: Variable, b: S) throws -> Tensor { try ops.add(a, b) }
    public static func + <S: TensorScalar>(a: S, b: Variable) throws -> Tensor { try ops.add(a, b) }

    /// The difference, element by element, with broadcasting. Keras: `ops.subtract`.
    public static func - (a: Variable, b: Variable) throws -> Tensor { try ops.subtract(a, b) }
    public static func - <S: TensorScalar>(a: Variable, b: S) throws -> Tensor { try ops.subtract(a, b) }
    public static func - <S: TensorScalar>(a: S, b: Variable) throws -> Tensor { try ops.subtract(a, b) }

    /// The product, element by element, with broadcasting. Keras: `ops.multiply`.
    public static func * (a: Variable, b: Variable) throws -> Tensor { try ops.multiply(a, b) }
    public static func * <S: TensorScalar>(a: Variable, b: S) throws -> Tensor { try ops.multiply(a, b) }
    public static func * <S: TensorScalar>(a: S, b: Variable) throws -> Tensor { try ops.multiply(a, b) }

    /// The true quotient, floating-point for integers too, element by element, with broadcasting. Keras: `ops.divide`.
    public static func / (a: Variable, b: Variable) throws -> Tensor { try ops.divide(a, b) }
    public static func / <S: TensorScalar>(a: Variable, b: S) throws -> Tensor { try ops.divide(a, b) }
    public static func / <S: TensorScalar>(a: S, b: Variable) throws -> Tensor { try ops.divide(a, b) }

    /// The negative of each element.
    public static prefix func - (x: Variable) throws -> Tensor { try ops.negative(x) }
}
