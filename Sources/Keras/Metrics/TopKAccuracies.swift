/// How often the class with the greatest target is among the `k` greatest predictions.
///
/// - Source: `keras.metrics.TopKCategoricalAccuracy`.
public final class TopKCategoricalAccuracy: MeanMetric {
    override public class var registeredName: String { "TopKCategoricalAccuracy" }
    override class var defaultName: String { "top_k_categorical_accuracy" }
    override public var direction: MetricDirection? { .up }
    public let k: Int

    public init(k: Int = 5, name: String? = nil, dtype: DType? = nil) {
        self.k = k
        super.init(name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        k = try config.value("k", default: 5)
        try super.init(config: config)
    }

    override public var config: Config { super.config.merging(["k": k.configValue]) }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try metrics.topKCategoricalAccuracy(yTrue, yPred, k: k) }
}

/// How often the target, a class number, is among the `k` greatest predictions.
///
/// - Source: `keras.metrics.SparseTopKCategoricalAccuracy`.
public final class SparseTopKCategoricalAccuracy: MeanMetric {
    override public class var registeredName: String { "SparseTopKCategoricalAccuracy" }
    override class var defaultName: String { "sparse_top_k_categorical_accuracy" }
    override public var direction: MetricDirection? { .up }
    public let k: Int
    public let fromSortedIDs: Bool

    public init(k: Int = 5, fromSortedIDs: Bool = false, name: String? = nil, dtype: DType? = nil) {
        self.k = k
        self.fromSortedIDs = fromSortedIDs
        super.init(name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        k = try config.value("k", default: 5)
        fromSortedIDs = try config.value("from_sorted_ids", default: false)
        try super.init(config: config)
    }

    override public var config: Config { super.config.merging(["k": k.configValue, "from_sorted_ids": fromSortedIDs.configValue]) }

    override public func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try metrics.sparseTopKCategoricalAccuracy(yTrue, yPred, k: k, fromSortedIDs: fromSortedIDs) }
}
