#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files and the environment, by the system's own calls.
enum FileTools {
    static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// The size in bytes; 0 if there is no such file.
    static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Keras' own folder: `KERAS_HOME`, else `~/.keras`.
    static var kerasHome: String { environment("KERAS_HOME") ?? (environment("HOME") ?? "/tmp") + "/.keras" }

    /// All bytes of a file.
    ///
    /// - Parameter limit: the most that are read.
    static func bytes(of path: String, limit: Int) throws -> [UInt8] {
        func failure(_ reason: String) -> KerasError { .data(.cannotRead(path: path, reason: reason)) }
        guard let file = fopen(path, "rb") else { throw failure(String(cString: strerror(errno))) }
        defer { fclose(file) }
        let size = size(path)
        guard size <= limit else { throw failure("it has \(size) bytes, more than \(limit)") }
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { target, count in count = fread(target.baseAddress, 1, size, file) }
        guard bytes.count == size, ferror(file) == 0 else { throw failure("reading failed") }
        return bytes
    }

    /// Makes a folder and those it lies in.
    static func makeFolder(_ path: String) throws {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            if mkdir(made, 0o755) != 0, errno != EEXIST {
                throw KerasError.data(.cannotRead(path: made, reason: String(cString: strerror(errno))))
            }
        }
    }

    /// A checksum of a file, as hexadecimal digits.
    static func digest<Hash: FileHash>(of path: String, _: Hash.Type) throws -> String {
        guard let file = fopen(path, "rb") else {
            throw KerasError.data(.cannotRead(path: path, reason: String(cString: strerror(errno))))
        }
        defer { fclose(file) }
        var hash = Hash()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
        }
        if ferror(file) != 0 { throw KerasError.data(.cannotRead(path: path, reason: "reading failed")) }
        return hash.finish()
    }
}
