/// An archive written by hand, so that it can say what no program would write.
struct HandMadeZip {
    struct Member {
        var name: [UInt8]
        /// As they lie in the archive.
        var data: [UInt8]
        var method = 0
        var flags = 0
        var checksum: UInt32
        var size: Int
        var compressedSize: Int
        var attributes = 0
        var extra: [UInt8] = []
        var localExtra: [UInt8] = []
        var disk = 0
        /// What the own header says, where it is not the same.
        var localName: [UInt8]?
        var localFlags: Int?
        var localSize: Int?
        var localChecksum: UInt32?
        /// Where the directory says that it lies, where that is a lie.
        var offset: Int?

        init(_ name: String, _ content: [UInt8] = Array("content".utf8)) {
            self.init(nameBytes: Array(name.utf8), content)
        }

        init(nameBytes: [UInt8], _ content: [UInt8] = Array("content".utf8)) {
            name = nameBytes
            data = content
            checksum = crc32(content)
            size = content.count
            compressedSize = content.count
        }

        func changed(_ change: (inout Member) -> Void) -> Member {
            var copy = self
            change(&copy)
            return copy
        }

        var local: [UInt8] {
            let shownName = localName ?? name
            return record(
                (0x0403_4b50, 4), (20, 2), (localFlags ?? flags, 2), (method, 2), (0, 2), (33, 2), (Int(localChecksum ?? checksum), 4),
                (compressedSize, 4), (localSize ?? size, 4), (shownName.count, 2), (localExtra.count, 2)) + shownName + localExtra
        }

        func entry(at place: Int) -> [UInt8] {
            record(
                (0x0201_4b50, 4), (0x0314, 2), (20, 2), (flags, 2), (method, 2), (0, 2), (33, 2), (Int(checksum), 4), (compressedSize, 4),
                (size, 4), (name.count, 2), (extra.count, 2), (0, 2), (disk, 2), (0, 2), (attributes, 4), (offset ?? place, 4))
                + name + extra
        }
    }

    var members: [Member]
    var before: [UInt8] = []
    var betweenDirectoryAndEnd: [UInt8] = []
    var comment: [UInt8] = []
    var commentLength: Int?
    var count: Int?
    var disk = 0
    var directoryOffset: Int?
    var directorySize: Int?
    /// Adds the records with numbers of eight bytes; the number of members that they say.
    var wideCount: Int?
    var wideOffset: Int?

    init(_ members: [Member]) { self.members = members }

    init(_ members: Member...) { self.members = members }

    func changed(_ change: (inout HandMadeZip) -> Void) -> HandMadeZip {
        var copy = self
        change(&copy)
        return copy
    }

    var bytes: [UInt8] {
        var all = before
        var directory: [UInt8] = []
        for member in members {
            directory += member.entry(at: all.count)
            all += member.local + member.data
        }
        let offset = directoryOffset ?? all.count, size = directorySize ?? directory.count
        all += directory + betweenDirectoryAndEnd
        if let wideCount {
            let start = all.count
            all += record(
                (0x0606_4b50, 4), (44, 8), (45, 2), (45, 2), (0, 4), (0, 4), (wideCount, 8), (wideCount, 8), (size, 8),
                (wideOffset ?? offset, 8))
            all += record((0x0706_4b50, 4), (0, 4), (start, 8), (1, 4))
        }
        let count = count ?? members.count
        all += record(
            (0x0605_4b50, 4), (disk, 2), (disk, 2), (count, 2), (count, 2), (size, 4), (offset, 4), (commentLength ?? comment.count, 2))
        return all + comment
    }
}

/// A little-endian number.
func number(_ value: Int, _ width: Int) -> [UInt8] { (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

/// Little-endian numbers of so many bytes each.
func record(_ fields: (value: Int, width: Int)...) -> [UInt8] { fields.flatMap { number($0.value, $0.width) } }

/// The checksum of zip, gzip and PNG.
func crc32(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
        sum ^= UInt32(byte)
        for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xedb8_8320 : sum >> 1 }
    }
    return ~sum
}

/// Deflate's form of bytes that are not packed: one block.
func deflateBlock(_ content: [UInt8]) -> [UInt8] {
    record((1, 1), (content.count, 2), (~content.count, 2)) + content
}
