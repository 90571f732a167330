/// The list of an archive's members, read strictly and compared with the header before each one's data, so that there is one way only
/// to read it.
///
/// libzip reads the same list; it does not say where members lie, and takes more than is taken here.
struct ZipDirectory {
    /// Folders as well.
    let entries: [ZipEntry]

    init(_ input: ByteInput, limits: ArchiveLimits) throws {
        let end = try ZipEnd(input)
        try limits.check(.members, end.count, atMost: \.members, file: input.name)
        try limits.check(.directoryBytes, end.directory.count, atMost: \.directoryBytes, file: input.name)
        let sizeDamage = ArchiveError.damagedArchive(file: input.name, .directorySize)
        guard end.count <= end.directory.count / ZipEntry.length else { throw sizeDamage }
        let bytes = try input.bytes(end.directory)
        var entries: [ZipEntry] = []
        entries.reserveCapacity(end.count)
        var names = Set<String>(minimumCapacity: end.count)
        var position = 0
        for index in 0..<end.count {
            let damaged = ArchiveError.damagedArchive(file: input.name, .directoryEntry(index))
            var record = RecordReader(bytes[position...], failure: damaged)
            let entry = try ZipEntry(&record, file: input.name, damaged: damaged, limits: limits)
            position = record.position
            guard names.insert(entry.member.name).inserted else {
                throw ArchiveError.duplicateMember(file: input.name, member: entry.member.name)
            }
            entries.append(entry)
        }
        guard position == bytes.count else { throw sizeDamage }
        self.entries = entries
        try checkTotal(input, limits)
        try checkPlaces(input, before: end.directory.lowerBound)
    }

    private func checkTotal(_ input: ByteInput, _ limits: ArchiveLimits) throws {
        var total = 0
        for entry in entries {
            let (sum, overflow) = total.addingReportingOverflow(entry.member.size)
            total = overflow ? .max : sum
            try limits.check(.totalBytes, total, atMost: \.totalBytes, file: input.name)
        }
        try limits.checkRatio(unpacked: total, packed: input.count, file: input.name)
    }

    /// Each member's own header says the same, and no two members share a byte.
    private func checkPlaces(_ input: ByteInput, before directory: Int) throws {
        var last: (name: String, end: Int)?
        for entry in entries.sorted(by: { $0.offset < $1.offset }) {
            if let last, entry.offset < last.end {
                throw ArchiveError.damagedArchive(file: input.name, .overlap(first: last.name, second: entry.member.name))
            }
            last = (entry.member.name, try LocalHeader.check(entry, input, before: directory))
        }
    }
}

/// The header before a member's data.
enum LocalHeader {
    private static let signature = 0x0403_4b50
    private static let length = 30

    /// Compares it with the directory's entry.
    ///
    /// - Returns: where the member's data end.
    static func check(_ entry: ZipEntry, _ input: ByteInput, before directory: Int) throws -> Int {
        func damaged(_ damage: MemberDamage) -> ArchiveError {
            .damagedMember(file: input.name, member: entry.member.name, damage)
        }
        guard entry.offset <= directory - length else { throw damaged(.place) }
        var record = try RecordReader(input.bytes(entry.offset..<entry.offset + length), failure: damaged(.place))
        try record.expect(signature)
        try record.skip(2)
        let flags = ZipFlags(rawValue: try record.number(2))
        let method = try record.number(2)
        try record.skip(4)
        let checksum = try record.number(4), compressedSize = try record.number(4), size = try record.number(4)
        let nameLength = try record.number(2), extraLength = try record.number(2)
        let nameStart = entry.offset + length
        guard nameStart + nameLength + extraLength <= directory else { throw damaged(.place) }

        guard try input.bytes(nameStart..<nameStart + nameLength) == entry.nameBytes else { throw damaged(.header(field: "name")) }
        let compared = ZipFlags.encryption.union([.sizesFollow, .patch, .utf8])
        guard flags.intersection(compared) == entry.flags.intersection(compared) else { throw damaged(.header(field: "flags")) }
        guard method == entry.member.compression.method else { throw damaged(.header(field: "method")) }
        if !flags.contains(.sizesFollow) {
            let extraStart = nameStart + nameLength
            let extra = try input.bytes(extraStart..<extraStart + extraLength)
            var wide = try WideNumbers(extra[...], failure: damaged(.header(field: "extra field")))
            guard try wide.resolve(size) == entry.member.size, try wide.resolve(compressedSize) == entry.member.compressedSize else {
                throw damaged(.header(field: "size"))
            }
            guard checksum == Int(entry.member.checksum) else { throw damaged(.header(field: "CRC-32")) }
        }
        let dataStart = nameStart + nameLength + extraLength
        guard entry.member.compressedSize <= directory - dataStart else { throw damaged(.place) }
        return dataStart + entry.member.compressedSize
    }
}
