/// The shape of a place in a graph of layers: sizes of axes, `nil` where a size is not known before data comes.
///
/// ```swift
/// let shape: Shape = [nil, 28, 28, 1]     // [batch, height, width, channels]
/// shape.rank                              // 4
/// shape.last                              // 1
/// shape[-2]                               // 28
/// ```
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// The sizes, outermost axis first.
    public var sizes: [Int?]

    public init(_ sizes: [Int?]) { self.sizes = sizes }
    public init(_ sizes: [Int]) { self.sizes = sizes }
    public init(arrayLiteral sizes: Int?...) { self.sizes = sizes }

    /// The number of axes.
    public var rank: Int { sizes.count }

    /// The size of the outermost axis, usually the batch; `nil` if it is unknown or there is no axis.
    public var first: Int? { sizes.first ?? nil }

    /// The size of the innermost axis; `nil` if it is unknown or there is no axis.
    public var last: Int? { sizes.last ?? nil }

    /// The size of an axis, counted from the end where negative; `nil` if it is unknown or there is no such axis.
    public subscript(axis: Int) -> Int? {
        let index = axis < 0 ? axis + rank : axis
        return sizes.indices.contains(index) ? sizes[index] : nil
    }

    /// The axes of a range, clamped to those that there are.
    public subscript(range: some RangeExpression<Int>) -> Shape {
        Shape(Array(sizes[range.relative(to: sizes.indices.lowerBound..<Int.max).clamped(to: sizes.indices)]))
    }

    /// The sizes, if all are known.
    public var known: [Int]? {
        let known = sizes.compactMap { $0 }
        return known.count == rank ? known : nil
    }

    public var isFullyKnown: Bool { sizes.allSatisfy { $0 != nil } }

    /// The number of elements, if all sizes are known and the product fits an `Int`.
    public var elementCount: Int? {
        known?.reduce(1 as Int?) { product, size in
            guard let (value, overflow) = product?.multipliedReportingOverflow(by: size), !overflow else { return nil }
            return value
        }
    }

    /// Whether a tensor of one shape may stand where the other is expected: equal ranks, and equal sizes where both are known.
    public func isCompatible(with other: Shape) -> Bool {
        rank == other.rank && zip(sizes, other.sizes).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
    }

    public static func + (a: Shape, b: Shape) -> Shape { Shape(a.sizes + b.sizes) }
}

extension Shape: Sequence {
    public func makeIterator() -> IndexingIterator<[Int?]> { sizes.makeIterator() }
}

extension Shape: CustomStringConvertible {
    public var description: String { "[\(sizes.map { $0.map(String.init) ?? "nil" }.joined(separator: ", "))]" }
}
