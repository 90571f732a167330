/// Attention by a sum: `softmax(Σ scale · tanh(query + key)) · value`, also called Bahdanau's.
///
/// - Input and output: as ``Attention``.
/// - Weights: `scale [dim]` unless `useScale` is false.
/// - Throws: as ``Attention``; `KerasError.unknownDimension` if `dim` is `nil`.
/// - Source: `keras.layers.AdditiveAttention`; Bahdanau et al., 2014.
///
/// ```swift
/// let y = try AdditiveAttention()([query, value])      // [nil, Tq, dim]
/// ```
public final class AdditiveAttention: Attention {
    public init(
        useScale: Bool = true, dropout: Double = 0, seed: Int? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        super.init(useScale: useScale, dropout: dropout, seed: seed, name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws { try super.init(config: config) }

    override class var usesScaleByDefault: Bool { true }

    override public func build(inputShapes: [Shape]) throws {
        guard useScale, let query = inputShapes.first else { return }
        scale = try addWeight("scale", shape: [query.known(axis: -1, for: self)])
    }

    override func scores(_ query: Tensor, _ key: Tensor) throws -> Tensor {
        var sum = try ops.tanh(ops.expandDims(query, axis: -2) + ops.expandDims(key, axis: -3))
        if let scale { sum = try sum * scale }
        return try ops.sum(sum, axis: -1)
    }

    override public var config: Config {
        var config = super.config
        config["score_mode"] = nil
        return config
    }
}
