import CHDF5

/// What the elements of a data set or an attribute are. Byte order is not part of it: numbers come in the machine's own.
public enum HDF5Type: Hashable, Sendable {
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64
    case float16, bfloat16, float32, float64
    /// NumPy's and h5py's truth values: one byte, 0 or 1.
    case bool
    /// Bytes without meaning. Keras keeps bfloat16 weights as two of them.
    case opaque(size: Int)
    /// Text with room for so many bytes.
    case fixedString(size: Int)
    /// Text of any length.
    case string

    /// The bytes of one element; 0 for strings of any length.
    public var byteCount: Int {
        switch self {
        case .int8, .uint8, .bool: 1
        case .int16, .uint16, .float16, .bfloat16: 2
        case .int32, .uint32, .float32: 4
        case .int64, .uint64, .float64: 8
        case .opaque(let size), .fixedString(let size): size
        case .string: 0
        }
    }

    /// Whether it is a number: numbers of one type are read as another, with conversion by value.
    public var isNumber: Bool {
        switch self {
        case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .float16, .bfloat16, .float32, .float64: true
        case .bool, .opaque, .fixedString, .string: false
        }
    }
}

extension HDF5Type: CustomStringConvertible {
    public var description: String {
        switch self {
        case .int8: "int8"
        case .int16: "int16"
        case .int32: "int32"
        case .int64: "int64"
        case .uint8: "uint8"
        case .uint16: "uint16"
        case .uint32: "uint32"
        case .uint64: "uint64"
        case .float16: "float16"
        case .bfloat16: "bfloat16"
        case .float32: "float32"
        case .float64: "float64"
        case .bool: "bool"
        case .opaque(let size): "opaque values of \(size) bytes"
        case .fixedString(let size): "strings of \(size) bytes"
        case .string: "strings"
        }
    }
}

extension HDF5Type {
    /// The library's type for elements of this type in memory and in new files.
    ///
    /// - Parameter utf8: whether text says that it is UTF-8.
    func libraryType(utf8: Bool = false, at place: HDF5Place) throws -> Handle {
        let failure = place.failed("making a type")
        func copy(_ id: hid_t) throws -> Handle { try Handle.type(H5Tcopy(id), failure) }
        switch self {
        case .int8: return try copy(chdf5_int8())
        case .int16: return try copy(chdf5_int16())
        case .int32: return try copy(chdf5_int32())
        case .int64: return try copy(chdf5_int64())
        case .uint8: return try copy(chdf5_uint8())
        case .uint16: return try copy(chdf5_uint16())
        case .uint32: return try copy(chdf5_uint32())
        case .uint64: return try copy(chdf5_uint64())
        case .float16: return try Handle.type(chdf5_two_byte_float(5), failure)
        case .bfloat16: return try Handle.type(chdf5_two_byte_float(8), failure)
        case .float32: return try copy(chdf5_float32())
        case .float64: return try copy(chdf5_float64())
        case .bool:
            let type = try Handle.type(H5Tenum_create(chdf5_int8()), failure)
            for (name, value) in [("FALSE", UInt8(0)), ("TRUE", UInt8(1))] {
                var value = value
                try place.check(H5Tenum_insert(type.id, name, &value), "making a type")
            }
            return type
        case .opaque(let size):
            return try Handle.type(H5Tcreate(H5T_OPAQUE, max(size, 1)), failure)
        case .fixedString, .string:
            let type = try copy(chdf5_c_string())
            if case .fixedString(let size) = self {
                try place.check(H5Tset_size(type.id, max(size, 1)), "making a type")
                try place.check(H5Tset_strpad(type.id, H5T_STR_NULLPAD), "making a type")
            } else {
                try place.check(H5Tset_size(type.id, chdf5_variable()), "making a type")
            }
            if utf8 { try place.check(H5Tset_cset(type.id, H5T_CSET_UTF8), "making a type") }
            return type
        }
    }
}

/// A Swift type whose values can be read and written.
public protocol HDF5Number: BitwiseCopyable, Sendable {
    static var hdf5Type: HDF5Type { get }
    static var hdf5Zero: Self { get }
}

extension HDF5Number where Self: Numeric {
    public static var hdf5Zero: Self { .zero }
}

extension Int8: HDF5Number { public static var hdf5Type: HDF5Type { .int8 } }
extension Int16: HDF5Number { public static var hdf5Type: HDF5Type { .int16 } }
extension Int32: HDF5Number { public static var hdf5Type: HDF5Type { .int32 } }
extension Int64: HDF5Number { public static var hdf5Type: HDF5Type { .int64 } }
extension Int: HDF5Number { public static var hdf5Type: HDF5Type { .int64 } }
extension UInt8: HDF5Number { public static var hdf5Type: HDF5Type { .uint8 } }
extension UInt16: HDF5Number { public static var hdf5Type: HDF5Type { .uint16 } }
extension UInt32: HDF5Number { public static var hdf5Type: HDF5Type { .uint32 } }
extension UInt64: HDF5Number { public static var hdf5Type: HDF5Type { .uint64 } }
extension Float: HDF5Number { public static var hdf5Type: HDF5Type { .float32 } }
extension Double: HDF5Number { public static var hdf5Type: HDF5Type { .float64 } }
#if !(os(macOS) && arch(x86_64))
    extension Float16: HDF5Number { public static var hdf5Type: HDF5Type { .float16 } }
#endif
