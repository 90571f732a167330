import CZlib

/// What was done to the pieces of a data set when they were written, first to last.
struct Filters: Sendable {
    private enum Filter: Sendable {
        case deflate
        /// The first bytes of all elements, then the second ones, ….
        case shuffle(elementSize: Int)
        /// A checksum behind the bytes.
        case fletcher32

        var isChecksum: Bool { if case .fletcher32 = self { true } else { false } }
    }

    private let filters: [Filter]
    var isEmpty: Bool { filters.isEmpty }

    /// - Throws: `HDF5Error.refused` for other filters, and for several compressions.
    init(_ message: ArraySlice<UInt8>?, _ widths: FieldWidths, elementSize: Int, _ place: HDF5Place) throws {
        guard let message else {
            filters = []
            return
        }
        let failure = HDF5Error.damaged(place, .filters)
        var reader = ByteReader(message, widths, failure)
        let version = try reader.expect(1...2)
        let count = try reader.expect(0...32)
        if version == 1 { try reader.skip(6) }
        filters = try (0..<count).map { _ in
            let number = try reader.number(2)
            let nameLength = version == 1 || number >= 256 ? try reader.number(2) : 0
            try reader.skip(2)
            let valueCount = try reader.number(2)
            try reader.skip(version == 1 ? (nameLength + 7) / 8 * 8 : nameLength)
            let values = try (0..<valueCount).map { _ in try reader.number(4) }
            if version == 1, !valueCount.isMultiple(of: 2) { try reader.skip(4) }
            switch number {
            case 1: return .deflate
            case 2:
                // Bytes of another number than the elements' would be put in an order that is none of theirs.
                guard values.first ?? elementSize == elementSize else { throw failure }
                return .shuffle(elementSize: elementSize)
            case 3: return .fletcher32
            default: throw HDF5Error.refused(place, .filter(number))
            }
        }
        if filters.count(where: { if case .deflate = $0 { true } else { false } }) > 1 { throw HDF5Error.refused(place, .repeatedCompression) }
        if filters.count > 3 { throw failure }
    }

    /// Undoes them.
    ///
    /// - Parameters:
    ///   - skipped: a bit for each filter that was left out.
    ///   - count: the bytes that there are to be in the end.
    func undo(_ bytes: [UInt8], skipped: Int, count: Int, _ place: HDF5Place) throws -> [UInt8] {
        let failure = HDF5Error.damaged(place, .pieces)
        var bytes = bytes
        for (index, filter) in filters.enumerated().reversed() where skipped >> index & 1 == 0 {
            switch filter {
            case .deflate:
                // What was done before may have added a checksum.
                let checksums = filters[..<index].enumerated().count { skipped >> $0 & 1 == 0 && $1.isChecksum }
                bytes = try Self.inflated(bytes, count: count + 4 * checksums, failure)
            case .shuffle(let size): bytes = Self.unshuffled(bytes, size)
            case .fletcher32:
                guard bytes.count >= 4 else { throw failure }
                let content = Array(bytes.dropLast(4))
                let stored = bytes.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                guard Self.fletcher32(content) == stored else { throw failure }
                bytes = content
            }
        }
        guard bytes.count == count else { throw failure }
        return bytes
    }

    private static func inflated(_ bytes: [UInt8], count: Int, _ failure: HDF5Error) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: max(count, 1)) { target, filled in
            var length = uLongf(count)
            guard uncompress(target.baseAddress, &length, bytes, uLong(bytes.count)) == Z_OK, length == count else { throw failure }
            filled = count
        }
    }

    private static func unshuffled(_ bytes: [UInt8], _ size: Int) -> [UInt8] {
        guard size > 1 else { return bytes }
        // Bytes of an unfinished element stay where they are.
        let count = bytes.count / size
        var result = bytes
        for byte in 0..<size {
            for element in 0..<count { result[element * size + byte] = bytes[byte * count + element] }
        }
        return result
    }

    /// Fletcher's checksum over numbers of two bytes, the first of each the higher one.
    private static func fletcher32(_ bytes: [UInt8]) -> UInt32 {
        var (first, second) = (UInt32(0), UInt32(0))
        var position = 0
        while position + 1 < bytes.count {
            // So many sums fit into 32 bits.
            for _ in 0..<min(360, (bytes.count - position) / 2) {
                first &+= UInt32(bytes[position]) << 8 | UInt32(bytes[position + 1])
                second &+= first
                position += 2
            }
            (first, second) = (first & 0xffff + first >> 16, second & 0xffff + second >> 16)
        }
        if position < bytes.count {
            first &+= UInt32(bytes[position]) << 8
            second &+= first
            (first, second) = (first & 0xffff + first >> 16, second & 0xffff + second >> 16)
        }
        (first, second) = (first & 0xffff + first >> 16, second & 0xffff + second >> 16)
        return second << 16 | first
    }
}
