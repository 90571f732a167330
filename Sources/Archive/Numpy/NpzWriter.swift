/// Writes `.npz` archives: arrays with names.
///
/// ```swift
/// var writer = NpzWriter()
/// try writer.add("predictions", NumpyArray(numbers, shape: [100, 10]))
/// try AtomicFile.replace("out.npz") { try writer.write(to: $0) }
/// ```
public struct NpzWriter {
    private let compression: ZipCompression
    private var archive = ZipWriter()

    /// - Parameter compression: stored as `numpy.savez` does, or deflated as `numpy.savez_compressed`.
    public init(compression: ZipCompression = .stored) { self.compression = compression }

    /// Adds an array.
    ///
    /// - Throws: `ArchiveError.memberName` for a name that leads out of the archive; `.duplicateMember`.
    public mutating func add(_ name: String, _ array: NumpyArray) throws {
        try archive.add(name + NpzReader.suffix, pieces: array.npyPieces(), compression: compression)
    }

    /// Writes the archive to a path; what was there before is gone.
    public func write(to path: String) throws { try archive.write(to: path) }

    /// The archive in memory.
    public func bytes() throws -> [UInt8] { try archive.bytes() }
}
