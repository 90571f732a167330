import CHDF5

/// Sizes as a file declares them.
enum Extent {
    /// The format's own limit.
    static let maximalRank = 32

    /// Reads a shape.
    ///
    /// - Throws: `HDF5Error.tooLarge` for one whose count does not fit.
    static func shape(_ message: ArraySlice<UInt8>, _ widths: FieldWidths, _ place: HDF5Place) throws -> [Int] {
        var reader = ByteReader(message, widths, .damaged(place, .shape))
        let version = try reader.expect(1...2)
        let rank = try reader.byte()
        guard rank <= maximalRank else { throw HDF5Error.refused(place, .rank(rank)) }
        try reader.skip(1)
        if version == 1 {
            try reader.skip(5)
        } else if try reader.expect(0...2) == 2 {
            // Nothing at all.
            return [0]
        }
        let shape = try (0..<rank).map { _ in try reader.size() }
        _ = try byteCount(shape, 1, place)
        return shape
    }

    static func byteCount(_ shape: [Int], _ elementSize: Int, _ place: HDF5Place) throws -> Int {
        // An axis of size 0 does not hide that another is absurd.
        var bytes = elementSize
        for size in shape where size != 0 {
            let (product, overflow) = bytes.multipliedReportingOverflow(by: size)
            if overflow { throw HDF5Error.tooLarge(place, bytes: .max, limit: .max) }
            bytes = product
        }
        return shape.contains(0) ? 0 : bytes
    }

    /// A description of a shape for the library.
    static func space(_ shape: [Int], _ place: HDF5Place) throws -> Handle {
        guard shape.allSatisfy({ $0 >= 0 }), shape.count <= maximalRank else { throw HDF5Error.refused(place, .rank(shape.count)) }
        if shape.isEmpty { return try Handle.space(H5Screate(H5S_SCALAR), place.failed("making a shape")) }
        return try Handle.space(H5Screate_simple(Int32(shape.count), shape.map { hsize_t($0) }, nil), place.failed("making a shape"))
    }
}
