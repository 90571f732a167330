/// One entry of an archive's directory, checked by itself.
struct ZipEntry {
    private static let signature = 0x0201_4b50
    /// Bytes before the name.
    static let length = 46

    var member: ZipMember
    var nameBytes: [UInt8]
    var isFolder: Bool
    var flags: ZipFlags
    /// Where its own header lies.
    var offset: Int

    /// Reads the next entry.
    ///
    /// - Throws: `ArchiveError`, for anything that is not taken.
    init(_ record: inout RecordReader, file: String, damaged: ArchiveError, limits: ArchiveLimits) throws {
        try record.expect(Self.signature)
        try record.skip(4)
        flags = ZipFlags(rawValue: try record.number(2))
        let method = try record.number(2)
        try record.skip(4)
        let checksum = try record.number(4)
        let narrow = try [record.number(4), record.number(4)]
        let lengths = try [record.number(2), record.number(2), record.number(2)]
        let disk = try record.number(2)
        try record.skip(2)
        let attributes = try record.number(4), narrowOffset = try record.number(4)
        try limits.check(.nameBytes, lengths[0], atMost: \.nameBytes, file: file)
        nameBytes = try Array(record.take(lengths[0]))
        let extra = try record.take(lengths[1])
        try record.skip(lengths[2])

        let name = MemberName.text(nameBytes, markedUTF8: flags.contains(.utf8))
        // A name that is no text is still shown, as far as it goes.
        let shown = name ?? String(decoding: nameBytes, as: UTF8.self)
        if let fault = name.map(MemberName.fault) ?? .notText { throw ArchiveError.memberName(file: file, member: shown, fault) }

        var wide = try WideNumbers(extra, failure: damaged)
        let size = try wide.resolve(narrow[1])
        let compressedSize = try wide.resolve(narrow[0])
        offset = try wide.resolve(narrowOffset)
        try wide.finish(disk)
        if disk != 0, disk != ZipEnd.wide16 { throw ArchiveError.damagedArchive(file: file, .severalDisks) }

        if !flags.isDisjoint(with: .encryption) { throw ArchiveError.encryptedMember(file: file, member: shown) }
        guard let compression = ZipCompression(method: method), !flags.contains(.patch) else {
            throw ArchiveError.compressionMethod(file: file, member: shown, method: method)
        }
        isFolder = nameBytes.last == UInt8(ascii: "/")
        try Self.checkKind(attributes >> 16, file, shown)
        member = ZipMember(
            name: isFolder ? String(shown.dropLast()) : shown, size: size, compressedSize: compressedSize, compression: compression,
            checksum: UInt32(checksum))
        if isFolder, size != 0 { throw ArchiveError.damagedMember(file: file, member: shown, .folderWithData) }
        guard compression.canUnpack(compressedSize, to: size) else {
            throw ArchiveError.damagedMember(file: file, member: shown, .declaredSize(packed: compressedSize, unpacked: size))
        }
        try limits.check(.memberBytes, size, atMost: \.memberBytes, file: file, member: shown)
        try limits.checkRatio(unpacked: size, packed: compressedSize, file: file, member: shown)
    }

    /// The upper half of the attributes is the mode of a Unix file, or nothing.
    private static func checkKind(_ mode: Int, _ file: String, _ name: String) throws {
        switch mode & 0o170000 {
        case 0, 0o100000, 0o040000: return
        case 0o120000: throw ArchiveError.symbolicLink(file: file, member: name)
        default: throw ArchiveError.specialFile(file: file, member: name)
        }
    }
}

/// The general purpose bits of an entry.
struct ZipFlags: OptionSet, Hashable {
    let rawValue: Int

    static let encrypted = ZipFlags(rawValue: 1 << 0)
    /// Sizes and checksum follow the data; the entry's own header has none.
    static let sizesFollow = ZipFlags(rawValue: 1 << 3)
    static let patch = ZipFlags(rawValue: 1 << 5)
    static let stronglyEncrypted = ZipFlags(rawValue: 1 << 6)
    static let utf8 = ZipFlags(rawValue: 1 << 11)
    static let maskedHeader = ZipFlags(rawValue: 1 << 13)
    static let encryption: ZipFlags = [.encrypted, .stronglyEncrypted, .maskedHeader]
}

/// The numbers of eight bytes in an entry's extra field, for those that do not fit four.
struct WideNumbers {
    private static let field = 1
    private var record: RecordReader?

    init(_ extra: ArraySlice<UInt8>, failure: ArchiveError) throws {
        var fields = RecordReader(extra, failure: failure)
        while !fields.isAtEnd {
            let kind = try fields.number(2), length = try fields.number(2)
            let content = try fields.take(length)
            if kind == Self.field {
                if record != nil { throw failure }
                record = RecordReader(content, failure: failure)
            }
        }
    }

    /// The number itself, or the next wide one where it says so.
    mutating func resolve(_ narrow: Int) throws -> Int {
        narrow == ZipEnd.wide32 ? try record?.number(8) ?? narrow : narrow
    }

    /// Reads the disk's number, the last one, where the entry says that it is here.
    mutating func finish(_ disk: Int) throws {
        if disk == ZipEnd.wide16 { try record?.skip(4) }
    }
}
