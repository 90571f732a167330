// `ops` on places in a graph: pooling, normalisations, losses. Each call makes a node; what it computes is said at the function of the same
// name on tensors.

extension ops {
    public static func maxPool(
        _ x: KerasTensor, _ poolSize: SpatialSizes, strides: SpatialSizes? = nil, padding: PaddingMode = .valid,
        dataFormat: DataFormat? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "MaxPool", x,
            settings: [
                "pool_size": poolSize.configValue, "strides": (strides ?? poolSize).configValue, "padding": .string(padding.rawValue),
                "data_format": dataFormat.configValue,
            ], at: fileID, line)
    }

    public static func averagePool(
        _ x: KerasTensor, _ poolSize: SpatialSizes, strides: SpatialSizes? = nil, padding: PaddingMode = .valid,
        dataFormat: DataFormat? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "AveragePool", x,
            settings: [
                "pool_size": poolSize.configValue, "strides": (strides ?? poolSize).configValue, "padding": .string(padding.rawValue),
                "data_format": dataFormat.configValue,
            ], at: fileID, line)
    }

    public static func adaptiveMaxPool(
        _ x: KerasTensor, _ outputSize: SpatialSizes, dataFormat: DataFormat? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "AdaptiveMaxPool", x,
            settings: ["output_size": outputSize.list(x.rank - 2), "data_format": dataFormat.configValue], at: fileID, line)
    }

    public static func adaptiveAveragePool(
        _ x: KerasTensor, _ outputSize: SpatialSizes, dataFormat: DataFormat? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "AdaptiveAveragePool", x,
            settings: ["output_size": outputSize.list(x.rank - 2), "data_format": dataFormat.configValue], at: fileID, line)
    }

    /// Other heights and widths.
    public static func resize(
        _ x: KerasTensor, _ size: SpatialSizes, interpolation: ImageInterpolation = .bilinear, antialias: Bool = false,
        dataFormat: DataFormat? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "Resize", x,
            settings: [
                "size": size.list(2), "interpolation": .string(interpolation.rawValue), "antialias": .bool(antialias),
                "data_format": dataFormat.configValue,
            ], at: fileID, line)
    }

    public static func normalize(
        _ x: KerasTensor, axis: Int = -1, order: Int = 2, epsilon: Double? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Normalize", x, settings: ["axis": .int(axis), "order": .int(order), "epsilon": epsilon.configValue], at: fileID, line)
    }

    public static func batchNormalization(
        _ x: KerasTensor, _ mean: some GraphOperand, _ variance: some GraphOperand, axis: Int, offset: (any GraphOperand)? = nil,
        scale: (any GraphOperand)? = nil, epsilon: Double = 1e-3, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "BatchNorm", x, mean, variance, offset, scale, settings: ["axis": .int(axis), "epsilon": .double(epsilon)], at: fileID, line)
    }

    public static func layerNormalization(
        _ x: KerasTensor, gamma: (any GraphOperand)? = nil, beta: (any GraphOperand)? = nil, axes: [Int] = [-1], epsilon: Double? = nil,
        fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("LayerNorm", x, gamma, beta, settings: ["axis": Config.axesValue(axes), "epsilon": epsilon.configValue], at: fileID, line)
    }

    public static func rmsNormalization(
        _ x: KerasTensor, scale: (any GraphOperand)? = nil, axis: Int = -1, epsilon: Double? = nil, fileID: String = #fileID,
        line: Int = #line
    ) throws -> KerasTensor {
        try node("RMSNorm", x, keywords: ["scale": scale], settings: ["axis": .int(axis), "epsilon": epsilon.configValue], at: fileID, line)
    }

    public static func binaryCrossentropy(
        _ target: KerasTensor, _ output: KerasTensor, fromLogits: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("BinaryCrossentropy", target, output, settings: ["from_logits": .bool(fromLogits)], at: fileID, line)
    }

    public static func categoricalCrossentropy(
        _ target: KerasTensor, _ output: KerasTensor, fromLogits: Bool = false, axis: Int = -1, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "CategoricalCrossentropy", target, output, settings: ["from_logits": .bool(fromLogits), "axis": .int(axis)], at: fileID, line)
    }

    public static func sparseCategoricalCrossentropy(
        _ target: KerasTensor, _ output: KerasTensor, fromLogits: Bool = false, axis: Int = -1, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "SparseCategoricalCrossentropy", target, output,
            settings: ["from_logits": .bool(fromLogits), "axis": .int(axis)], at: fileID, line)
    }
}
