// `ops` on places in a graph: arithmetic, element by element with broadcasting. Each call makes a node; what it computes is said at the
// function of the same name on tensors. One of the two may be a constant: a number, numbers, or a tensor.

extension ops {
    public static func add(_ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Add", a, b, at: fileID, line)
    }

    public static func add(_ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Add", a, b, at: fileID, line)
    }

    public static func subtract(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Subtract", a, b, at: fileID, line)
    }

    public static func subtract(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Subtract", a, b, at: fileID, line)
    }

    public static func multiply(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Multiply", a, b, at: fileID, line)
    }

    public static func multiply(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Multiply", a, b, at: fileID, line)
    }

    public static func divide(_ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Divide", a, b, at: fileID, line)
    }

    public static func divide(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Divide", a, b, at: fileID, line)
    }

    public static func trueDivide(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("TrueDivide", a, b, at: fileID, line)
    }

    public static func trueDivide(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("TrueDivide", a, b, at: fileID, line)
    }

    public static func divideNoNan(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("DivideNoNan", a, b, at: fileID, line)
    }

    public static func divideNoNan(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("DivideNoNan", a, b, at: fileID, line)
    }

    public static func floorDivide(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("FloorDivide", a, b, at: fileID, line)
    }

    public static func floorDivide(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("FloorDivide", a, b, at: fileID, line)
    }

    public static func mod(_ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Mod", a, b, at: fileID, line)
    }

    public static func mod(_ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Mod", a, b, at: fileID, line)
    }

    public static func power(_ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Power", a, b, at: fileID, line)
    }

    public static func power(_ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Power", a, b, at: fileID, line)
    }

    public static func maximum(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Maximum", a, b, at: fileID, line)
    }

    public static func maximum(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Maximum", a, b, at: fileID, line)
    }

    public static func minimum(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Minimum", a, b, at: fileID, line)
    }

    public static func minimum(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Minimum", a, b, at: fileID, line)
    }

    public static func arctan2(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Arctan2", a, b, at: fileID, line)
    }

    public static func arctan2(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Arctan2", a, b, at: fileID, line)
    }

    public static func logaddexp(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Logaddexp", a, b, at: fileID, line)
    }

    public static func logaddexp(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Logaddexp", a, b, at: fileID, line)
    }

    public static func hypot(_ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Hypot", a, b, at: fileID, line)
    }

    public static func hypot(_ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Hypot", a, b, at: fileID, line)
    }

    public static func bitwiseAnd(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("BitwiseAnd", a, b, at: fileID, line)
    }

    public static func bitwiseAnd(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("BitwiseAnd", a, b, at: fileID, line)
    }

    public static func bitwiseOr(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("BitwiseOr", a, b, at: fileID, line)
    }

    public static func bitwiseOr(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("BitwiseOr", a, b, at: fileID, line)
    }

    public static func bitwiseXor(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("BitwiseXor", a, b, at: fileID, line)
    }

    public static func bitwiseXor(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("BitwiseXor", a, b, at: fileID, line)
    }

    public static func leftShift(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("LeftShift", a, b, at: fileID, line)
    }

    public static func leftShift(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("LeftShift", a, b, at: fileID, line)
    }

    public static func rightShift(
        _ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("RightShift", a, b, at: fileID, line)
    }

    public static func rightShift(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("RightShift", a, b, at: fileID, line)
    }
}
