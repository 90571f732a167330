/// RMSprop: steps divided by a running mean of the gradient's square.
///
/// `v ← ρ v + (1 - ρ) g²`, `step = rate · g / √(v + ε)`; with `centered`, the square of the mean gradient is taken off `v`
/// first; with momentum, `m ← momentum · m + step` and `w ← w - m`, else `w ← w - step`.
///
/// - Source: `keras.optimizers.RMSprop` (ε stands under the root).
///
/// ```swift
/// try model.compile(optimizer: .rmsprop(1e-3), loss: .sparseCategoricalCrossentropy(fromLogits: true))
/// ```
public final class RMSprop: Optimizer {
    public let rho, momentum, epsilon: Double
    public let centered: Bool
    private var velocities: [Variable] = []
    private var momentums: [Variable] = []
    private var averageGradients: [Variable] = []

    override public class var registeredName: String { "RMSprop" }

    public init(
        _ learningRate: any LearningRateConvertible = 0.001, rho: Double = 0.9, momentum: Double = 0, epsilon: Double = 1e-7,
        centered: Bool = false, options: OptimizerOptions = OptimizerOptions(), name: String? = nil
    ) throws {
        for (option, value) in [("rho", rho), ("momentum", momentum)] {
            guard (0...1).contains(value) else {
                throw KerasError.invalidSetting(object: Self.registeredName, argument: option, expected: "within 0 … 1", got: "\(value)")
            }
        }
        guard epsilon.isFinite, epsilon >= 0 else {
            throw KerasError.invalidSetting(object: Self.registeredName, argument: "epsilon", expected: "a finite number, 0 or more", got: "\(epsilon)")
        }
        self.rho = rho
        self.momentum = momentum
        self.epsilon = epsilon
        self.centered = centered
        try super.init(learningRate: learningRate, options: options, name: name)
    }

    public required convenience init(config: Config) throws {
        try self.init(
            Optimizer.learningRate(from: config, default: 0.001), rho: config.value("rho", default: 0.9),
            momentum: config.value("momentum", default: 0), epsilon: config.value("epsilon", default: 1e-7),
            centered: config.value("centered", default: false), options: OptimizerOptions(config: config), name: config.value("name", default: nil))
    }

    override public func build(_ variables: [Variable]) throws {
        guard !isBuilt else { return }
        try super.build(variables)
        velocities = try addSlots("velocity", for: variables)
        if momentum > 0 { momentums = try addSlots("momentum", for: variables) }
        if centered { averageGradients = try addSlots("average_gradient", for: variables) }
    }

    override public func update(_ variable: Variable, gradient: Tensor, learningRate: Tensor) throws {
        let index = try index(of: variable)
        let velocity = try velocities[index].value * rho + ops.square(gradient) * (1 - rho)
        try velocities[index].assign(velocity)
        var denominator = velocity
        if centered {
            let average = try averageGradients[index].value * rho + gradient * (1 - rho)
            try averageGradients[index].assign(average)
            denominator = try denominator - ops.square(average)
        }
        let step = try learningRate * gradient / ops.sqrt(denominator + epsilon)
        guard momentum > 0 else { return try variable.assign(subtract: step) }
        let moved = try momentums[index].value * momentum + step
        try momentums[index].assign(moved)
        try variable.assign(subtract: moved)
    }

    override public var config: Config {
        super.config.merging(["rho": .double(rho), "momentum": .double(momentum), "epsilon": .double(epsilon), "centered": .bool(centered)])
    }
}
