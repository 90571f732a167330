import CZlib

/// A file that is read from start to end, plain or packed by gzip.
final class GzipFile {
    let path: String
    private let file: gzFile

    /// - Throws: `KerasError.data`, `.cannotRead`.
    init(_ path: String) throws {
        guard let file = gzopen(path, "rb") else { throw KerasError.data(.cannotRead(path: path, reason: "it cannot be opened")) }
        gzbuffer(file, 1 << 17)
        self.path = path
        self.file = file
    }

    deinit { gzclose(file) }

    /// Reads up to the target's size; less at the end of the file.
    ///
    /// - Throws: `KerasError.data`, `.damagedArchive`.
    func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
        var done = 0
        while done < target.count {
            let count = gzread(file, target.baseAddress?.advanced(by: done), UInt32(min(target.count - done, 1 << 30)))
            if count < 0 {
                var code: Int32 = 0
                let text = gzerror(file, &code).map { String(cString: $0) } ?? "error \(code)"
                throw KerasError.data(.damagedArchive(path: path, reason: text))
            }
            if count == 0 { break }
            done += Int(count)
        }
        var code: Int32 = 0
        _ = gzerror(file, &code)
        if done < target.count, code == Z_BUF_ERROR {
            throw KerasError.data(.damagedArchive(path: path, reason: "it ends too early"))
        }
        return done
    }

    /// Throws if the file cannot unpack to so many bytes, before they are reserved: deflate packs at most 1032 to 1.
    func checkPlausible(_ bytes: Int) throws {
        let size = FileTools.size(path)
        guard bytes / 1040 <= size else { throw KerasError.data(.truncated(path: path, expected: bytes, got: size)) }
    }
}
