/// The settings that Keras' cells share.
struct CellSettings {
    let activation: ActivationFunction
    let recurrentActivation: ActivationFunction
    let useBias: Bool
    let kernel, recurrent, bias: WeightSettings
    let dropout, recurrentDropout: Double
    let seed: Int?
    /// The seed of the dropout masks: `seed`, or one that is drawn.
    let drawnSeed: Int

    /// Initializers given as `nil` are the default, and draw their seeds after the dropout's. Keras' cells differ in this order.
    init(
        activation: ActivationFunction, recurrentActivation: ActivationFunction = .sigmoid, useBias: Bool, kernelInitializer: Initializer?,
        recurrentInitializer: Initializer?, biasInitializer: Initializer, kernelRegularizer: Regularizer?,
        recurrentRegularizer: Regularizer?, biasRegularizer: Regularizer?, kernelConstraint: Constraint?, recurrentConstraint: Constraint?,
        biasConstraint: Constraint?, dropout: Double, recurrentDropout: Double, seed: Int?
    ) {
        self.seed = seed
        drawnSeed = seed ?? makeDefaultSeed()
        self.activation = activation
        self.recurrentActivation = recurrentActivation
        self.useBias = useBias
        kernel = WeightSettings(kernelInitializer ?? .glorotUniform(), kernelRegularizer, kernelConstraint)
        recurrent = WeightSettings(recurrentInitializer ?? .orthogonal(), recurrentRegularizer, recurrentConstraint)
        bias = WeightSettings(biasInitializer, biasRegularizer, biasConstraint)
        self.dropout = min(1, max(0, dropout))
        self.recurrentDropout = min(1, max(0, recurrentDropout))
    }

    /// - Parameter seedFirst: whether the dropout's seed is drawn before those of the initializers.
    init(config: Config, seedFirst: Bool) throws {
        seed = try config.seed()
        let early = seedFirst ? seed ?? makeDefaultSeed() : nil
        activation = try ActivationFunction(config: config["activation"] ?? "tanh")
        recurrentActivation = try ActivationFunction(config: config["recurrent_activation"] ?? "sigmoid")
        useBias = try config.value("use_bias", default: true)
        kernel = try WeightSettings("kernel", in: config, initializer: .glorotUniform())
        recurrent = try WeightSettings("recurrent", in: config, initializer: .orthogonal())
        bias = try WeightSettings("bias", in: config, initializer: .zeros)
        dropout = min(1, max(0, try config.value("dropout", default: 0)))
        recurrentDropout = min(1, max(0, try config.value("recurrent_dropout", default: 0)))
        drawnSeed = early ?? seed ?? makeDefaultSeed()
    }

    /// The settings under Keras' names.
    ///
    /// - Parameter more: those that only some of the cells have.
    func config(_ more: Config) -> Config {
        let own: Config = ["activation": activation.configValue, "use_bias": .bool(useBias)]
        let rates: Config = [
            "dropout": .double(dropout), "recurrent_dropout": .double(recurrentDropout), "seed": seed.configValue,
        ]
        return [kernel.config("kernel"), recurrent.config("recurrent"), bias.config("bias"), rates]
            .reduce(more.merging(own)) { $0.merging($1) }
    }
}
