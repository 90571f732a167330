import CHDF5

/// How a new data set lies in its file.
public enum HDF5Storage: Hashable, Sendable {
    /// As a whole.
    case contiguous
    /// In chunks of the given sizes, compressed by deflate at a level of 0 (not at all) to 9.
    case chunks(sizes: [Int], deflate: Int)
}

extension HDF5Group {
    /// Makes a group, and those it lies in.
    ///
    /// - Throws: `HDF5Error.invalidName`; `.library` if there is something of the name already.
    @discardableResult
    public func createGroup(_ path: String) throws -> HDF5Group {
        try Library.locked {
            let (parent, name) = try parent(of: path)
            return try parent.makeGroup(name)
        }
    }

    private func makeGroup(_ name: String) throws -> HDF5Group {
        let place = place.child(name)
        let made = H5Gcreate2(try object.handle(self.place).id, name, defaults, defaults, defaults)
        return HDF5Group(.written(try Handle.object(made, place.failed("making a group"))), place)
    }

    /// The group that a new thing of this path lies in, made if need be, and the thing's own name.
    private func parent(of path: String) throws -> (HDF5Group, name: String) {
        var steps = path.split(separator: "/").map(String.init)
        guard let name = steps.popLast(), !(steps + [name]).contains(where: { $0 == "." || $0.utf8.contains(0) }) else {
            throw HDF5Error.invalidName(path)
        }
        var group = self
        for step in steps {
            let handle = try group.object.handle(group.place)
            if H5Lexists(handle.id, step, defaults) > 0 {
                let place = group.place.child(step)
                let found = try Handle.object(H5Oopen(handle.id, step, defaults), place.failed("opening"))
                guard H5Iget_type(found.id) == H5I_GROUP else {
                    throw HDF5Error.wrongKind(place, expected: "a group", got: "a data set")
                }
                group = HDF5Group(.written(found), place)
            } else {
                group = try group.makeGroup(step)
            }
        }
        return (group, name)
    }

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
            let handle = try parent.object.handle(parent.place)
            let dataset = try Handle.object(
                H5Dcreate2(handle.id, name, element.id, space.id, defaults, list.id, defaults), place.failed("making a data set"))
            if expected > 0 { try place.check(H5Dwrite(dataset.id, element.id, 0, 0, defaults, bytes.baseAddress), "writing") }
            return HDF5Dataset(dataset, place, shape: shape, type: type)
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
