/// What precision and recall share: true positives beside another count, at thresholds.
open class PositiveRate: Metric {
    public let thresholds: [Double]
    public let topK, classID: Int?
    private let given: [Double]?
    private var truePositives: Variable?
    private var others: Variable?

    /// - Parameters:
    ///   - thresholds: within 0 … 1; nil: 0.5, or none with `topK`.
    ///   - topK: only the greatest `topK` predictions of a sample can be positive.
    ///   - classID: looks at one class only.
    public init(thresholds: [Double]? = nil, topK: Int? = nil, classID: Int? = nil, name: String? = nil, dtype: DType? = nil) {
        given = thresholds
        self.thresholds = thresholds ?? [topK == nil ? 0.5 : -1e10]
        self.topK = topK
        self.classID = classID
        super.init(name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        given = try config.value("thresholds", default: nil)
        topK = try config.value("top_k", default: nil)
        classID = try config.value("class_id", default: nil)
        thresholds = given ?? [topK == nil ? 0.5 : -1e10]
        try super.init(config: config)
    }

    override open var direction: MetricDirection? { .up }
    var otherName: String { "false_positives" }
    func other(_ counts: ConfusionCounts) -> Tensor { counts.falsePositives }

    override open func build(_ yTrue: [Int], _ yPred: [Int]) throws {
        truePositives = try addVariable("true_positives", shape: [thresholds.count])
        others = try addVariable(otherName, shape: [thresholds.count])
    }

    override open func update(_ yTrue: Tensor, _ yPred: Tensor, sampleWeight: Tensor?) throws {
        let counts = try ConfusionCounts(
            yTrue, yPred, thresholds: thresholds, topK: topK, classID: classID, weight: sampleWeight, dtype: dtype)
        try truePositives?.assign(add: counts.truePositives)
        try others?.assign(add: other(counts))
    }

    override open func result() throws -> Tensor {
        guard let truePositives, let others else { return try ops.zeros([], dtype: dtype) }
        let rate = try Weighting.divideNoNaN(truePositives.value, truePositives.value + others.value)
        return thresholds.count == 1 ? try rate.reshaped([]) : rate
    }

    override open var config: Config {
        super.config.merging(["thresholds": given.configValue, "top_k": topK.configValue, "class_id": classID.configValue])
    }
}

/// The share of true ones among those predicted: `TP / (TP + FP)`.
///
/// - Source: `keras.metrics.Precision`.
public final class Precision: PositiveRate {
    override public class var registeredName: String { "Precision" }
    override class var defaultName: String { Naming.unique("precision") }
}

/// The share of true ones that were predicted: `TP / (TP + FN)`.
///
/// - Source: `keras.metrics.Recall`.
public final class Recall: PositiveRate {
    override public class var registeredName: String { "Recall" }
    override class var defaultName: String { Naming.unique("recall") }
    override var otherName: String { "false_negatives" }
    override func other(_ counts: ConfusionCounts) -> Tensor { counts.falseNegatives }
}
