/// Which element type operands of different types meet in: Keras' lattice, which is JAX'.
///
/// `bool < int* < {uint8 < uint16 < uint32 < uint64, int8 < int16 < int32 < int64} < float* < {bfloat16, float16} <
/// float32 < float64`, and each unsigned type below the signed one of twice its size; the starred ones stand for Swift
/// numbers, which have no element type of their own. 64-bit types stay 64 bits wide.
package enum Promotion {
    /// A node of the lattice.
    private enum Rank: Hashable {
        case dtype(DType), integer, floatingPoint
    }

    private static func above(_ rank: Rank) -> [Rank] {
        switch rank {
        case .dtype(.bool): [.integer]
        case .integer: [.dtype(.uint8), .dtype(.int8)]
        case .dtype(.uint8): [.dtype(.int16), .dtype(.uint16)]
        case .dtype(.uint16): [.dtype(.int32), .dtype(.uint32)]
        case .dtype(.uint32): [.dtype(.int64), .dtype(.uint64)]
        case .dtype(.int8): [.dtype(.int16)]
        case .dtype(.int16): [.dtype(.int32)]
        case .dtype(.int32): [.dtype(.int64)]
        case .dtype(.uint64), .dtype(.int64): [.floatingPoint]
        case .floatingPoint: [.dtype(.bfloat16), .dtype(.float16)]
        case .dtype(.bfloat16), .dtype(.float16): [.dtype(.float32)]
        case .dtype(.float32): [.dtype(.float64)]
        case .dtype(.float64): []
        }
    }

    private static let upperBounds: [Rank: Set<Rank>] = {
        var bounds: [Rank: Set<Rank>] = [:]
        func bound(_ rank: Rank) -> Set<Rank> {
            if let known = bounds[rank] { return known }
            let result = above(rank).reduce(into: Set([rank])) { $0.formUnion(bound($1)) }
            bounds[rank] = result
            return result
        }
        DType.allCases.forEach { _ = bound(.dtype($0)) }
        return bounds
    }()

    private static func join(_ a: Rank, _ b: Rank) -> Rank {
        guard let upperA = upperBounds[a], let upperB = upperBounds[b] else { return a }
        let common = upperA.intersection(upperB)
        // The least of the common upper bounds: the one that all of them are above.
        return common.first { rank in upperBounds[rank].map(common.isSubset) ?? false } ?? a
    }

    /// The element type that operands of these types, and Swift numbers of these families, meet in.
    package static func join(_ dtypes: [DType], _ families: [WeakFamily] = []) -> DType {
        if let first = dtypes.first, families.isEmpty, dtypes.allSatisfy({ $0 == first }) { return first }
        let ranks = dtypes.map(Rank.dtype) + families.map { $0 == .integer ? .integer : .floatingPoint }
        guard let first = ranks.first else { return floatx() }
        return switch ranks.dropFirst().reduce(first, join) {
        case .dtype(let dtype): dtype
        case .integer: .int32
        case .floatingPoint: floatx()
        }
    }
}

/// The element type in which tensors of the given types meet. Keras: `keras.backend.result_type`.
public func resultType(_ dtypes: DType...) -> DType { Promotion.join(dtypes) }

extension DType {
    /// The type in which an operation on real numbers takes this one: itself if it is floating-point, else `floatx()`.
    var inexact: DType { isFloatingPoint ? self : Promotion.join([self], [.floatingPoint]) }
    /// At least float32, where sums and squares of half-precision numbers do not overflow.
    var wide: DType { self == .float16 || self == .bfloat16 ? .float32 : self }
    /// The type of sums and products of elements: small integers are summed in 32 bits.
    var summed: DType {
        switch self {
        case .bool, .int8, .int16: .int32
        case .uint8, .uint16: .uint32
        default: self
        }
    }

    /// The greatest finite number of a floating-point type, or of an integer type.
    var greatest: Double {
        switch self {
        case .bool: 1
        case .uint8: Double(UInt8.max)
        case .uint16: Double(UInt16.max)
        case .uint32: Double(UInt32.max)
        case .uint64: Double(UInt64.max)
        case .int8: Double(Int8.max)
        case .int16: Double(Int16.max)
        case .int32: Double(Int32.max)
        case .int64: Double(Int64.max)
        case .float16: Double(Float16.greatestFiniteMagnitude)
        case .bfloat16: Double(Float(bitPattern: 0x7f7f_0000))
        case .float32: Double(Float.greatestFiniteMagnitude)
        case .float64: Double.greatestFiniteMagnitude
        }
    }

    /// The least positive number of full precision.
    var leastNormal: Double {
        switch self {
        case .float16: Double(Float16.leastNormalMagnitude)
        case .float64: Double.leastNormalMagnitude
        default: Double(Float.leastNormalMagnitude)
        }
    }
}
