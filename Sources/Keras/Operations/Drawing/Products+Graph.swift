// `ops` on places in a graph: products and convolutions. Each call makes a node; what it computes is said at the function of the same name
// on tensors. One operand may be a constant.

extension ops {
    public static func matmul(_ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Matmul", a, b, at: fileID, line)
    }

    public static func matmul(
        _ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Matmul", a, b, at: fileID, line)
    }

    public static func dot(_ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Dot", a, b, at: fileID, line)
    }

    public static func dot(_ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Dot", a, b, at: fileID, line)
    }

    public static func vdot(_ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Vdot", a, b, at: fileID, line)
    }

    public static func vdot(_ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Vdot", a, b, at: fileID, line)
    }

    public static func inner(_ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Inner", a, b, at: fileID, line)
    }

    public static func inner(_ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Inner", a, b, at: fileID, line)
    }

    public static func outer(_ a: KerasTensor, _ b: some GraphOperand, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Outer", a, b, at: fileID, line)
    }

    public static func outer(_ a: some GraphConstant, _ b: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Outer", a, b, at: fileID, line)
    }

    public static func tensordot(
        _ a: KerasTensor, _ b: some GraphOperand, axes: Int = 2, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Tensordot", a, b, settings: ["axes": .int(axes)], at: fileID, line)
    }

    public static func tensordot(
        _ a: KerasTensor, _ b: some GraphOperand, axes: ([Int], [Int]), fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Tensordot", a, b, settings: ["axes": [axes.0.configValue, axes.1.configValue]], at: fileID, line)
    }

    /// Products summed as an equation says: `"bij,jk->bik"`. Some operands may be constants.
    @_disfavoredOverload
    public static func einsum(
        _ equation: String, _ operands: any GraphOperand..., fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        let results = try KerasOperation.draw(
            "Einsum", operands, settings: ["subscripts": .string(equation)], at: CallPlace(fileID: fileID, line: line))
        return results[0]
    }

    public static func conv(
        _ x: KerasTensor, _ kernel: some GraphOperand, strides: SpatialSizes = 1, padding: PaddingMode = .valid,
        dataFormat: DataFormat? = nil, dilationRate: SpatialSizes = 1, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "Conv", x, kernel,
            settings: [
                "strides": strides.configValue, "padding": .string(padding.rawValue), "data_format": dataFormat.configValue,
                "dilation_rate": dilationRate.configValue,
            ], at: fileID, line)
    }

    public static func depthwiseConv(
        _ x: KerasTensor, _ kernel: some GraphOperand, strides: SpatialSizes = 1, padding: PaddingMode = .valid,
        dataFormat: DataFormat? = nil, dilationRate: SpatialSizes = 1, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "DepthwiseConv", x, kernel,
            settings: [
                "strides": strides.configValue, "padding": .string(padding.rawValue), "data_format": dataFormat.configValue,
                "dilation_rate": dilationRate.configValue,
            ], at: fileID, line)
    }

    public static func separableConv(
        _ x: KerasTensor, _ depthwiseKernel: some GraphOperand, _ pointwiseKernel: some GraphOperand, strides: SpatialSizes = 1,
        padding: PaddingMode = .valid, dataFormat: DataFormat? = nil, dilationRate: SpatialSizes = 1, fileID: String = #fileID,
        line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "SeparableConv", x, depthwiseKernel, pointwiseKernel,
            settings: [
                "strides": strides.configValue, "padding": .string(padding.rawValue), "data_format": dataFormat.configValue,
                "dilation_rate": dilationRate.configValue,
            ], at: fileID, line)
    }

    public static func convTranspose(
        _ x: KerasTensor, _ kernel: some GraphOperand, strides: SpatialSizes = 1, padding: PaddingMode = .valid,
        outputPadding: [Int]? = nil, dataFormat: DataFormat? = nil, dilationRate: SpatialSizes = 1, fileID: String = #fileID,
        line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "ConvTranspose", x, kernel,
            settings: [
                "strides": strides.configValue, "padding": .string(padding.rawValue),
                "output_padding": outputPadding.map(Config.axesValue) ?? .null, "data_format": dataFormat.configValue,
                "dilation_rate": dilationRate.configValue,
            ], at: fileID, line)
    }
}
