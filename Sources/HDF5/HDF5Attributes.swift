import CHDF5

/// The small named values that go with a group or a data set: texts, numbers, lists of them.
///
/// ```swift
/// let version = try group.attributes.string("keras_version")
/// let names = try group.attributes.strings("layer_names")
/// ```
public struct HDF5Attributes: Sendable {
    /// The most bytes that an attribute's values may take, unless a reader says otherwise.
    public static let defaultLimit = 1 << 28

    private let object: Handle
    private let place: HDF5Place

    init(_ object: Handle, _ place: HDF5Place) {
        self.object = object
        self.place = place
    }

    /// The attributes' names, sorted.
    public func names() throws -> [String] {
        try Library.locked {
            let count = chdf5_attribute_count(object.id)
            guard count >= 0 else { throw place.failed("listing attributes")(Library.lastFailure()) }
            return try (0..<UInt64(count)).map { index in
                try name(place) { chdf5_attribute_name(object.id, index, $0, $1) }
            }
        }
    }

    public func contains(_ name: String) throws -> Bool {
        if name.utf8.contains(0) { return false }
        return try Library.locked {
            let found = H5Aexists(object.id, name)
            guard found >= 0 else { throw place.attribute(name).failed("looking")(Library.lastFailure()) }
            return found > 0
        }
    }

    /// The size of each axis of an attribute; `[]` for a single value.
    public func shape(of name: String) throws -> [Int] { try Library.locked { try Opened(name, of: self).shape } }

    /// What an attribute's elements are.
    public func type(of name: String) throws -> HDF5Type { try Library.locked { try Opened(name, of: self).type } }

    // MARK: Reading

    /// A single text.
    ///
    /// - Throws: `HDF5Error.missing`, `.elementType`, `.shape` for another number of texts than one, `.tooLarge`, `.notText`.
    public func string(_ name: String, limit: Int = defaultLimit) throws -> String {
        try Library.locked {
            let attribute = try Opened(name, of: self)
            guard attribute.count == 1 else { throw HDF5Error.shape(attribute.place, expected: [], got: attribute.shape) }
            return try attribute.strings(limit: limit)[0]
        }
    }

    /// The texts of a list; none for a list that is empty, whatever its type.
    ///
    /// - Throws: `HDF5Error.missing`, `.elementType`, `.tooLarge`, `.notText`.
    public func strings(_ name: String, limit: Int = defaultLimit) throws -> [String] {
        try Library.locked { try Opened(name, of: self).strings(limit: limit) }
    }

    /// The numbers of a list, or the only one.
    ///
    /// - Throws: `HDF5Error.missing`, `.elementType`, `.tooLarge`.
    public func numbers<Number: HDF5Number>(_ name: String, of _: Number.Type = Number.self, limit: Int = defaultLimit) throws -> [Number] {
        try Library.locked { try Opened(name, of: self).numbers(limit: limit) }
    }

    // MARK: Writing

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
        let place = place.attribute(name)
        try Library.locked {
            if H5Aexists(object.id, name) > 0 { try place.check(H5Adelete(object.id, name), "replacing") }
            let (space, element) = (try Extent.space(shape, place), try type.libraryType(utf8: utf8, at: place))
            let attribute = try Handle.attribute(
                H5Acreate2(object.id, name, element.id, space.id, defaults, defaults), place.failed("making an attribute"))
            if !shape.contains(0) { try place.check(body(attribute.id, element.id), "writing") }
        }
    }

    // MARK: One attribute

    private struct Opened {
        let place: HDF5Place
        let handle: Handle, space: Handle, stored: Handle
        let shape: [Int]
        let type: HDF5Type
        var count: Int { shape.reduce(1, *) }

        init(_ name: String, of attributes: HDF5Attributes) throws {
            guard try attributes.contains(name) else {
                throw HDF5Error.missing(attributes.place.attribute(name), known: try attributes.names())
            }
            place = attributes.place.attribute(name)
            handle = try Handle.attribute(H5Aopen(attributes.object.id, name, defaults), place.failed("opening"))
            space = try Handle.space(H5Aget_space(handle.id), place.failed("reading the shape"))
            stored = try Handle.type(H5Aget_type(handle.id), place.failed("reading the type"))
            shape = try Extent.shape(space, place)
            type = try HDF5Type(stored.id, at: place)
        }

        func strings(limit: Int) throws -> [String] {
            try Text.read(type, stored, space, count: count, limit: limit, place) { H5Aread(handle.id, $0, $1) }
        }

        func numbers<Number: HDF5Number>(limit: Int) throws -> [Number] {
            guard type.isNumber else { throw HDF5Error.elementType(place, stored: type, wanted: Number.hdf5Type.description) }
            let bytes = try Extent.byteCount(shape, MemoryLayout<Number>.stride, place)
            guard bytes <= limit else { throw HDF5Error.tooLarge(place, bytes: bytes, limit: limit) }
            if bytes == 0 { return [] }
            let memory = try Number.hdf5Type.libraryType(at: place)
            var numbers = [Number](repeating: .hdf5Zero, count: count)
            try place.check(numbers.withUnsafeMutableBytes { H5Aread(handle.id, memory.id, $0.baseAddress) }, "reading")
            return numbers
        }
    }
}
