// `ops` on places in a graph: comparisons and choices, element by element with broadcasting. Each call makes a node; what it computes is
// said at the function of the same name on tensors.

extension ops {
    public static func equal(_ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Equal", a, b, at: fileID, line)
    }

    public static func equal(_ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Equal", a, b, at: fileID, line)
    }

    public static func notEqual(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("NotEqual", a, b, at: fileID, line)
    }

    public static func notEqual(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("NotEqual", a, b, at: fileID, line)
    }

    public static func less(_ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Less", a, b, at: fileID, line)
    }

    public static func less(_ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Less", a, b, at: fileID, line)
    }

    public static func lessEqual(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("LessEqual", a, b, at: fileID, line)
    }

    public static func lessEqual(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("LessEqual", a, b, at: fileID, line)
    }

    public static func greater(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Greater", a, b, at: fileID, line)
    }

    public static func greater(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Greater", a, b, at: fileID, line)
    }

    public static func greaterEqual(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("GreaterEqual", a, b, at: fileID, line)
    }

    public static func greaterEqual(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("GreaterEqual", a, b, at: fileID, line)
    }

    public static func logicalAnd(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("LogicalAnd", a, b, at: fileID, line)
    }

    public static func logicalAnd(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("LogicalAnd", a, b, at: fileID, line)
    }

    public static func logicalOr(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("LogicalOr", a, b, at: fileID, line)
    }

    public static func logicalOr(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("LogicalOr", a, b, at: fileID, line)
    }

    public static func logicalXor(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("LogicalXor", a, b, at: fileID, line)
    }

    public static func logicalXor(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("LogicalXor", a, b, at: fileID, line)
    }

    public static func isclose(
        _ a: KerasTensor, _ b: some GraphOperand, rtol: Double = 1e-5, atol: Double = 1e-8, equalNaN: Bool = false,
        fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Isclose", a, b, rtol, atol, settings: ["equal_nan": .bool(equalNaN)], at: fileID, line)
    }

    /// Whether all elements are close: a scalar.
    public static func allclose(
        _ a: KerasTensor, _ b: some GraphOperand, rtol: Double = 1e-5, atol: Double = 1e-8, equalNaN: Bool = false,
        fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("AllClose", a, b, settings: ["rtol": .double(rtol), "atol": .double(atol), "equal_nan": .bool(equalNaN)], at: fileID, line)
    }

    public static func `where`(
        _ condition: KerasTensor, _ x1: some GraphOperand, _ x2: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Where", condition, x1, x2, at: fileID, line)
    }

    public static func `where`(
        _ condition: some GraphConstant, _ x1: KerasTensor, _ x2: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Where", condition, x1, x2, at: fileID, line)
    }

    public static func `where`(
        _ condition: some GraphConstant, _ x1: some GraphConstant, _ x2: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Where", condition, x1, x2, at: fileID, line)
    }

    @_disfavoredOverload
    public static func select(
        _ conditions: [any GraphOperand], _ choices: [any GraphOperand], default otherwise: any GraphOperand = 0, fileID: String = #fileID,
        line: Int = #line
    ) throws -> KerasTensor {
        try node("Select", conditions.graphList, choices.graphList, otherwise, at: fileID, line)
    }
}
