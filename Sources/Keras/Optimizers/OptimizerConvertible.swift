/// What can be given as an optimizer: an ``Optimizer``, or Keras' name of one (`"adam"`).
public protocol OptimizerConvertible {
    /// - Throws: `KerasError.unknownName` for a name that is not known.
    func makeOptimizer() throws -> Optimizer
}

extension Optimizer: OptimizerConvertible {
    public func makeOptimizer() -> Optimizer { self }
}

extension String: OptimizerConvertible {
    public func makeOptimizer() throws -> Optimizer {
        let types = Optimizer.known
        guard let type = types.first(where: { $0.registeredName.lowercased() == lowercased() }) else {
            throw KerasError.unknownName(kind: "optimizer", name: self, known: types.map { $0.registeredName.lowercased() })
        }
        return try type.init(config: [:])
    }
}

extension OptimizerConvertible where Self == Optimizer {
    /// ``SGD``.
    public static func sgd(
        _ learningRate: any LearningRateConvertible = 0.01, momentum: Double = 0, nesterov: Bool = false,
        options: OptimizerOptions = OptimizerOptions()
    ) throws -> Optimizer {
        try SGD(learningRate, momentum: momentum, nesterov: nesterov, options: options)
    }

    /// ``Adam``.
    public static func adam(
        _ learningRate: any LearningRateConvertible = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7,
        amsgrad: Bool = false, options: OptimizerOptions = OptimizerOptions()
    ) throws -> Optimizer {
        try Adam(learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, amsgrad: amsgrad, options: options)
    }

    /// ``AdamW``.
    public static func adamW(
        _ learningRate: any LearningRateConvertible = 0.001, weightDecay: Double = 0.004, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-7, amsgrad: Bool = false, options: OptimizerOptions = OptimizerOptions()
    ) throws -> Optimizer {
        try AdamW(
            learningRate, weightDecay: weightDecay, beta1: beta1, beta2: beta2, epsilon: epsilon, amsgrad: amsgrad, options: options)
    }

    /// ``RMSprop``.
    public static func rmsprop(
        _ learningRate: any LearningRateConvertible = 0.001, rho: Double = 0.9, momentum: Double = 0, epsilon: Double = 1e-7,
        centered: Bool = false, options: OptimizerOptions = OptimizerOptions()
    ) throws -> Optimizer {
        try RMSprop(learningRate, rho: rho, momentum: momentum, epsilon: epsilon, centered: centered, options: options)
    }
}

extension Optimizer {
    /// The optimizers that are known by name. A test asks each of them for recorded Keras numbers.
    package static var known: [Optimizer.Type] { [SGD.self, Adam.self, AdamW.self, RMSprop.self] }

    /// The learning rate in a config: a number or a schedule's dictionary.
    static func learningRate(from config: Config, default rate: Double) throws -> any LearningRateConvertible {
        guard let value = config["learning_rate"] else { return rate }
        if let number = Double(configValue: value) { return number }
        guard case .dictionary(let schedule) = value else { return rate }
        return try LearningRateSchedules.make(config: schedule)
    }
}
