/// Bytes that are read once, from the beginning to the end: a file's, or a member's of an archive.
protocol ByteStream: AnyObject {
    /// What messages call it.
    var name: String { get }
    /// How many it says are left.
    var remaining: Int { get }
    /// Fills the target with the next bytes. There is no asking for more than remain.
    func read(into target: UnsafeMutableRawBufferPointer) throws
    /// Says that all was read.
    ///
    /// - Throws: if there is more than it said, or a sum over the bytes is not right.
    func finish() throws
}

extension ByteStream {
    /// - Precondition: `count` is not negative, and not more than remain.
    func read(_ count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { target, filled in
            if count > 0 { try read(into: UnsafeMutableRawBufferPointer(start: target.baseAddress, count: count)) }
            filled = count
        }
    }
}

/// An input from its beginning to its end.
final class SequentialInput: ByteStream {
    private let input: ByteInput
    private var position = 0

    init(_ input: ByteInput) { self.input = input }

    var name: String { input.name }
    var remaining: Int { input.count - position }

    func read(into target: UnsafeMutableRawBufferPointer) throws {
        try input.read(at: position, into: target)
        position += target.count
    }

    func finish() throws {}
}
