/// `Σ yTrue · log(yTrue / yPred)` over the last axis.
///
/// - Source: `keras.losses.KLDivergence`.
public final class KLDivergence: Loss {
    override public class var registeredName: String { "KLDivergence" }
    override class var defaultName: String { "kl_divergence" }
    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try matched(yTrue, yPred, losses.klDivergence) }
}

/// `mean(yPred - yTrue · log yPred)` over the last axis.
///
/// - Source: `keras.losses.Poisson`.
public final class Poisson: Loss {
    override public class var registeredName: String { "Poisson" }
    override class var defaultName: String { "poisson" }
    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try matched(yTrue, yPred, losses.poisson) }
}

/// `(1 - p[yTrue]^q) / q`: robust against wrong labels. `q` within 0 … 1; targets are the classes' numbers.
///
/// - Source: `keras.losses.CategoricalGeneralizedCrossEntropy`.
public final class CategoricalGeneralizedCrossEntropy: Loss {
    override public class var registeredName: String { "CategoricalGeneralizedCrossEntropy" }
    override class var defaultName: String { "categorical_generalized_cross_entropy" }
    public let q: Double

    public init(
        q: Double = 0.5,
        reduction: LossReduction = .sumOverBatchSize, name: String? = nil, dtype: DType? = nil
    ) {
        self.q = q
        super.init(reduction: reduction, name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        q = try config.value("q", default: 0.5)
        try super.init(config: config)
    }

    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        try matched(yTrue, yPred) { try losses.categoricalGeneralizedCrossEntropy($0, $1, q: q) }
    }

    override public var config: Config { super.config.merging(["q": q.configValue]) }
}
