/// A table of vectors: each whole number becomes the row of that number.
///
/// - Input: whole numbers `[batch, …]` in `0 ..< inputDim`. Output: `[batch, …, outputDim]`.
/// - Weights: `embeddings [inputDim, outputDim]`.
/// - Mask: with `maskZero`, true where the input is not 0; 0 is then padding, and no word may have it.
/// - Throws: `KerasError.invalidArgument` for dimensions below 1.
/// - Source: `keras.layers.Embedding`.
///
/// ```swift
/// let words = Input(shape: [nil], dtype: .int32)
/// let vectors = try Embedding(10_000, 64, maskZero: true)(words)     // [nil, nil, 64]
/// ```
public final class Embedding: Layer {
    public let inputDim: Int
    public let outputDim: Int
    public let embeddingsInitializer: Initializer
    public let embeddingsRegularizer: Regularizer?
    public let embeddingsConstraint: Constraint?
    public let maskZero: Bool
    public private(set) var embeddings: Variable?

    public init(
        _ inputDim: Int, _ outputDim: Int, embeddingsInitializer: Initializer = .randomUniform(), embeddingsRegularizer: Regularizer? = nil,
        embeddingsConstraint: Constraint? = nil, maskZero: Bool = false, activityRegularizer: Regularizer? = nil, name: String? = nil,
        trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.inputDim = inputDim
        self.outputDim = outputDim
        self.embeddingsInitializer = embeddingsInitializer
        self.embeddingsRegularizer = embeddingsRegularizer
        self.embeddingsConstraint = embeddingsConstraint
        self.maskZero = maskZero
        super.init(name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
        prepare()
    }

    public required init(config: Config) throws {
        inputDim = try config.int("input_dim")
        outputDim = try config.int("output_dim")
        embeddingsInitializer = try config.function("embeddings_initializer", default: .randomUniform())
        embeddingsRegularizer = try config.function("embeddings_regularizer")
        embeddingsConstraint = try config.function("embeddings_constraint")
        maskZero = try config.value("mask_zero", default: false)
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(inputDim > 0, "inputDim", "1 or more", got: inputDim)
        require(outputDim > 0, "outputDim", "1 or more", got: outputDim)
        supportsMasking = maskZero
        autocast = false
    }

    override public func build(inputShape: Shape) throws {
        embeddings = try addWeight(
            "embeddings", shape: [inputDim, outputDim], initializer: embeddingsInitializer, regularizer: embeddingsRegularizer,
            constraint: embeddingsConstraint)
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        let indices = inputs.dtype.isInteger ? inputs : try inputs.cast(to: .int32)
        return try ops.take(weight(embeddings), indices, axis: 0).cast(to: computeDType)
    }

    override public func computeMask(_ inputs: Tensor, mask: Tensor?) throws -> Tensor? { maskZero ? try ops.notEqual(inputs, 0) : nil }

    override func drawMasks(_ inputs: [KerasTensor], masks: [KerasTensor?]) throws -> [KerasTensor?]? {
        [try MaskPen().differs(inputs[0], from: 0)]
    }

    override public var config: Config {
        [
            "input_dim": .int(inputDim), "output_dim": .int(outputDim), "embeddings_initializer": embeddingsInitializer.configValue,
            "embeddings_regularizer": embeddingsRegularizer.configValue, "activity_regularizer": activityRegularizer.configValue,
            "embeddings_constraint": embeddingsConstraint.configValue, "mask_zero": .bool(maskZero), "quantization_config": nil,
        ]
    }
}
