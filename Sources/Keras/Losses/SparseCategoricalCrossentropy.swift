/// Cross-entropy between the classes' numbers and predictions.
///
/// - Targets: integers `[batch, …]` or `[batch, …, 1]`. Predictions: `[batch, …, classes]`.
/// - Source: `keras.losses.SparseCategoricalCrossentropy`.
///
/// ```swift
/// try model.compile(optimizer: .rmsprop(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
/// ```
public final class SparseCategoricalCrossentropy: Loss {
    override public class var registeredName: String { "SparseCategoricalCrossentropy" }
    override class var defaultName: String { "sparse_categorical_crossentropy" }
    public let fromLogits: Bool
    public let ignoreClass: Int?
    public let axis: Int

    /// - Parameters:
    ///   - fromLogits: whether predictions are logits rather than probabilities; exact and fast.
    ///   - ignoreClass: targets with this number do not count, as if masked.
    ///   - axis: the classes' axis.
    public init(
        fromLogits: Bool = false, ignoreClass: Int? = nil, axis: Int = -1, reduction: LossReduction = .sumOverBatchSize,
        name: String? = nil, dtype: DType? = nil
    ) {
        self.fromLogits = fromLogits
        self.ignoreClass = ignoreClass
        self.axis = axis
        super.init(reduction: reduction, name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        fromLogits = try config.value("from_logits", default: false)
        ignoreClass = try config.value("ignore_class", default: nil)
        axis = try config.value("axis", default: -1)
        try super.init(config: config)
    }

    override public func callWithMask(_ yTrue: Tensor, _ yPred: Tensor) throws -> (values: Tensor, mask: Tensor?) {
        try losses.sparseCategoricalCrossentropy(yTrue, yPred, fromLogits: fromLogits, ignoreClass: ignoreClass, axis: axis)
    }

    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try callWithMask(yTrue, yPred).values }

    override public var config: Config {
        super.config.merging(["from_logits": .bool(fromLogits), "ignore_class": ignoreClass.configValue])
    }
}

extension losses {
    /// Sparse categorical cross-entropy that leaves out one class: values there are 0, and the mask says which count.
    public static func sparseCategoricalCrossentropy(
        _ yTrue: Tensor, _ yPred: Tensor, fromLogits: Bool = false, ignoreClass: Int?, axis: Int = -1
    ) throws -> (values: Tensor, mask: Tensor?) {
        guard let ignored = ignoreClass else {
            return (try sparseCategoricalCrossentropy(yTrue, yPred, fromLogits: fromLogits, axis: axis), nil)
        }
        let labels = try classNumbers(yTrue, yPred, axis)
        let counts = try ops.notEqual(labels, Int32(clamping: ignored))
        let kept = try ops.where(counts, labels, ops.zerosLike(labels))
        let shown = try ops.where(ops.expandDims(counts, axis: axis), yPred, ops.zerosLike(yPred))
        let values = try sparseCategoricalCrossentropy(kept, shown, fromLogits: fromLogits, axis: axis)
        return (try ops.where(counts, values, ops.zerosLike(values)), counts)
    }
}
