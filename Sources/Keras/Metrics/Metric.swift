/// A number that says how well a model does, gathered over batches.
///
/// A metric keeps its state in variables, so that a traced training step updates them in place. A new metric is a
/// subclass that creates its variables in ``build(_:_:)`` and overrides ``update(_:_:sampleWeight:)`` and ``result()``:
///
/// ```swift
/// final class Positives: Metric {
///     private var count: Variable!
///     override func build(_ yTrue: [Int], _ yPred: [Int]) throws { count = try addVariable("count") }
///     override func update(_ yTrue: Tensor, _ yPred: Tensor, sampleWeight: Tensor?) throws {
///         try count.assign(add: ops.greater(yPred, 0.5).cast(to: dtype).sum())
///     }
///     override func result() throws -> Tensor { count.value }
/// }
/// try model.compile(optimizer: .adam(), loss: .meanSquaredError(), metrics: [.accuracy, Positives()])
/// ```
///
/// - Source: `keras.metrics.Metric`.
open class Metric {
    /// The name in logs and history.
    public internal(set) var name: String
    /// The element type of the state.
    public let dtype: DType
    /// The state, empty before the first update.
    public private(set) var variables: [Variable] = []
    public private(set) var isBuilt = false
    /// The state that a file had, until there are variables for it.
    private var restored: [Tensor] = []

    /// The name that Keras' files give the class.
    open class var registeredName: String { "\(Self.self)" }
    /// Whether more is better, where that is known: what `EarlyStopping` goes by.
    open var direction: MetricDirection? { nil }
    /// The name of a metric that got none: Keras' for Keras' metrics.
    class var defaultName: String { Naming.unique(forClass: "\(Self.self)") }

    public init(name: String? = nil, dtype: DType? = nil) {
        self.name = name ?? Self.defaultName
        self.dtype = dtype ?? floatx()
    }

    /// Makes a metric from what its ``config`` gave.
    public required init(config: Config) throws {
        name = try config.value("name", default: nil) ?? Self.defaultName
        dtype = try config.elementType() ?? floatx()
    }

    // MARK: To be overridden

    /// Creates the state. Called once, before the first update, with the shapes of targets and predictions.
    open func build(_ yTrue: [Int], _ yPred: [Int]) throws {}

    /// Takes a batch into account.
    ///
    /// - Parameters:
    ///   - yTrue: what should have come, `[batch, …]`.
    ///   - yPred: what came, `[batch, …]`.
    ///   - sampleWeight: how much each sample, or each place of it, counts; nil: all alike.
    open func update(_ yTrue: Tensor, _ yPred: Tensor, sampleWeight: Tensor?) throws {
        throw KerasError.training(.metricWithoutUpdate("\(type(of: self))"))
    }

    /// The metric over all batches since the last reset: usually a scalar.
    open func result() throws -> Tensor {
        throw KerasError.training(.metricWithoutUpdate("\(type(of: self))"))
    }

    /// Forgets all batches.
    open func resetState() throws {
        for variable in variables { try variable.assign(ops.zeros(variable.shape, dtype: variable.dtype).evaluate()) }
    }

    /// Settings under Keras' names. Overrides add to `super.config`.
    open var config: Config { ["name": .string(name), "dtype": .string(dtype.rawValue)] }

    // MARK: Use

    /// Creates a variable of zeros for the state.
    public func addVariable(_ name: String, shape: [Int] = []) throws -> Variable {
        try Trace.suspended {
            let variable = try Variable(ops.zeros(shape, dtype: dtype).evaluate(), name: name, trainable: false)
            variable.path = "\(self.name)/\(name)"
            variables.append(variable)
            return variable
        }
    }

    /// Creates the state if that has not been done.
    package func ensureBuilt(_ yTrue: [Int], _ yPred: [Int]) throws {
        guard !isBuilt else { return }
        isBuilt = true
        try build(yTrue, yPred)
        try restore(restored)
    }

    /// Takes over a state from a file: now, or when there are variables for it. One of another kind is left out.
    func restore(_ state: [Tensor]) throws {
        restored = isBuilt ? [] : state
        guard isBuilt, state.map(\.shape) == variables.map(\.shape) else { return }
        try Trace.suspended {
            for (variable, value) in zip(variables, state) { try variable.assign(value.cast(to: variable.dtype).evaluate()) }
        }
    }

    /// Forgets a state that was not taken over yet.
    func dropRestored() { restored = [] }

    /// Takes a batch into account and gives the metric so far.
    ///
    /// ```swift
    /// let metric = BinaryAccuracy()
    /// try metric(Tensor([1, 0, 1]), Tensor([0.9, 0.2, 0.3])).item(Float.self)      // 0.667
    /// ```
    @discardableResult
    public func callAsFunction(
        _ yTrue: some TensorConvertible, _ yPred: some TensorConvertible, sampleWeight: Tensor? = nil
    ) throws -> Tensor {
        let (yTrue, yPred) = (try yTrue.tensor(), try yPred.tensor())
        try updateChecked(yTrue, yPred, sampleWeight: sampleWeight)
        return try result()
    }

    /// An update whose errors name the metric.
    package func updateChecked(_ yTrue: Tensor, _ yPred: Tensor, sampleWeight: Tensor?) throws {
        func unsuitable(_ reason: String) -> KerasError {
            .training(.targetShape(of: "Metric \"\(name)\"", rule: reason, target: yTrue.shape, prediction: yPred.shape))
        }
        do {
            try ensureBuilt(yTrue.shape, yPred.shape)
            try update(yTrue, yPred, sampleWeight: sampleWeight)
        } catch let error as GraphError { throw unsuitable("\(error)") } catch let error as TensorError { throw unsuitable("\(error)") }
    }
}

/// Which way a metric is better.
public enum MetricDirection: Sendable { case up, down }
