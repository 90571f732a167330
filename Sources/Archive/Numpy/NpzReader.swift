/// Reads `.npz` archives: arrays with names, stored or deflated.
///
/// ```swift
/// let archive = try NpzReader(path: "in.npz")
/// archive.names                                       // ["x", "y"]
/// let x = try archive.array("x")
/// ```
///
/// Nothing is read of an array before it is asked for. Not for use from several threads at once.
public final class NpzReader {
    /// The arrays' names, in the archive's order, without `.npy`.
    public let names: [String]
    private let archive: ZipReader
    private let limits: ArchiveLimits

    static let suffix = ".npy"

    /// Opens an archive.
    ///
    /// - Throws: `ArchiveError`; `.notArrayMember` for one that holds something else.
    public convenience init(path: String, limits: ArchiveLimits = ArchiveLimits()) throws {
        try self.init(ZipReader(path: path, limits: limits), limits: limits)
    }

    /// Opens an archive in memory.
    public convenience init(bytes: [UInt8], name: String = "The archive", limits: ArchiveLimits = ArchiveLimits()) throws {
        try self.init(ZipReader(bytes: bytes, name: name, limits: limits), limits: limits)
    }

    private init(_ archive: ZipReader, limits: ArchiveLimits) throws {
        names = try archive.members.map { member in
            guard member.name.hasSuffix(Self.suffix) else { throw ArchiveError.notArrayMember(file: archive.name, member: member.name) }
            return String(member.name.dropLast(Self.suffix.count))
        }
        self.archive = archive
        self.limits = limits
    }

    /// Reads an array.
    ///
    /// - Throws: `ArchiveError`.
    public func array(_ name: String) throws -> NumpyArray { try NumpyArray(reading: stream(name), limits: limits) }

    /// The shape and the element type of an array, without reading its elements.
    public func description(of name: String) throws -> (shape: [Int], type: NumpyType) {
        let header = try NumpyHeader(reading: stream(name), limits: limits)
        return (header.shape, header.layout.type)
    }

    private func stream(_ name: String) throws -> MemberStream {
        guard archive[name + Self.suffix] != nil else {
            throw ArchiveError.missingMember(file: archive.name, member: name, known: names)
        }
        return try archive.stream(name + Self.suffix)
    }
}
