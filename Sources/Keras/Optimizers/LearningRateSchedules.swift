/// The schedules that are known by name.
enum LearningRateSchedules {
    static var known: [any LearningRateSchedule.Type] {
        [
            ExponentialDecay.self, InverseTimeDecay.self, PolynomialDecay.self, PiecewiseConstantDecay.self,
            CosineDecay.self, CosineDecayRestarts.self,
        ]
    }

    static func check(_ schedule: String, _ steps: Int, _ rates: Double...) throws {
        guard steps > 0 else {
            throw KerasError.invalidSetting(object: schedule, argument: "decaySteps", expected: "1 or more", got: "\(steps)")
        }
        for rate in rates { try Optimizer.check(rate: rate) }
    }
}

/// `initial · decayRateˢ`, s = step / decaySteps (rounded down with `staircase`).
///
/// - Source: `keras.optimizers.schedules.ExponentialDecay`.
public struct ExponentialDecay: LearningRateSchedule {
    public static let registeredName = "ExponentialDecay"
    public let initialLearningRate, decayRate: Double
    public let decaySteps: Int
    public let staircase: Bool

    public init(initialLearningRate: Double, decaySteps: Int, decayRate: Double, staircase: Bool = false) throws {
        try LearningRateSchedules.check(Self.registeredName, decaySteps, initialLearningRate)
        self.initialLearningRate = initialLearningRate
        self.decaySteps = decaySteps
        self.decayRate = decayRate
        self.staircase = staircase
    }

    public func rate(at step: Tensor) throws -> Tensor {
        var power = try step.cast(to: .float32) / Double(decaySteps)
        if staircase { power = try ops.floor(power) }
        return try ops.power(Tensor(Float(decayRate)), power) * initialLearningRate
    }

    public var config: Config {
        [
            "initial_learning_rate": .double(initialLearningRate), "decay_steps": .int(decaySteps), "decay_rate": .double(decayRate),
            "staircase": .bool(staircase), "name": .string("ExponentialDecay"),
        ]
    }

    public init(config: Config) throws {
        try self.init(
            initialLearningRate: config.double("initial_learning_rate"), decaySteps: config.int("decay_steps"),
            decayRate: config.double("decay_rate"), staircase: config.value("staircase", default: false))
    }
}

/// `initial / (1 + decayRate · s)`, s = step / decaySteps (rounded down with `staircase`).
///
/// - Source: `keras.optimizers.schedules.InverseTimeDecay`.
public struct InverseTimeDecay: LearningRateSchedule {
    public static let registeredName = "InverseTimeDecay"
    public let initialLearningRate, decayRate: Double
    public let decaySteps: Int
    public let staircase: Bool

    public init(initialLearningRate: Double, decaySteps: Int, decayRate: Double, staircase: Bool = false) throws {
        try LearningRateSchedules.check(Self.registeredName, decaySteps, initialLearningRate)
        self.initialLearningRate = initialLearningRate
        self.decaySteps = decaySteps
        self.decayRate = decayRate
        self.staircase = staircase
    }

    public func rate(at step: Tensor) throws -> Tensor {
        var position = try step.cast(to: .float32) / Double(decaySteps)
        if staircase { position = try ops.floor(position) }
        return try initialLearningRate / (position * decayRate + 1)
    }

    public var config: Config {
        [
            "initial_learning_rate": .double(initialLearningRate), "decay_steps": .int(decaySteps), "decay_rate": .double(decayRate),
            "staircase": .bool(staircase), "name": .string("InverseTimeDecay"),
        ]
    }

    public init(config: Config) throws {
        try self.init(
            initialLearningRate: config.double("initial_learning_rate"), decaySteps: config.int("decay_steps"),
            decayRate: config.double("decay_rate"), staircase: config.value("staircase", default: false))
    }
}

/// From `initial` to `end` within `decaySteps` along `(1 - s)ᵖᵒʷᵉʳ`, then `end`; with `cycle`, up again to ever longer ramps.
///
/// - Source: `keras.optimizers.schedules.PolynomialDecay`.
public struct PolynomialDecay: LearningRateSchedule {
    public static let registeredName = "PolynomialDecay"
    public let initialLearningRate, endLearningRate, power: Double
    public let decaySteps: Int
    public let cycle: Bool

    public init(initialLearningRate: Double, decaySteps: Int, endLearningRate: Double = 0.0001, power: Double = 1, cycle: Bool = false) throws {
        try LearningRateSchedules.check(Self.registeredName, decaySteps, initialLearningRate, endLearningRate)
        self.initialLearningRate = initialLearningRate
        self.decaySteps = decaySteps
        self.endLearningRate = endLearningRate
        self.power = power
        self.cycle = cycle
    }

    public func rate(at step: Tensor) throws -> Tensor {
        var step = try step.cast(to: .float32)
        var length = Tensor(Float(decaySteps))
        if cycle {
            length = try length * ops.maximum(ops.ceil(step / Double(decaySteps)), 1)
        } else {
            step = try ops.minimum(step, length)
        }
        let rest = try 1 - step / length
        return try ops.power(rest, Tensor(Float(power))) * (initialLearningRate - endLearningRate) + endLearningRate
    }

    public var config: Config {
        [
            "initial_learning_rate": .double(initialLearningRate), "decay_steps": .int(decaySteps),
            "end_learning_rate": .double(endLearningRate), "power": .double(power), "cycle": .bool(cycle),
            "name": .string("PolynomialDecay"),
        ]
    }

    public init(config: Config) throws {
        try self.init(
            initialLearningRate: config.double("initial_learning_rate"), decaySteps: config.int("decay_steps"),
            endLearningRate: config.value("end_learning_rate", default: 0.0001), power: config.value("power", default: 1),
            cycle: config.value("cycle", default: false))
    }
}

/// One value up to and including each boundary, the last one after it.
///
/// - Source: `keras.optimizers.schedules.PiecewiseConstantDecay`.
public struct PiecewiseConstantDecay: LearningRateSchedule {
    public static let registeredName = "PiecewiseConstantDecay"
    public let boundaries: [Int]
    public let values: [Double]

    /// - Parameters:
    ///   - boundaries: step numbers, ascending.
    ///   - values: one more than there are boundaries.
    public init(boundaries: [Int], values: [Double]) throws {
        guard boundaries.count + 1 == values.count else {
            throw KerasError.invalidSetting(object: Self.registeredName, argument: "values", expected: "one more than the \(boundaries.count) boundaries", got: "\(values.count)")
        }
        for value in values { try Optimizer.check(rate: value) }
        self.boundaries = boundaries
        self.values = values
    }

    public func rate(at step: Tensor) throws -> Tensor {
        var result = Tensor(Float(values[values.count - 1]))
        for (boundary, value) in zip(boundaries, values).reversed() {
            result = try ops.where(ops.lessEqual(step, Int32(clamping: boundary)), Tensor(Float(value)), result)
        }
        return result
    }

    public var config: Config {
        [
            "boundaries": .list(boundaries.map(ConfigValue.int)), "values": .list(values.map(ConfigValue.double)),
            "name": .string("PiecewiseConstant"),
        ]
    }

    public init(config: Config) throws {
        try self.init(
            boundaries: config.value("boundaries"),
            values: config.value("values"))
    }
}
