import Synchronization

/// A data set of a file: shape, type, and where its numbers lie.
struct StoredContent: Sendable {
    let shape: [Int]
    let element: StoredType
    let file: StoredFile
    private let layout: StoredLayout
    private let filters: Filters
    private let known: KnownPieces

    /// The pieces, found once.
    private final class KnownPieces: Sendable {
        let pieces = Mutex<StoredPieces?>(nil)
    }

    /// Pieces may be larger than all that is wanted, but not by far: each is unpacked as a whole.
    private static let pieceBytes = 1 << 24

    /// - Throws: `HDF5Error.refused` for what leads out of the file or needs foreign code.
    init(_ header: ObjectHeader, in file: StoredFile, _ place: HDF5Place) throws {
        func message(_ kind: ObjectHeader.Kind) throws -> ObjectHeader.Message {
            guard let message = header.first(kind) else { throw HDF5Error.damaged(place, .header) }
            return message
        }
        let space = try message(.dataspace), type = try message(.datatype), layout = try message(.layout)
        if space.isShared || layout.isShared { throw HDF5Error.unsupportedForm(place, form: "shared shapes") }
        self.file = file
        known = KnownPieces()
        shape = try Extent.shape(space.body, file.widths, place)
        element = try StoredType.read(type.body, isShared: type.isShared, in: file, place)
        if header.first(.externalFiles) != nil { throw HDF5Error.refused(place, .externalStorage) }
        let bytes = try Extent.byteCount(shape, element.size, place)
        self.layout = try StoredLayout(layout.body, file.widths, elementSize: element.size, place)
        let filters = header.first(.filters)
        if filters?.isShared == true { throw HDF5Error.unsupportedForm(place, form: "shared filters") }
        self.filters = try Filters(filters?.body, file.widths, elementSize: element.size, place)
        switch self.layout {
        case .compact(let content):
            guard content.count >= bytes else { throw HDF5Error.damaged(place, .layout) }
        case .contiguous(let address, _):
            if let address, file.range(at: address, count: bytes) == nil { throw HDF5Error.damaged(place, .layout) }
        case .pieces(let list):
            let size = try Extent.byteCount(list.sizes, element.size, place)
            guard size <= max(bytes, Self.pieceBytes) else { throw HDF5Error.refused(place, .chunkSize(bytes: size)) }
        }
    }

    /// Whether all numbers are in the file.
    func checkPresent(_ place: HDF5Place) throws {
        if shape.contains(0) { return }
        switch layout {
        case .compact: break
        case .contiguous(let address, _): if address == nil { throw HDF5Error.refused(place, .missingNumbers) }
        case .pieces(let list): _ = try pieces(list, place)
        }
    }

    /// Fills memory with the elements as they lie in the file.
    ///
    /// - Parameter target: as many bytes as there are.
    func read(into target: UnsafeMutableRawBufferPointer, _ place: HDF5Place) throws {
        switch layout {
        case .compact(let content):
            content.withUnsafeBytes { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0.prefix(target.count))) }
        case .contiguous(let address, _):
            guard let address else { throw HDF5Error.refused(place, .missingNumbers) }
            guard let range = file.range(at: address, count: target.count), file.bytes.read(at: range.lowerBound, into: target) else {
                throw HDF5Error.damaged(place, .layout)
            }
        case .pieces(let list):
            let found = try pieces(list, place)
            for piece in found.pieces { try copy(piece, found.sizes, to: target, place) }
        }
    }

    private func pieces(_ list: StoredLayout.PieceList, _ place: HDF5Place) throws -> StoredPieces {
        if let found = known.pieces.withLock({ $0 }) { return found }
        let size = try Extent.byteCount(list.sizes, element.size, place)
        let found = try StoredPieces(list, shape: shape, pieceBytes: size, isPacked: !filters.isEmpty, in: file, place)
        known.pieces.withLock { $0 = found }
        return found
    }

    private func copy(
        _ piece: StoredPieces.Piece, _ sizes: [Int], to target: UnsafeMutableRawBufferPointer, _ place: HDF5Place
    ) throws {
        var bytes = [UInt8](repeating: 0, count: piece.range.count)
        guard bytes.withUnsafeMutableBytes({ file.bytes.read(at: piece.range.lowerBound, into: $0) }) else {
            throw HDF5Error.damaged(place, .pieces)
        }
        let count = try Extent.byteCount(sizes, element.size, place)
        bytes = try filters.undo(bytes, skipped: piece.skippedFilters, count: count, place)
        // At the edges, pieces reach out of the array.
        let inside = zip(zip(sizes, piece.origin), shape).map { min($0.0, $1 - $0.1) }
        let last = shape.count - 1
        let row = inside[last] * element.size
        var index = [Int](repeating: 0, count: shape.count)
        bytes.withUnsafeBytes { source in
            while true {
                var (from, to) = (0, 0)
                for axis in shape.indices {
                    from = from * sizes[axis] + index[axis]
                    to = to * shape[axis] + piece.origin[axis] + index[axis]
                }
                let part = UnsafeRawBufferPointer(rebasing: source[from * element.size..<from * element.size + row])
                UnsafeMutableRawBufferPointer(rebasing: target[to * element.size..<to * element.size + row]).copyMemory(from: part)
                var axis = last - 1
                while axis >= 0 {
                    index[axis] += 1
                    if index[axis] < inside[axis] { break }
                    index[axis] = 0
                    axis -= 1
                }
                if axis < 0 { return }
            }
        }
    }
}
