/// Inputs, targets and weights that belong together: of one sample, or of a batch.
///
/// ```swift
/// let sample = TrainingBatch(x: image, y: label)
/// ```
public struct TrainingBatch: Sendable {
    /// The inputs, in the arrangement that the model takes.
    public var x: Structure<Tensor>
    /// The targets; nil if there are none.
    public var y: Structure<Tensor>?
    /// How much each sample counts, one for each target; nil: all alike.
    public var sampleWeight: Structure<Tensor>?

    public init(x: any Structured<Tensor>, y: (any Structured<Tensor>)? = nil, sampleWeight: (any Structured<Tensor>)? = nil) {
        self.x = x.structure
        self.y = y?.structure
        self.sampleWeight = sampleWeight?.structure
    }

    init(x: Structure<Tensor>, y: Structure<Tensor>?, sampleWeight: Structure<Tensor>?) {
        self.x = x
        self.y = y
        self.sampleWeight = sampleWeight
    }

    /// The number of samples of a batch.
    public var count: Int { x.leaves.first?.shape.first ?? 0 }

    /// All tensors: x, then y, then weights.
    var leaves: [Tensor] { x.leaves + (y?.leaves ?? []) + (sampleWeight?.leaves ?? []) }
}

/// How a batch's tensors are arranged, apart from the tensors.
struct BatchTemplate: Equatable {
    indirect enum Node: Equatable {
        case leaf
        case list([Node])
        case dictionary([String], [Node])

        init<Leaf>(_ structure: Structure<Leaf>) {
            self = switch structure {
            case .one: .leaf
            case .list(let items): .list(items.map(Node.init))
            case .dictionary(let entries): .dictionary(entries.map(\.key), entries.map { Node($0.value) })
            }
        }

        /// The arrangement, filled from the front of a list.
        func fill<Leaf>(_ leaves: inout ArraySlice<Leaf>) -> Structure<Leaf> {
            switch self {
            case .leaf: .one(leaves.removeFirst())
            case .list(let nodes): .list(nodes.map { $0.fill(&leaves) })
            case .dictionary(let keys, let nodes): .dictionary(zip(keys, nodes).map { (key: $0, value: $1.fill(&leaves)) })
            }
        }

        func fill<Leaf>(_ leaves: [Leaf]) -> Structure<Leaf> {
            var rest = leaves[...]
            return fill(&rest)
        }
    }

    var x: Node
    var y: Node?
    var sampleWeight: Node?

    init(x: Structure<Tensor>, y: Structure<Tensor>?, sampleWeight: Structure<Tensor>?) {
        self.x = Node(x)
        self.y = y.map(Node.init)
        self.sampleWeight = sampleWeight.map(Node.init)
    }

    init(_ batch: TrainingBatch) { self.init(x: batch.x, y: batch.y, sampleWeight: batch.sampleWeight) }

    /// - Precondition: as many tensors as the template has leaves.
    func fill(_ leaves: [Tensor]) -> TrainingBatch {
        var rest = leaves[...]
        let x = x.fill(&rest)
        let y = y.map { $0.fill(&rest) }
        return TrainingBatch(x: x, y: y, sampleWeight: sampleWeight.map { $0.fill(&rest) })
    }
}
