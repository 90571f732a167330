import Archive

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files of text and bytes: whoever looks at the path finds the old one or the new one, whole.
package enum OutputFile {
    /// Whether a path can be written, before the work that makes its contents.
    ///
    /// - Throws: `KerasError.saving(.archive)`.
    package static func check(_ path: String) throws { try KerasError.reading { try AtomicFile.check(path) } }

    /// Writes a text.
    ///
    /// - Throws: `KerasError.saving(.archive)`.
    package static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

    static func write(_ bytes: [UInt8], to path: String) throws {
        try KerasError.reading {
            try AtomicFile.replace(path) { temporary in
                guard let file = fopen(temporary, "wb") else {
                    throw ArchiveError.cannotWrite(file: path, reason: String(cString: strerror(errno)))
                }
                let written = fwrite(bytes, 1, bytes.count, file)
                guard fclose(file) == 0, written == bytes.count else {
                    throw ArchiveError.cannotWrite(file: path, reason: String(cString: strerror(errno)))
                }
            }
        }
    }
}
