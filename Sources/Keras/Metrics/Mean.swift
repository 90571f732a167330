/// How values and weights of a batch become one value and one weight for each sample.
///
/// - Source: `keras.metrics`, `reduce_to_samplewise_values`.
enum Samplewise {
    static func reduce(
        _ values: Tensor, _ weight: Tensor?, dtype: DType, by reduce: (Tensor, [Int]) throws -> Tensor
    ) throws -> (values: Tensor, weight: Tensor?) {
        var values = try values.cast(to: dtype)
        var weight = try weight?.cast(to: dtype)
        if let given = weight {
            var (matched, own) = try Weighting.matchRanks(values, given)
            if matched.rank > own.rank { matched = try reduce(matched, Array(own.rank..<matched.rank)) }
            own = try ops.broadcastTo(own, matched.shape)
            values = try matched * own
            if own.rank > 1 { own = try reduce(own, Array(1..<own.rank)) }
            weight = own
        }
        if values.rank > 1 { values = try reduce(values, Array(1..<values.rank)) }
        return (values, weight)
    }
}

/// The weighted mean of values over all batches.
///
/// - Source: `keras.metrics.Mean`.
///
/// ```swift
/// let mean = Mean()
/// try mean.update([1, 3, 5])
/// try mean.result().item(Float.self)      // 3
/// ```
open class Mean: Metric {
    private var total: Variable?
    private var weight: Variable?

    override open class var registeredName: String { "Mean" }
    override class var defaultName: String { "mean" }

    override open func build(_ yTrue: [Int], _ yPred: [Int]) throws {
        total = try addVariable("total")
        weight = try addVariable("count")
    }

    /// Takes values into account: `[batch, …]` or a scalar; further axes are averaged.
    public final func update(_ values: some TensorConvertible, sampleWeight: Tensor? = nil) throws {
        try ensureBuilt([], [])
        guard let total, let weight else { return }
        let (values, weights) = try Samplewise.reduce(values.tensor(), sampleWeight, dtype: dtype) { try ops.mean($0, axes: $1) }
        try total.assign(add: values.rank == 0 ? values : values.sum())
        if let weights {
            try weight.assign(add: weights.rank == 0 ? weights : weights.sum())
        } else {
            try weight.assign(add: Tensor(Double(values.shape.first ?? 1), dtype: dtype))
        }
    }

    /// For a metric of predictions alone: their mean.
    override open func update(_ yTrue: Tensor, _ yPred: Tensor, sampleWeight: Tensor?) throws {
        try update(yPred, sampleWeight: sampleWeight)
    }

    override open func result() throws -> Tensor {
        guard let total, let weight else { return try ops.zeros([], dtype: dtype) }
        return try Weighting.divideNoNaN(total.value, weight.value)
    }
}

/// The weighted sum of values over all batches.
///
/// - Source: `keras.metrics.Sum`.
public final class Sum: Metric {
    private var total: Variable?

    override public class var registeredName: String { "Sum" }
    override class var defaultName: String { "sum" }

    override public func build(_ yTrue: [Int], _ yPred: [Int]) throws { total = try addVariable("total") }

    /// Takes values into account.
    public func update(_ values: some TensorConvertible, sampleWeight: Tensor? = nil) throws {
        try ensureBuilt([], [])
        let (values, _) = try Samplewise.reduce(values.tensor(), sampleWeight, dtype: dtype) { try ops.sum($0, axes: $1) }
        try total?.assign(add: values.rank == 0 ? values : values.sum())
    }

    override public func update(_ yTrue: Tensor, _ yPred: Tensor, sampleWeight: Tensor?) throws {
        try update(yPred, sampleWeight: sampleWeight)
    }

    override public func result() throws -> Tensor { try total?.value ?? ops.zeros([], dtype: dtype) }
}

/// The mean of a function's values, one for each sample.
///
/// ```swift
/// let metric = MeanMetric(name: "error") { yTrue, yPred in try ops.abs(yTrue - yPred) }
/// ```
///
/// - Source: `keras.metrics.MeanMetricWrapper`.
open class MeanMetric: Mean {
    private let function: ((Tensor, Tensor) throws -> Tensor)?

    override open class var registeredName: String { "MeanMetricWrapper" }

    public init(name: String? = nil, dtype: DType? = nil, _ function: @escaping (_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor) {
        self.function = function
        super.init(name: name, dtype: dtype)
    }

    /// For subclasses, which override ``values(_:_:)``.
    override public init(name: String? = nil, dtype: DType? = nil) {
        function = nil
        super.init(name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        function = nil
        try super.init(config: config)
    }

    /// The function: a value for each sample, or for each place of it.
    open func values(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        guard let function else { throw KerasError.training(.metricWithoutUpdate("\(type(of: self))")) }
        return try function(yTrue, yPred)
    }

    /// The function's values, and a mask of those that count.
    func maskedValues(_ yTrue: Tensor, _ yPred: Tensor) throws -> (Tensor, Tensor?) { (try values(yTrue, yPred), nil) }

    override open func update(_ yTrue: Tensor, _ yPred: Tensor, sampleWeight: Tensor?) throws {
        let (values, ownMask) = try maskedValues(yTrue, yPred)
        var weight = try Weighting.applyMask(yPred.kerasMask, to: sampleWeight, dtype: dtype, reduction: .sum)
        // A metric's own mask counts only where there are weights already, as in Keras.
        if let given = weight { weight = try Weighting.applyMask(ownMask, to: given, dtype: dtype, reduction: .sum) }
        try update(values, sampleWeight: weight)
    }
}
