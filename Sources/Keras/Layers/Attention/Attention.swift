/// How ``Attention`` compares a query with a key.
public enum AttentionScoreMode: String, CaseIterable, Sendable {
    /// By their dot product.
    case dot
    /// By the sum of the hyperbolic tangents of their sum.
    case concat
}

/// Attention by dot products: `softmax(query · keyᵀ) · value`, also called Luong's.
///
/// - Input: `[query, value]` or `[query, value, key]`, `[batch, Tq, dim]`, `[batch, Tv, dim']` and `[batch, Tv, dim]`; without a key the
///   value is taken for both. A value's mask leaves steps out; a query's mask makes outputs 0.
/// - Output: `[batch, Tq, dim']`, and the scores `[batch, Tq, Tv]` where they are asked for.
/// - Weights: `scale` if `useScale`, `concat_score_weight` for the score mode `concat`; scalars.
/// - Throws: `KerasError.inputCount`; `.incompatibleInputs` for sizes that do not suit each other; `.invalidArgument` unless `dropout` is
///   within 0 … 1.
/// - Source: `keras.layers.Attention`; Luong et al., 2015.
///
/// ```swift
/// let y = try Attention()([query, value])                                   // [nil, Tq, dim]
/// let (z, scores) = try Attention().withScores([query, value], useCausalMask: true)
/// ```
public class Attention: Layer {
    public let useScale: Bool
    public let scoreMode: AttentionScoreMode
    /// The share of the scores that is dropped in training.
    public let dropout: Double
    public let seed: Int?
    public internal(set) var scale: Variable?
    public internal(set) var concatScoreWeight: Variable?
    private var seedGenerator: SeedGenerator?

    public init(
        useScale: Bool = false, scoreMode: AttentionScoreMode = .dot, dropout: Double = 0, seed: Int? = nil, name: String? = nil,
        trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.useScale = useScale
        self.scoreMode = scoreMode
        self.dropout = dropout
        self.seed = seed
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        useScale = try config.value("use_scale", default: Self.usesScaleByDefault)
        let mode = try config.value("score_mode", default: AttentionScoreMode.dot.rawValue)
        guard let scoreMode = AttentionScoreMode(rawValue: mode) else {
            throw KerasError.unknownName(kind: "score mode", name: mode, known: AttentionScoreMode.allCases.map(\.rawValue))
        }
        self.scoreMode = scoreMode
        dropout = try config.value("dropout", default: 0)
        seed = try config.seed()
        try super.init(config: config)
        prepare()
    }

    class var usesScaleByDefault: Bool { false }

    private func prepare() {
        require(dropout >= 0 && dropout <= 1, "dropout", "within 0 … 1", got: dropout)
        supportsMasking = true
        guard dropout > 0 else { return }
        remember { seedGenerator = try addSeedGenerator(seed: seed) }
    }

    override var buildConfig: Config? { buildShapes.map { ["input_shape": $0.configValue] } }

    override func check(_ sources: Structure<TensorSource>) throws {
        guard case .list(let items) = sources, (2...3).contains(items.count), sources.leafCount == items.count else {
            throw KerasError.inputCount(
                place, expected: "a list of 2 or 3 inputs", names: ["query", "value", "key"], got: sources.leafCount)
        }
        let leaves = sources.leaves
        let (query, value, key) = (leaves[0].shape, leaves[1].shape, leaves[leaves.count - 1].shape)
        func fits(_ a: Int?, _ b: Int?) -> Bool { a == nil || b == nil || a == b }
        let ranks = Set(leaves.map(\.shape.rank))
        guard ranks.count == 1, query.rank >= 2, fits(query.last, key.last), fits(value[-2], key[-2]) else {
            throw KerasError.incompatibleInputs(
                place, rule: "query [batch, Tq, dim], value [batch, Tv, …] and key [batch, Tv, dim]",
                remedy: "Bring query and key to one size in the last axis, for example with Dense.", inputs: leaves)
        }
    }

    override public func build(inputShapes: [Shape]) throws {
        if useScale { scale = try addWeight("scale", initializer: .ones) }
        if scoreMode == .concat { concatScoreWeight = try addWeight("concat_score_weight", initializer: .ones) }
    }

    override public func call(_ inputs: Structure<Tensor>, _ call: LayerCall) throws -> Structure<Tensor> {
        let tensors = inputs.leaves
        let value = tensors[1]
        let (queryMask, valueMask) = (call.masks.first ?? nil, call.masks.dropFirst().first ?? nil)
        var scores = try scores(tensors[0], tensors.count > 2 ? tensors[2] : value)
        if let mask = try scoreMask(scores, valueMask, causal: call.options.value("use_causal_mask", default: false)) {
            // 65504 is the greatest number of float16.
            scores = try ops.where(mask, scores, scores - (scores.dtype == .float16 ? 65504 : 1e9))
        }
        let weights = try ops.softmax(scores)
        var kept = weights
        if call.training, let seedGenerator { kept = try random.dropout(weights, rate: dropout, seed: .generator(seedGenerator)) }
        var output = try ops.matmul(kept, value)
        if let queryMask { output = try ops.where(ops.expandDims(queryMask.cast(to: .bool), axis: -1), output, 0) }
        return try call.options.value("return_attention_scores", default: false) ? Structure(list: [output, weights]) : .one(output)
    }

    /// How well each key suits each query, `[batch, Tq, Tv]`.
    func scores(_ query: Tensor, _ key: Tensor) throws -> Tensor {
        switch scoreMode {
        case .dot:
            let scores = try ops.matmul(query, ops.swapaxes(key, -2, -1))
            return try scale.map { try scores * $0 } ?? scores
        case .concat:
            var sum = try ops.expandDims(query, axis: -2) + ops.expandDims(key, axis: -3)
            if let scale { sum = try sum * scale }
            return try weight(concatScoreWeight) * ops.sum(ops.tanh(sum), axis: -1)
        }
    }

    /// The places of the scores that count.
    private func scoreMask(_ scores: Tensor, _ valueMask: Tensor?, causal: Bool) throws -> Tensor? {
        let steps = try valueMask.map { try ops.expandDims($0.cast(to: .bool), axis: -2) }
        guard causal else { return steps }
        let past = try AttentionMath.causalMask(scores.shape[scores.rank - 2], scores.shape[scores.rank - 1])
        return try steps.map { try ops.logicalAnd($0, past) } ?? past
    }

    override public func computeMasks(_ inputs: [Tensor], masks: [Tensor?]) -> [Tensor?] { [masks.first ?? nil] }

    override func drawMasks(_ inputs: [KerasTensor], masks: [KerasTensor?]) throws -> [KerasTensor?]? {
        [try (masks.first ?? nil).map { try MaskPen().draw("ConvertToTensor", $0) }]
    }

    override public var config: Config {
        [
            "use_scale": .bool(useScale), "score_mode": .string(scoreMode.rawValue), "dropout": .double(dropout), "seed": seed.configValue,
        ]
    }
}
