/// The small named values that go with a group or a data set: texts, numbers, lists of them.
///
/// ```swift
/// let version = try group.attributes.string("keras_version")
/// let names = try group.attributes.strings("layer_names")
/// ```
public struct HDF5Attributes: Sendable {
    /// The most bytes that an attribute's values may take, unless a reader says otherwise.
    public static let defaultLimit = 1 << 28

    let object: HDF5Object
    let place: HDF5Place

    init(_ object: HDF5Object, _ place: HDF5Place) {
        self.object = object
        self.place = place
    }

    /// The attributes' names, sorted.
    public func names() throws -> [String] { try attributes().names }

    public func contains(_ name: String) throws -> Bool { try attributes()[name] != nil }

    /// The size of each axis of an attribute; `[]` for a single value.
    public func shape(of name: String) throws -> [Int] { try Opened(name, of: self).shape }

    /// What an attribute's elements are.
    public func type(of name: String) throws -> HDF5Type { try Opened(name, of: self).element.type }

    private func attributes() throws -> StoredAttributes {
        let (object, file) = try object.stored(place)
        return try object.attributes(in: file, place)
    }

    // MARK: Reading

    /// A single text.
    ///
    /// - Throws: `HDF5Error.missing`, `.elementType`, `.shape` for another number of texts than one, `.tooLarge`, `.notText`.
    public func string(_ name: String, limit: Int = defaultLimit) throws -> String {
        let attribute = try Opened(name, of: self)
        guard attribute.count == 1 else { throw HDF5Error.shape(attribute.place, expected: [], got: attribute.shape) }
        return try attribute.strings(limit: limit)[0]
    }

    /// The texts of a list; none for a list that is empty, whatever its type.
    ///
    /// - Throws: `HDF5Error.missing`, `.elementType`, `.tooLarge`, `.notText`.
    public func strings(_ name: String, limit: Int = defaultLimit) throws -> [String] { try Opened(name, of: self).strings(limit: limit) }

    /// The numbers of a list, or the only one.
    ///
    /// - Throws: `HDF5Error.missing`, `.elementType`, `.tooLarge`.
    public func numbers<Number: HDF5Number>(_ name: String, of _: Number.Type = Number.self, limit: Int = defaultLimit) throws -> [Number] {
        try Opened(name, of: self).numbers(limit: limit)
    }

    // MARK: One attribute

    private struct Opened {
        let place: HDF5Place
        let file: StoredFile
        let shape: [Int]
        let element: StoredType
        let count: Int
        private let content: ArraySlice<UInt8>

        init(_ name: String, of attributes: HDF5Attributes) throws {
            place = attributes.place.attribute(name)
            file = try attributes.object.stored(attributes.place).file
            let all = try attributes.attributes()
            guard let attribute = all[name] else { throw HDF5Error.missing(place, known: all.names) }
            (shape, element) = try attribute.description(in: file, place)
            count = try Extent.byteCount(shape, 1, place)
            let bytes = try Extent.byteCount(shape, element.size, place)
            guard attribute.content.count >= bytes else { throw HDF5Error.damaged(place, .attributes) }
            content = attribute.content.prefix(bytes)
        }

        func strings(limit: Int) throws -> [String] {
            guard content.count <= limit else { throw HDF5Error.tooLarge(place, bytes: content.count, limit: limit) }
            return try Text.read(content, element, count: count, limit: limit, in: file, place)
        }

        func numbers<Number: HDF5Number>(limit: Int) throws -> [Number] {
            guard element.type.isNumber else { throw HDF5Error.elementType(place, stored: element.type, wanted: Number.hdf5Type.description) }
            let bytes = try Extent.byteCount(shape, MemoryLayout<Number>.stride, place)
            guard bytes <= limit else { throw HDF5Error.tooLarge(place, bytes: bytes, limit: limit) }
            var stored = Array(content)
            var numbers = [Number](repeating: .hdf5Zero, count: count)
            stored.withUnsafeMutableBytes { source in
                NumberConversion.swap(source, width: element.isBigEndian ? element.size : 1)
                numbers.withUnsafeMutableBytes {
                    NumberConversion.convert(UnsafeRawBufferPointer(source), from: element.type, to: $0, as: Number.hdf5Type)
                }
            }
            return numbers
        }
    }
}
