/// `1 - 2 |A ∩ B| / (|A| + |B|)` of masks; over all axes, or over `axes`.
///
/// - Source: `keras.losses.Dice`.
public final class Dice: Loss {
    override public class var registeredName: String { "Dice" }
    override class var defaultName: String { "dice" }
    public let axes: [Int]?

    public init(
        axes: [Int]? = nil,
        reduction: LossReduction = .sumOverBatchSize, name: String? = nil, dtype: DType? = nil
    ) {
        self.axes = axes
        super.init(reduction: reduction, name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        axes = try config.value("axis", default: nil)
        try super.init(config: config)
    }

    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        try matched(yTrue, yPred) { try losses.dice($0, $1, axes: axes) }
    }

    override public var config: Config { super.config.merging(["axis": axes.configValue]) }
}

/// The Dice loss with weights for what was missed and what was too much.
///
/// - Source: `keras.losses.Tversky`.
public final class Tversky: Loss {
    override public class var registeredName: String { "Tversky" }
    override class var defaultName: String { "tversky" }
    public let alpha: Double
    public let beta: Double
    public let axes: [Int]?

    public init(
        alpha: Double = 0.5, beta: Double = 0.5, axes: [Int]? = nil,
        reduction: LossReduction = .sumOverBatchSize, name: String? = nil, dtype: DType? = nil
    ) {
        self.alpha = alpha
        self.beta = beta
        self.axes = axes
        super.init(reduction: reduction, name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        alpha = try config.value("alpha", default: 0.5)
        beta = try config.value("beta", default: 0.5)
        axes = try config.value("axis", default: nil)
        try super.init(config: config)
    }

    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        try matched(yTrue, yPred) { try losses.tversky($0, $1, alpha: alpha, beta: beta, axes: axes) }
    }

    override public var config: Config { super.config.merging(["alpha": alpha.configValue, "beta": beta.configValue, "axis": axes.configValue]) }
}
