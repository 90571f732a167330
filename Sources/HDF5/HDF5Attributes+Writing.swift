import CHDF5

extension HDF5Attributes {
    /// Sets a text, in UTF-8 and of any length, as h5py writes a `str`.
    public func set(_ name: String, to text: String) throws {
        try write(name, shape: [], .string, utf8: true) { attribute, type in
            text.withCString { pointer in
                var pointer: UnsafePointer<CChar>? = pointer
                return H5Awrite(attribute, type, &pointer)
            }
        }
    }

    /// Sets texts with room for the longest each, as h5py writes a list of `bytes`; for a single one, `shape` is `[]`.
    public func setFixed(_ name: String, to texts: [String], shape: [Int]? = nil) throws {
        let size = max(texts.map(\.utf8.count).max() ?? 0, 1)
        let shape = shape ?? [texts.count]
        guard shape.reduce(1, *) == texts.count else {
            throw HDF5Error.byteCount(place.attribute(name), expected: shape.reduce(1, *), got: texts.count)
        }
        let bytes = texts.flatMap { text in Array(text.utf8) + [UInt8](repeating: 0, count: size - text.utf8.count) }
        try write(name, shape: shape, .fixedString(size: size)) { H5Awrite($0, $1, bytes) }
    }

    /// Sets numbers; for a single one, `shape` is `[]`.
    public func set<Number: HDF5Number>(_ name: String, to numbers: [Number], shape: [Int]? = nil) throws {
        let shape = shape ?? [numbers.count]
        guard shape.reduce(1, *) == numbers.count else {
            throw HDF5Error.byteCount(place.attribute(name), expected: shape.reduce(1, *), got: numbers.count)
        }
        try write(name, shape: shape, Number.hdf5Type) { H5Awrite($0, $1, numbers) }
    }

    private func write(
        _ name: String, shape: [Int], _ type: HDF5Type, utf8: Bool = false, _ body: (hid_t, hid_t) -> herr_t
    ) throws {
        guard !name.isEmpty, !name.utf8.contains(0) else { throw HDF5Error.invalidName(name) }
        let owner = try object.handle(place)
        let place = place.attribute(name)
        try Library.locked {
            if H5Aexists(owner.id, name) > 0 { try place.check(H5Adelete(owner.id, name), "replacing") }
            let (space, element) = (try Extent.space(shape, place), try type.libraryType(utf8: utf8, at: place))
            let attribute = try Handle.attribute(
                H5Acreate2(owner.id, name, element.id, space.id, defaults, defaults), place.failed("making an attribute"))
            if !shape.contains(0) { try place.check(body(attribute.id, element.id), "writing") }
        }
    }
}
