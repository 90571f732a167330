/// What a layer expects of one of its inputs; checked before the layer is built or called.
///
/// Layers set `inputSpec` in their initialiser or in `build`. Source: `keras.layers.InputSpec`.
///
/// ```swift
/// inputSpec = [InputSpec(minRank: 2, axes: [-1: features])]
/// ```
public struct InputSpec: Hashable, Sendable {
    public var dtype: DType?
    /// The whole shape; `nil` entries take any size.
    public var shape: Shape?
    public var rank: Int?
    public var minRank: Int?
    public var maxRank: Int?
    /// Sizes that single axes must have; negative axes count from the end.
    public var axes: [Int: Int]
    /// What the axes mean, for messages: `[batch, …, features]`.
    public var layout: String?
    /// The name of the input this is about, in a model with several.
    public var name: String?
    /// Whether an axis of size 1 at the end may be missing or superfluous.
    public var allowsLastAxisSqueeze: Bool

    public init(
        dtype: DType? = nil, shape: Shape? = nil, rank: Int? = nil, minRank: Int? = nil, maxRank: Int? = nil, axes: [Int: Int] = [:],
        layout: String? = nil, name: String? = nil, allowsLastAxisSqueeze: Bool = false
    ) {
        self.dtype = dtype
        self.shape = shape
        self.rank = rank ?? shape?.rank
        self.minRank = minRank
        self.maxRank = maxRank
        self.axes = axes
        self.layout = layout
        self.name = name
        self.allowsLastAxisSqueeze = allowsLastAxisSqueeze
    }

    /// The first thing about a shape and type that does not suit this, or `nil`.
    func violation(shape given: Shape, dtype givenType: DType) -> Requirement? {
        if let rank, given.rank != rank, !(allowsLastAxisSqueeze && squeezes(given)) {
            return shape.map { .shape($0) } ?? .rank(rank, layout: layout)
        }
        if let minRank, given.rank < minRank { return .minRank(minRank, layout: layout) }
        if let maxRank, given.rank > maxRank { return .maxRank(maxRank, layout: layout) }
        if let dtype, dtype != givenType { return .dtype(dtype) }
        for (axis, size) in axes.sorted(by: { $0.key > $1.key }) {
            if let got = given[axis], got != size { return .axis(axis, size: size) }
        }
        if let shape {
            let pairs = zip(trimmed(shape), trimmed(given))
            if pairs.contains(where: { $0 != nil && $1 != nil && $0 != $1 }) { return .shape(shape) }
        }
        return nil
    }

    /// Whether one axis of size 1 at the end makes up for the difference in rank.
    private func squeezes(_ given: Shape) -> Bool {
        guard let shape else { return false }
        return (given.rank == shape.rank + 1 && given.last == 1) || (given.rank == shape.rank - 1 && shape.last == 1)
    }

    private func trimmed(_ shape: Shape) -> Shape { allowsLastAxisSqueeze && shape.last == 1 ? shape[..<(shape.rank - 1)] : shape }

    /// A single thing that an input must fulfil.
    public enum Requirement: Hashable, Sendable {
        case rank(Int, layout: String?)
        case minRank(Int, layout: String?)
        case maxRank(Int, layout: String?)
        case axis(Int, size: Int)
        case shape(Shape)
        case dtype(DType)
        /// In words: "a time axis of at least 3 steps".
        case other(String, remedy: String)
    }
}
