/// What can stand where an operation takes a tensor: tensors, variables, Swift numbers, and arrays of these.
public protocol TensorConvertible {
    /// The tensor that this stands for.
    func tensor() throws -> Tensor
    /// The tensor in the given element type, converted by value.
    func tensor(dtype: DType) throws -> Tensor
    /// Not nil for a Swift number, which takes the element type of the tensor it meets: `x + 1` keeps `x.dtype`.
    var weakFamily: WeakFamily? { get }
    /// The tensor of a row of these, stacked along a new first axis.
    static func tensor(of row: [Self], dtype: DType?) throws -> Tensor
}

/// The kind of a number that has no element type of its own.
public enum WeakFamily: Sendable { case integer, floatingPoint }

extension TensorConvertible {
    public func tensor(dtype: DType) throws -> Tensor { try tensor().cast(to: dtype) }
    public var weakFamily: WeakFamily? { nil }
    public static func tensor(of row: [Self], dtype: DType?) throws -> Tensor {
        let tensors = try row.map { element in try dtype.map { try element.tensor(dtype: $0) } ?? element.tensor() }
        return try ops.stack(tensors)
    }
}

extension Tensor: TensorConvertible {
    public func tensor() -> Tensor { self }

    public func tensor(dtype: DType) throws -> Tensor {
        switch literalNumber {
        case .whole(let number): try number.tensor(dtype: dtype)
        case .real(let number): try number.tensor(dtype: dtype)
        case nil: try converted(dtype)
        }
    }

    /// A literal (`let one: Tensor = 1`) has no element type of its own beside another tensor.
    public var weakFamily: WeakFamily? {
        switch literalNumber {
        case .whole: .integer
        case .real: .floatingPoint
        case nil: nil
        }
    }
}

extension TensorScalar {
    public func tensor() -> Tensor { Tensor(self) }
    public func tensor(dtype: DType) throws -> Tensor {
        if let whole = intValue, dtype.isInteger { try dtype.check(holds: whole) }
        return Tensor(.constant(literal(dtype)))
    }
    public static func tensor(of row: [Self], dtype: DType?) throws -> Tensor {
        try Tensor(row, shape: [row.count], dtype: dtype)
    }
}

extension Array: TensorConvertible where Element: TensorConvertible {
    public func tensor() throws -> Tensor { try Element.tensor(of: self, dtype: nil) }
    public func tensor(dtype: DType) throws -> Tensor { try Element.tensor(of: self, dtype: dtype) }

    public static func tensor(of row: [[Element]], dtype: DType?) throws -> Tensor {
        let width = row.first?.count ?? 0
        for inner in row where inner.count != width { throw TensorError.ragged(expected: [width], got: [inner.count]) }
        let flat = try Element.tensor(of: Array(row.joined()), dtype: dtype)
        return try flat.reshaped([row.count, width] + flat.shape.dropFirst())
    }
}

extension DType {
    /// - Throws: `TensorError.integerOverflow` if the type is an integer type too narrow for `value`.
    func check(holds value: Int) throws {
        let holds = switch self {
        case .uint8: UInt8(exactly: value) != nil
        case .uint16: UInt16(exactly: value) != nil
        case .uint32: UInt32(exactly: value) != nil
        case .uint64: value >= 0
        case .int8: Int8(exactly: value) != nil
        case .int16: Int16(exactly: value) != nil
        case .int32: Int32(exactly: value) != nil
        default: true
        }
        guard holds else { throw TensorError.integerOverflow(value: value, dtype: self) }
    }
}
