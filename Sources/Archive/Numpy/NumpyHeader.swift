/// The text at an array's beginning: `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`.
///
/// Source: NumPy's `numpy.lib.format`. Python's syntax is read as far as NumPy writes it, by a parser that knows nothing else.
struct NumpyHeader: Hashable {
    var layout: NumpyLayout
    var isFortranOrder: Bool
    var shape: [Int]

    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    /// Reads the header and leaves the stream at the first element.
    ///
    /// - Throws: `ArchiveError`, also if the stream does not have as many bytes as the shape takes.
    init(reading stream: ByteStream, limits: ArchiveLimits) throws {
        let file = stream.name
        let prefix = Self.magic.count + 2
        guard stream.remaining >= prefix else { throw ArchiveError.notArray(file: file) }
        let start = try stream.read(prefix)
        guard start.starts(with: Self.magic) else { throw ArchiveError.notArray(file: file) }
        let major = Int(start[prefix - 2]), minor = Int(start[prefix - 1])
        guard 1...3 ~= major, minor == 0 else { throw ArchiveError.arrayVersion(file: file, major: major, minor: minor) }
        let lengthWidth = major == 1 ? 2 : 4
        guard stream.remaining >= lengthWidth else { throw ArchiveError.arrayHeader(file: file, .endsEarly) }
        let length = try stream.read(lengthWidth).reversed().reduce(0) { $0 << 8 | Int($1) }
        try limits.check(.headerBytes, length, atMost: \.headerBytes, file: file)
        guard stream.remaining >= length else { throw ArchiveError.arrayHeader(file: file, .endsEarly) }
        try self.init(parsing: stream.read(length), version: major, file: file, limits: limits)
        let expected = try byteCount(file)
        guard stream.remaining == expected else {
            throw ArchiveError.arraySize(file: file, shape: shape, expected: expected, got: stream.remaining)
        }
    }

    init(parsing text: [UInt8], version: Int, file: String, limits: ArchiveLimits) throws {
        var parser = HeaderParser(text, file: file, allowsLong: version < 3)
        let fields = try parser.dictionary(rank: limits.rank)
        layout = try NumpyLayout(fields.description, file: file)
        isFortranOrder = fields.isFortranOrder
        shape = fields.shape
    }

    init(_ layout: NumpyLayout, shape: [Int]) {
        self.layout = layout
        self.shape = shape
        isFortranOrder = false
    }

    /// Bytes of all elements. A size of 0 hides no others that are absurd.
    private func byteCount(_ file: String) throws -> Int {
        guard let bytes = product(shape.filter { $0 != 0 } + [layout.width]) else {
            throw ArchiveError.arrayShape(file: file, shape: shape)
        }
        return shape.contains(0) ? 0 : bytes
    }

    // MARK: Writing

    /// NumPy leaves room for the first size to grow to so many digits.
    private static let growthDigits = 21
    /// The elements begin at a multiple of it.
    private static let alignment = 64

    /// All bytes before the elements, as NumPy writes them.
    var bytes: [UInt8] {
        let sizes = shape.map(String.init)
        let tuple = sizes.count == 1 ? "(\(sizes[0]),)" : "(\(sizes.joined(separator: ", ")))"
        let order = isFortranOrder ? "True" : "False"
        var text = "{'descr': '\(layout.description)', 'fortran_order': \(order), 'shape': \(tuple), }"
        if let first = sizes.first { text += String(repeating: " ", count: max(0, Self.growthDigits - first.utf8.count)) }
        // A header whose length does not fit two bytes is of version 2.
        func padded(lengthWidth: Int) -> Int {
            let used = Self.magic.count + 2 + lengthWidth + text.utf8.count + 1
            return text.utf8.count + 1 + (Self.alignment - used % Self.alignment) % Self.alignment
        }
        let isShort = padded(lengthWidth: 2) <= UInt16.max
        let lengthWidth = isShort ? 2 : 4
        let length = padded(lengthWidth: lengthWidth)
        let lengthBytes = (0..<lengthWidth).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
        let padding = [UInt8](repeating: UInt8(ascii: " "), count: length - text.utf8.count - 1)
        return Self.magic + [isShort ? 1 : 2, 0] + lengthBytes + Array(text.utf8) + padding + [UInt8(ascii: "\n")]
    }
}

/// The product of sizes; nil if it is no `Int`.
func product(_ sizes: [Int]) -> Int? {
    var product = 1
    for size in sizes {
        let (next, overflow) = product.multipliedReportingOverflow(by: size)
        if overflow { return nil }
        product = next
    }
    return product
}
