import CZip

/// Writes zip archives. The same members give the same bytes: all carry the format's first day as their time.
///
/// ```swift
/// var writer = ZipWriter()
/// try writer.add("config.json", bytes: json)
/// try writer.add("model.weights.h5", file: "/tmp/weights.h5")
/// try AtomicFile.replace("model.keras") { try writer.write(to: $0) }
/// ```
///
/// Members and archives may be larger than 4 GB.
public struct ZipWriter {
    private enum Content {
        case pieces([[UInt8]])
        case file(String)
    }

    private var members: [(name: String, content: Content, compression: ZipCompression)] = []
    private var names: Set<String> = []

    public init() {}

    /// Adds a member from bytes.
    ///
    /// - Throws: `ArchiveError.memberName` for a name that leads out of the archive; `.duplicateMember`.
    public mutating func add(_ name: String, bytes: [UInt8], compression: ZipCompression = .stored) throws {
        try add(name, pieces: [bytes], compression: compression)
    }

    /// Adds a member from a file on disk, which is read when the archive is written.
    public mutating func add(_ name: String, file: String, compression: ZipCompression = .stored) throws {
        try add(name, .file(file), compression)
    }

    mutating func add(_ name: String, pieces: [[UInt8]], compression: ZipCompression) throws {
        try add(name, .pieces(pieces), compression)
    }

    private mutating func add(_ name: String, _ content: Content, _ compression: ZipCompression) throws {
        let fault = name.hasSuffix("/") ? .emptyPart : MemberName.fault(name)
        if let fault { throw ArchiveError.memberName(file: Self.unnamed, member: name, fault) }
        let limits = ArchiveLimits()
        try limits.check(.nameBytes, name.utf8.count, atMost: \.nameBytes, file: Self.unnamed)
        guard names.insert(name).inserted else { throw ArchiveError.duplicateMember(file: Self.unnamed, member: name) }
        members.append((name, content, compression))
    }

    /// What messages call an archive before it has a path.
    private static let unnamed = "The archive"

    // MARK: Writing

    /// Writes the archive to a path; what was there before is gone.
    ///
    /// - Throws: `ArchiveError.cannotWrite`, `.cannotRead` for a member's file.
    public func write(to path: String) throws {
        if members.isEmpty {
            let output = try FileOutput(path)
            try Self.emptyArchive.withUnsafeBytes(output.write)
            return try output.close()
        }
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else {
            var failure = zip_error_t()
            zip_error_init_with_code(&failure, code)
            defer { zip_error_fini(&failure) }
            throw ArchiveError.cannotWrite(file: path, reason: String(cString: zip_error_strerror(&failure)))
        }
        try fill(archive, path)
    }

    /// The archive in memory.
    public func bytes() throws -> [UInt8] {
        if members.isEmpty { return Self.emptyArchive }
        var failure = zip_error_t()
        zip_error_init(&failure)
        defer { zip_error_fini(&failure) }
        func failed() -> ArchiveError { .cannotWrite(file: Self.unnamed, reason: String(cString: zip_error_strerror(&failure))) }
        guard let target = zip_source_buffer_create(nil, 0, 0, &failure) else { throw failed() }
        // The archive gives one hold back when it is closed; the bytes are read after that.
        zip_source_keep(target)
        defer { zip_source_free(target) }
        guard let archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &failure) else {
            zip_source_free(target)
            throw failed()
        }
        try fill(archive, Self.unnamed)
        return try Self.contents(of: target)
    }

    /// An end without a directory: libzip writes no file where there are no members.
    private static let emptyArchive: [UInt8] = [0x50, 0x4b, 5, 6] + [UInt8](repeating: 0, count: 18)

    private static func contents(of source: OpaquePointer) throws -> [UInt8] {
        func failed() -> ArchiveError { .cannotWrite(file: unnamed, reason: String(cString: zip_error_strerror(zip_source_error(source)))) }
        var status = zip_stat_t()
        zip_stat_init(&status)
        guard zip_source_stat(source, &status) == 0, zip_source_open(source) == 0 else { throw failed() }
        defer { zip_source_close(source) }
        let count = Int(status.size)
        return try [UInt8](unsafeUninitializedCapacity: count) { target, filled in
            while filled < count {
                let got = zip_source_read(source, target.baseAddress! + filled, UInt64(count - filled))
                guard got > 0 else { throw failed() }
                filled += Int(got)
            }
        }
    }

    /// Adds all members, and closes the archive: only that writes anything.
    private func fill(_ archive: OpaquePointer, _ path: String) throws {
        var isOpen = true
        defer { if isOpen { zip_discard(archive) } }
        func failed() -> ArchiveError { .cannotWrite(file: path, reason: String(cString: zip_strerror(archive))) }
        for member in members {
            let source = try ZipSource.make(input(member.name, member.content))
            let index = zip_file_add(archive, member.name, source, ZIP_FL_ENC_UTF_8)
            guard index >= 0 else {
                zip_source_free(source)
                throw failed()
            }
            let number = UInt64(index)
            guard zip_set_file_compression(archive, number, Int32(member.compression.method), Self.level) == 0,
                zip_file_set_dostime(archive, number, 0, Self.firstDay, 0) == 0,
                zip_file_set_external_attributes(archive, number, 0, UInt8(ZIP_OPSYS_UNIX), Self.regularFile << 16) == 0
            else { throw failed() }
        }
        guard zip_close(archive) == 0 else { throw failed() }
        isOpen = false
    }

    /// zlib's own default, said so that no version's default counts.
    private static let level: UInt32 = 6
    /// 1 January 1980 in the format's way: year since 1980, month, day.
    private static let firstDay: UInt16 = 0 << 9 | 1 << 5 | 1
    /// A Unix file's mode that everybody may read.
    private static let regularFile: UInt32 = 0o100644

    private func input(_ name: String, _ content: Content) throws -> ByteInput {
        switch content {
        case .pieces(let pieces): MemoryInput(pieces, name: name)
        case .file(let path): try FileInput(path)
        }
    }
}
