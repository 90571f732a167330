import CHDF5

/// An array in an HDF5 file.
///
/// Arrays that lie in the file as a whole or in chunks are read, plain or compressed by deflate; those whose numbers come from other
/// files or that need foreign code are refused.
public struct HDF5Dataset: Sendable {
    public let place: HDF5Place
    /// The size of each axis; `[]` for a single value.
    public let shape: [Int]
    public let type: HDF5Type
    let handle: Handle

    init(_ handle: Handle, _ place: HDF5Place) throws {
        self.handle = handle
        self.place = place
        (shape, type) = try Library.locked {
            let space = try Handle.space(H5Dget_space(handle.id), place.failed("reading the shape"))
            let shape = try Extent.shape(space, place)
            let stored = try Handle.type(H5Dget_type(handle.id), place.failed("reading the type"))
            let type = try HDF5Type(stored.id, at: place)
            try HDF5Dataset.checkLayout(handle, byteCount: Extent.byteCount(shape, H5Tget_size(stored.id), place), place)
            return (shape, type)
        }
    }

    public var attributes: HDF5Attributes { HDF5Attributes(handle, place) }

    /// The number of elements.
    public var count: Int { shape.reduce(1, *) }

    // MARK: Reading

    /// Fills memory with the elements in row-major order, in the machine's byte order.
    ///
    /// - Parameters:
    ///   - target: exactly the array's size in elements of `type`.
    ///   - type: what the elements are to be; numbers are converted by value, everything else is read as it is.
    /// - Throws: `HDF5Error.elementType`, `.byteCount`; `.library` for a damaged file.
    public func read(into target: UnsafeMutableRawBufferPointer, as wanted: HDF5Type) throws {
        guard wanted == type || (wanted.isNumber && type.isNumber), wanted != .string else {
            throw HDF5Error.elementType(place, stored: type, wanted: wanted.description)
        }
        let expected = try Extent.byteCount(shape, wanted.byteCount, place)
        guard expected == target.count else { throw HDF5Error.byteCount(place, expected: expected, got: target.count) }
        if expected == 0 { return }
        try Library.locked {
            let memory = wanted.isNumber
                ? try wanted.libraryType(at: place)
                : try Handle.type(H5Dget_type(handle.id), place.failed("reading the type"))
            try place.check(H5Dread(handle.id, memory.id, 0, 0, defaults, target.baseAddress), "reading")
        }
    }

    /// The numbers in row-major order, if the array has the shape that is expected.
    ///
    /// - Throws: `HDF5Error.shape`, `.elementType`; `.library` for a damaged file.
    public func array<Number: HDF5Number>(of _: Number.Type = Number.self, expecting expected: [Int]) throws -> [Number] {
        guard shape == expected else { throw HDF5Error.shape(place, expected: expected, got: shape) }
        guard type.isNumber else { throw HDF5Error.elementType(place, stored: type, wanted: Number.hdf5Type.description) }
        var numbers = [Number](repeating: .hdf5Zero, count: count)
        try numbers.withUnsafeMutableBytes { try read(into: $0, as: Number.hdf5Type) }
        return numbers
    }

    /// The texts in row-major order.
    ///
    /// - Parameter limit: the most bytes that they may take.
    /// - Throws: `HDF5Error.elementType`, `.tooLarge`, `.notText`.
    public func strings(limit: Int = HDF5Attributes.defaultLimit) throws -> [String] {
        try Library.locked {
            let space = try Handle.space(H5Dget_space(handle.id), place.failed("reading the shape"))
            let stored = try Handle.type(H5Dget_type(handle.id), place.failed("reading the type"))
            if type == .string, count > 0 {
                var size: hsize_t = 0
                try place.check(H5Dvlen_get_buf_size(handle.id, stored.id, space.id, &size), "measuring texts")
                guard size <= UInt64(limit) else { throw HDF5Error.tooLarge(place, bytes: Int(clamping: size), limit: limit) }
            }
            return try Text.read(type, stored, space, count: count, limit: limit, place) { H5Dread(handle.id, $0, 0, 0, defaults, $1) }
        }
    }

    // MARK: What is refused

    private static func checkLayout(_ handle: Handle, byteCount: Int, _ place: HDF5Place) throws {
        let list = try Handle.list(H5Dget_create_plist(handle.id), place.failed("reading the layout"))
        if H5Pget_external_count(list.id) != 0 { throw HDF5Error.refused(place, .externalStorage) }
        switch H5Pget_layout(list.id) {
        case H5D_CONTIGUOUS, H5D_COMPACT: break
        case H5D_CHUNKED: try checkChunks(list, handle, byteCount: byteCount, place)
        case H5D_VIRTUAL: throw HDF5Error.refused(place, .virtualDataset)
        default: throw place.failed("reading the layout")(Library.lastFailure())
        }
        let filters = H5Pget_nfilters(list.id)
        guard filters >= 0 else { throw place.failed("reading the filters")(Library.lastFailure()) }
        var compressions = 0
        for index in 0..<UInt32(filters) {
            var (flags, settings, configuration) = (UInt32(0), 0, UInt32(0))
            let filter = H5Pget_filter2(list.id, index, &flags, &settings, nil, 0, nil, &configuration)
            switch filter {
            case H5Z_FILTER_DEFLATE: compressions += 1
            case H5Z_FILTER_SHUFFLE, H5Z_FILTER_FLETCHER32: break
            default: throw HDF5Error.refused(place, .filter(Int(filter)))
            }
        }
        if compressions > 1 { throw HDF5Error.refused(place, .repeatedCompression) }
    }

    /// A chunk is unpacked as a whole: it may not be far larger than all that is wanted.
    private static func checkChunks(_ list: Handle, _ dataset: Handle, byteCount: Int, _ place: HDF5Place) throws {
        var sizes = [hsize_t](repeating: 0, count: Extent.maximalRank)
        let rank = H5Pget_chunk(list.id, Int32(sizes.count), &sizes)
        guard rank >= 0 else { throw place.failed("reading the layout")(Library.lastFailure()) }
        let stored = try Handle.type(H5Dget_type(dataset.id), place.failed("reading the type"))
        let chunk = try Extent.byteCount(sizes.prefix(Int(rank)).map { Int(clamping: $0) }, H5Tget_size(stored.id), place)
        guard chunk <= max(byteCount, 1 << 24) else { throw HDF5Error.refused(place, .chunkSize(bytes: chunk)) }
    }
}

/// Sizes as a file declares them.
enum Extent {
    /// The library's own limit.
    static let maximalRank = 32

    /// - Throws: `HDF5Error.tooLarge` for a shape whose count does not fit.
    static func shape(_ space: Handle, _ place: HDF5Place) throws -> [Int] {
        if H5Sget_simple_extent_type(space.id) == H5S_NULL { return [0] }
        let rank = H5Sget_simple_extent_ndims(space.id)
        guard rank >= 0 else { throw place.failed("reading the shape")(Library.lastFailure()) }
        guard rank <= maximalRank else { throw HDF5Error.refused(place, .rank(Int(rank))) }
        var sizes = [hsize_t](repeating: 0, count: maximalRank)
        try place.check(H5Sget_simple_extent_dims(space.id, &sizes, nil), "reading the shape")
        let shape = sizes.prefix(Int(rank)).map { Int(clamping: $0) }
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
