import Synchronization

/// A file that is read: its bytes, how wide its numbers are, and what was found in it so far.
///
/// The format is read here and not by libhdf5, whose parsers a damaged file can crash. Source: The HDF Group, "HDF5 File Format
/// Specification Version 3.0".
final class StoredFile: Sendable {
    let name: String
    let bytes: FileBytes
    let widths: FieldWidths
    /// Where the group lies that everything lies in.
    let rootAddress: Int
    /// Where addresses count from.
    private let base: Int
    private let state = Mutex(State())

    private struct State {
        var objects: [Int: StoredObject] = [:]
        var heaps: [Int: TextHeap] = [:]
        var taken = 0
    }

    /// - Throws: `HDF5Error.cannotOpen`.
    init(_ bytes: FileBytes, name: String) throws {
        self.bytes = bytes
        self.name = name
        let superblock = try Superblock(bytes, name: name)
        widths = superblock.widths
        base = superblock.base
        rootAddress = superblock.root
    }

    // MARK: Structures

    /// The bytes of a structure, little-endian numbers to be read from them.
    ///
    /// A file in which the same structures are named over and over again is refused: no file needs that, and it would take forever.
    func reader(at address: Int, count: Int, _ failure: HDF5Error, _ place: HDF5Place) throws -> ByteReader {
        guard let range = range(at: address, count: count) else { throw failure }
        let taken = state.withLock { state in
            state.taken += count + Self.costOfStructure
            return state.taken
        }
        guard taken <= Self.freeBytes + Self.timesRead * bytes.count else { throw HDF5Error.refused(place, .repetition) }
        var content = [UInt8](repeating: 0, count: count)
        guard content.withUnsafeMutableBytes({ bytes.read(at: range.lowerBound, into: $0) }) else { throw failure }
        return ByteReader(content[...], widths, failure)
    }

    /// Like ``reader(at:count:_:_:)``, for a structure that ends with a checksum.
    func checkedReader(at address: Int, count: Int, _ failure: HDF5Error, _ place: HDF5Place) throws -> ByteReader {
        guard count >= 4 else { throw failure }
        var reader = try reader(at: address, count: count, failure, place)
        let content = try reader.take(count - 4)
        guard try reader.number(4) == Int(lookup3(content)) else { throw failure }
        return ByteReader(content, widths, failure)
    }

    /// Where bytes lie in the file; nil if they lead out of it.
    func range(at address: Int, count: Int) -> Range<Int>? {
        let (start, overflow) = base.addingReportingOverflow(address)
        guard !overflow, count >= 0, start <= bytes.count, count <= bytes.count - start else { return nil }
        return start..<start + count
    }

    private static let freeBytes = 64 << 20, timesRead = 4, costOfStructure = 32

    // MARK: Objects

    /// What lies at an address; read once.
    func object(at address: Int, _ place: HDF5Place) throws -> StoredObject {
        if let known = state.withLock({ $0.objects[address] }) { return known }
        let object = try StoredObject(at: address, in: self, place)
        state.withLock { $0.objects[address] = object }
        return object
    }

    /// The texts that lie together at an address; read once.
    func textHeap(at address: Int, _ place: HDF5Place) throws -> TextHeap {
        if let known = state.withLock({ $0.heaps[address] }) { return known }
        let heap = try TextHeap(at: address, in: self, place)
        state.withLock { $0.heaps[address] = heap }
        return heap
    }
}
