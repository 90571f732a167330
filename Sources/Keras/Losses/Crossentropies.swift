/// Cross-entropy between targets 0 or 1 and predictions, the mean over `axis`.
///
/// `fromLogits`: predictions are logits, not probabilities; exact and fast. `labelSmoothing`: moves targets towards ½.
///
/// - Source: `keras.losses.BinaryCrossentropy`.
public final class BinaryCrossentropy: Loss {
    override public class var registeredName: String { "BinaryCrossentropy" }
    override class var defaultName: String { "binary_crossentropy" }
    public let fromLogits: Bool
    public let labelSmoothing: Double
    public let axis: Int

    public init(
        fromLogits: Bool = false, labelSmoothing: Double = 0, axis: Int = -1,
        reduction: LossReduction = .sumOverBatchSize, name: String? = nil, dtype: DType? = nil
    ) {
        self.fromLogits = fromLogits
        self.labelSmoothing = labelSmoothing
        self.axis = axis
        super.init(reduction: reduction, name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        fromLogits = try config.value("from_logits", default: false)
        labelSmoothing = try config.value("label_smoothing", default: 0)
        axis = try config.value("axis", default: -1)
        try super.init(config: config)
    }

    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        try matched(yTrue, yPred) { try losses.binaryCrossentropy($0, $1, fromLogits: fromLogits, labelSmoothing: labelSmoothing, axis: axis) }
    }

    override public var config: Config { super.config.merging(["from_logits": fromLogits.configValue, "label_smoothing": labelSmoothing.configValue, "axis": axis.configValue]) }
}

/// Cross-entropy between classes' target probabilities (one-hot rows, say) and predictions, `[batch, …, classes]`.
///
/// `fromLogits`: predictions are logits, not probabilities. `labelSmoothing`: moves targets towards equal shares.
///
/// - Source: `keras.losses.CategoricalCrossentropy`.
public final class CategoricalCrossentropy: Loss {
    override public class var registeredName: String { "CategoricalCrossentropy" }
    override class var defaultName: String { "categorical_crossentropy" }
    public let fromLogits: Bool
    public let labelSmoothing: Double
    public let axis: Int

    public init(
        fromLogits: Bool = false, labelSmoothing: Double = 0, axis: Int = -1,
        reduction: LossReduction = .sumOverBatchSize, name: String? = nil, dtype: DType? = nil
    ) {
        self.fromLogits = fromLogits
        self.labelSmoothing = labelSmoothing
        self.axis = axis
        super.init(reduction: reduction, name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        fromLogits = try config.value("from_logits", default: false)
        labelSmoothing = try config.value("label_smoothing", default: 0)
        axis = try config.value("axis", default: -1)
        try super.init(config: config)
    }

    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        try matched(yTrue, yPred) { try losses.categoricalCrossentropy($0, $1, fromLogits: fromLogits, labelSmoothing: labelSmoothing, axis: axis) }
    }

    override public var config: Config { super.config.merging(["from_logits": fromLogits.configValue, "label_smoothing": labelSmoothing.configValue, "axis": axis.configValue]) }
}
