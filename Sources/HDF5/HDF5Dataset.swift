/// An array in an HDF5 file.
///
/// Arrays that lie in the file as a whole or in chunks are read, plain or compressed by deflate; those whose numbers come from other
/// files or that need foreign code are refused.
public struct HDF5Dataset: Sendable {
    public let place: HDF5Place
    /// The size of each axis; `[]` for a single value.
    public let shape: [Int]
    public let type: HDF5Type
    private let content: Content
    private let object: HDF5Object

    private enum Content {
        case stored(StoredContent)
        /// In a file that is being written.
        case written
    }

    init(_ object: StoredObject, in file: StoredFile, _ place: HDF5Place) throws {
        let stored = try StoredContent(object.header, in: file, place)
        self.place = place
        shape = stored.shape
        type = stored.element.type
        content = .stored(stored)
        self.object = .stored(object, file)
    }

    init(_ handle: Handle, _ place: HDF5Place, shape: [Int], type: HDF5Type) {
        self.place = place
        self.shape = shape
        self.type = type
        content = .written
        object = .written(handle)
    }

    public var attributes: HDF5Attributes { HDF5Attributes(object, place) }

    /// The number of elements.
    public var count: Int { shape.reduce(1, *) }

    // MARK: Reading

    /// Fills memory with the elements in row-major order, in the machine's byte order.
    ///
    /// - Parameters:
    ///   - target: exactly the array's size in elements of `type`.
    ///   - type: what the elements are to be; numbers are converted by value, everything else is read as it is.
    /// - Throws: `HDF5Error.elementType`, `.byteCount`; `.damaged`; `.refused` for numbers that the file does not have.
    public func read(into target: UnsafeMutableRawBufferPointer, as wanted: HDF5Type) throws {
        guard wanted == type || (wanted.isNumber && type.isNumber), wanted != .string else {
            throw HDF5Error.elementType(place, stored: type, wanted: wanted.description)
        }
        let expected = try Extent.byteCount(shape, wanted.byteCount, place)
        guard expected == target.count else { throw HDF5Error.byteCount(place, expected: expected, got: target.count) }
        if expected == 0 { return }
        let stored = try stored()
        if wanted == type {
            try stored.read(into: target, place)
            return NumberConversion.swap(target, width: wanted.isNumber && stored.element.isBigEndian ? wanted.byteCount : 1)
        }
        var bytes = [UInt8](repeating: 0, count: try Extent.byteCount(shape, type.byteCount, place))
        try bytes.withUnsafeMutableBytes {
            try stored.read(into: $0, place)
            NumberConversion.swap($0, width: stored.element.isBigEndian ? type.byteCount : 1)
            NumberConversion.convert(UnsafeRawBufferPointer($0), from: type, to: target, as: wanted)
        }
    }

    /// The numbers in row-major order, if the array has the shape that is expected.
    ///
    /// - Throws: `HDF5Error.shape`, `.elementType`; what ``read(into:as:)`` throws.
    public func array<Number: HDF5Number>(of _: Number.Type = Number.self, expecting expected: [Int]) throws -> [Number] {
        guard shape == expected else { throw HDF5Error.shape(place, expected: expected, got: shape) }
        guard type.isNumber else { throw HDF5Error.elementType(place, stored: type, wanted: Number.hdf5Type.description) }
        try stored().checkPresent(place)
        var numbers = [Number](repeating: .hdf5Zero, count: count)
        try numbers.withUnsafeMutableBytes { try read(into: $0, as: Number.hdf5Type) }
        return numbers
    }

    /// The texts in row-major order.
    ///
    /// - Parameter limit: the most bytes that they may take.
    /// - Throws: `HDF5Error.elementType`, `.tooLarge`, `.notText`.
    public func strings(limit: Int = HDF5Attributes.defaultLimit) throws -> [String] {
        let stored = try stored()
        guard !type.isNumber else { throw HDF5Error.elementType(place, stored: type, wanted: "text") }
        let size = try Extent.byteCount(shape, stored.element.size, place)
        guard size <= limit else { throw HDF5Error.tooLarge(place, bytes: size, limit: limit) }
        try stored.checkPresent(place)
        var bytes = [UInt8](repeating: 0, count: size)
        if size > 0 { try bytes.withUnsafeMutableBytes { try stored.read(into: $0, place) } }
        return try Text.read(bytes[...], stored.element, count: count, limit: limit, in: stored.file, place)
    }

    /// Whether the file has all numbers: fewer bytes than they take may lie there only where they are packed.
    ///
    /// - Throws: `HDF5Error.refused`, `.damaged`. Nothing is reserved for them.
    public func checkPresent() throws { try stored().checkPresent(place) }

    private func stored() throws -> StoredContent {
        guard case .stored(let stored) = content else { throw HDF5Error.beingWritten(file: place.file) }
        return stored
    }
}
