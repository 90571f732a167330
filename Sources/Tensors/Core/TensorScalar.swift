/// A Swift type whose values are elements of tensors.
///
/// Arrays of `Int` become int32 and arrays of `Double` the default floating-point type (`floatx()`), as Python's numbers
/// do in Keras; every other type becomes the element type of the same layout. Give `dtype:` to have another.
public protocol TensorScalar: TensorConvertible, BitwiseCopyable, Sendable {
    /// The element type with this memory layout.
    static var storageDType: DType { get }
    /// The element type that an array becomes when none is asked for.
    static var defaultDType: DType { get }
    /// The nearest value: rounded; truncated and saturated in integers (NaN becomes 0); `≠ 0` in `Bool`.
    init(converting value: Double)
    init(converting value: Int64)
    init(converting value: UInt64)
    /// The value, where `Double` holds it.
    var doubleValue: Double { get }
    /// The value of an integer, where `Int` holds it (saturated); nil for floating point.
    var intValue: Int? { get }
    /// The literal with this value in the given element type.
    func literal(_ dtype: DType) -> Literal
}

extension TensorScalar {
    public static var defaultDType: DType { storageDType }
    public func literal(_ dtype: DType) -> Literal {
        intValue.map { Literal($0, dtype) } ?? Literal(doubleValue, dtype)
    }
}

extension TensorScalar where Self: FixedWidthInteger {
    public init(converting value: Double) {
        if value.isNaN {
            self = 0
        } else if value >= Double(Self.max) {
            self = .max
        } else if value <= Double(Self.min) {
            self = .min
        } else {
            self = Self(value)
        }
    }
    public init(converting value: Int64) { self.init(clamping: value) }
    public init(converting value: UInt64) { self.init(clamping: value) }
    public var doubleValue: Double { Double(self) }
    public var intValue: Int? { Int(clamping: self) }
}

extension TensorScalar where Self: BinaryFloatingPoint {
    public init(converting value: Double) { self.init(value) }
    public init(converting value: Int64) { self.init(value) }
    public init(converting value: UInt64) { self.init(value) }
    public var doubleValue: Double { Double(self) }
    public var intValue: Int? { nil }
}

extension UInt8: TensorScalar { public static var storageDType: DType { .uint8 } }
extension UInt16: TensorScalar { public static var storageDType: DType { .uint16 } }
extension UInt32: TensorScalar { public static var storageDType: DType { .uint32 } }
extension UInt64: TensorScalar {
    public static var storageDType: DType { .uint64 }
    public func literal(_ dtype: DType) -> Literal {
        guard dtype == .uint64 else { return Literal(Double(self), dtype) }
        return Literal(type: TensorType([], .uint64), bytes: Swift.withUnsafeBytes(of: self) { Array($0) })
    }
}
extension UInt: TensorScalar { public static var storageDType: DType { .uint64 } }
extension Int8: TensorScalar { public static var storageDType: DType { .int8 } }
extension Int16: TensorScalar { public static var storageDType: DType { .int16 } }
extension Int32: TensorScalar { public static var storageDType: DType { .int32 } }
extension Int64: TensorScalar { public static var storageDType: DType { .int64 } }
extension Int: TensorScalar {
    public static var storageDType: DType { .int64 }
    public static var defaultDType: DType { .int32 }
    public var weakFamily: WeakFamily? { .integer }
}
extension Float16: TensorScalar { public static var storageDType: DType { .float16 } }
extension Float: TensorScalar {
    public static var storageDType: DType { .float32 }
    public var weakFamily: WeakFamily? { .floatingPoint }
}
extension Double: TensorScalar {
    public static var storageDType: DType { .float64 }
    public static var defaultDType: DType { floatx() }
    public var weakFamily: WeakFamily? { .floatingPoint }
}
extension Bool: TensorScalar {
    public static var storageDType: DType { .bool }
    public init(converting value: Double) { self = value != 0 }
    public init(converting value: Int64) { self = value != 0 }
    public init(converting value: UInt64) { self = value != 0 }
    public var doubleValue: Double { self ? 1 : 0 }
    public var intValue: Int? { self ? 1 : 0 }
    public func literal(_ dtype: DType) -> Literal { Literal(self ? 1 : 0, dtype) }
}
