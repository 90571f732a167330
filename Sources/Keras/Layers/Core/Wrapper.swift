/// A layer around another one: what ``SpectralNormalization`` and others have in common.
///
/// - Weights: the layer's.
/// - Source: `keras.layers.Wrapper`.
///
/// ```swift
/// final class Twice: Wrapper {
///     override func call(_ inputs: Tensor) throws -> Tensor { try layer(layer(inputs)) }
/// }
/// let y = try Twice(Dense(8))(Input(shape: [8]))
/// ```
open class Wrapper: Layer {
    /// The layer inside.
    public let layer: Layer

    public init(
        _ layer: Layer, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil, activityRegularizer: Regularizer? = nil
    ) {
        self.layer = layer
        super.init(name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
    }

    public required init(config: Config) throws {
        layer = try LayerConfig.layer(from: config.dictionary("layer"))
        try super.init(config: config)
    }

    override open func build(inputShape: Shape) throws {
        try layer.checkArguments()
        try layer.ensureBuilt(
            .one(inputShape), sources: .one(Building.sources.first ?? TensorSource(shape: inputShape, dtype: computeDType)),
            path: "\(path ?? name)/\(layer.name)")
    }

    override var buildConfig: Config? { buildShapes.map { ["input_shape": $0.configValue] } }

    override open var config: Config { ["layer": LayerConfig.value(of: layer)] }
}
