// `ops` on places in a graph: activations. Each call makes a node; what it computes is said at the function of the same name on tensors.
// A node's shape is its input's, but for `glu`, which halves the axis.

extension ops {
    public static func relu(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Relu", x, at: fileID, line)
    }

    public static func relu6(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Relu6", x, at: fileID, line)
    }

    public static func sigmoid(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Sigmoid", x, at: fileID, line)
    }

    public static func sparseSigmoid(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("SparseSigmoid", x, at: fileID, line)
    }

    public static func silu(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Silu", x, at: fileID, line)
    }

    public static func swish(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Silu", x, at: fileID, line)
    }

    public static func softplus(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Softplus", x, at: fileID, line)
    }

    public static func softsign(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Softsign", x, at: fileID, line)
    }

    public static func sparsePlus(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("SparsePlus", x, at: fileID, line)
    }

    public static func logSigmoid(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("LogSigmoid", x, at: fileID, line)
    }

    public static func hardSigmoid(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("HardSigmoid", x, at: fileID, line)
    }

    public static func hardSilu(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("HardSilu", x, at: fileID, line)
    }

    public static func hardSwish(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("HardSilu", x, at: fileID, line)
    }

    public static func hardTanh(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("HardTanh", x, at: fileID, line)
    }

    public static func tanhShrink(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("TanhShrink", x, at: fileID, line)
    }

    public static func selu(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Selu", x, at: fileID, line)
    }

    public static func mish(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Mish", x, at: fileID, line)
    }

    public static func leakyRelu(
        _ x: KerasTensor, negativeSlope: Double = 0.2, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("LeakyRelu", x, settings: ["negative_slope": .double(negativeSlope)], at: fileID, line)
    }

    public static func elu(_ x: KerasTensor, alpha: Double = 1, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Elu", x, settings: ["alpha": .double(alpha)], at: fileID, line)
    }

    public static func celu(_ x: KerasTensor, alpha: Double = 1, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Celu", x, settings: ["alpha": .double(alpha)], at: fileID, line)
    }

    public static func gelu(_ x: KerasTensor, approximate: Bool = true, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Gelu", x, settings: ["approximate": .bool(approximate)], at: fileID, line)
    }

    public static func hardShrink(
        _ x: KerasTensor, threshold: Double = 0.5, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("HardShrink", x, settings: ["threshold": .double(threshold)], at: fileID, line)
    }

    public static func softShrink(
        _ x: KerasTensor, threshold: Double = 0.5, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("SoftShrink", x, settings: ["threshold": .double(threshold)], at: fileID, line)
    }

    public static func threshold(
        _ x: KerasTensor, _ threshold: Double, defaultValue: Double, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Threshold", x, settings: ["threshold": .double(threshold), "default_value": .double(defaultValue)], at: fileID, line)
    }

    public static func squareplus(_ x: KerasTensor, b: Double = 4, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Squareplus", x, settings: ["b": .double(b)], at: fileID, line)
    }

    public static func glu(_ x: KerasTensor, axis: Int = -1, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Glu", x, settings: ["axis": .int(axis)], at: fileID, line)
    }

    public static func softmax(_ x: KerasTensor, axis: Int? = -1, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Softmax", x, settings: ["axis": axis.configValue], at: fileID, line)
    }

    public static func softmax(_ x: KerasTensor, axes: [Int], fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Softmax", x, settings: ["axis": axes.configValue], at: fileID, line)
    }

    public static func logSoftmax(_ x: KerasTensor, axis: Int? = -1, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("LogSoftmax", x, settings: ["axis": axis.configValue], at: fileID, line)
    }

    public static func logSoftmax(_ x: KerasTensor, axes: [Int], fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("LogSoftmax", x, settings: ["axis": axes.configValue], at: fileID, line)
    }

    public static func sparsemax(_ x: KerasTensor, axis: Int = -1, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Sparsemax", x, settings: ["axis": .int(axis)], at: fileID, line)
    }
}
