/// Numbers that are part of a program: a type and its elements' bytes in the machine's order.
public struct Literal: Hashable, Sendable {
    public let type: TensorType
    public let bytes: [UInt8]

    /// - Precondition: the byte count is the type's.
    public init(type: TensorType, bytes: [UInt8]) {
        precondition(bytes.count == type.byteCount, "a literal's bytes are its type's")
        self.type = type
        self.bytes = bytes
    }

    /// A scalar of any element type; integers saturate, NaN becomes 0 in integers.
    public init(_ value: Double, _ dtype: DType) {
        self.init(type: TensorType([], dtype), bytes: dtype.bytes(of: value))
    }

    /// A scalar from an integer, exact in every integer type that holds it.
    public init(_ value: Int, _ dtype: DType) {
        let type = TensorType([], dtype)
        switch dtype {
        case .int64: self.init(type: type, bytes: rawBytes(Int64(value)))
        case .uint64: self.init(type: type, bytes: rawBytes(UInt64(clamping: value)))
        default: self.init(Double(value), dtype)
        }
    }

    public init(_ value: Bool) { self.init(type: TensorType([], .bool), bytes: [value ? 1 : 0]) }

    /// A vector of int32, as the indices of dynamic slices are.
    public init(indices: [Int]) {
        self.init(type: TensorType([indices.count], .int32), bytes: indices.flatMap { rawBytes(Int32(clamping: $0)) })
    }

    /// The value of a scalar, where `Double` holds it.
    public var scalar: Double? {
        guard type.elementCount == 1 else { return nil }
        return type.dtype.double(from: bytes)
    }
}

func rawBytes<T: BitwiseCopyable>(_ value: T) -> [UInt8] { withUnsafeBytes(of: value) { Array($0) } }

extension DType {
    /// One element with the given value: rounded to nearest, saturated in integers (NaN: 0).
    public func bytes(of value: Double) -> [UInt8] {
        func integer<I: FixedWidthInteger & BitwiseCopyable>(_: I.Type) -> [UInt8] {
            if value.isNaN { return rawBytes(I(0)) }
            if value >= Double(I.max) { return rawBytes(I.max) }
            if value <= Double(I.min) { return rawBytes(I.min) }
            return rawBytes(I(value))
        }
        return switch self {
        case .bool: [value != 0 ? 1 : 0]
        case .uint8: integer(UInt8.self)
        case .uint16: integer(UInt16.self)
        case .uint32: integer(UInt32.self)
        case .uint64: integer(UInt64.self)
        case .int8: integer(Int8.self)
        case .int16: integer(Int16.self)
        case .int32: integer(Int32.self)
        case .int64: integer(Int64.self)
        case .float16: rawBytes(Float16(value).bitPattern)
        case .bfloat16: rawBytes(bfloat16Bits(Float(value)))
        case .float32: rawBytes(Float(value))
        case .float64: rawBytes(value)
        }
    }

    /// The value of one element.
    public func double(from bytes: some Collection<UInt8>) -> Double {
        func load<T: BitwiseCopyable>(_: T.Type) -> T { Array(bytes).withUnsafeBytes { $0.loadUnaligned(as: T.self) } }
        return switch self {
        case .bool: load(UInt8.self) != 0 ? 1 : 0
        case .uint8: Double(load(UInt8.self))
        case .uint16: Double(load(UInt16.self))
        case .uint32: Double(load(UInt32.self))
        case .uint64: Double(load(UInt64.self))
        case .int8: Double(load(Int8.self))
        case .int16: Double(load(Int16.self))
        case .int32: Double(load(Int32.self))
        case .int64: Double(load(Int64.self))
        case .float16: Double(Float16(bitPattern: load(UInt16.self)))
        case .bfloat16: Double(Float(bitPattern: UInt32(load(UInt16.self)) << 16))
        case .float32: Double(load(Float.self))
        case .float64: load(Double.self)
        }
    }
}

/// The upper half of a float's bits, rounded to nearest, ties to even; NaN stays NaN.
public func bfloat16Bits(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    if value.isNaN { return UInt16(truncatingIfNeeded: bits >> 16) | 0x40 }
    return UInt16(truncatingIfNeeded: (bits &+ 0x7fff &+ ((bits >> 16) & 1)) >> 16)
}
