/// `mean((yTrue - yPred)²)` over the last axis. Targets and predictions `[batch, …]`.
///
/// - Source: `keras.losses.MeanSquaredError`.
public final class MeanSquaredError: Loss {
    override public class var registeredName: String { "MeanSquaredError" }
    override class var defaultName: String { "mean_squared_error" }
    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try matched(yTrue, yPred, losses.meanSquaredError) }
}

/// `mean(|yTrue - yPred|)` over the last axis.
///
/// - Source: `keras.losses.MeanAbsoluteError`.
public final class MeanAbsoluteError: Loss {
    override public class var registeredName: String { "MeanAbsoluteError" }
    override class var defaultName: String { "mean_absolute_error" }
    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try matched(yTrue, yPred, losses.meanAbsoluteError) }
}

/// `100 · mean(|yTrue - yPred| / |yTrue|)` over the last axis.
///
/// - Source: `keras.losses.MeanAbsolutePercentageError`.
public final class MeanAbsolutePercentageError: Loss {
    override public class var registeredName: String { "MeanAbsolutePercentageError" }
    override class var defaultName: String { "mean_absolute_percentage_error" }
    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try matched(yTrue, yPred, losses.meanAbsolutePercentageError) }
}

/// `mean((log(yTrue + 1) - log(yPred + 1))²)` over the last axis.
///
/// - Source: `keras.losses.MeanSquaredLogarithmicError`.
public final class MeanSquaredLogarithmicError: Loss {
    override public class var registeredName: String { "MeanSquaredLogarithmicError" }
    override class var defaultName: String { "mean_squared_logarithmic_error" }
    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try matched(yTrue, yPred, losses.meanSquaredLogarithmicError) }
}

/// `mean(log(cosh(yPred - yTrue)))` over the last axis.
///
/// - Source: `keras.losses.LogCosh`.
public final class LogCosh: Loss {
    override public class var registeredName: String { "LogCosh" }
    override class var defaultName: String { "log_cosh" }
    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try matched(yTrue, yPred, losses.logCosh) }
}

/// Half the square of errors up to `delta`, linear beyond; the mean over the last axis.
///
/// - Source: `keras.losses.Huber`.
public final class Huber: Loss {
    override public class var registeredName: String { "Huber" }
    override class var defaultName: String { "huber_loss" }
    public let delta: Double

    public init(
        delta: Double = 1,
        reduction: LossReduction = .sumOverBatchSize, name: String? = nil, dtype: DType? = nil
    ) {
        self.delta = delta
        super.init(reduction: reduction, name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        delta = try config.value("delta", default: 1)
        try super.init(config: config)
    }

    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        try matched(yTrue, yPred) { try losses.huber($0, $1, delta: delta) }
    }

    override public var config: Config { super.config.merging(["delta": delta.configValue]) }
}

/// `-Σ yTrue · yPred` of vectors scaled to length 1 along `axis`: -1 where they point the same way.
///
/// - Source: `keras.losses.CosineSimilarity`.
public final class CosineSimilarity: Loss {
    override public class var registeredName: String { "CosineSimilarity" }
    override class var defaultName: String { "cosine_similarity" }
    public let axis: Int

    public init(
        axis: Int = -1,
        reduction: LossReduction = .sumOverBatchSize, name: String? = nil, dtype: DType? = nil
    ) {
        self.axis = axis
        super.init(reduction: reduction, name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        axis = try config.value("axis", default: -1)
        try super.init(config: config)
    }

    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        try matched(yTrue, yPred) { try losses.cosineSimilarity($0, $1, axis: axis) }
    }

    override public var config: Config { super.config.merging(["axis": axis.configValue]) }
}
