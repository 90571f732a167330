/// Changes between Swift's numbers and element types, in the host's memory.
enum HostConversion {
    /// Writes scalars as elements of `dtype` (not their own layout).
    static func write<S: TensorScalar>(_ scalars: [S], as dtype: DType, to bytes: UnsafeMutableRawBufferPointer) {
        func convert<T: TensorScalar>(_: T.Type) {
            let target = bytes.bindMemory(to: T.self)
            for (index, scalar) in scalars.enumerated() {
                target[index] = scalar.intValue.map { T(converting: Int64($0)) } ?? T(converting: scalar.doubleValue)
            }
        }
        switch dtype {
        case .bool: convert(Bool.self)
        case .uint8: convert(UInt8.self)
        case .uint16: convert(UInt16.self)
        case .uint32: convert(UInt32.self)
        case .uint64: convert(UInt64.self)
        case .int8: convert(Int8.self)
        case .int16: convert(Int16.self)
        case .int32: convert(Int32.self)
        case .int64: convert(Int64.self)
        case .float16: convert(Float16.self)
        case .float32: convert(Float.self)
        case .float64: convert(Double.self)
        case .bfloat16:
            let target = bytes.bindMemory(to: UInt16.self)
            for (index, scalar) in scalars.enumerated() { target[index] = bfloat16Bits(Float(scalar.doubleValue)) }
        }
    }

    /// Reads elements of `dtype` as scalars, converted by value.
    static func read<S: TensorScalar>(_ bytes: UnsafeRawBufferPointer, _ dtype: DType, count: Int) -> [S] {
        // Not for bool: only 0 and 1 are values of Swift's type.
        if dtype == S.storageDType, dtype != .bool {
            return [S](unsafeUninitializedCapacity: count) { target, initialized in
                UnsafeMutableRawBufferPointer(target).copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes.prefix(count * dtype.byteCount)))
                initialized = count
            }
        }
        func load<T: BitwiseCopyable>(_: T.Type, _ convert: (T) -> S) -> [S] {
            (0..<count).map { convert(bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<T>.size, as: T.self)) }
        }
        return switch dtype {
        case .bool: load(UInt8.self) { S(converting: Int64($0 == 0 ? 0 : 1)) }
        case .uint8: load(UInt8.self) { S(converting: Int64($0)) }
        case .uint16: load(UInt16.self) { S(converting: Int64($0)) }
        case .uint32: load(UInt32.self) { S(converting: Int64($0)) }
        case .uint64: load(UInt64.self) { S(converting: $0) }
        case .int8: load(Int8.self) { S(converting: Int64($0)) }
        case .int16: load(Int16.self) { S(converting: Int64($0)) }
        case .int32: load(Int32.self) { S(converting: Int64($0)) }
        case .int64: load(Int64.self) { S(converting: $0) }
        case .float16: load(Float16.self) { S(converting: Double($0)) }
        case .bfloat16: load(UInt16.self) { S(converting: Double(Float(bitPattern: UInt32($0) << 16))) }
        case .float32: load(Float.self) { S(converting: Double($0)) }
        case .float64: load(Double.self) { S(converting: $0) }
        }
    }
}
