/// How much of an archive or an array is taken: one policy for everything that is read. What a file says it has is compared with it
/// before anything is reserved, what it really has while it is read.
///
/// ```swift
/// var limits = ArchiveLimits()
/// limits.memberBytes = 1 << 30
/// let archive = try ZipReader(path: "model.keras", limits: limits)
/// ```
public struct ArchiveLimits: Hashable, Sendable {
    /// Members of an archive.
    public var members = 100_000
    /// Bytes of a member's name.
    public var nameBytes = 1024
    /// Bytes of the directory at an archive's end.
    public var directoryBytes = 64 << 20
    /// Bytes of one member, unpacked.
    public var memberBytes = 64 << 30
    /// Bytes of all members together, unpacked.
    public var totalBytes = 256 << 30
    /// Unpacked bytes for each packed one: of a member, and of an archive as a whole.
    public var ratio = 200
    /// Where `ratio` begins to count: zeros pack far better than that, and small ones harm nobody.
    public var ratioFreeBytes = 256 << 20
    /// Bytes of an array's header; NumPy's own limit.
    public var headerBytes = 10_000
    /// Axes of an array; NumPy's own limit.
    public var rank = 64

    public init() {}
}

/// One of the ``ArchiveLimits``, in an error.
public enum ArchiveLimit: Hashable, Sendable, CaseIterable {
    case members, nameBytes, directoryBytes, memberBytes, totalBytes, ratio, headerBytes, rank
    /// What one call of `read` takes at most.
    case expectedBytes
}

extension ArchiveLimits {
    /// - Throws: `ArchiveError.limit` if there is more than the policy takes.
    func check(_ limit: ArchiveLimit, _ got: Int, atMost: KeyPath<ArchiveLimits, Int>, file: String, member: String? = nil) throws {
        let most = self[keyPath: atMost]
        if got > most { throw ArchiveError.limit(file: file, member: member, limit, atMost: most, got: got) }
    }

    /// - Throws: `ArchiveError.limit` if so many bytes come from so few that it is a bomb.
    func checkRatio(unpacked: Int, packed: Int, file: String, member: String? = nil) throws {
        guard unpacked > ratioFreeBytes else { return }
        let got = unpacked / max(packed, 1)
        try check(.ratio, got, atMost: \.ratio, file: file, member: member)
    }
}
