/// Where the numbers of a data set lie.
enum StoredLayout: Sendable {
    /// In the object's header.
    case compact(ArraySlice<UInt8>)
    /// In one piece.
    case contiguous(address: Int?, count: Int)
    /// In pieces of equal sizes.
    case pieces(PieceList)

    /// How the pieces are found.
    struct PieceList: Sendable {
        enum Index: Sendable {
            /// A tree of version 1.
            case tree
            /// The only piece; its bytes and left-out filters, where it is packed.
            case single(packed: (bytes: Int, skipped: Int)?)
            /// One after the other.
            case consecutive
            /// A list, of which so many entries stand together.
            case array(pageBits: Int)
        }

        let index: Index
        /// nil: there is none.
        let address: Int?
        /// The size of a piece along each axis.
        let sizes: [Int]
    }

    init(_ message: ArraySlice<UInt8>, _ widths: FieldWidths, elementSize: Int, _ place: HDF5Place) throws {
        let failure = HDF5Error.damaged(place, .layout)
        var reader = ByteReader(message, widths, failure)
        let version = try reader.byte()
        guard 3...5 ~= version else { throw HDF5Error.unsupportedForm(place, form: "a layout of version \(version)") }
        switch try reader.byte() {
        case 0: self = .compact(try reader.take(reader.number(2)))
        case 1: self = .contiguous(address: try reader.address(), count: try reader.size())
        case 2 where version == 3: self = .pieces(try Self.oldPieces(&reader, elementSize))
        case 2: self = .pieces(try Self.newPieces(&reader, elementSize, place))
        case 3: throw HDF5Error.refused(place, .virtualDataset)
        default: throw failure
        }
    }

    private static func oldPieces(_ reader: inout ByteReader, _ elementSize: Int) throws -> PieceList {
        let axes = try reader.expect(2...Extent.maximalRank + 1)
        let address = try reader.address()
        var sizes = try (0..<axes).map { _ in try reader.number(4) }
        // The last size is an element's.
        guard sizes.removeLast() == elementSize, sizes.allSatisfy({ $0 > 0 }) else { throw reader.failure }
        return PieceList(index: .tree, address: address, sizes: sizes)
    }

    private static func newPieces(_ reader: inout ByteReader, _ elementSize: Int, _ place: HDF5Place) throws -> PieceList {
        let flags = try reader.byte()
        let axes = try reader.expect(2...Extent.maximalRank + 1)
        let width = try reader.expect(1...8)
        var sizes = try (0..<axes).map { _ in try reader.number(width) }
        guard sizes.removeLast() == elementSize, sizes.allSatisfy({ $0 > 0 }) else { throw reader.failure }
        let index: PieceList.Index
        switch try reader.byte() {
        case 1: index = .single(packed: flags & 2 != 0 ? (try reader.size(), try reader.number(4)) : nil)
        case 2: index = .consecutive
        case 3: index = .array(pageBits: try reader.expect(0...32))
        case let other: throw HDF5Error.unsupportedForm(place, form: "a list of pieces of kind \(other)")
        }
        return PieceList(index: index, address: try reader.address(), sizes: sizes)
    }
}
