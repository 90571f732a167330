/// The mean of squared errors.
///
/// - Source: `keras.metrics.MeanSquaredError`.
public final class MeanSquaredErrorMetric: MeanMetric {
    override public class var registeredName: String { "MeanSquaredError" }
    override class var defaultName: String { "mean_squared_error" }
    override public var direction: MetricDirection? { .down }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try losses.meanSquaredError(yTrue, yPred) }
}

/// The mean of absolute errors.
///
/// - Source: `keras.metrics.MeanAbsoluteError`.
public final class MeanAbsoluteErrorMetric: MeanMetric {
    override public class var registeredName: String { "MeanAbsoluteError" }
    override class var defaultName: String { "mean_absolute_error" }
    override public var direction: MetricDirection? { .down }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try losses.meanAbsoluteError(yTrue, yPred) }
}

/// The mean of absolute errors in percent of the target.
///
/// - Source: `keras.metrics.MeanAbsolutePercentageError`.
public final class MeanAbsolutePercentageErrorMetric: MeanMetric {
    override public class var registeredName: String { "MeanAbsolutePercentageError" }
    override class var defaultName: String { "mean_absolute_percentage_error" }
    override public var direction: MetricDirection? { .down }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try losses.meanAbsolutePercentageError(yTrue, yPred) }
}

/// The mean of squared differences of logarithms.
///
/// - Source: `keras.metrics.MeanSquaredLogarithmicError`.
public final class MeanSquaredLogarithmicErrorMetric: MeanMetric {
    override public class var registeredName: String { "MeanSquaredLogarithmicError" }
    override class var defaultName: String { "mean_squared_logarithmic_error" }
    override public var direction: MetricDirection? { .down }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try losses.meanSquaredLogarithmicError(yTrue, yPred) }
}

/// The mean of `log(cosh(error))`.
///
/// - Source: `keras.metrics.LogCoshError`.
public final class LogCoshError: MeanMetric {
    override public class var registeredName: String { "LogCoshError" }
    override class var defaultName: String { "logcosh" }
    override public var direction: MetricDirection? { .down }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try losses.logCosh(yTrue, yPred) }
}

/// The cosine between targets and predictions along `axis`: 1 where they point the same way.
///
/// - Source: `keras.metrics.CosineSimilarity`.
public final class CosineSimilarityMetric: MeanMetric {
    override public class var registeredName: String { "CosineSimilarity" }
    override class var defaultName: String { "cosine_similarity" }
    override public var direction: MetricDirection? { .up }
    public let axis: Int

    public init(axis: Int = -1, name: String? = nil, dtype: DType? = nil) {
        self.axis = axis
        super.init(name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        axis = try config.value("axis", default: -1)
        try super.init(config: config)
    }

    override public var config: Config { super.config.merging(["axis": axis.configValue]) }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try ops.negative(losses.cosineSimilarity(yTrue, yPred, axis: axis)) }
}

/// The root of the mean of squared errors.
///
/// - Source: `keras.metrics.RootMeanSquaredError`.
public final class RootMeanSquaredError: MeanMetric {
    override public class var registeredName: String { "RootMeanSquaredError" }
    override class var defaultName: String { "root_mean_squared_error" }
    override public var direction: MetricDirection? { .down }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        let (yTrue, yPred) = try Weighting.matchRanks(yTrue.cast(to: dtype), yPred.cast(to: dtype))
        return try ops.square(yPred - yTrue)
    }

    override public func result() throws -> Tensor { try ops.sqrt(super.result()) }
}
