/// What can be given as a metric: a ``Metric``, or Keras' name of one (`"accuracy"`, `"mae"`).
public protocol MetricConvertible {
    /// - Throws: `KerasError.unknownName` for a name that is not known.
    func makeMetric() throws -> MetricChoice
}

/// A metric, or the wish for the accuracy or cross-entropy that suits the shapes of targets and predictions.
public enum MetricChoice {
    case metric(Metric)
    case accuracyByShapes(name: String)

    /// - Parameters:
    ///   - yTrue: the targets' shape.
    ///   - yPred: the predictions' shape.
    func resolved(_ yTrue: [Int], _ yPred: [Int]) -> Metric {
        switch self {
        case .metric(let metric): metric
        case .accuracyByShapes(let name):
            switch LabelKind(yTrue, yPred) {
            case .binary: BinaryAccuracy(name: name)
            case .sparse: SparseCategoricalAccuracy(name: name)
            case .categorical: CategoricalAccuracy(name: name)
            }
        }
    }
}

/// What targets are, by their shape beside the predictions'.
enum LabelKind {
    case binary, sparse, categorical

    init(_ yTrue: [Int], _ yPred: [Int]) {
        if yPred.last == 1 {
            self = .binary
        } else if yTrue.count < yPred.count || (yTrue.last == 1 && (yPred.last ?? 0) > 1) {
            self = .sparse
        } else {
            self = .categorical
        }
    }
}

extension Metric: MetricConvertible {
    public func makeMetric() -> MetricChoice { .metric(self) }

    /// The metrics that are known by name. A test asks each of them for recorded Keras numbers.
    package static var known: [Metric.Type] {
        [
            Mean.self, Sum.self, Accuracy.self, BinaryAccuracy.self, CategoricalAccuracy.self, SparseCategoricalAccuracy.self,
            TopKCategoricalAccuracy.self, SparseTopKCategoricalAccuracy.self, MeanSquaredErrorMetric.self, RootMeanSquaredError.self,
            MeanAbsoluteErrorMetric.self, MeanAbsolutePercentageErrorMetric.self, MeanSquaredLogarithmicErrorMetric.self,
            CosineSimilarityMetric.self, LogCoshError.self, KLDivergenceMetric.self, PoissonMetric.self,
            BinaryCrossentropyMetric.self, CategoricalCrossentropyMetric.self, SparseCategoricalCrossentropyMetric.self,
            HingeMetric.self, SquaredHingeMetric.self, CategoricalHingeMetric.self, AUC.self, Precision.self, Recall.self,
            TruePositives.self, FalsePositives.self, TrueNegatives.self, FalseNegatives.self,
        ]
    }

    /// Keras' short names.
    package static let aliases = [
        "bce": "BinaryCrossentropy", "mse": "MeanSquaredError", "mae": "MeanAbsoluteError",
        "mape": "MeanAbsolutePercentageError", "msle": "MeanSquaredLogarithmicError",
    ]
}

extension String: MetricConvertible {
    public func makeMetric() throws -> MetricChoice {
        if ["accuracy", "acc"].contains(lowercased()) { return .accuracyByShapes(name: self) }
        let wanted = Metric.aliases[lowercased()] ?? self
        for type in Metric.known where type.registeredName == wanted || Naming.snakeCase(type.registeredName) == wanted {
            return .metric(try type.init(config: ["name": .string(self)]))
        }
        if let function = Session.current.metrics.function(named: self) { return .metric(MeanMetric(name: self, function)) }
        if let custom = CustomObjects.type(named: self, as: Metric.Type.self) { return .metric(try custom.init(config: [:])) }
        let names = ["accuracy"] + Metric.known.map { Naming.snakeCase($0.registeredName) } + Metric.aliases.keys.sorted()
        throw KerasError.unknownName(kind: "metric", name: self, known: names)
    }
}

/// Accuracy in the form that suits the shapes: ``BinaryAccuracy`` for predictions `[…, 1]`, ``SparseCategoricalAccuracy`` for
/// class numbers, ``CategoricalAccuracy`` for one-hot rows.
public struct AccuracyByShapes: MetricConvertible {
    public func makeMetric() -> MetricChoice { .accuracyByShapes(name: "accuracy") }
}

extension MetricConvertible where Self == AccuracyByShapes {
    /// Accuracy in the form that suits the shapes of targets and predictions; see ``AccuracyByShapes``.
    public static var accuracy: AccuracyByShapes { AccuracyByShapes() }
}

extension MetricConvertible where Self == Metric {
    /// ``BinaryAccuracy``.
    public static func binaryAccuracy(threshold: Double = 0.5) -> Metric { BinaryAccuracy(threshold: threshold) }
    /// ``CategoricalAccuracy``.
    public static var categoricalAccuracy: Metric { CategoricalAccuracy() }
    /// ``SparseCategoricalAccuracy``.
    public static var sparseCategoricalAccuracy: Metric { SparseCategoricalAccuracy() }
    /// ``TopKCategoricalAccuracy``.
    public static func topKCategoricalAccuracy(k: Int = 5) -> Metric { TopKCategoricalAccuracy(k: k) }
    /// ``SparseTopKCategoricalAccuracy``.
    public static func sparseTopKCategoricalAccuracy(k: Int = 5) -> Metric { SparseTopKCategoricalAccuracy(k: k) }
    /// ``MeanSquaredErrorMetric``.
    public static var meanSquaredError: Metric { MeanSquaredErrorMetric() }
    /// ``MeanAbsoluteErrorMetric``.
    public static var meanAbsoluteError: Metric { MeanAbsoluteErrorMetric() }
    /// ``RootMeanSquaredError``.
    public static var rootMeanSquaredError: Metric { RootMeanSquaredError() }
    /// ``Precision``.
    public static func precision(thresholds: [Double]? = nil) -> Metric { Precision(thresholds: thresholds) }
    /// ``Recall``.
    public static func recall(thresholds: [Double]? = nil) -> Metric { Recall(thresholds: thresholds) }
    /// ``AUC``.
    public static func auc(curve: AUC.Curve = .roc) -> Metric { AUC(curve: curve) }
}

/// The metrics of a model: a list, or with several outputs a dictionary of lists by name.
///
/// A list given for several outputs has one entry for each output; `perOutput` takes a list of lists.
///
/// ```swift
/// try model.compile(optimizer: .adam(), loss: .meanSquaredError(), metrics: [.accuracy, "mae", MyMetric()])
/// try router.compile(optimizer: .adam(), loss: "mse", metrics: ["priority": [.accuracy]])
/// ```
public struct Metrics: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    enum Content {
        case list([any MetricConvertible])
        case perOutput([[any MetricConvertible]])
        case dictionary([(key: String, value: [any MetricConvertible])])
    }
    let content: Content

    public init(_ list: [any MetricConvertible]) { content = .list(list) }
    public init(arrayLiteral elements: (any MetricConvertible)...) { content = .list(elements) }
    public init(dictionaryLiteral elements: (String, [any MetricConvertible])...) {
        content = .dictionary(elements.map { (key: $0.0, value: $0.1) })
    }
    init(_ content: Content) { self.content = content }

    /// One list for each output, by position.
    public static func perOutput(_ lists: [[any MetricConvertible]]) -> Metrics { Metrics(.perOutput(lists)) }

    var isEmpty: Bool {
        switch content {
        case .list(let list): list.isEmpty
        case .perOutput(let lists): lists.allSatisfy(\.isEmpty)
        case .dictionary(let entries): entries.allSatisfy(\.value.isEmpty)
        }
    }
}
