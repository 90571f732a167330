/// How often predictions equal targets.
///
/// - Source: `keras.metrics.Accuracy`.
public final class Accuracy: MeanMetric {
    override public class var registeredName: String { "Accuracy" }
    override class var defaultName: String { "accuracy" }
    override public var direction: MetricDirection? { .up }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try metrics.accuracy(yTrue, yPred) }
}

/// How often predictions above `threshold` (1) or not (0) equal targets 0 or 1.
///
/// - Source: `keras.metrics.BinaryAccuracy`.
public final class BinaryAccuracy: MeanMetric {
    override public class var registeredName: String { "BinaryAccuracy" }
    override class var defaultName: String { "binary_accuracy" }
    override public var direction: MetricDirection? { .up }
    public let threshold: Double

    public init(threshold: Double = 0.5, name: String? = nil, dtype: DType? = nil) {
        self.threshold = threshold
        super.init(name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        threshold = try config.value("threshold", default: 0.5)
        try super.init(config: config)
    }

    override public var config: Config { super.config.merging(["threshold": threshold.configValue]) }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try metrics.binaryAccuracy(yTrue, yPred, threshold: threshold) }
}

/// How often the greatest prediction is that of the class with the greatest target; both `[batch, …, classes]`.
///
/// - Source: `keras.metrics.CategoricalAccuracy`.
public final class CategoricalAccuracy: MeanMetric {
    override public class var registeredName: String { "CategoricalAccuracy" }
    override class var defaultName: String { "categorical_accuracy" }
    override public var direction: MetricDirection? { .up }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try metrics.categoricalAccuracy(yTrue, yPred) }
}

/// How often the greatest prediction, of `[batch, …, classes]`, is that of the target, a class number.
///
/// - Source: `keras.metrics.SparseCategoricalAccuracy`.
public final class SparseCategoricalAccuracy: MeanMetric {
    override public class var registeredName: String { "SparseCategoricalAccuracy" }
    override class var defaultName: String { "sparse_categorical_accuracy" }
    override public var direction: MetricDirection? { .up }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try metrics.sparseCategoricalAccuracy(yTrue, yPred) }
}
