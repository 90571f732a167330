/// Little-endian numbers one after the other. What leads out of the bytes throws the failure that was given.
struct RecordReader {
    private let bytes: ArraySlice<UInt8>
    private(set) var position: Int
    private let failure: ArchiveError

    init(_ bytes: ArraySlice<UInt8>, failure: ArchiveError) {
        self.bytes = bytes
        self.failure = failure
        position = bytes.startIndex
    }

    init(_ bytes: [UInt8], failure: ArchiveError) { self.init(bytes[...], failure: failure) }

    var isAtEnd: Bool { position == bytes.endIndex }

    mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
        guard count <= bytes.endIndex - position else { throw failure }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func skip(_ count: Int) throws { _ = try take(count) }

    /// A number of 2, 4 or 8 bytes; one that is no `Int` throws.
    mutating func number(_ width: Int) throws -> Int {
        let value = try take(width).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let number = Int(exactly: value) else { throw failure }
        return number
    }

    /// Reads the four bytes that begin a record.
    mutating func expect(_ signature: Int) throws {
        guard try number(4) == signature else { throw failure }
    }
}
