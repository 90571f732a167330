/// How many bytes a file's addresses and sizes have.
struct FieldWidths: Hashable, Sendable {
    var address = 8
    var size = 8
}

/// Little-endian numbers one after the other. What leads out of the bytes throws the failure that was given.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private let start: Int
    private(set) var position: Int
    let widths: FieldWidths
    let failure: HDF5Error

    init(_ bytes: ArraySlice<UInt8>, _ widths: FieldWidths, _ failure: HDF5Error) {
        self.bytes = bytes
        self.widths = widths
        self.failure = failure
        start = bytes.startIndex
        position = bytes.startIndex
    }

    /// How many bytes are left.
    var remaining: Int { bytes.endIndex - position }

    mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw failure }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func skip(_ count: Int) throws { _ = try take(count) }

    mutating func rest() -> ArraySlice<UInt8> {
        defer { position = bytes.endIndex }
        return bytes[position...]
    }

    /// A number of up to eight bytes; one that is no `Int` throws.
    mutating func number(_ width: Int) throws -> Int {
        guard let number = Int(exactly: try bits(width)) else { throw failure }
        return number
    }

    mutating func byte() throws -> Int { try number(1) }

    /// A size: as wide as the file says.
    mutating func size() throws -> Int { try number(widths.size) }

    /// A place in the file; nil where all bits are set, which stands for none.
    mutating func address() throws -> Int? {
        let value = try bits(widths.address)
        if value == UInt64.max >> (64 - 8 * UInt64(widths.address)) { return nil }
        guard let address = Int(exactly: value) else { throw failure }
        return address
    }

    private mutating func bits(_ width: Int) throws -> UInt64 {
        guard width <= 8 else { throw failure }
        return try take(width).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }

    /// Reads the characters that begin a structure.
    mutating func expect(_ signature: StaticString) throws {
        let read = try take(signature.utf8CodeUnitCount)
        guard signature.withUTF8Buffer({ read.elementsEqual($0) }) else { throw failure }
    }

    /// Reads a number that has to have one of the values.
    @discardableResult
    mutating func expect(_ range: ClosedRange<Int>, width: Int = 1) throws -> Int {
        let value = try number(width)
        guard range.contains(value) else { throw failure }
        return value
    }

    /// Skips to a multiple of eight bytes after the beginning. The last of them may be missing.
    mutating func align() {
        let past = (position - start) % 8
        if past > 0 { position = min(position + 8 - past, bytes.endIndex) }
    }

    /// Characters up to a zero byte, which is taken too.
    mutating func terminated() throws -> ArraySlice<UInt8> {
        guard let end = bytes[position...].firstIndex(of: 0) else { throw failure }
        defer { position = end + 1 }
        return bytes[position..<end]
    }
}
