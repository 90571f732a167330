/// The area under the curve of true against false positives, or of precision against recall, by sums over thresholds.
///
/// - Predictions within 0 … 1 unless `fromLogits`; targets 0 or 1.
/// - Source: `keras.metrics.AUC` (for one label).
///
/// ```swift
/// try model.compile(optimizer: .adam(), loss: .binaryCrossentropy(), metrics: [AUC()])
/// ```
public final class AUC: Metric {
    public enum Curve: String, Sendable, CaseIterable { case roc = "ROC", pr = "PR" }
    public enum Summation: String, Sendable, CaseIterable { case interpolation, majoring, minoring }

    public let thresholdCount: Int
    public let curve: Curve
    public let summation: Summation
    public let fromLogits: Bool
    private var truePositives, falsePositives, trueNegatives, falseNegatives: Variable?

    override public class var registeredName: String { "AUC" }
    override class var defaultName: String { Naming.unique("auc") }
    override public var direction: MetricDirection? { .up }

    /// - Parameter thresholdCount: how finely the curve is drawn; 2 or more (less counts as 2).
    public init(
        thresholdCount: Int = 200, curve: Curve = .roc, summation: Summation = .interpolation, fromLogits: Bool = false,
        name: String? = nil, dtype: DType? = nil
    ) {
        self.thresholdCount = max(thresholdCount, 2)
        self.curve = curve
        self.summation = summation
        self.fromLogits = fromLogits
        super.init(name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        thresholdCount = max(try config.value("num_thresholds", default: 200), 2)
        curve = Curve(rawValue: try config.value("curve", default: "ROC")) ?? .roc
        summation = Summation(rawValue: try config.value("summation_method", default: "interpolation")) ?? .interpolation
        fromLogits = try config.value("from_logits", default: false)
        try super.init(config: config)
    }

    /// Evenly spaced within 0 … 1, the ends a little further out so that 0 and 1 are caught.
    private var thresholds: [Double] {
        let inner = (1..<(thresholdCount - 1)).map { Double($0) / Double(thresholdCount - 1) }
        return [-epsilon()] + inner + [1 + epsilon()]
    }

    override public func build(_ yTrue: [Int], _ yPred: [Int]) throws {
        truePositives = try addVariable("true_positives", shape: [thresholdCount])
        falsePositives = try addVariable("false_positives", shape: [thresholdCount])
        trueNegatives = try addVariable("true_negatives", shape: [thresholdCount])
        falseNegatives = try addVariable("false_negatives", shape: [thresholdCount])
    }

    override public func update(_ yTrue: Tensor, _ yPred: Tensor, sampleWeight: Tensor?) throws {
        let yPred = fromLogits ? try ops.sigmoid(yPred) : yPred
        let counts = try ConfusionCounts(yTrue, yPred, thresholds: thresholds, weight: sampleWeight, dtype: dtype)
        try truePositives?.assign(add: counts.truePositives)
        try falsePositives?.assign(add: counts.falsePositives)
        try trueNegatives?.assign(add: counts.trueNegatives)
        try falseNegatives?.assign(add: counts.falseNegatives)
    }

    override public func result() throws -> Tensor {
        guard let tp = truePositives?.value, let fp = falsePositives?.value, let tn = trueNegatives?.value, let fn = falseNegatives?.value else {
            return try ops.zeros([], dtype: dtype)
        }
        if curve == .pr, summation == .interpolation { return try interpolatedPR(tp, fp, fn) }
        let recall = try Weighting.divideNoNaN(tp, tp + fn)
        let (x, y): (Tensor, Tensor) = switch curve {
        case .roc: (try Weighting.divideNoNaN(fp, fp + tn), recall)
        case .pr: (recall, try Weighting.divideNoNaN(tp, tp + fp))
        }
        let (left, right) = try neighbours(y)
        let heights: Tensor = switch summation {
        case .interpolation: try (left + right) / 2.0
        case .minoring: try ops.minimum(left, right)
        case .majoring: try ops.maximum(left, right)
        }
        let (from, to) = try neighbours(x)
        return try ops.sum((from - to) * heights)
    }

    private func neighbours(_ x: Tensor) throws -> (Tensor, Tensor) {
        (try x[0..<(thresholdCount - 1)], try x[1..<thresholdCount])
    }

    /// Interpolates true positives rather than precision. Davis and Goadrich 2006.
    private func interpolatedPR(_ tp: Tensor, _ fp: Tensor, _ fn: Tensor) throws -> Tensor {
        let (tpFrom, tpTo) = try neighbours(tp)
        let (pFrom, pTo) = try neighbours(tp + fp)
        let (_, fnTo) = try neighbours(fn)
        let gain = try tpFrom - tpTo
        let slope = try Weighting.divideNoNaN(gain, ops.maximum(pFrom - pTo, 0.0))
        let intercept = try tpTo - slope * pTo
        let both = try ops.logicalAnd(ops.greater(pFrom, 0.0), ops.greater(pTo, 0.0))
        let ratio = try ops.where(both, Weighting.divideNoNaN(pFrom, ops.maximum(pTo, 0.0)), ops.onesLike(pTo))
        let increment = try slope * (gain + intercept * ops.log(ratio))
        return try ops.sum(Weighting.divideNoNaN(increment, ops.maximum(tpTo + fnTo, 0.0)))
    }

    override public var config: Config {
        super.config.merging([
            "num_thresholds": thresholdCount.configValue, "curve": .string(curve.rawValue),
            "summation_method": .string(summation.rawValue), "from_logits": fromLogits.configValue,
        ])
    }
}
