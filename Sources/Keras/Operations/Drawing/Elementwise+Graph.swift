// `ops` on places in a graph: functions of each element. Each call makes a node; what it computes is said at the function of the same
// name on tensors. A node's shape is its input's.

extension ops {
    public static func exp(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Exp", x, at: fileID, line)
    }

    public static func expm1(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Expm1", x, at: fileID, line)
    }

    public static func exp2(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Exp2", x, at: fileID, line)
    }

    public static func log(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Log", x, at: fileID, line)
    }

    public static func log1p(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Log1p", x, at: fileID, line)
    }

    public static func log2(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Log2", x, at: fileID, line)
    }

    public static func log10(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Log10", x, at: fileID, line)
    }

    public static func sqrt(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Sqrt", x, at: fileID, line)
    }

    public static func rsqrt(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Rsqrt", x, at: fileID, line)
    }

    public static func reciprocal(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Reciprocal", x, at: fileID, line)
    }

    public static func square(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Square", x, at: fileID, line)
    }

    public static func abs(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Absolute", x, at: fileID, line)
    }

    public static func absolute(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Absolute", x, at: fileID, line)
    }

    public static func negative(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Negative", x, at: fileID, line)
    }

    public static func sign(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Sign", x, at: fileID, line)
    }

    public static func floor(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Floor", x, at: fileID, line)
    }

    public static func ceil(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Ceil", x, at: fileID, line)
    }

    public static func trunc(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Trunc", x, at: fileID, line)
    }

    public static func sin(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Sin", x, at: fileID, line)
    }

    public static func cos(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Cos", x, at: fileID, line)
    }

    public static func tan(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Tan", x, at: fileID, line)
    }

    public static func arcsin(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Arcsin", x, at: fileID, line)
    }

    public static func arccos(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Arccos", x, at: fileID, line)
    }

    public static func arctan(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Arctan", x, at: fileID, line)
    }

    public static func sinh(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Sinh", x, at: fileID, line)
    }

    public static func cosh(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Cosh", x, at: fileID, line)
    }

    public static func tanh(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Tanh", x, at: fileID, line)
    }

    public static func arcsinh(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Arcsinh", x, at: fileID, line)
    }

    public static func arccosh(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Arccosh", x, at: fileID, line)
    }

    public static func arctanh(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Arctanh", x, at: fileID, line)
    }

    public static func erf(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Erf", x, at: fileID, line)
    }

    public static func erfinv(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Erfinv", x, at: fileID, line)
    }

    public static func isnan(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Isnan", x, at: fileID, line)
    }

    public static func isfinite(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Isfinite", x, at: fileID, line)
    }

    public static func isinf(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Isinf", x, at: fileID, line)
    }

    public static func logicalNot(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("LogicalNot", x, at: fileID, line)
    }

    public static func bitwiseNot(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("BitwiseNot", x, at: fileID, line)
    }

    public static func stopGradient(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("StopGradient", x, at: fileID, line)
    }

    public static func round(_ x: KerasTensor, decimals: Int = 0, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Round", x, settings: ["decimals": .int(decimals)], at: fileID, line)
    }

    public static func clip(
        _ x: KerasTensor, _ minimum: Double, _ maximum: Double, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Clip", x, settings: ["x_min": .double(minimum), "x_max": .double(maximum)], at: fileID, line)
    }

    /// Bounds that are whole numbers leave integers integers.
    public static func clip(
        _ x: KerasTensor, _ minimum: Int, _ maximum: Int, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Clip", x, settings: ["x_min": .int(minimum), "x_max": .int(maximum)], at: fileID, line)
    }

    public static func nanToNum(
        _ x: KerasTensor, nan: Double = 0, posinf: Double? = nil, neginf: Double? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "NanToNum", x, settings: ["nan": .double(nan), "posinf": posinf.configValue, "neginf": neginf.configValue], at: fileID, line)
    }

    public static func cast(_ x: KerasTensor, to dtype: DType, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Cast", x, settings: ["dtype": dtype.configValue], at: fileID, line)
    }

    public static func convertToTensor(
        _ x: KerasTensor, dtype: DType? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("ConvertToTensor", x, settings: ["dtype": dtype.configValue], at: fileID, line)
    }

    public static func zerosLike(_ x: KerasTensor, dtype: DType? = nil, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("ZerosLike", x, settings: ["dtype": dtype.configValue], at: fileID, line)
    }

    public static func onesLike(_ x: KerasTensor, dtype: DType? = nil, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("OnesLike", x, settings: ["dtype": dtype.configValue], at: fileID, line)
    }

    public static func fullLike(
        _ x: KerasTensor, _ fill: some GraphOperand, dtype: DType? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("FullLike", x, fill, settings: ["dtype": dtype.configValue], at: fileID, line)
    }
}
