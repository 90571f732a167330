extension Tensor {
    /// A scalar. `Int` becomes int32 (int64 where it does not fit), `Double` becomes `floatx()`.
    public init<S: TensorScalar>(_ scalar: S) {
        var dtype = S.defaultDType
        if dtype == .int32, let whole = scalar.intValue, Int32(exactly: whole) == nil { dtype = .int64 }
        self.init(.constant(scalar.literal(dtype)))
    }

    /// A scalar of the given element type.
    ///
    /// - Throws: `TensorError.integerOverflow` for a whole number that the type cannot hold.
    public init<S: TensorScalar>(_ scalar: S, dtype: DType) throws {
        self = try scalar.tensor(dtype: dtype)
    }

    /// A vector.
    public init<S: TensorScalar>(_ scalars: [S], dtype: DType? = nil) throws {
        try self.init(scalars, shape: [scalars.count], dtype: dtype)
    }

    /// The rows of a matrix, all of one length.
    ///
    /// - Throws: `TensorError.ragged`.
    public init<S: TensorScalar>(_ rows: [[S]], dtype: DType? = nil) throws {
        self = try [S].tensor(of: rows, dtype: dtype)
    }

    /// Nested rows, all of one shape.
    public init<C: TensorConvertible>(_ rows: [[[C]]], dtype: DType? = nil) throws {
        self = try [[C]].tensor(of: rows, dtype: dtype)
    }

    /// Elements in row-major order.
    ///
    /// - Parameter dtype: default: `S.defaultDType`. Where it is the scalars' own layout, the bytes are copied as they are.
    /// - Throws: `TensorError.elementCount` if the shape asks for another number of elements,
    ///   `.integerOverflow` for a whole number that the element type cannot hold, `GraphError.negativeSize`, `.tooLarge`.
    public init<S: TensorScalar>(_ scalars: [S], shape: [Int], dtype: DType? = nil) throws {
        let target = dtype ?? S.defaultDType
        let type = try TensorType(checking: shape, target)
        guard type.elementCount == scalars.count else { throw TensorError.elementCount(shape: shape, count: scalars.count) }
        let buffer: any Buffer
        if target == S.storageDType {
            buffer = try scalars.withUnsafeBytes { try Backend.engine.makeBuffer(type, copying: $0) }
        } else {
            if target.isInteger, scalars.first?.intValue != nil {
                for scalar in scalars { try target.check(holds: scalar.intValue ?? 0) }
            }
            buffer = try Backend.engine.makeBuffer(type) { HostConversion.write(scalars, as: target, to: $0) }
        }
        self.init(buffer: buffer)
    }

    /// Elements in row-major order as they lie in memory, in the machine's byte order.
    ///
    /// - Throws: `TensorError.elementCount` if the byte count is not the type's.
    public init(bytes: UnsafeRawBufferPointer, shape: [Int], dtype: DType) throws {
        let type = try TensorType(checking: shape, dtype)
        guard bytes.count == type.byteCount else {
            throw TensorError.elementCount(shape: shape, count: bytes.count / dtype.byteCount)
        }
        self.init(buffer: try Backend.engine.makeBuffer(type, copying: bytes))
    }

    /// Memory that `body` fills: no copy where the engine's memory is the host's.
    public init(shape: [Int], dtype: DType, filling body: (UnsafeMutableRawBufferPointer) throws -> Void) throws {
        let type = try TensorType(checking: shape, dtype)
        self.init(buffer: try Backend.engine.makeBuffer(type, filling: body))
    }
}

extension Tensor: ExpressibleByFloatLiteral {
    public init(floatLiteral value: Double) { self.init(literal: .real(value)) }
}

extension Tensor: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self.init(literal: .whole(value)) }
}

extension Tensor: ExpressibleByBooleanLiteral {
    public init(booleanLiteral value: Bool) { self.init(value) }
}
