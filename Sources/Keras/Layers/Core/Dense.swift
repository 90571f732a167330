/// A densely connected layer: `activation(inputs · kernel + bias)`.
///
/// - Input: `[batch, …, features]`. Output: `[batch, …, units]`.
/// - Weights: `kernel [features, units]`, `bias [units]` unless `useBias` is false.
/// - Throws: `KerasError.unknownDimension` if `features` is `nil`; `.incompatibleInput` for a rank below 2; `.invalidArgument` for
///   `units` below 1.
/// - Source: `keras.layers.Dense`.
///
/// ```swift
/// let x = Input(shape: [784])
/// let h = try Dense(64, activation: .relu)(x)     // [nil, 64]
/// ```
public final class Dense: Layer {
    public let units: Int
    public let activation: ActivationFunction
    public let useBias: Bool
    public let kernelInitializer: Initializer
    public let biasInitializer: Initializer
    public let kernelRegularizer: Regularizer?
    public let biasRegularizer: Regularizer?
    public let kernelConstraint: Constraint?
    public let biasConstraint: Constraint?
    public private(set) var kernel: Variable?
    public private(set) var bias: Variable?

    public init(
        _ units: Int, activation: ActivationFunction = .linear, useBias: Bool = true, kernelInitializer: Initializer = .glorotUniform(),
        biasInitializer: Initializer = .zeros, kernelRegularizer: Regularizer? = nil, biasRegularizer: Regularizer? = nil,
        activityRegularizer: Regularizer? = nil, kernelConstraint: Constraint? = nil, biasConstraint: Constraint? = nil,
        name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.units = units
        self.activation = activation
        self.useBias = useBias
        self.kernelInitializer = kernelInitializer
        self.biasInitializer = biasInitializer
        self.kernelRegularizer = kernelRegularizer
        self.biasRegularizer = biasRegularizer
        self.kernelConstraint = kernelConstraint
        self.biasConstraint = biasConstraint
        super.init(name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
        prepare()
    }

    public required init(config: Config) throws {
        units = try config.int("units")
        activation = try ActivationFunction(config: config["activation"])
        useBias = try config.value("use_bias", default: true)
        kernelInitializer = try config.function("kernel_initializer", default: .glorotUniform())
        biasInitializer = try config.function("bias_initializer", default: .zeros)
        kernelRegularizer = try config.function("kernel_regularizer")
        biasRegularizer = try config.function("bias_regularizer")
        kernelConstraint = try config.function("kernel_constraint")
        biasConstraint = try config.function("bias_constraint")
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(units > 0, "units", "1 or more", got: units)
        inputSpec = [InputSpec(minRank: 2, layout: "[batch, …, features]")]
        supportsMasking = true
    }

    override public func build(inputShape: Shape) throws {
        let features = try inputShape.known(axis: -1, for: self)
        kernel = try addWeight(
            "kernel", shape: [features, units], initializer: kernelInitializer, regularizer: kernelRegularizer, constraint: kernelConstraint)
        if useBias {
            bias = try addWeight(
                "bias", shape: [units], initializer: biasInitializer, regularizer: biasRegularizer, constraint: biasConstraint)
        }
        inputSpec = [InputSpec(minRank: 2, axes: [-1: features], layout: "[batch, …, features]")]
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        var outputs = try ops.matmul(inputs, weight(kernel))
        if let bias { outputs = try outputs + bias }
        return try activation(outputs)
    }

    override public var config: Config {
        [
            "units": .int(units), "activation": activation.configValue, "use_bias": .bool(useBias),
            "kernel_initializer": kernelInitializer.configValue, "bias_initializer": biasInitializer.configValue,
            "kernel_regularizer": kernelRegularizer.configValue, "bias_regularizer": biasRegularizer.configValue,
            "kernel_constraint": kernelConstraint.configValue, "bias_constraint": biasConstraint.configValue,
            "quantization_config": nil,
        ]
    }
}
