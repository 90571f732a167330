#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Bytes that can be read from any place on: a file's, or some in memory.
protocol ByteInput: AnyObject {
    /// What messages call it.
    var name: String { get }
    var count: Int { get }
    /// Fills the target with the bytes from an offset on.
    ///
    /// - Throws: `ArchiveError.cannotRead`, also where there are not so many.
    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws
}

extension ByteInput {
    /// - Precondition: the range is not negative; one that leads out of the input throws.
    func bytes(_ range: Range<Int>) throws -> [UInt8] {
        guard range.upperBound <= count else { throw tooShort }
        return try [UInt8](unsafeUninitializedCapacity: range.count) { target, filled in
            let whole = UnsafeMutableRawBufferPointer(start: target.baseAddress, count: range.count)
            try read(at: range.lowerBound, into: whole)
            filled = range.count
        }
    }

    fileprivate var tooShort: ArchiveError { .cannotRead(file: name, reason: "it is shorter than it was") }
}

/// A file that is open for reading.
final class FileInput: ByteInput {
    let name: String
    let count: Int
    private let descriptor: Int32

    /// - Throws: `ArchiveError.cannotRead`; for what is not a file as well.
    init(_ path: String) throws {
        // Without O_NONBLOCK a pipe would be waited for here.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw ArchiveError.cannotRead(file: path, reason: systemReason()) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ArchiveError.cannotRead(file: path, reason: "it is not a file")
        }
        self.descriptor = descriptor
        name = path
        count = Int(status.st_size)
    }

    deinit { close(descriptor) }

    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws {
        var done = 0
        while done < target.count {
            let got = pread(descriptor, target.baseAddress! + done, target.count - done, off_t(offset + done))
            if got == 0 { throw tooShort }
            if got < 0 {
                if errno == EINTR { continue }
                throw ArchiveError.cannotRead(file: name, reason: systemReason())
            }
            done += got
        }
    }
}

/// Bytes in memory, in pieces that follow each other.
final class MemoryInput: ByteInput {
    let name: String
    let count: Int
    private let pieces: [[UInt8]]

    init(_ pieces: [[UInt8]], name: String) {
        self.name = name
        self.pieces = pieces
        count = pieces.reduce(0) { $0 + $1.count }
    }

    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws {
        guard offset + target.count <= count else { throw tooShort }
        var done = 0
        var start = 0
        for piece in pieces where done < target.count {
            let from = offset + done - start
            if from < piece.count {
                let part = min(piece.count - from, target.count - done)
                piece.withUnsafeBytes { source in
                    UnsafeMutableRawBufferPointer(rebasing: target[done..<done + part])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[from..<from + part]))
                }
                done += part
            }
            start += piece.count
        }
    }
}

/// What the system says of its last failure.
func systemReason() -> String { String(cString: strerror(errno)) }
