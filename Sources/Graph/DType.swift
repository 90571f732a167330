/// The type of a tensor's elements.
///
/// The raw value is the name that Keras writes into a config (`"float32"`).
public enum DType: String, CaseIterable, Hashable, Sendable, Codable {
    case bool
    case uint8, uint16, uint32, uint64
    case int8, int16, int32, int64
    case float16, bfloat16, float32, float64

    /// The size of one element in bytes.
    public var byteCount: Int {
        switch self {
        case .bool, .uint8, .int8: 1
        case .uint16, .int16, .float16, .bfloat16: 2
        case .uint32, .int32, .float32: 4
        case .uint64, .int64, .float64: 8
        }
    }

    public var isFloatingPoint: Bool {
        switch self {
        case .float16, .bfloat16, .float32, .float64: true
        default: false
        }
    }

    public var isInteger: Bool { self != .bool && !isFloatingPoint }

    public var isSigned: Bool {
        switch self {
        case .int8, .int16, .int32, .int64: true
        default: isFloatingPoint
        }
    }
}

extension DType: CustomStringConvertible {
    public var description: String { rawValue }
}
