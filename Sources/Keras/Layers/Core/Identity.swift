/// Gives what it gets. Useful as a named place in a graph.
///
/// - Source: `keras.layers.Identity`.
public final class Identity: Layer {
    override public init(name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil, activityRegularizer: Regularizer? = nil) {
        super.init(name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
        supportsMasking = true
    }

    public required init(config: Config) throws {
        try super.init(config: config)
        supportsMasking = true
    }

    override public func call(_ inputs: Structure<Tensor>, _ call: LayerCall) throws -> Structure<Tensor> { inputs }

    override public func computeMasks(_ inputs: [Tensor], masks: [Tensor?]) -> [Tensor?] { masks }
}
