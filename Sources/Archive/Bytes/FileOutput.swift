#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that is written from its beginning on; what was there before is gone.
final class FileOutput {
    private let path: String
    private var descriptor: Int32

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        if descriptor < 0 { throw ArchiveError.cannotWrite(file: path, reason: systemReason()) }
    }

    deinit { if descriptor >= 0 { Self.shut(descriptor) } }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var done = 0
        while done < bytes.count {
            let put = posixWrite(descriptor, bytes.baseAddress! + done, bytes.count - done)
            if put < 0 {
                if errno == EINTR { continue }
                throw ArchiveError.cannotWrite(file: path, reason: systemReason())
            }
            done += put
        }
    }

    /// Some file systems say only now that there was no room.
    func close() throws {
        let status = Self.shut(descriptor)
        descriptor = -1
        if status != 0 { throw ArchiveError.cannotWrite(file: path, reason: systemReason()) }
    }

    @discardableResult private static func shut(_ descriptor: Int32) -> Int32 { posixClose(descriptor) }
}

// The methods' names hide the system's.
private func posixWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int { write(descriptor, bytes, count) }
private func posixClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
