import Synchronization

/// A node of an expression: an operation on values of other nodes, not yet computed, or computed and remembered.
///
/// Expressions are what tensors hold. They become a ``Graph`` when somebody wants numbers. A node whose results have been
/// computed forgets its operands (unless gradients may still be asked for), so that chains of steps do not pile up.
public final class Node: Sendable {
    public let primitive: Primitive
    public let types: [TensorType]
    /// The layer that made the node, for plans, profiles and messages.
    public let label: String
    private let state: Mutex<State>

    /// Cotangents of the results (nil: zero) to cotangents of the operands.
    public typealias Pullback = @Sendable (_ cotangents: [Value?]) throws -> [Value?]

    private struct State {
        var operands: [Value]
        var buffers: [(any Buffer)?]
        var customPullback: Pullback?
    }

    /// What a computed node lets go of. The gradient goes too: it may hold on to the node's operands.
    private struct History {
        var operands: [Value] = []
        var customPullback: Pullback?
    }

    /// A node whose result types are known to be right; ``Value/make(_:_:)`` checks and infers them.
    public init(_ primitive: Primitive, _ operands: [Value], types: [TensorType], customPullback: Pullback? = nil) {
        self.primitive = primitive
        self.types = types
        self.label = Label.current
        state = Mutex(State(operands: operands, buffers: [], customPullback: customPullback))
    }

    /// A leaf that holds numbers.
    public init(buffer: any Buffer) {
        primitive = .parameter(0, buffer.type)
        types = [buffer.type]
        label = ""
        state = Mutex(State(operands: [], buffers: [buffer]))
    }

    public var operands: [Value] { state.withLock { $0.operands } }

    /// A gradient given by the user, in place of the primitive's.
    public var customPullback: Pullback? { state.withLock { $0.customPullback } }

    public func buffer(at index: Int) -> (any Buffer)? {
        state.withLock { index < $0.buffers.count ? $0.buffers[index] : nil }
    }

    /// Remembers a computed result; drops the operands once all results are known, unless they are to be kept.
    public func fulfil(_ index: Int, with buffer: any Buffer, keepingOperands: Bool) {
        var dropped = state.withLock { state -> History in
            if state.buffers.isEmpty { state.buffers = Array(repeating: nil, count: types.count) }
            state.buffers[index] = buffer
            guard !keepingOperands, state.buffers.allSatisfy({ $0 != nil }) else { return History() }
            return Node.takeHistory(&state)
        }
        Node.release(&dropped.operands)
    }

    deinit {
        var dropped = takeHistory()
        Node.release(&dropped.operands)
    }

    private func takeHistory() -> History { state.withLock { Node.takeHistory(&$0) } }

    private static func takeHistory(_ state: inout State) -> History {
        defer { (state.operands, state.customPullback) = ([], nil) }
        return History(operands: state.operands, customPullback: state.customPullback)
    }

    /// Lets go of a chain of nodes one by one: a long chain's nested `deinit`s would use up the stack.
    private static func release(_ values: inout [Value]) {
        guard !values.isEmpty else { return }
        var pending = values.map(\.node)
        values = []
        while var node = pending.popLast() {
            guard isKnownUniquelyReferenced(&node) else { continue }
            pending.append(contentsOf: node.takeHistory().operands.map(\.node))
        }
    }
}

/// One result of a node: what a `Tensor` holds.
public struct Value: Sendable, Hashable {
    public let node: Node
    public let index: Int

    public init(_ node: Node, _ index: Int = 0) {
        self.node = node
        self.index = index
    }

    public var type: TensorType { node.types[index] }
    public var shape: [Int] { type.shape }
    public var dtype: DType { type.dtype }
    public var buffer: (any Buffer)? { node.buffer(at: index) }

    public static func == (a: Value, b: Value) -> Bool { a.node === b.node && a.index == b.index }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(node))
        hasher.combine(index)
    }

    /// Applies a primitive with several results.
    ///
    /// - Throws: `GraphError` if the operands do not suit it.
    public static func makeAll(_ primitive: Primitive, _ operands: [Value]) throws -> [Value] {
        let types = try primitive.resultTypes(of: operands.map(\.type))
        let node = Node(primitive, operands, types: types)
        return types.indices.map { Value(node, $0) }
    }

    /// Applies a primitive and gives its first result.
    public static func make(_ primitive: Primitive, _ operands: Value...) throws -> Value { try makeAll(primitive, operands)[0] }

    /// A leaf without numbers: a parameter of a function that is being traced.
    public static func placeholder(_ type: TensorType) -> Value {
        Value(Node(.parameter(0, type), [], types: [type]))
    }

    public static func constant(_ literal: Literal) -> Value {
        Value(Node(.constant(literal), [], types: [literal.type]))
    }
}

/// The name given to nodes made now: the path of the layer that is being called.
public enum Label {
    @TaskLocal public static var current = ""
}
