/// Leaves out the steps of a sequence in which every feature equals `maskValue`: they are set to 0, and the mask says so to the layers
/// that follow.
///
/// - Input and output: `[batch, time, features]`. Mask: `[batch, time]`.
/// - Source: `keras.layers.Masking`.
public final class Masking: Layer {
    public let maskValue: Double

    public init(maskValue: Double = 0, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.maskValue = maskValue
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        maskValue = try config.value("mask_value", default: 0)
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        supportsMasking = true
        inputSpec = [InputSpec(minRank: 2, layout: "[batch, time, features]")]
    }

    override public func computeMask(_ inputs: Tensor, mask: Tensor?) throws -> Tensor? {
        try ops.any(ops.notEqual(inputs, maskValue), axis: -1)
    }

    override func drawMasks(_ inputs: [KerasTensor], masks: [KerasTensor?]) throws -> [KerasTensor?]? {
        let pen = MaskPen()
        return [try pen.any(pen.differs(inputs[0], from: maskValue))]
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        try ops.where(ops.any(ops.notEqual(inputs, maskValue), axis: -1, keepdims: true), inputs, 0)
    }

    override public var config: Config { ["mask_value": .double(maskValue)] }
}
