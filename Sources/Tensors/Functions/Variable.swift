import Synchronization

/// A tensor that can be changed: a weight, an optimizer's slot, a metric's total.
///
/// Shape and element type stay as they were made. While a function is traced, reads become its inputs and assignments
/// its outputs. Reading and assigning are safe from any thread; which of two concurrent assignments wins is not said, and
/// a variable that a traced function updates in place should not be read by another thread meanwhile.
///
/// ```swift
/// let total = try Variable(Tensor(0.0), name: "total", trainable: false)
/// try total.assign(add: x.sum())
/// ```
///
/// Keras: `keras.Variable`.
public final class Variable: TensorConvertible, Sendable {
    private struct State {
        /// The node that holds the numbers or says how to compute them.
        var node: Node
        var index: Int
        var name: String
        var path: String
        var trainable: Bool
        var autocast = true
        var regularizer: (@Sendable (Tensor) throws -> Tensor)?
        var constraint: (@Sendable (Tensor) throws -> Tensor)?
        var companion: Variable?
    }

    public let shape: [Int]
    public let dtype: DType
    /// Whether the variable was made to be trained; ``trainable`` may be switched later.
    package let isMadeTrainable: Bool
    private let state: Mutex<State>

    /// - Parameters:
    ///   - initial: the first value; its shape and element type are the variable's.
    ///   - trainable: whether optimizers change it.
    /// - Throws: `TensorError.variableFromTrace` if the value depends on the arguments of a function being traced.
    public init(_ initial: some TensorConvertible, name: String = "variable", trainable: Bool = true, dtype: DType? = nil) throws {
        let (value, waits) = try Trace.$current.withValue(nil) {
            let value = try (dtype.map { try initial.tensor(dtype: $0) } ?? initial.tensor()).value
            return (value, value.buffer == nil)
        }
        shape = value.shape
        self.dtype = value.dtype
        isMadeTrainable = trainable
        state = Mutex(State(node: value.node, index: value.index, name: name, path: name, trainable: trainable))
        if waits {
            if Trace.current == nil {
                _ = PendingVariables.add(self)
            } else {
                do {
                    try Trace.$current.withValue(nil) { try Evaluator.evaluate([value]) }
                } catch GraphError.leakedPlaceholder {
                    throw TensorError.variableFromTrace(name: name)
                }
            }
        }
    }

    public var name: String {
        get { state.withLock { $0.name } }
        set { state.withLock { $0.name = newValue } }
    }

    /// The name with those of the layers around it, `dense/kernel`.
    public var path: String {
        get { state.withLock { $0.path } }
        set { state.withLock { $0.path = newValue } }
    }

    public var trainable: Bool {
        get { state.withLock { $0.trainable } }
        set { state.withLock { $0.trainable = newValue } }
    }

    /// Whether reads give the compute type of a mixed-precision policy. Only floating-point variables do.
    public var autocast: Bool {
        get { state.withLock { $0.autocast } }
        set { state.withLock { $0.autocast = newValue } }
    }

    /// A penalty that layers add to the loss.
    package var regularizer: (@Sendable (Tensor) throws -> Tensor)? {
        get { state.withLock { $0.regularizer } }
        set { state.withLock { $0.regularizer = newValue } }
    }

    /// What optimizers apply to the value after each update.
    package var constraint: (@Sendable (Tensor) throws -> Tensor)? {
        get { state.withLock { $0.constraint } }
        set { state.withLock { $0.constraint = newValue } }
    }

    /// The variable that this one stands beside, as an optimizer's slot does: it lies on the same devices.
    package var companion: Variable? {
        get { state.withLock { $0.companion } }
        set { state.withLock { $0.companion = newValue } }
    }

    public var type: TensorType { TensorType(shape, dtype) }
    public var rank: Int { shape.count }
    public var count: Int { type.elementCount }

    /// The value now. In a traced function: as it is at this point of the function. Under mixed precision: in the
    /// compute type.
    public var value: Tensor {
        let raw = rawValue
        guard let target = Autocast.dtype, dtype.isFloatingPoint, target != dtype, autocast else { return raw }
        return Tensor(Value(Node(.convert(target), [raw.value], types: [raw.type.with(dtype: target)])))
    }

    /// The value in the variable's own element type.
    package var rawValue: Tensor {
        if let trace = Trace.current { return Tensor(trace.read(self)) }
        return Tensor(storedValue)
    }

    public func tensor() -> Tensor { value }

    /// Sets the value, converted to the variable's element type.
    ///
    /// - Throws: `TensorError.variableShape` for another shape, `.variableWrittenInBody` in a loop's body.
    public func assign(_ new: some TensorConvertible) throws {
        let tensor = try new.tensor(dtype: dtype)
        guard tensor.shape == shape else { throw TensorError.variableShape(name: path, expected: shape, got: tensor.shape) }
        if ClosureConversion.isInBody { throw TensorError.variableWrittenInBody(name: path) }
        if let trace = Trace.current {
            trace.write(self, tensor.value)
        } else {
            store(tensor.value)
            // Assigned again and again without being read: the expression must not grow without end.
            if tensor.value.buffer == nil, PendingVariables.add(self) >= Self.assignmentsBeforeEvaluation { try tensor.evaluate() }
        }
    }

    private static let assignmentsBeforeEvaluation = 100

    /// Adds to the value.
    public func assign(add amount: some TensorConvertible) throws {
        try assign(ops.add(rawValue, amount.tensor(dtype: dtype)))
    }

    /// Subtracts from the value.
    public func assign(subtract amount: some TensorConvertible) throws {
        try assign(ops.subtract(rawValue, amount.tensor(dtype: dtype)))
    }

    // MARK: Storage

    /// The value outside any trace.
    var storedValue: Value { state.withLock { Value($0.node, $0.index) } }

    func store(_ value: Value) {
        // The old node goes outside the lock: it may be the last of a long chain.
        let old = state.withLock { state in
            defer { (state.node, state.index) = (value.node, value.index) }
            return state.node
        }
        _ = old
    }

    /// The memory, nil if it has not been computed; and whether nobody else can read it.
    func memory() -> (buffer: any Buffer, isUnshared: Bool)? {
        state.withLock { state in
            guard let buffer = state.node.buffer(at: state.index) else { return nil }
            return (buffer, isKnownUniquelyReferenced(&state.node))
        }
    }

    /// Takes over memory that holds the new value.
    func adopt(_ buffer: any Buffer) {
        let old = state.withLock { state -> Node? in
            if state.node.buffer(at: state.index) === buffer, isKnownUniquelyReferenced(&state.node) { return nil }
            defer { (state.node, state.index) = (Node(buffer: buffer), 0) }
            return state.node
        }
        _ = old
    }
}

extension Variable: Hashable {
    /// Variables are equal if they are the same.
    public static func == (a: Variable, b: Variable) -> Bool { a === b }
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension Variable: CustomStringConvertible {
    public var description: String { "Variable(\"\(path)\", \(type))" }
}
