/// The end of an archive: how many members there are, and where the directory of them lies.
///
/// Source: PKWARE's APPNOTE.TXT 6.3, sections 4.3.14 to 4.3.16. Taken is only what every reader understands in the same way: the
/// directory ends where the end begins, and the comment where the file ends.
struct ZipEnd {
    private static let length = 22, signature = 0x0605_4b50
    private static let locatorLength = 20, locatorSignature = 0x0706_4b50
    private static let wideSignature = 0x0606_4b50
    /// Bytes of the wide record that its own size does not count, and those that follow.
    private static let wideHead = 12, wideBody = 44
    /// "See the wide record" in fields of two and four bytes.
    static let wide16 = 0xffff, wide32 = 0xffff_ffff

    let count: Int
    let directory: Range<Int>

    init(_ input: ByteInput) throws {
        let start = try Self.find(input)
        func damaged(_ damage: ArchiveDamage) -> ArchiveError { .damagedArchive(file: input.name, damage) }
        var record = try RecordReader(input.bytes(start..<start + Self.length), failure: damaged(.directoryPlace))
        try record.expect(Self.signature)
        let disks = try [record.number(2), record.number(2)]
        let counts = try [record.number(2), record.number(2)]
        let size = try record.number(4), offset = try record.number(4)

        let wide = try Self.readWide(input, before: start, damaged)
        if let wide {
            // Where both records say something, they have to agree.
            let agrees = { (narrow: Int, mark: Int, value: Int) in narrow == mark || narrow == value }
            guard disks.allSatisfy({ agrees($0, Self.wide16, 0) }) else { throw damaged(.severalDisks) }
            guard counts.allSatisfy({ agrees($0, Self.wide16, wide.count) }), agrees(size, Self.wide32, wide.size),
                agrees(offset, Self.wide32, wide.offset)
            else { throw damaged(.ambiguous) }
        } else {
            guard disks == [0, 0], counts[0] == counts[1] else { throw damaged(.severalDisks) }
        }
        let end = wide?.start ?? start
        let (from, length) = (wide?.offset ?? offset, wide?.size ?? size)
        guard from <= end, length == end - from else { throw damaged(.directoryPlace) }
        count = wide?.count ?? counts[0]
        directory = from..<end
    }

    /// Where the record lies that is followed by its comment and then by nothing.
    private static func find(_ input: ByteInput) throws -> Int {
        let failure = ArchiveError.notArchive(file: input.name)
        guard input.count >= length else { throw failure }
        let first = max(0, input.count - length - wide16)
        let tail = try input.bytes(first..<input.count)
        for start in stride(from: tail.count - length, through: 0, by: -1) where tail[start] == UInt8(signature & 0xff) {
            var record = RecordReader(tail[start...], failure: failure)
            guard try record.number(4) == signature else { continue }
            try record.skip(length - 6)
            if try record.number(2) == tail.count - start - length { return first + start }
        }
        throw failure
    }

    private typealias Wide = (start: Int, count: Int, size: Int, offset: Int)

    /// The record with numbers of eight bytes, where a locator for it stands before the end.
    private static func readWide(_ input: ByteInput, before end: Int, _ damaged: (ArchiveDamage) -> ArchiveError) throws -> Wide? {
        guard end >= locatorLength else { return nil }
        let locatorStart = end - locatorLength
        var locator = try RecordReader(input.bytes(locatorStart..<end), failure: damaged(.directoryPlace))
        guard try locator.number(4) == locatorSignature else { return nil }
        let disk = try locator.number(4), start = try locator.number(8), disks = try locator.number(4)
        guard disk == 0, disks <= 1 else { throw damaged(.severalDisks) }
        guard start <= locatorStart - wideHead - wideBody else { throw damaged(.directoryPlace) }
        var record = try RecordReader(input.bytes(start..<start + wideHead + wideBody), failure: damaged(.directoryPlace))
        try record.expect(wideSignature)
        guard try record.number(8) == locatorStart - start - wideHead else { throw damaged(.directoryPlace) }
        try record.skip(4)
        guard try record.number(4) == 0, try record.number(4) == 0 else { throw damaged(.severalDisks) }
        let counts = try [record.number(8), record.number(8)]
        guard counts[0] == counts[1] else { throw damaged(.severalDisks) }
        return try (start, counts[0], record.number(8), record.number(8))
    }
}
