/// `mean(max(1 - yTrue · yPred, 0))` over the last axis; labels -1 and 1, or 0 and 1.
///
/// - Source: `keras.losses.Hinge`.
public final class Hinge: Loss {
    override public class var registeredName: String { "Hinge" }
    override class var defaultName: String { "hinge" }
    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try matched(yTrue, yPred, losses.hinge) }
}

/// `mean(max(1 - yTrue · yPred, 0)²)` over the last axis.
///
/// - Source: `keras.losses.SquaredHinge`.
public final class SquaredHinge: Loss {
    override public class var registeredName: String { "SquaredHinge" }
    override class var defaultName: String { "squared_hinge" }
    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try matched(yTrue, yPred, losses.squaredHinge) }
}

/// `max(greatest wrong score - right score + 1, 0)` along the last axis.
///
/// - Source: `keras.losses.CategoricalHinge`.
public final class CategoricalHinge: Loss {
    override public class var registeredName: String { "CategoricalHinge" }
    override class var defaultName: String { "categorical_hinge" }
    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try matched(yTrue, yPred, losses.categoricalHinge) }
}
