/// True and false positives and negatives at thresholds: what the metrics below are made of.
///
/// - Source: `keras.metrics`, `update_confusion_matrix_variables`.
struct ConfusionCounts {
    var truePositives, falsePositives, trueNegatives, falseNegatives: Tensor

    /// - Parameters:
    ///   - thresholds: predictions above one count as positive.
    ///   - topK: only the greatest `topK` predictions of each sample can be positive.
    ///   - classID: looks at one class only, the last axis' entry.
    init(
        _ yTrue: Tensor, _ yPred: Tensor, thresholds: [Double], topK: Int? = nil, classID: Int? = nil, weight: Tensor?, dtype: DType
    ) throws {
        var (yPred, yTrue) = try Weighting.matchRanks(yPred.cast(to: dtype), yTrue.cast(to: dtype))
        var weight = try weight.map { try ops.expandDims($0.cast(to: dtype), axis: -1) }
        if let given = weight { weight = try Weighting.matchRanks(yTrue, given, expandsVectors: false).1 }
        if let topK { yPred = try ConfusionCounts.onlyTop(topK, of: yPred) }
        if let classID {
            yTrue = try ops.take(yTrue, Tensor([Int32(clamping: classID)]), axis: -1)
            yPred = try ops.take(yPred, Tensor([Int32(clamping: classID)]), axis: -1)
        }
        let limits = try Tensor(thresholds, dtype: dtype).reshaped([thresholds.count, 1])
        let positive = try ops.greater(ops.reshape(yPred, [1, -1]), limits).cast(to: dtype)
        let isTrue = try ops.reshape(yTrue, [1, -1]).cast(to: .bool).cast(to: dtype)
        var weights = try ops.onesLike(isTrue)
        if let weight { weights = try ops.reshape(ops.broadcastTo(weight, yPred.shape), [1, -1]) }
        let weightedTrue = try isTrue * weights
        let weightedFalse = try (1 - isTrue) * weights
        truePositives = try ops.sum(positive * weightedTrue, axis: 1)
        falsePositives = try ops.sum(positive * weightedFalse, axis: 1)
        falseNegatives = try ops.sum(weightedTrue) - truePositives
        trueNegatives = try ops.sum(weightedFalse) - falsePositives
    }

    private static func onlyTop(_ k: Int, of x: Tensor) throws -> Tensor {
        let (_, places) = try ops.topK(x, min(k, x.shape.last ?? 1))
        let isTop = try ops.sum(ops.oneHot(places, x.shape.last ?? 1).cast(to: x.dtype), axis: -2)
        return try x * isTop + (1 - isTop) * -1e10
    }
}

/// Counts one field of the confusion matrix at thresholds.
open class ConfusionCount: Metric {
    public let thresholds: [Double]
    private let given: [Double]?
    private var counter: Variable?

    /// - Parameter thresholds: within 0 … 1; nil: 0.5.
    public init(thresholds: [Double]? = nil, name: String? = nil, dtype: DType? = nil) {
        given = thresholds
        self.thresholds = thresholds ?? [0.5]
        super.init(name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        given = try config.value("thresholds", default: nil)
        thresholds = given ?? [0.5]
        try super.init(config: config)
    }

    func count(_ counts: ConfusionCounts) -> Tensor { counts.truePositives }

    override open func build(_ yTrue: [Int], _ yPred: [Int]) throws {
        counter = try addVariable("accumulator", shape: [thresholds.count])
    }

    override open func update(_ yTrue: Tensor, _ yPred: Tensor, sampleWeight: Tensor?) throws {
        try counter?.assign(add: count(ConfusionCounts(yTrue, yPred, thresholds: thresholds, weight: sampleWeight, dtype: dtype)))
    }

    override open func result() throws -> Tensor {
        guard let counter else { return try ops.zeros(thresholds.count == 1 ? [] : [thresholds.count], dtype: dtype) }
        return thresholds.count == 1 ? try counter.value.reshaped([]) : counter.value
    }

    override open var config: Config { super.config.merging(["thresholds": given.configValue]) }
}

/// The weight of samples that are 1 and predicted so. Source: `keras.metrics.TruePositives`.
public final class TruePositives: ConfusionCount {
    override public class var registeredName: String { "TruePositives" }
    override class var defaultName: String { Naming.unique("true_positives") }
}

/// The weight of samples that are 0 and predicted as 1. Source: `keras.metrics.FalsePositives`.
public final class FalsePositives: ConfusionCount {
    override public class var registeredName: String { "FalsePositives" }
    override class var defaultName: String { Naming.unique("false_positives") }
    override func count(_ counts: ConfusionCounts) -> Tensor { counts.falsePositives }
}

/// The weight of samples that are 0 and predicted so. Source: `keras.metrics.TrueNegatives`.
public final class TrueNegatives: ConfusionCount {
    override public class var registeredName: String { "TrueNegatives" }
    override class var defaultName: String { Naming.unique("true_negatives") }
    override func count(_ counts: ConfusionCounts) -> Tensor { counts.trueNegatives }
}

/// The weight of samples that are 1 and predicted as 0. Source: `keras.metrics.FalseNegatives`.
public final class FalseNegatives: ConfusionCount {
    override public class var registeredName: String { "FalseNegatives" }
    override class var defaultName: String { Naming.unique("false_negatives") }
    override func count(_ counts: ConfusionCounts) -> Tensor { counts.falseNegatives }
}
