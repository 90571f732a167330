/// Where an optimizer's learning rate comes from.
public enum LearningRate: Sendable {
    /// A number, kept in a variable so that it can be changed while training.
    case value(Double)
    /// A function of the step number.
    case schedule(any LearningRateSchedule)
}

/// What can be given as a learning rate: a number or a ``LearningRateSchedule``.
public protocol LearningRateConvertible: Sendable {
    var asLearningRate: LearningRate { get }
}

extension LearningRate: LearningRateConvertible {
    public var asLearningRate: LearningRate { self }
}

extension Double: LearningRateConvertible {
    public var asLearningRate: LearningRate { .value(self) }
}

extension Float: LearningRateConvertible {
    /// The shortest decimal number that reads back as this float: `Float(0.001)` is 0.001.
    public var asLearningRate: LearningRate { .value(Double(description) ?? Double(self)) }
}

/// A learning rate that changes with the step number.
///
/// A schedule is asked while the training step is traced; its arithmetic becomes part of the step.
///
/// ```swift
/// let rate = try ExponentialDecay(initialLearningRate: 0.1, decaySteps: 1000, decayRate: 0.5)
/// try model.compile(optimizer: .sgd(rate), loss: .meanSquaredError())
/// ```
///
/// - Source: `keras.optimizers.schedules.LearningRateSchedule`.
public protocol LearningRateSchedule: LearningRateConvertible, KerasSerializable {
    /// The schedule's settings under Keras' names.
    var config: Config { get }
    /// The learning rate at a step.
    ///
    /// - Parameter step: the number of updates so far, an integer scalar.
    /// - Returns: a float32 scalar.
    func rate(at step: Tensor) throws -> Tensor
}

extension LearningRateSchedule {
    public var asLearningRate: LearningRate { .schedule(self) }

    /// The learning rate at a step, as a number.
    public func callAsFunction(_ step: Int) throws -> Double {
        Double(try rate(at: Tensor(Int32(clamping: step))).item(Float.self))
    }
}
