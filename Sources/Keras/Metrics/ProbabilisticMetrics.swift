/// The mean Kullback-Leibler divergence.
///
/// - Source: `keras.metrics.KLDivergence`.
public final class KLDivergenceMetric: MeanMetric {
    override public class var registeredName: String { "KLDivergence" }
    override class var defaultName: String { "kl_divergence" }
    override public var direction: MetricDirection? { nil }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try losses.klDivergence(yTrue, yPred) }
}

/// The mean Poisson loss.
///
/// - Source: `keras.metrics.Poisson`.
public final class PoissonMetric: MeanMetric {
    override public class var registeredName: String { "Poisson" }
    override class var defaultName: String { "poisson" }
    override public var direction: MetricDirection? { nil }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try losses.poisson(yTrue, yPred) }
}

/// The cross-entropy between targets 0 or 1 and predictions.
///
/// - Source: `keras.metrics.BinaryCrossentropy`.
public final class BinaryCrossentropyMetric: MeanMetric {
    override public class var registeredName: String { "BinaryCrossentropy" }
    override class var defaultName: String { "binary_crossentropy" }
    override public var direction: MetricDirection? { .down }
    public let fromLogits: Bool
    public let labelSmoothing: Double

    public init(fromLogits: Bool = false, labelSmoothing: Double = 0, name: String? = nil, dtype: DType? = nil) {
        self.fromLogits = fromLogits
        self.labelSmoothing = labelSmoothing
        super.init(name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        fromLogits = try config.value("from_logits", default: false)
        labelSmoothing = try config.value("label_smoothing", default: 0)
        try super.init(config: config)
    }

    override public var config: Config { super.config.merging(["from_logits": fromLogits.configValue, "label_smoothing": labelSmoothing.configValue]) }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try losses.binaryCrossentropy(yTrue, yPred, fromLogits: fromLogits, labelSmoothing: labelSmoothing) }
}

/// The cross-entropy between class probabilities and predictions.
///
/// - Source: `keras.metrics.CategoricalCrossentropy`.
public final class CategoricalCrossentropyMetric: MeanMetric {
    override public class var registeredName: String { "CategoricalCrossentropy" }
    override class var defaultName: String { "categorical_crossentropy" }
    override public var direction: MetricDirection? { .down }
    public let fromLogits: Bool
    public let labelSmoothing: Double
    public let axis: Int

    public init(fromLogits: Bool = false, labelSmoothing: Double = 0, axis: Int = -1, name: String? = nil, dtype: DType? = nil) {
        self.fromLogits = fromLogits
        self.labelSmoothing = labelSmoothing
        self.axis = axis
        super.init(name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        fromLogits = try config.value("from_logits", default: false)
        labelSmoothing = try config.value("label_smoothing", default: 0)
        axis = try config.value("axis", default: -1)
        try super.init(config: config)
    }

    override public var config: Config { super.config.merging(["from_logits": fromLogits.configValue, "label_smoothing": labelSmoothing.configValue, "axis": axis.configValue]) }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try losses.categoricalCrossentropy(yTrue, yPred, fromLogits: fromLogits, labelSmoothing: labelSmoothing, axis: axis) }
}

/// The cross-entropy between class numbers and predictions.
///
/// - Source: `keras.metrics.SparseCategoricalCrossentropy`.
public final class SparseCategoricalCrossentropyMetric: MeanMetric {
    override public class var registeredName: String { "SparseCategoricalCrossentropy" }
    override class var defaultName: String { "sparse_categorical_crossentropy" }
    override public var direction: MetricDirection? { .down }
    public let fromLogits: Bool
    public let ignoreClass: Int?
    public let axis: Int

    public init(fromLogits: Bool = false, ignoreClass: Int? = nil, axis: Int = -1, name: String? = nil, dtype: DType? = nil) {
        self.fromLogits = fromLogits
        self.ignoreClass = ignoreClass
        self.axis = axis
        super.init(name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        fromLogits = try config.value("from_logits", default: false)
        ignoreClass = try config.value("ignore_class", default: nil)
        axis = try config.value("axis", default: -1)
        try super.init(config: config)
    }

    override public var config: Config { super.config.merging(["from_logits": fromLogits.configValue, "ignore_class": ignoreClass.configValue, "axis": axis.configValue]) }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try maskedValues(yTrue, yPred).0 }

    override func maskedValues(_ yTrue: Tensor, _ yPred: Tensor) throws -> (Tensor, Tensor?) {
        try losses.sparseCategoricalCrossentropy(yTrue, yPred, fromLogits: fromLogits, ignoreClass: ignoreClass, axis: axis)
    }
}

/// The mean hinge loss.
///
/// - Source: `keras.metrics.Hinge`.
public final class HingeMetric: MeanMetric {
    override public class var registeredName: String { "Hinge" }
    override class var defaultName: String { "hinge" }
    override public var direction: MetricDirection? { .down }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try losses.hinge(yTrue, yPred) }
}

/// The mean squared hinge loss.
///
/// - Source: `keras.metrics.SquaredHinge`.
public final class SquaredHingeMetric: MeanMetric {
    override public class var registeredName: String { "SquaredHinge" }
    override class var defaultName: String { "squared_hinge" }
    override public var direction: MetricDirection? { .down }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try losses.squaredHinge(yTrue, yPred) }
}

/// The mean categorical hinge loss.
///
/// - Source: `keras.metrics.CategoricalHinge`.
public final class CategoricalHingeMetric: MeanMetric {
    override public class var registeredName: String { "CategoricalHinge" }
    override class var defaultName: String { "categorical_hinge" }
    override public var direction: MetricDirection? { .down }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try losses.categoricalHinge(yTrue, yPred) }
}
