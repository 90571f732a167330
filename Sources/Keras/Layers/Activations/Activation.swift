/// Applies an activation function.
///
/// - Input and output: any shape.
/// - Source: `keras.layers.Activation`.
///
/// ```swift
/// let y = try Activation(.relu)(x)
/// ```
public final class Activation: Layer {
    public let activation: ActivationFunction

    public init(
        _ activation: ActivationFunction, activityRegularizer: Regularizer? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil
    ) {
        self.activation = activation
        super.init(name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
        supportsMasking = true
    }

    public required init(config: Config) throws {
        activation = try ActivationFunction(config: config["activation"])
        try super.init(config: config)
        supportsMasking = true
    }

    override public func call(_ inputs: Tensor) throws -> Tensor { try activation(inputs) }

    override public var config: Config { ["activation": activation.configValue] }
}
