/// How elements lie in a file.
struct StoredType: Hashable, Sendable {
    /// How texts of a fixed size end.
    enum Padding: Int {
        case terminated = 0
        case zeros = 1
        case spaces = 2
    }

    var type: HDF5Type
    /// Bytes of one element in the file.
    var size: Int
    var isBigEndian = false
    var padding = Padding.zeros

    /// - Parameter isShared: whether the message only says which named type it is.
    static func read(_ message: ArraySlice<UInt8>, isShared: Bool, in file: StoredFile, _ place: HDF5Place) throws -> StoredType {
        let failure = HDF5Error.damaged(place, .type)
        guard isShared else {
            var reader = ByteReader(message, file.widths, failure)
            return try StoredType(&reader, place)
        }
        var reader = ByteReader(message, file.widths, failure)
        let version = try reader.expect(1...3)
        let kind = try reader.byte()
        if version == 1 { try reader.skip(6) }
        guard version < 3 || kind == 2 else { throw HDF5Error.unsupportedForm(place, form: "types in a common heap") }
        guard let address = try reader.address() else { throw failure }
        guard let named = try file.object(at: address, place).header.first(.datatype), !named.isShared else { throw failure }
        var body = ByteReader(named.body, file.widths, failure)
        return try StoredType(&body, place)
    }

    private init(_ reader: inout ByteReader, _ place: HDF5Place) throws {
        let kindAndVersion = try reader.byte()
        guard 1...3 ~= kindAndVersion >> 4 else { throw reader.failure }
        let bits = try reader.number(3)
        size = try reader.number(4)
        guard size > 0 else { throw reader.failure }
        func unsupported(_ what: String) -> HDF5Error { .unsupportedType(place, type: what) }
        switch kindAndVersion & 15 {
        case 0:
            type = try Self.integer(&reader, bits, size, place)
            isBigEndian = bits & 1 != 0
        case 1:
            type = try Self.float(&reader, bits, size, place)
            isBigEndian = bits & 1 != 0
        case 2: throw unsupported("times")
        case 3:
            guard let padding = Padding(rawValue: bits & 15) else { throw reader.failure }
            self.padding = padding
            type = .fixedString(size: size)
        case 4: throw unsupported("bit fields")
        case 5: type = .opaque(size: size)
        case 6: throw unsupported("records of several fields")
        case 7: throw unsupported("references")
        case 8:
            guard try Self.isTruth(&reader, version: kindAndVersion >> 4, members: bits & 0xffff, size) else { throw unsupported("values of an enumeration") }
            type = .bool
        case 9:
            // A length, and where the text lies.
            guard bits & 15 == 1 else { throw unsupported("lists of varying length") }
            guard size == 4 + reader.widths.address + 4 else { throw reader.failure }
            type = .string
        case 10: throw unsupported("arrays in arrays")
        default: throw unsupported("elements of an unknown kind")
        }
    }

    private static func integer(_ reader: inout ByteReader, _ bits: Int, _ size: Int, _ place: HDF5Place) throws -> HDF5Type {
        let offset = try reader.number(2), precision = try reader.number(2)
        guard [1, 2, 4, 8].contains(size), offset == 0, precision == 8 * size else {
            throw HDF5Error.unsupportedType(place, type: "integers of \(precision) bits in \(size) bytes")
        }
        let isSigned = bits & 8 != 0
        switch size {
        case 1: return isSigned ? .int8 : .uint8
        case 2: return isSigned ? .int16 : .uint16
        case 4: return isSigned ? .int32 : .uint32
        default: return isSigned ? .int64 : .uint64
        }
    }

    /// The fields of IEEE's formats and of bfloat16.
    private static func float(_ reader: inout ByteReader, _ bits: Int, _ size: Int, _ place: HDF5Place) throws -> HDF5Type {
        let offset = try reader.number(2), precision = try reader.number(2)
        let exponent = (try reader.byte(), try reader.byte()), mantissa = (try reader.byte(), try reader.byte())
        let bias = try reader.number(4)
        // A mantissa with an implied first bit, a sign in the last one, and the plain order of bytes.
        let isPlain = bits & 0x40 == 0 && bits >> 4 & 3 == 2 && bits >> 8 & 0xff == 8 * size - 1
            && offset == 0 && precision == 8 * size && mantissa.0 == 0 && exponent.0 == mantissa.1
        for (type, width, exponentBits) in [
            (HDF5Type.float16, 2, 5), (.bfloat16, 2, 8), (.float32, 4, 8), (.float64, 8, 11),
        ] where isPlain && size == width && exponent.1 == exponentBits && mantissa.1 == 8 * width - 1 - exponentBits {
            if bias == 1 << (exponentBits - 1) - 1 { return type }
        }
        throw HDF5Error.unsupportedType(place, type: "floating-point numbers of \(size) bytes")
    }

    /// Whether an enumeration is h5py's: FALSE = 0 and TRUE = 1, in one byte.
    private static func isTruth(_ reader: inout ByteReader, version: Int, members: Int, _ size: Int) throws -> Bool {
        guard size == 1, members == 2 else { return false }
        // What the values are themselves: a type of integers.
        try reader.skip(12)
        var names: [[UInt8]] = []
        for _ in 0..<members {
            let name = Array(try reader.terminated())
            // Names were once filled up to eight bytes.
            if version < 3 { try reader.skip(7 - name.count % 8) }
            names.append(name)
        }
        let values = Array(try reader.take(members))
        return names == [Array("FALSE".utf8), Array("TRUE".utf8)] && values == [0, 1]
    }
}
