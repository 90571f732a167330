#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The bytes of a file that is read: in memory, or read from the disk where they are asked for.
final class FileBytes: Sendable {
    private enum Source {
        case memory([UInt8])
        case descriptor(Int32)
    }

    let count: Int
    private let source: Source

    init(_ bytes: [UInt8]) {
        count = bytes.count
        source = .memory(bytes)
    }

    /// Opens a file.
    ///
    /// - Throws: what `failure` makes of the reason; for what is not a file as well.
    init(path: String, _ failure: (String) -> HDF5Error) throws {
        // Without O_NONBLOCK a pipe would be waited for here.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(String(cString: strerror(errno))) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw failure("it is not a file")
        }
        count = Int(status.st_size)
        source = .descriptor(descriptor)
    }

    deinit { if case .descriptor(let descriptor) = source { close(descriptor) } }

    /// Fills the target with the bytes from an offset on; false if there are not so many.
    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) -> Bool {
        guard offset >= 0, offset <= count, target.count <= count - offset else { return false }
        switch source {
        case .memory(let bytes):
            bytes.withUnsafeBytes { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + target.count])) }
            return true
        case .descriptor(let descriptor):
            var done = 0
            while done < target.count {
                let got = pread(descriptor, target.baseAddress! + done, target.count - done, off_t(offset + done))
                if got < 0, errno == EINTR { continue }
                // Nothing: the file is shorter than it was.
                if got <= 0 { return false }
                done += got
            }
            return true
        }
    }
}
