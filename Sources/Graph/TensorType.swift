/// The static type of a tensor: its shape and the type of its elements.
public struct TensorType: Hashable, Sendable {
    public let shape: [Int]
    public let dtype: DType

    /// A type whose sizes are known to be in range.
    ///
    /// Sizes that come from a user go through ``init(checking:_:)``.
    public init(_ shape: [Int], _ dtype: DType) {
        self.shape = shape
        self.dtype = dtype
    }

    /// A type whose sizes are checked: none negative, and the byte count fits an `Int`.
    ///
    /// - Throws: `GraphError.negativeSize`, `GraphError.tooLarge`.
    public init(checking shape: [Int], _ dtype: DType) throws(GraphError) {
        var bytes = dtype.byteCount
        for size in shape {
            guard size >= 0 else { throw .negativeSize(shape: shape) }
            if size == 0 { continue }
            let (product, overflow) = bytes.multipliedReportingOverflow(by: size)
            guard !overflow, product <= Self.byteLimit else { throw .tooLarge(shape: shape, dtype: dtype) }
            bytes = product
        }
        self.init(shape, dtype)
    }

    /// The most bytes one tensor may have: 2⁴⁶, more than any machine's memory, far from overflow.
    public static let byteLimit = 1 << 46

    public var rank: Int { shape.count }
    public var elementCount: Int { shape.reduce(1, *) }
    public var byteCount: Int { elementCount * dtype.byteCount }
    public var isScalar: Bool { shape.isEmpty }

    public func with(shape: [Int]) -> TensorType { TensorType(shape, dtype) }
    public func with(dtype: DType) -> TensorType { TensorType(shape, dtype) }

    /// The number of elements between neighbours along each axis, in row-major order.
    public var strides: [Int] {
        var strides = [Int](repeating: 1, count: rank)
        for axis in stride(from: rank - 2, through: 0, by: -1) { strides[axis] = strides[axis + 1] * shape[axis + 1] }
        return strides
    }
}

extension TensorType: CustomStringConvertible {
    public var description: String { "\(dtype)[\(shape.map(String.init).joined(separator: ", "))]" }
}
