import CHDF5

/// Texts of both kinds, of attributes and data sets.
enum Text {
    /// - Parameter read: fills memory with elements of a type.
    static func read(
        _ type: HDF5Type, _ stored: Handle, _ space: Handle, count: Int, limit: Int, _ place: HDF5Place,
        _ read: (hid_t, UnsafeMutableRawPointer) -> herr_t
    ) throws -> [String] {
        if count == 0 { return [] }
        switch type {
        case .fixedString(let size):
            let bytes = try Extent.byteCount([count], size, place)
            guard bytes <= limit else { throw HDF5Error.tooLarge(place, bytes: bytes, limit: limit) }
            var characters = [UInt8](repeating: 0, count: bytes)
            try place.check(characters.withUnsafeMutableBytes { $0.baseAddress.map { read(stored.id, $0) } ?? -1 }, "reading")
            let padding = H5Tget_strpad(stored.id)
            return try (0..<count).map { index in
                let room = characters[(index * size)..<((index + 1) * size)]
                return switch padding {
                case H5T_STR_NULLTERM: try text(room.prefix { $0 != 0 }, padding: nil, place)
                case H5T_STR_SPACEPAD: try text(room, padding: 0x20, place)
                default: try text(room, padding: 0, place)
                }
            }
        case .string:
            let bytes = try Extent.byteCount([count], MemoryLayout<UnsafePointer<CChar>?>.stride, place)
            guard bytes <= limit else { throw HDF5Error.tooLarge(place, bytes: bytes, limit: limit) }
            var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
            return try pointers.withUnsafeMutableBytes { memory in
                guard let start = memory.baseAddress else { return [] }
                try place.check(read(stored.id, start), "reading")
                defer { chdf5_reclaim(stored.id, space.id, start) }
                var left = limit
                return try memory.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self).map { pointer in
                    let bytes = UnsafeRawBufferPointer(start: pointer, count: pointer.map(length) ?? 0)
                    left -= bytes.count
                    guard left >= 0 else { throw HDF5Error.tooLarge(place, bytes: limit - left, limit: limit) }
                    return try text(bytes, padding: nil, place)
                }
            }
        default:
            throw HDF5Error.elementType(place, stored: type, wanted: "text")
        }
    }

    private static func text(_ bytes: some BidirectionalCollection<UInt8>, padding: UInt8?, _ place: HDF5Place) throws -> String {
        var end = bytes.endIndex
        while let padding, end > bytes.startIndex, bytes[bytes.index(before: end)] == padding { end = bytes.index(before: end) }
        guard let text = String(validating: bytes[..<end], as: UTF8.self) else { throw HDF5Error.notText(place) }
        return text
    }

    private static func length(_ pointer: UnsafeMutablePointer<CChar>) -> Int {
        var count = 0
        while pointer[count] != 0 { count += 1 }
        return count
    }
}
