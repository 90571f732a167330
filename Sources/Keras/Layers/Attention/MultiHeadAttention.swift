/// Attention by dot products in several heads, each with projections of its own; over one axis of steps or several.
///
/// - Input: a query `[batch, Tq…, features]`; by name a value `[batch, Tv…, …]` and, if it is not the value, a key `[batch, Tv…, …]`.
///   Masks of query, value and key, an attention mask `[batch, Tq…, Tv…]` and the causal mask are taken together.
/// - Output: `[batch, Tq…, features]` or `[batch, Tq…] + outputShape`; the scores `[batch, heads, Tq…, Tv…]` where they are asked for.
/// - Weights: those of the projections `query`, `key`, `gate` (if `useGate`), `value` and `attention_output`, ``EinsumDense`` layers.
/// - Throws: `KerasError.missingInput` without a value; `.incompatibleInputs` for shapes that do not suit each other; `.unknownDimension`
///   if a last axis is `nil`; `.invalidArgument` for numbers below 1, a `dropout` outside of 0 … 1, or axes that there are not.
/// - Source: `keras.layers.MultiHeadAttention`; Vaswani et al., 2017. A `query_mask` given by name is heeded, which Keras drops.
///
/// ```swift
/// let attention = MultiHeadAttention(numHeads: 2, keyDim: 16)
/// let y = try attention(query, value: value)                                   // [nil, Tq, features]
/// let (z, scores) = try attention(query, value: value, useCausalMask: true)    // scores [nil, 2, Tq, Tv]
/// ```
public final class MultiHeadAttention: HeadAttention {
    public let numHeads: Int
    /// The size of a head of queries and keys.
    public let keyDim: Int
    /// The size of a head of values.
    public let valueDim: Int
    /// The output's sizes after batch and steps; `nil`: the query's last.
    public let outputShape: [Int]?
    /// The axes of steps, counted with the batch as 0; `nil`: all but batch and features.
    public private(set) var attentionAxes: [Int]?

    /// Whether the projections have a bias.
    public var useBias: Bool { projections.useBias }

    public init(
        numHeads: Int, keyDim: Int, valueDim: Int? = nil, dropout: Double = 0, useBias: Bool = true, outputShape: [Int]? = nil,
        attentionAxes: [Int]? = nil, slidingWindow: Int? = nil, kernelInitializer: Initializer = .glorotUniform(),
        biasInitializer: Initializer = .zeros, kernelRegularizer: Regularizer? = nil, biasRegularizer: Regularizer? = nil,
        activityRegularizer: Regularizer? = nil, kernelConstraint: Constraint? = nil, biasConstraint: Constraint? = nil,
        useGate: Bool = false, seed: Int? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.numHeads = numHeads
        self.keyDim = keyDim
        self.valueDim = valueDim ?? keyDim
        self.outputShape = outputShape.flatMap { $0.isEmpty ? nil : $0 }
        self.attentionAxes = attentionAxes
        super.init(
            dropout: dropout, slidingWindow: slidingWindow, useGate: useGate, seed: seed,
            projections: AttentionProjections(
                useBias: useBias, kernelInitializer: kernelInitializer, biasInitializer: biasInitializer,
                kernelRegularizer: kernelRegularizer, biasRegularizer: biasRegularizer, kernelConstraint: kernelConstraint,
                biasConstraint: biasConstraint),
            activityRegularizer: activityRegularizer, name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        numHeads = try config.int("num_heads")
        keyDim = try config.int("key_dim")
        valueDim = try config.value("value_dim", default: nil) ?? keyDim
        outputShape = if case .int(let size)? = config["output_shape"] { [size] } else { try config.value("output_shape", default: nil) }
        let axes = config["attention_axes"]
        attentionAxes = if case .int(let axis)? = axes { [axis] } else { try config.value("attention_axes", default: nil) }
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(numHeads > 0, "numHeads", "1 or more", got: numHeads)
        require(keyDim > 0, "keyDim", "1 or more", got: keyDim)
        require(valueDim > 0, "valueDim", "1 or more", got: valueDim)
        require((outputShape ?? []).allSatisfy { $0 > 0 }, "outputShape", "of sizes of 1 or more", got: outputShape ?? [])
    }

    /// The gate is a private attribute in Python.
    override public func savedName(ofProperty property: String) -> String {
        let name = super.savedName(ofProperty: property)
        return name == "gate_dense" ? "_\(name)" : name
    }

    override var headCounts: (query: Int, key: Int) { (numHeads, numHeads) }
    override var headSizes: (key: Int, value: Int) { (keyDim, valueDim) }
    override func outputSizes(query: Shape) throws -> [Int] { try outputShape ?? super.outputSizes(query: query) }

    /// The penalty is for the projections' outputs.
    override var penalizesOutputs: Bool { false }

    /// Negative axes count from behind the steps, as in Keras.
    override func chooseStepAxes(rank: Int) {
        let axes = attentionAxes?.map { $0 < 0 ? $0 + rank - 1 : $0 } ?? Array(1..<max(rank - 2, 1))
        attentionAxes = axes
        stepAxes = axes
    }

    override func checkShapes(query: TensorSource, value: TensorSource, key: TensorSource) throws {
        let rank = query.shape.rank
        let axes = (attentionAxes ?? []).map { $0 < 0 ? $0 + rank : $0 }
        guard Set(axes).count == axes.count, attentionAxes?.isEmpty != true, axes.allSatisfy((1..<max(rank - 1, 1)).contains) else {
            throw KerasError.invalidArgument(
                place, argument: "attentionAxes", expected: "different axes of the \(rank - 2) between batch and features",
                got: "\(attentionAxes ?? [])")
        }
    }

    override public var config: Config {
        let own: Config = [
            "num_heads": .int(numHeads), "key_dim": .int(keyDim), "value_dim": .int(valueDim), "output_shape": outputShape.configValue,
            "attention_axes": attentionAxes.configValue,
        ]
        return own.merging(super.config)
    }
}
