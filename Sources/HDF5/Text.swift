/// Texts of both kinds, of attributes and data sets.
enum Text {
    /// The texts that lie in elements, or that these say the place of.
    ///
    /// - Parameter limit: the most bytes that they may take.
    /// - Throws: `HDF5Error.elementType`, `.tooLarge`, `.notText`, `.damaged`.
    static func read(
        _ bytes: ArraySlice<UInt8>, _ element: StoredType, count: Int, limit: Int, in file: StoredFile, _ place: HDF5Place
    ) throws -> [String] {
        if count == 0 { return [] }
        switch element.type {
        case .fixedString(let size):
            return try (0..<count).map { index in
                let start = bytes.startIndex + index * size
                return try text(bytes[start..<start + size], element.padding, place)
            }
        case .string:
            var reader = ByteReader(bytes, file.widths, .damaged(place, .texts))
            var left = limit
            return try (0..<count).map { _ in
                let length = try reader.number(4), heap = try reader.address(), index = try reader.number(4)
                left -= length
                guard left >= 0 else { throw HDF5Error.tooLarge(place, bytes: limit - left, limit: limit) }
                guard length > 0, let heap, heap > 0 else { return "" }
                guard let piece = try file.textHeap(at: heap, place)[index], length <= piece.count else { throw reader.failure }
                return try text(piece.prefix(length), .terminated, place)
            }
        default:
            throw HDF5Error.elementType(place, stored: element.type, wanted: "text")
        }
    }

    private static func text(_ bytes: ArraySlice<UInt8>, _ padding: StoredType.Padding, _ place: HDF5Place) throws -> String {
        var end = bytes.endIndex
        switch padding {
        case .terminated: end = bytes.firstIndex(of: 0) ?? end
        case .zeros: while end > bytes.startIndex, bytes[end - 1] == 0 { end -= 1 }
        case .spaces: while end > bytes.startIndex, bytes[end - 1] == 0x20 { end -= 1 }
        }
        guard let text = String(validating: bytes[..<end], as: UTF8.self) else { throw HDF5Error.notText(place) }
        return text
    }
}
