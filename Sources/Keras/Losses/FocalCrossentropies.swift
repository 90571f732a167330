/// Binary cross-entropy that counts what is already well predicted less, by `(1 - p)^γ`.
///
/// - Source: `keras.losses.BinaryFocalCrossentropy`.
public final class BinaryFocalCrossentropy: Loss {
    override public class var registeredName: String { "BinaryFocalCrossentropy" }
    override class var defaultName: String { "binary_focal_crossentropy" }
    public let applyClassBalancing: Bool
    public let alpha: Double
    public let gamma: Double
    public let fromLogits: Bool
    public let labelSmoothing: Double
    public let axis: Int

    public init(
        applyClassBalancing: Bool = false, alpha: Double = 0.25, gamma: Double = 2, fromLogits: Bool = false, labelSmoothing: Double = 0, axis: Int = -1,
        reduction: LossReduction = .sumOverBatchSize, name: String? = nil, dtype: DType? = nil
    ) {
        self.applyClassBalancing = applyClassBalancing
        self.alpha = alpha
        self.gamma = gamma
        self.fromLogits = fromLogits
        self.labelSmoothing = labelSmoothing
        self.axis = axis
        super.init(reduction: reduction, name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        applyClassBalancing = try config.value("apply_class_balancing", default: false)
        alpha = try config.value("alpha", default: 0.25)
        gamma = try config.value("gamma", default: 2)
        fromLogits = try config.value("from_logits", default: false)
        labelSmoothing = try config.value("label_smoothing", default: 0)
        axis = try config.value("axis", default: -1)
        try super.init(config: config)
    }

    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        try matched(yTrue, yPred) { try losses.binaryFocalCrossentropy($0, $1, applyClassBalancing: applyClassBalancing, alpha: alpha, gamma: gamma,
            fromLogits: fromLogits, labelSmoothing: labelSmoothing, axis: axis) }
    }

    override public var config: Config { super.config.merging(["apply_class_balancing": applyClassBalancing.configValue, "alpha": alpha.configValue, "gamma": gamma.configValue, "from_logits": fromLogits.configValue, "label_smoothing": labelSmoothing.configValue, "axis": axis.configValue]) }
}

/// Categorical cross-entropy that counts what is already well predicted less, by `α (1 - p)^γ`.
///
/// - Source: `keras.losses.CategoricalFocalCrossentropy`.
public final class CategoricalFocalCrossentropy: Loss {
    override public class var registeredName: String { "CategoricalFocalCrossentropy" }
    override class var defaultName: String { "categorical_focal_crossentropy" }
    public let alpha: Double
    public let gamma: Double
    public let fromLogits: Bool
    public let labelSmoothing: Double
    public let axis: Int

    public init(
        alpha: Double = 0.25, gamma: Double = 2, fromLogits: Bool = false, labelSmoothing: Double = 0, axis: Int = -1,
        reduction: LossReduction = .sumOverBatchSize, name: String? = nil, dtype: DType? = nil
    ) {
        self.alpha = alpha
        self.gamma = gamma
        self.fromLogits = fromLogits
        self.labelSmoothing = labelSmoothing
        self.axis = axis
        super.init(reduction: reduction, name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        alpha = try config.value("alpha", default: 0.25)
        gamma = try config.value("gamma", default: 2)
        fromLogits = try config.value("from_logits", default: false)
        labelSmoothing = try config.value("label_smoothing", default: 0)
        axis = try config.value("axis", default: -1)
        try super.init(config: config)
    }

    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        try matched(yTrue, yPred) { try losses.categoricalFocalCrossentropy($0, $1, alpha: alpha, gamma: gamma,
            fromLogits: fromLogits, labelSmoothing: labelSmoothing, axis: axis) }
    }

    override public var config: Config { super.config.merging(["alpha": alpha.configValue, "gamma": gamma.configValue, "from_logits": fromLogits.configValue, "label_smoothing": labelSmoothing.configValue, "axis": axis.configValue]) }
}
