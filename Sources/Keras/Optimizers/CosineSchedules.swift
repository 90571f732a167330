#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Half a cosine from the initial rate to `alpha` times it, after an optional linear warm-up.
///
/// `rate = from · ((1 - α) ½(1 + cos(π s)) + α)`, s = step / decaySteps, at most 1.
///
/// - Source: `keras.optimizers.schedules.CosineDecay`; Loshchilov and Hutter 2016.
public struct CosineDecay: LearningRateSchedule {
    public static let registeredName = "CosineDecay"
    public let initialLearningRate, alpha: Double
    public let decaySteps, warmupSteps: Int
    public let warmupTarget: Double?

    /// - Parameter warmupTarget: where the warm-up of `warmupSteps` ends and the decay begins; nil: no warm-up.
    public init(
        initialLearningRate: Double, decaySteps: Int, alpha: Double = 0, warmupTarget: Double? = nil, warmupSteps: Int = 0
    ) throws {
        try LearningRateSchedules.check(Self.registeredName, decaySteps, initialLearningRate)
        self.initialLearningRate = initialLearningRate
        self.decaySteps = decaySteps
        self.alpha = alpha
        self.warmupTarget = warmupTarget
        self.warmupSteps = warmupSteps
    }

    private func decay(_ step: Tensor, from rate: Double) throws -> Tensor {
        let cosine = try ops.cos(step / Double(decaySteps) * Double.pi)
        return try ((cosine + 1) * 0.5 * (1 - alpha) + alpha) * rate
    }

    public func rate(at step: Tensor) throws -> Tensor {
        let step = try step.cast(to: .float32)
        guard let target = warmupTarget else {
            return try decay(ops.minimum(step, Double(decaySteps)), from: initialLearningRate)
        }
        let clamped = try ops.minimum(step, Double(decaySteps + warmupSteps))
        let decayed = try decay(clamped - Double(warmupSteps), from: target)
        guard warmupSteps > 0 else { return decayed }
        let warming = try clamped / Double(warmupSteps) * (target - initialLearningRate) + initialLearningRate
        return try ops.where(ops.less(clamped, Double(warmupSteps)), warming, decayed)
    }

    public var config: Config {
        [
            "initial_learning_rate": .double(initialLearningRate), "decay_steps": .int(decaySteps), "alpha": .double(alpha),
            "name": .string("CosineDecay"), "warmup_target": warmupTarget.map(ConfigValue.double) ?? .null,
            "warmup_steps": .int(warmupSteps),
        ]
    }

    public init(config: Config) throws {
        try self.init(
            initialLearningRate: config.double("initial_learning_rate"), decaySteps: config.int("decay_steps"),
            alpha: config.value("alpha", default: 0), warmupTarget: config.value("warmup_target", default: nil),
            warmupSteps: config.value("warmup_steps", default: 0))
    }
}

/// Cosine decays one after another, each `tMul` times as long and starting at `mMul` times the rate of the one before.
///
/// - Source: `keras.optimizers.schedules.CosineDecayRestarts`.
public struct CosineDecayRestarts: LearningRateSchedule {
    public static let registeredName = "CosineDecayRestarts"
    public let initialLearningRate, tMul, mMul, alpha: Double
    public let firstDecaySteps: Int

    public init(initialLearningRate: Double, firstDecaySteps: Int, tMul: Double = 2, mMul: Double = 1, alpha: Double = 0) throws {
        try LearningRateSchedules.check(Self.registeredName, firstDecaySteps, initialLearningRate)
        self.initialLearningRate = initialLearningRate
        self.firstDecaySteps = firstDecaySteps
        self.tMul = tMul
        self.mMul = mMul
        self.alpha = alpha
    }

    public func rate(at step: Tensor) throws -> Tensor {
        let position = try step.cast(to: .float32) / Double(firstDecaySteps)
        let restarts: Tensor
        var fraction: Tensor
        if tMul == 1 {
            restarts = try ops.floor(position)
            fraction = try position - restarts
        } else {
            restarts = try ops.floor(ops.log(1 - position * (1 - tMul)) / log(tMul))
            let growth = try ops.power(Tensor(Float(tMul)), restarts)
            fraction = try (position - (1 - growth) / (1 - tMul)) / growth
        }
        let factor = try ops.power(Tensor(Float(mMul)), restarts)
        fraction = try (ops.cos(fraction * Double.pi) + 1) * factor * 0.5
        return try (fraction * (1 - alpha) + alpha) * initialLearningRate
    }

    public var config: Config {
        [
            "initial_learning_rate": .double(initialLearningRate), "first_decay_steps": .int(firstDecaySteps),
            "t_mul": .double(tMul), "m_mul": .double(mMul), "alpha": .double(alpha), "name": .string("SGDRDecay"),
        ]
    }

    public init(config: Config) throws {
        try self.init(
            initialLearningRate: config.double("initial_learning_rate"), firstDecaySteps: config.int("first_decay_steps"),
            tMul: config.value("t_mul", default: 2), mMul: config.value("m_mul", default: 1), alpha: config.value("alpha", default: 0))
    }
}
