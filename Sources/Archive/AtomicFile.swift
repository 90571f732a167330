#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes a file so that whoever looks, at any moment and after any end of this process, finds the old one or the new one, whole.
///
/// ```swift
/// try AtomicFile.replace("model.keras") { temporary in
///     try writer.write(to: temporary)
/// }
/// ```
public enum AtomicFile {
    /// Calls `write` with the path of a temporary file in the same folder, then brings that to the disk and renames it.
    ///
    /// The new file has the old one's permissions; a symbolic link stays one, and what it leads to is replaced. If anything fails, the
    /// temporary file is removed and the old one is as it was.
    ///
    /// - Throws: what `write` throws; `ArchiveError.cannotWrite`.
    public static func replace<Result>(_ path: String, _ write: (_ temporary: String) throws -> Result) throws -> Result {
        let target = resolved(path)
        let temporary = try reserve(beside: target, for: path)
        do {
            let result = try write(temporary)
            try settle(temporary, as: target, for: path)
            return result
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Whether a file can be made beside the path: what is found out late otherwise, after long work.
    ///
    /// - Throws: `ArchiveError.cannotWrite`.
    public static func check(_ path: String) throws {
        let target = resolved(path)
        unlink(try reserve(beside: target, for: path))
        _ = try permissions(of: target, for: path)
    }

    /// Those of the file that is to be replaced; nil if there is none.
    private static func permissions(of target: String, for path: String) throws -> mode_t? {
        var old = stat()
        guard stat(target, &old) == 0 else { return nil }
        // A rename would replace what was never meant: a folder refuses by itself, a device does not.
        guard old.st_mode & S_IFMT == S_IFREG else { throw ArchiveError.cannotWrite(file: path, reason: "it is not a file") }
        return old.st_mode & 0o777
    }

    /// Where a path leads if it is a symbolic link that leads somewhere, else the path.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// Makes an empty file with a name of its own: `model.keras.1a2b3c4d.part`.
    private static func reserve(beside target: String, for path: String) throws -> String {
        let attempts = 100
        for _ in 0..<attempts {
            let name = "\(target).\(String(UInt32.random(in: .min ... .max), radix: 16)).part"
            let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 {
                close(descriptor)
                return name
            }
            if errno != EEXIST { break }
        }
        throw ArchiveError.cannotWrite(file: path, reason: systemReason())
    }

    private static func settle(_ temporary: String, as target: String, for path: String) throws {
        if let permissions = try permissions(of: target, for: path) {
            guard chmod(temporary, permissions) == 0 else { throw ArchiveError.cannotWrite(file: path, reason: systemReason()) }
        }
        try synchronise(temporary, O_RDONLY, for: path)
        guard rename(temporary, target) == 0 else { throw ArchiveError.cannotWrite(file: path, reason: systemReason()) }
        // The new name is in the folder; where a folder cannot be brought to the disk, the file is whole all the same.
        let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? "."
        try? synchronise(folder, O_RDONLY | O_DIRECTORY, for: path)
    }

    private static func synchronise(_ file: String, _ flags: Int32, for path: String) throws {
        let descriptor = open(file, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw ArchiveError.cannotWrite(file: path, reason: systemReason()) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw ArchiveError.cannotWrite(file: path, reason: systemReason()) }
    }
}
