/// Attention by dot products in several heads of queries that share fewer heads of keys and values.
///
/// With one head of keys and values it is multi-query attention; with as many as of queries, ``MultiHeadAttention``.
///
/// - Input: a query `[batch, Tq, features]`; by name a value `[batch, Tv, features]` and, if it is not the value, a key. Masks of query,
///   value and key, an attention mask `[batch, Tq, Tv]` and the causal mask are taken together.
/// - Output: `[batch, Tq, features]`; the scores `[batch, numQueryHeads, Tq, Tv]` where they are asked for.
/// - Weights: those of the projections `query`, `key`, `gate` (if `useGate`), `value` and `attention_output`, ``EinsumDense`` layers.
/// - Throws: as ``MultiHeadAttention``; `KerasError.invalidArgument` unless `numQueryHeads` is a multiple of `numKeyValueHeads`.
/// - Source: `keras.layers.GroupQueryAttention`; Ainslie et al., 2023.
///
/// ```swift
/// let attention = GroupQueryAttention(headDim: 16, numQueryHeads: 4, numKeyValueHeads: 2)
/// let y = try attention(query, value: value, useCausalMask: true)      // [nil, Tq, features]
/// ```
public final class GroupQueryAttention: HeadAttention {
    public let headDim: Int
    public let numQueryHeads: Int
    public let numKeyValueHeads: Int

    /// Whether the projections have a bias.
    public var useBias: Bool { projections.useBias }

    public init(
        headDim: Int, numQueryHeads: Int, numKeyValueHeads: Int, dropout: Double = 0, useBias: Bool = true, slidingWindow: Int? = nil,
        kernelInitializer: Initializer = .glorotUniform(), biasInitializer: Initializer = .zeros, kernelRegularizer: Regularizer? = nil,
        biasRegularizer: Regularizer? = nil, activityRegularizer: Regularizer? = nil, kernelConstraint: Constraint? = nil,
        biasConstraint: Constraint? = nil, useGate: Bool = false, seed: Int? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil
    ) {
        self.headDim = headDim
        self.numQueryHeads = numQueryHeads
        self.numKeyValueHeads = numKeyValueHeads
        super.init(
            dropout: dropout, slidingWindow: slidingWindow, useGate: useGate, seed: seed,
            projections: AttentionProjections(
                useBias: useBias, kernelInitializer: kernelInitializer, biasInitializer: biasInitializer,
                kernelRegularizer: kernelRegularizer, biasRegularizer: biasRegularizer, kernelConstraint: kernelConstraint,
                biasConstraint: biasConstraint),
            activityRegularizer: activityRegularizer, name: name ?? Naming.unique(forClass: Self.kerasClassName),
            trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        headDim = try config.int("head_dim")
        numQueryHeads = try config.int("num_query_heads")
        numKeyValueHeads = try config.int("num_key_value_heads")
        try super.init(config: config)
        prepare()
    }

    /// Keras' name of the class, of which it makes names: "grouped_query_attention".
    static let kerasClassName = "GroupedQueryAttention"
    override class var savedClassName: String { Naming.snakeCase(kerasClassName) }

    /// Python's attributes are private here, those of ``MultiHeadAttention`` are not.
    override public func savedName(ofProperty property: String) -> String { "_\(super.savedName(ofProperty: property))" }

    private func prepare() {
        require(headDim > 0, "headDim", "1 or more", got: headDim)
        require(numKeyValueHeads > 0, "numKeyValueHeads", "1 or more", got: numKeyValueHeads)
        require(
            numQueryHeads > 0 && numQueryHeads % max(numKeyValueHeads, 1) == 0, "numQueryHeads",
            "a multiple of numKeyValueHeads, \(numKeyValueHeads)", got: numQueryHeads)
    }

    override var headCounts: (query: Int, key: Int) { (numQueryHeads, numKeyValueHeads) }
    override var headSizes: (key: Int, value: Int) { (headDim, headDim) }

    override func checkShapes(query: TensorSource, value: TensorSource, key: TensorSource) throws {
        let (a, b) = (query.shape.last, value.shape.last)
        guard query.shape.rank == 3, a == nil || b == nil || a == b else {
            throw KerasError.incompatibleInputs(
                place, rule: "query [batch, Tq, features] and value [batch, Tv, features] of as many features",
                remedy: "Bring them to one number of features first, for example with Dense.", inputs: [query, value])
        }
    }

    override public var config: Config {
        let own: Config = [
            "head_dim": .int(headDim), "num_query_heads": .int(numQueryHeads), "num_key_value_heads": .int(numKeyValueHeads),
        ]
        return own.merging(super.config)
    }
}
