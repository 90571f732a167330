/// A place in a graph of layers: a shape (with `nil` for what is not known yet), an element type, and the layer call it comes from.
///
/// A `KerasTensor` holds no numbers. ``Input(shape:batchSize:dtype:name:)`` makes the first ones, calling layers makes the rest,
/// and ``Model`` turns the graph between them into something that runs. Source: `keras.KerasTensor`.
///
/// ```swift
/// let x = Input(shape: [784])
/// let h = try Dense(64)(x)
/// h.shape        // [nil, 64]
/// ```
public final class KerasTensor {
    public let shape: Shape
    public let dtype: DType
    public let name: String
    /// The mask that comes with the values (which steps of a sequence count), if there is one. Bool, usually `[batch, time]`.
    ///
    /// It is a place in the graph itself: an operation's result (`NotEqual` after `Embedding(…, maskZero: true)`) or what was given as
    /// `mask`. One without ``history`` is there when the model runs, but no place of its own: that of a model's output, or of a layer
    /// whose `computeMask` is the user's.
    public let mask: KerasTensor?
    /// The layer call that makes the values. Stand-ins for a missing output, and some masks, have none.
    public let history: History?
    /// Why this cannot be used: what a layer's `output` is when it is not clear which one is meant.
    package let problem: KerasError?

    /// Result number `tensorIndex` of call number `nodeIndex` of a layer.
    public struct History {
        public let layer: Layer
        public let nodeIndex: Int
        public let tensorIndex: Int
    }

    package init(shape: Shape, dtype: DType, name: String? = nil, mask: KerasTensor? = nil, history: History? = nil) {
        self.shape = shape
        self.dtype = dtype
        self.name = name ?? "keras_tensor"
        self.mask = mask
        self.history = history
        problem = nil
    }

    init(problem: KerasError) {
        shape = []
        dtype = .float32
        name = "keras_tensor"
        mask = nil
        history = nil
        self.problem = problem
    }

    public var rank: Int { shape.rank }

    /// The call that made this, if any.
    public var node: LayerNode? { history.map { LayerNode(layer: $0.layer, index: $0.nodeIndex) } }

    /// What stands for this tensor as a key: handles of one result are interchangeable.
    struct Key: Hashable {
        let layer: ObjectIdentifier
        let node: Int
        let tensor: Int
    }

    var key: Key? { history.map { Key(layer: ObjectIdentifier($0.layer), node: $0.nodeIndex, tensor: $0.tensorIndex) } }

    /// Throws what is wrong with this tensor, if something is.
    func checked() throws -> KerasTensor {
        if let problem { throw problem }
        if let input = history?.layer as? InputLayer { try input.checkArguments() }
        return self
    }

    /// What this is and where it comes from, for messages.
    var source: TensorSource { TensorSource(shape: shape, dtype: dtype, origin: history.map { $0.layer.kindAndName }) }
}

extension KerasTensor: Hashable {
    public static func == (a: KerasTensor, b: KerasTensor) -> Bool {
        if let key = a.key, let other = b.key { return key == other }
        return a === b
    }

    public func hash(into hasher: inout Hasher) {
        if let key { hasher.combine(key) } else { hasher.combine(ObjectIdentifier(self)) }
    }
}

extension KerasTensor: CustomStringConvertible {
    public var description: String {
        problem.map(\.description) ?? "KerasTensor(shape: \(shape), dtype: \(dtype), name: \"\(name)\")"
    }
}
