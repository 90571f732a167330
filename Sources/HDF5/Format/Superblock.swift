/// The beginning of a file: how wide its numbers are, and where the outermost group lies.
struct Superblock {
    let widths: FieldWidths
    /// Where addresses count from: bytes of somebody else's may come first.
    let base: Int
    let root: Int

    private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]
    /// More than any version takes.
    private static let length = 128

    /// - Throws: `HDF5Error.cannotOpen`.
    init(_ bytes: FileBytes, name: String) throws {
        func failure(_ reason: String) -> HDF5Error { .cannotOpen(file: name, reason: reason) }
        guard bytes.count > 0 else { throw failure("it is empty") }
        guard let base = Self.find(bytes) else { throw failure("it does not begin as one") }
        var content = [UInt8](repeating: 0, count: min(Self.length, bytes.count - base))
        guard content.withUnsafeMutableBytes({ bytes.read(at: base, into: $0) }) else { throw failure("reading failed") }
        var head = ByteReader(content[...], FieldWidths(), failure("its beginning is damaged"))
        try head.skip(Self.signature.count)
        let version = try head.byte()
        guard version <= 3 else { throw failure("its format is version \(version); 0 to 3 are read") }
        self.base = base
        let isOld = version < 2
        try head.skip(isOld ? 4 : 0)
        let widths = FieldWidths(address: try Self.width(&head), size: try Self.width(&head))
        self.widths = widths
        var flags = isOld ? 0 : try head.byte()
        if isOld {
            try head.skip(5)
            flags = try head.number(4)
            if version == 1 { try head.skip(4) }
        }
        // What a writer that crashed leaves behind in files that several programs share.
        guard flags & 1 == 0 || isOld else { throw failure("its writer did not close it") }
        var body = ByteReader(head.rest(), widths, head.failure)
        _ = try body.address()
        _ = try body.address()
        guard let end = try body.address(), end <= bytes.count - base || end <= bytes.count else {
            throw failure("it ends too early")
        }
        // Files in several parts have one.
        if isOld, try body.address() != nil { throw failure("it is written by a driver that is not read here") }
        if isOld { try body.skip(widths.address) }
        guard let root = try body.address() else { throw head.failure }
        self.root = root
        if !isOld {
            let used = content.count - body.remaining
            guard try body.number(4) == Int(lookup3(content[..<used])) else { throw head.failure }
        }
    }

    private static func width(_ reader: inout ByteReader) throws -> Int {
        let width = try reader.byte()
        guard [2, 4, 8].contains(width) else { throw reader.failure }
        return width
    }

    /// The signature stands at the beginning, or at 512 bytes, 1024, 2048, ….
    private static func find(_ bytes: FileBytes) -> Int? {
        var found = [UInt8](repeating: 0, count: signature.count)
        var place = 0
        while found.withUnsafeMutableBytes({ bytes.read(at: place, into: $0) }) {
            if found == signature { return place }
            place = place == 0 ? 512 : place * 2
        }
        return nil
    }
}
