import CZip

/// Reads zip archives: members that are stored or deflated, as Keras and NumPy write them.
///
/// ```swift
/// let archive = try ZipReader(path: "model.keras")
/// archive.members.map(\.name)                     // ["metadata.json", "config.json", "model.weights.h5"]
/// let config = try archive.read("config.json", atMost: 64 << 20)
/// ```
///
/// Archives are not trusted. All members' names, sizes and places are checked when an archive is opened, before anything is reserved for
/// them; what is unpacked is compared with what was declared, and its CRC-32. Nothing in an archive leads to another file. Not for use
/// from several threads at once.
public final class ZipReader {
    /// The path, or what messages call the archive.
    public let name: String
    /// All files, in the directory's order.
    public let members: [ZipMember]
    /// Bytes of the archive itself.
    public let byteCount: Int
    private let archive: OpaquePointer
    /// Each member's place in `members` and its number in the archive.
    private let indices: [String: (member: Int, number: Int)]

    /// Opens an archive.
    ///
    /// - Throws: `ArchiveError`.
    public convenience init(path: String, limits: ArchiveLimits = ArchiveLimits()) throws {
        try self.init(FileInput(path), limits: limits)
    }

    /// Opens an archive in memory.
    ///
    /// - Parameter name: what messages call it.
    /// - Throws: `ArchiveError`.
    public convenience init(bytes: [UInt8], name: String = "The archive", limits: ArchiveLimits = ArchiveLimits()) throws {
        try self.init(MemoryInput([bytes], name: name), limits: limits)
    }

    init(_ input: ByteInput, limits: ArchiveLimits) throws {
        let directory = try ZipDirectory(input, limits: limits)
        name = input.name
        byteCount = input.count
        var members: [ZipMember] = []
        var indices: [String: (member: Int, number: Int)] = [:]
        for (number, entry) in directory.entries.enumerated() where !entry.isFolder {
            indices[entry.member.name] = (members.count, number)
            members.append(entry.member)
        }
        self.members = members
        self.indices = indices
        archive = try Self.open(input)
        try checkAgreement(directory)
    }

    deinit { zip_discard(archive) }

    /// The member of a name, if there is one.
    public subscript(_ name: String) -> ZipMember? { indices[name].map { members[$0.member] } }

    // MARK: Reading members

    /// Unpacks a member.
    ///
    /// - Parameter most: how many bytes are expected at most; nothing is reserved for a member that says it has more.
    /// - Throws: `ArchiveError`.
    public func read(_ name: String, atMost most: Int? = nil) throws -> [UInt8] {
        let stream = try stream(name, atMost: most)
        let bytes = try stream.read(stream.remaining)
        try stream.finish()
        return bytes
    }

    /// Unpacks a member piece by piece. What is passed on is known to be whole only when this returns.
    public func read(_ name: String, atMost most: Int? = nil, to consume: (UnsafeRawBufferPointer) throws -> Void) throws {
        let stream = try stream(name, atMost: most)
        var buffer = [UInt8](repeating: 0, count: min(stream.remaining, 1 << 20))
        while stream.remaining > 0 {
            let count = min(buffer.count, stream.remaining)
            try buffer.withUnsafeMutableBytes { target in
                let part = UnsafeMutableRawBufferPointer(rebasing: target[..<count])
                try stream.read(into: part)
                try consume(UnsafeRawBufferPointer(part))
            }
        }
        try stream.finish()
    }

    /// Unpacks a member into a file, at a path that the caller chose.
    public func extract(_ name: String, to path: String, atMost most: Int? = nil) throws {
        let output = try FileOutput(path)
        try read(name, atMost: most, to: output.write)
        try output.close()
    }

    func stream(_ name: String, atMost most: Int? = nil) throws -> MemberStream {
        guard let index = indices[name] else {
            throw ArchiveError.missingMember(file: self.name, member: name, known: members.map(\.name))
        }
        let member = members[index.member]
        if let most, member.size > most {
            throw ArchiveError.limit(file: self.name, member: name, .expectedBytes, atMost: most, got: member.size)
        }
        return try MemberStream(self, archive, number: index.number, member)
    }

    // MARK: libzip

    private static func open(_ input: ByteInput) throws -> OpaquePointer {
        let source = try ZipSource.make(input)
        var failure = zip_error_t()
        zip_error_init(&failure)
        defer { zip_error_fini(&failure) }
        if let archive = zip_open_from_source(source, ZIP_RDONLY, &failure) { return archive }
        zip_source_free(source)
        throw ArchiveError.damagedArchive(file: input.name, .library(String(cString: zip_error_strerror(&failure))))
    }

    /// libzip has to see the same members.
    private func checkAgreement(_ directory: ZipDirectory) throws {
        let ambiguous = ArchiveError.damagedArchive(file: name, .ambiguous)
        guard zip_get_num_entries(archive, ZIP_FL_UNCHANGED) == directory.entries.count else { throw ambiguous }
        for (number, entry) in directory.entries.enumerated() {
            var status = zip_stat_t()
            zip_stat_init(&status)
            guard zip_stat_index(archive, UInt64(number), ZIP_FL_UNCHANGED | ZIP_FL_ENC_RAW, &status) == 0, let seen = status.name,
                String(cString: seen).utf8.elementsEqual(entry.nameBytes),
                status.size == entry.member.size, status.comp_size == entry.member.compressedSize, status.crc == entry.member.checksum,
                status.comp_method == entry.member.compression.method, status.encryption_method == ZIP_EM_NONE
            else { throw ambiguous }
        }
    }
}
