/// An array as NumPy has it in files: a shape and numbers or strings, the last axis running fastest.
///
/// ```swift
/// let array = try NumpyArray(path: "x.npy")
/// array.shape                                         // [60000, 28, 28]
/// array.type                                          // .uint8
/// let numbers = try array.values(as: UInt8.self)
/// try NumpyArray([1.5, 2], shape: [2]).write(to: "y.npy")
/// ```
public struct NumpyArray: Hashable, Sendable {
    /// The elements of an array.
    public enum Contents: Hashable, Sendable {
        /// Little-endian numbers, one after the other. A `bool` is a byte of 0 or 1.
        case numbers(NumpyType, [UInt8])
        case text([String])
        case byteStrings([[UInt8]])
    }

    public let shape: [Int]
    public let contents: Contents

    public var type: NumpyType {
        switch contents {
        case .numbers(let type, _): type
        case .text: .text
        case .byteStrings: .byteStrings
        }
    }

    /// The number of elements.
    public var count: Int { product(shape) ?? 0 }

    /// Of parts that fit each other.
    init(checked contents: Contents, shape: [Int]) {
        self.shape = shape
        self.contents = contents
    }

    // MARK: From values

    /// An array of numbers.
    ///
    /// - Throws: `ArchiveError.elementCount` if the shape takes another number of elements.
    public init<Element: NumpyElement>(_ values: [Element], shape: [Int]) throws {
        try Self.check(values.count, shape)
        let bytes = values.withUnsafeBytes { Array($0) }
        self.init(checked: .numbers(Element.numpyType, bytes), shape: shape)
    }

    /// An array of numbers that lie in memory as files have them: little-endian, one after the other.
    ///
    /// - Throws: `ArchiveError.elementCount` (in bytes); `.elementType` for strings, which have a form of their own.
    public init(_ type: NumpyType, bytes: [UInt8], shape: [Int]) throws {
        guard let width = type.byteCount else { throw ArchiveError.elementType(stored: type, wanted: "numbers") }
        let expected = try Self.elementCount(shape)
        let (total, overflow) = expected.multipliedReportingOverflow(by: width)
        guard !overflow, total == bytes.count else {
            throw ArchiveError.elementCount(shape: shape, expected: overflow ? .max : total, got: bytes.count)
        }
        self.init(checked: .numbers(type, type == .bool ? bytes.map { $0 == 0 ? 0 : 1 } : bytes), shape: shape)
    }

    /// An array of text. In NumPy's form of it NULs at a string's end are not part of it.
    public init(_ strings: [String], shape: [Int]) throws {
        try Self.check(strings.count, shape)
        self.init(checked: .text(strings), shape: shape)
    }

    /// An array of strings of bytes. In NumPy's form of it NULs at a string's end are not part of it.
    public init(byteStrings: [[UInt8]], shape: [Int]) throws {
        try Self.check(byteStrings.count, shape)
        self.init(checked: .byteStrings(byteStrings), shape: shape)
    }

    private static func check(_ got: Int, _ shape: [Int]) throws {
        let expected = try elementCount(shape)
        if got != expected { throw ArchiveError.elementCount(shape: shape, expected: expected, got: got) }
    }

    private static func elementCount(_ shape: [Int]) throws -> Int {
        guard shape.allSatisfy({ $0 >= 0 }), let count = product(shape) else {
            throw ArchiveError.arrayShape(file: "The array", shape: shape)
        }
        return count
    }

    // MARK: Values

    /// The numbers, of the type that they have.
    ///
    /// - Throws: `ArchiveError.elementType` if they have another one.
    public func values<Element: NumpyElement>(as _: Element.Type = Element.self) throws -> [Element] {
        guard case .numbers(let type, let bytes) = contents, type == Element.numpyType else {
            throw ArchiveError.elementType(stored: self.type, wanted: Element.numpyType.rawValue)
        }
        let count = bytes.count / MemoryLayout<Element>.size
        return [Element](unsafeUninitializedCapacity: count) { target, filled in
            bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(target).copyMemory(from: $0) }
            filled = count
        }
    }

    /// The strings; strings of bytes as well, where they are UTF-8.
    ///
    /// - Throws: `ArchiveError.elementType` for numbers; `.arrayText` for bytes that are no text.
    public func strings() throws -> [String] {
        switch contents {
        case .text(let strings): return strings
        case .byteStrings(let items):
            return try items.enumerated().map { index, bytes in
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    throw ArchiveError.arrayText(file: "The array", element: index)
                }
                return text
            }
        case .numbers(let type, _): throw ArchiveError.elementType(stored: type, wanted: "strings")
        }
    }

    /// The numbers' bytes, as ``Contents-swift.enum/numbers(_:_:)`` has them.
    ///
    /// - Throws: `ArchiveError.elementType` for strings.
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
        guard case .numbers(_, let bytes) = contents else { throw ArchiveError.elementType(stored: type, wanted: "numbers") }
        return try bytes.withUnsafeBytes(body)
    }
}

/// A Swift type that is one of NumPy's.
public protocol NumpyElement: Hashable, Sendable, BitwiseCopyable {
    static var numpyType: NumpyType { get }
}

extension Bool: NumpyElement { public static var numpyType: NumpyType { .bool } }
extension Int8: NumpyElement { public static var numpyType: NumpyType { .int8 } }
extension Int16: NumpyElement { public static var numpyType: NumpyType { .int16 } }
extension Int32: NumpyElement { public static var numpyType: NumpyType { .int32 } }
extension Int64: NumpyElement { public static var numpyType: NumpyType { .int64 } }
extension Int: NumpyElement { public static var numpyType: NumpyType { .int64 } }
extension UInt8: NumpyElement { public static var numpyType: NumpyType { .uint8 } }
extension UInt16: NumpyElement { public static var numpyType: NumpyType { .uint16 } }
extension UInt32: NumpyElement { public static var numpyType: NumpyType { .uint32 } }
extension UInt64: NumpyElement { public static var numpyType: NumpyType { .uint64 } }
extension Float16: NumpyElement { public static var numpyType: NumpyType { .float16 } }
extension Float: NumpyElement { public static var numpyType: NumpyType { .float32 } }
extension Double: NumpyElement { public static var numpyType: NumpyType { .float64 } }
