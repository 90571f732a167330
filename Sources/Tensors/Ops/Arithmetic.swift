extension ops {
    /// Element by element; operands meet in one type and shape.
    static func binary(_ operation: Binary, _ name: String, _ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        let (a, b) = try Operands.matched(a, b, name)
        return try .apply(.binary(operation), a, b)
    }

    /// As `binary`, with bool taken as int32.
    private static func numeric(_ operation: Binary, _ name: String, _ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        let (a, b) = try Operands.matched(a, b, name)
        guard a.dtype == .bool else { return try .apply(.binary(operation), a, b) }
        return try .apply(.binary(operation), a.converted(.int32), b.converted(.int32))
    }

    /// As `binary`, with another operation for bool.
    private static func binary(
        _ operation: Binary, bool: Binary, _ name: String, _ a: some TensorConvertible, _ b: some TensorConvertible
    ) throws -> Tensor {
        let (a, b) = try Operands.matched(a, b, name)
        return try .apply(.binary(a.dtype == .bool ? bool : operation), a, b)
    }

    /// With a Swift number's own element type: where Keras does not let it take the other operand's.
    private static func ownType(_ x: some TensorConvertible) throws -> Tensor { Tensor(try x.tensor().value) }

    /// As `binary`, in real numbers.
    private static func real(_ operation: Binary, _ name: String, _ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        let (a, b) = try Operands.matched(a, b, name, minimum: .floatingPoint)
        return try .apply(.binary(operation), a, b)
    }
}

extension ops {
    /// `a + b`; of bools: or.
    public static func add(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        try binary(.add, bool: .or, "add", a, b)
    }

    /// `a - b`.
    public static func subtract(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        try binary(.subtract, "subtract", a, b)
    }

    /// `a · b`; of bools: and.
    public static func multiply(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        try binary(.multiply, bool: .and, "multiply", a, b)
    }

    /// The true quotient: integers give `floatx()`.
    public static func divide(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        try real(.divide, "divide", a, b)
    }

    /// The true quotient: integers give `floatx()`.
    public static func trueDivide(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor { try divide(a, b) }

    /// The quotient, 0 where the divisor is 0.
    public static func divideNoNan(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        let (a, b) = try Operands.matched(a, b, "divideNoNan", minimum: .floatingPoint)
        let isZero = try equal(b, 0)
        return try where_(isZero, a.filled(0), divide(a, where_(isZero, b.filled(1), b)))
    }

    /// `⌊a / b⌋`; for integers, division by 0 gives 0.
    public static func floorDivide(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        try numeric(.floorDivide, "floorDivide", a, b)
    }

    /// The remainder with the sign of the divisor, as in Python; for integers, by 0 it is 0.
    public static func mod(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor { try numeric(.modulo, "mod", a, b) }

    /// `aᵇ`.
    public static func power(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        if a.weakFamily == nil, let exponent = b as? Int, (0...3).contains(exponent) {
            var x = try a.tensor()
            if x.dtype == .bool { x = try x.converted(.int32) }
            switch exponent {
            case 0: return try x.filled(1)
            case 1: return x
            case 2: return try multiply(x, x)
            default: return try multiply(multiply(x, x), x)
            }
        }
        return try numeric(.power, "power", a, b)
    }

    /// The greater one; NaN if one is.
    public static func maximum(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        try binary(.maximum, bool: .or, "maximum", a, b)
    }

    /// The lesser one; NaN if one is.
    public static func minimum(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        try binary(.minimum, bool: .and, "minimum", a, b)
    }

    /// The angle of the point (b, a), from -π to π.
    public static func arctan2(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor { try real(.atan2, "arctan2", ownType(a), ownType(b)) }

    /// `log(eᵃ + eᵇ)` without overflow.
    public static func logaddexp(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        let (a, b) = try Operands.matched(ownType(a), ownType(b), "logaddexp", minimum: .floatingPoint)
        let difference = try subtract(a, b)
        let sum = try add(maximum(a, b), log1p(exp(negative(abs(difference)))))
        // Equal infinities differ by NaN: their sum is the answer.
        return try where_(isnan(difference), add(a, b), sum)
    }

    /// `√(a² + b²)` without overflow.
    public static func hypot(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        let (a, b) = try Operands.matched(a, b, "hypot", minimum: .floatingPoint)
        let (x, y) = (try abs(a), try abs(b))
        let (great, small) = (try maximum(x, y), try minimum(x, y))
        let ratio = try divide(small, where_(equal(great, 0), great.filled(1), great))
        let result = try multiply(great, sqrt(add(multiply(ratio, ratio), 1)))
        return try where_(isinf(great), great, result)
    }

    /// Cut to the range `min ... max`; of bool as int32.
    public static func clip(_ x: some TensorConvertible, _ minimum: some TensorConvertible, _ maximum: some TensorConvertible) throws -> Tensor {
        let x = try x.tensor()
        let low = try ops.maximum(x.dtype == .bool ? x.converted(.int32) : x, minimum)
        return try ops.minimum(low, maximum)
    }

    /// Bits in both. For integers; for bool logical.
    public static func bitwiseAnd(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor { try binary(.and, "bitwiseAnd", a, b) }

    /// Bits in one or both.
    public static func bitwiseOr(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor { try binary(.or, "bitwiseOr", a, b) }

    /// Bits in one but not both.
    public static func bitwiseXor(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor { try binary(.xor, "bitwiseXor", a, b) }

    /// The bits turned over.
    public static func bitwiseNot(_ x: some TensorConvertible) throws -> Tensor { try same(.not, x) }

    /// `a · 2ᵇ`.
    public static func leftShift(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor { try binary(.shiftLeft, "leftShift", a, b) }

    /// `⌊a / 2ᵇ⌋`: signed numbers keep their sign.
    public static func rightShift(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        let (a, b) = try Operands.matched(a, b, "rightShift")
        return try .apply(.binary(a.dtype.isSigned ? .shiftRightArithmetic : .shiftRightLogical), a, b)
    }
}
