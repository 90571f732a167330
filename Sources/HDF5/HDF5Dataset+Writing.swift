import CHDF5

/// How a new data set lies in its file.
public enum HDF5Storage: Hashable, Sendable {
    /// As a whole.
    case contiguous
    /// In chunks of the given sizes, compressed by deflate at a level of 0 (not at all) to 9.
    case chunks(sizes: [Int], deflate: Int)
}

extension HDF5Group {
    /// Writes an array.
    ///
    /// - Parameters:
    ///   - path: its name, or a path; groups on the way are made.
    ///   - shape: the size of each axis; `[]` for a single value.
    ///   - type: what the elements are, and are to be in the file.
    ///   - bytes: the elements in row-major order, in the machine's byte order.
    /// - Throws: `HDF5Error.byteCount`, `.invalidName`; `.library` if there is something of the name already.
    @discardableResult
    public func createDataset(
        _ path: String, shape: [Int], type: HDF5Type, bytes: UnsafeRawBufferPointer, storage: HDF5Storage = .contiguous
    ) throws -> HDF5Dataset {
        try Library.locked {
            let (parent, name) = try parent(of: path)
            let place = parent.place.child(name)
            guard type != .string else { throw HDF5Error.elementType(place, stored: type, wanted: "bytes of one size") }
            let (space, element) = (try Extent.space(shape, place), try type.libraryType(at: place))
            let expected = try Extent.byteCount(shape, type.byteCount, place)
            guard bytes.count == expected else { throw HDF5Error.byteCount(place, expected: expected, got: bytes.count) }
            let list = try settings(storage, place)
            let dataset = try Handle.object(
                H5Dcreate2(parent.handle.id, name, element.id, space.id, defaults, list.id, defaults), place.failed("making a data set"))
            if expected > 0 { try place.check(H5Dwrite(dataset.id, element.id, 0, 0, defaults, bytes.baseAddress), "writing") }
            return try HDF5Dataset(dataset, place)
        }
    }

    /// Writes numbers.
    @discardableResult
    public func createDataset<Number: HDF5Number>(
        _ path: String, shape: [Int], _ numbers: [Number], storage: HDF5Storage = .contiguous
    ) throws -> HDF5Dataset {
        try numbers.withUnsafeBytes { try createDataset(path, shape: shape, type: Number.hdf5Type, bytes: $0, storage: storage) }
    }

    private func settings(_ storage: HDF5Storage, _ place: HDF5Place) throws -> Handle {
        let list = try Handle.list(chdf5_dataset_create(), place.failed("making a data set"))
        // Equal contents make equal files.
        try place.check(H5Pset_obj_track_times(list.id, false), "making a data set")
        guard case .chunks(let sizes, let level) = storage else { return list }
        guard sizes.allSatisfy({ $0 > 0 }), sizes.count <= Extent.maximalRank else { throw HDF5Error.refused(place, .rank(sizes.count)) }
        try place.check(H5Pset_chunk(list.id, Int32(sizes.count), sizes.map { hsize_t($0) }), "setting chunks")
        if level > 0 { try place.check(H5Pset_deflate(list.id, UInt32(min(level, 9))), "setting compression") }
        return list
    }
}
