import Archive
import HDF5

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files that others see only when they are whole.
enum ScratchFile {
    /// Makes an HDF5 file that takes its place when all is written.
    static func writing(_ path: String, _ body: (HDF5File) throws -> Void) throws {
        try KerasError.reading {
            try AtomicFile.replace(path) { temporary in
                let file = try HDF5File(creating: temporary)
                try body(file)
                try file.close()
            }
        }
    }

    /// Runs `body` with the path of a file of its own, which is removed afterwards.
    ///
    /// - Parameter folder: where it is to lie; nil: the system's place for such files.
    static func with<Result>(in folder: String? = nil, _ body: (_ path: String) throws -> Result) throws -> Result {
        let folder = folder ?? FileTools.environment("TMPDIR") ?? "/tmp"
        var name = Array("\(folder)/keras.XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        let path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard descriptor >= 0 else {
            throw KerasError.saving(.archive(.cannotWrite(file: path, reason: String(cString: strerror(errno)))))
        }
        close(descriptor)
        defer { unlink(path) }
        return try body(path)
    }
}
