extension ops {
    private static func compare(_ comparison: Comparison, _ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        let (a, b) = try Operands.matched(a, b, comparison.rawValue)
        return try .apply(.compare(comparison), a, b)
    }

    /// `a = b`, as bool.
    public static func equal(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor { try compare(.equal, a, b) }

    /// `a ≠ b`, as bool.
    public static func notEqual(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor { try compare(.notEqual, a, b) }

    /// `a < b`, as bool.
    public static func less(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor { try compare(.less, a, b) }

    /// `a ≤ b`, as bool.
    public static func lessEqual(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor { try compare(.lessOrEqual, a, b) }

    /// `a > b`, as bool.
    public static func greater(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor { try compare(.greater, a, b) }

    /// `a ≥ b`, as bool.
    public static func greaterEqual(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor { try compare(.greaterOrEqual, a, b) }

    /// Whether both are not 0.
    public static func logicalAnd(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        try binary(.and, "logicalAnd", truth(a), truth(b))
    }

    /// Whether one or both are not 0.
    public static func logicalOr(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        try binary(.or, "logicalOr", truth(a), truth(b))
    }

    /// Whether exactly one is not 0.
    public static func logicalXor(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        try binary(.xor, "logicalXor", truth(a), truth(b))
    }

    /// Whether each element is 0.
    public static func logicalNot(_ x: some TensorConvertible) throws -> Tensor { try same(.not, truth(x)) }

    private static func truth(_ x: some TensorConvertible) throws -> Tensor { try x.tensor(dtype: .bool) }

    /// Elements of `x1` where the condition is not 0, of `x2` elsewhere. Keras: `ops.where`.
    public static func `where`(_ condition: some TensorConvertible, _ x1: some TensorConvertible, _ x2: some TensorConvertible) throws -> Tensor {
        let (a, b) = try Operands.promoted(x1, x2)
        let condition = try condition.tensor(dtype: .bool)
        let shape = try Shaping.broadcast([condition.shape, a.shape, b.shape], "where")
        return try .apply(
            .select, condition.broadcast(to: shape), a.broadcast(to: shape), b.broadcast(to: shape))
    }

    /// `where` under a name that needs no backquotes.
    static func where_(_ condition: Tensor, _ a: Tensor, _ b: Tensor) throws -> Tensor { try `where`(condition, a, b) }

    /// For each element the choice of the first condition that holds, else `otherwise`. Keras: `ops.select`.
    ///
    /// - Throws: `TensorError.tensorCount` if there are not as many choices as conditions.
    public static func select(_ conditions: [Tensor], _ choices: [Tensor], default otherwise: some TensorConvertible = 0) throws -> Tensor {
        guard conditions.count == choices.count, !conditions.isEmpty else {
            throw TensorError.tensorCount(operation: "select", expected: conditions.count, got: choices.count)
        }
        let dtype = Promotion.join(choices.map(\.dtype), [otherwise.weakFamily].compactMap { $0 })
        var result = try otherwise.weakFamily == nil ? otherwise.tensor() : otherwise.tensor(dtype: dtype)
        for (condition, choice) in zip(conditions, choices).reversed() { result = try `where`(condition, choice, result) }
        return result
    }

    /// Whether `|a - b| ≤ atol + rtol · |b|`; equal infinities are close.
    public static func isclose(
        _ a: some TensorConvertible, _ b: some TensorConvertible, rtol: Double = 1e-5, atol: Double = 1e-8, equalNaN: Bool = false
    ) throws -> Tensor {
        let (a, b) = try Operands.matched(a, b, "isclose", minimum: .floatingPoint)
        let near = try lessEqual(abs(subtract(a, b)), add(multiply(abs(b), rtol), atol))
        var result = try logicalOr(logicalAnd(near, logicalAnd(isfinite(a), isfinite(b))), equal(a, b))
        if equalNaN { result = try logicalOr(result, logicalAnd(isnan(a), isnan(b))) }
        return result
    }

    /// Whether all elements are close.
    public static func allclose(
        _ a: some TensorConvertible, _ b: some TensorConvertible, rtol: Double = 1e-5, atol: Double = 1e-8, equalNaN: Bool = false
    ) throws -> Tensor {
        try all(isclose(a, b, rtol: rtol, atol: atol, equalNaN: equalNaN))
    }
}
