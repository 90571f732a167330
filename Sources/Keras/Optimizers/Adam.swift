/// Adam: steps scaled by running means of the gradient and of its square.
///
/// With `t` the number of the update:
/// `m ← m + (g - m)(1 - β₁)`, `v ← v + (g² - v)(1 - β₂)`,
/// `w ← w - m · rate √(1 - β₂ᵗ) / (1 - β₁ᵗ) / (√v + ε)`; with `amsgrad`, the greatest `v` so far takes `v`'s place.
///
/// - Source: `keras.optimizers.Adam`; Kingma and Ba 2014, in the form before its section 2.1 that leaves ε outside the correction.
///
/// ```swift
/// try model.compile(optimizer: .adam(1e-3), loss: .meanSquaredError())
/// ```
open class Adam: Optimizer {
    public let beta1, beta2, epsilon: Double
    public let amsgrad: Bool
    private var momentums: [Variable] = []
    private var velocities: [Variable] = []
    private var velocityHats: [Variable] = []

    override open class var registeredName: String { "Adam" }

    public init(
        _ learningRate: any LearningRateConvertible = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7,
        amsgrad: Bool = false, options: OptimizerOptions = OptimizerOptions(), name: String? = nil
    ) throws {
        for (option, value) in [("beta1", beta1), ("beta2", beta2)] {
            guard (0..<1).contains(value) else {
                throw KerasError.invalidSetting(object: Self.registeredName, argument: option, expected: "0 or more and below 1", got: "\(value)")
            }
        }
        guard epsilon.isFinite, epsilon >= 0 else {
            throw KerasError.invalidSetting(object: Self.registeredName, argument: "epsilon", expected: "a finite number, 0 or more", got: "\(epsilon)")
        }
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.amsgrad = amsgrad
        try super.init(learningRate: learningRate, options: options, name: name)
    }

    public required convenience init(config: Config) throws {
        try self.init(
            Optimizer.learningRate(from: config, default: 0.001), beta1: config.value("beta_1", default: 0.9),
            beta2: config.value("beta_2", default: 0.999), epsilon: config.value("epsilon", default: 1e-7),
            amsgrad: config.value("amsgrad", default: false), options: OptimizerOptions(config: config), name: config.value("name", default: nil))
    }

    override open func build(_ variables: [Variable]) throws {
        guard !isBuilt else { return }
        try super.build(variables)
        let slots = try addSlots(["momentum", "velocity"], for: variables)
        (momentums, velocities) = (slots[0], slots[1])
        if amsgrad { velocityHats = try addSlots("velocity_hat", for: variables) }
    }

    /// `rate √(1 - β₂ᵗ) / (1 - β₁ᵗ)`: one scalar for all variables of a type.
    private func correctedRate(_ rate: Tensor, _ dtype: DType) throws -> Tensor {
        try once("correctedRate:\(dtype)") {
            let step = try (effectiveIterations() + 1).cast(to: dtype)
            let power1 = try ops.power(Tensor(beta1, dtype: dtype), step)
            let power2 = try ops.power(Tensor(beta2, dtype: dtype), step)
            return try rate * ops.sqrt(1 - power2) / (1 - power1)
        }
    }

    override open func update(_ variable: Variable, gradient: Tensor, learningRate: Tensor) throws {
        let rate = try correctedRate(learningRate, variable.dtype)
        let index = try index(of: variable)
        let (momentum, velocity) = (momentums[index], velocities[index])
        let m = try momentum.value + (gradient - momentum.value) * (1 - beta1)
        var v = try velocity.value + (ops.square(gradient) - velocity.value) * (1 - beta2)
        try momentum.assign(m)
        try velocity.assign(v)
        if amsgrad {
            v = try ops.maximum(velocityHats[index].value, v)
            try velocityHats[index].assign(v)
        }
        try variable.assign(subtract: m * rate / (ops.sqrt(v) + epsilon))
    }

    override open var config: Config {
        super.config.merging(["beta_1": .double(beta1), "beta_2": .double(beta2), "epsilon": .double(epsilon), "amsgrad": .bool(amsgrad)])
    }
}

/// Adam with weight decay apart from the gradient: before each update, `w ← w - w · weightDecay · rate`.
///
/// - Source: `keras.optimizers.AdamW`.
public final class AdamW: Adam {
    override public class var registeredName: String { "AdamW" }

    /// - Parameter weightDecay: 0.004 unless given; takes the place of `options.weightDecay`.
    public init(
        _ learningRate: any LearningRateConvertible = 0.001, weightDecay: Double = 0.004, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-7, amsgrad: Bool = false, options: OptimizerOptions = OptimizerOptions(), name: String? = nil
    ) throws {
        var options = options
        options.weightDecay = weightDecay
        try super.init(learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, amsgrad: amsgrad, options: options, name: name)
    }

    public required convenience init(config: Config) throws {
        try self.init(
            Optimizer.learningRate(from: config, default: 0.001), weightDecay: config.value("weight_decay", default: 0.004),
            beta1: config.value("beta_1", default: 0.9), beta2: config.value("beta_2", default: 0.999),
            epsilon: config.value("epsilon", default: 1e-7), amsgrad: config.value("amsgrad", default: false),
            options: OptimizerOptions(config: config), name: config.value("name", default: nil))
    }
}
