/// Where newer files keep what there is much of: a table of blocks, each row's twice as large as the one's before.
struct FractalHeap {
    private let file: StoredFile
    private let place: HDF5Place
    private let failure: HDF5Error
    private let isChecked: Bool
    private let width, startSize, largestDirect, heapBits, lengthWidth: Int
    private let root: Int
    /// Where objects are found that are larger than any block.
    private let hugeTree: Int?
    /// Rows of the outermost table; 0: there is only one block.
    private let rows: Int

    init(at address: Int, in file: StoredFile, _ failure: HDF5Error, _ place: HDF5Place) throws {
        self.file = file
        self.place = place
        self.failure = failure
        let (a, s) = (file.widths.address, file.widths.size)
        var head = try file.checkedReader(at: address, count: 26 + 3 * a + 12 * s, failure, place)
        try head.expect("FRHP")
        try head.expect(0...0)
        try head.skip(2)
        // What lies in here packed by filters is not read.
        if try head.number(2) != 0 { throw HDF5Error.unsupportedForm(place, form: "a packed heap") }
        isChecked = try head.byte() & 2 != 0
        let largestObject = try head.number(4)
        try head.skip(s)
        hugeTree = try head.address()
        try head.skip(s + a + 8 * s)
        width = try head.number(2)
        startSize = try head.size()
        largestDirect = try head.size()
        heapBits = try head.number(2)
        try head.skip(2)
        let root = try head.address()
        rows = try head.number(2)
        guard let root, width > 0, startSize > 0, largestDirect >= startSize, largestDirect <= 1 << 32, heapBits <= 63 else { throw failure }
        self.root = root
        lengthWidth = min((Self.log2(largestDirect) + 7) / 8, Self.log2(max(largestObject, 1)) / 8 + 1)
    }

    private var offsetWidth: Int { (heapBits + 7) / 8 }

    /// The bytes that an identifier stands for.
    func object(_ identifier: ArraySlice<UInt8>) throws -> ArraySlice<UInt8> {
        var reader = ByteReader(identifier, file.widths, failure)
        let kind = try reader.byte()
        switch kind & 0xf0 {
        case 0x00:
            let offset = try reader.number(offsetWidth), length = try reader.number(lengthWidth)
            return try managed(offset, length)
        case 0x10:
            return try huge(&reader)
        case 0x20:
            // Small ones lie in the identifier itself.
            return try reader.take(kind & 15 + 1)
        default: throw failure
        }
    }

    /// An object that lies by itself: the identifier says where, or under which number a tree has it.
    private func huge(_ identifier: inout ByteReader) throws -> ArraySlice<UInt8> {
        let (a, s) = (file.widths.address, file.widths.size)
        if identifier.remaining >= a + s { return try piece(&identifier) }
        let number = try identifier.number(min(identifier.remaining, s))
        guard let hugeTree else { throw failure }
        var found: ArraySlice<UInt8>?
        try RecordTree(at: hugeTree, in: file, failure, place).read(kind: 1) { record in
            var reader = ByteReader(record, file.widths, failure)
            var own = ByteReader(try reader.take(a + s), file.widths, failure)
            if try reader.size() == number { found = try piece(&own) }
        }
        guard let found else { throw failure }
        return found
    }

    /// The bytes of which an address and a size are read.
    private func piece(_ reader: inout ByteReader) throws -> ArraySlice<UInt8> {
        guard let address = try reader.address() else { throw failure }
        let size = try reader.size()
        guard file.range(at: address, count: size) != nil else { throw failure }
        var content = try file.reader(at: address, count: size, failure, place)
        return content.rest()
    }

    private func managed(_ offset: Int, _ length: Int) throws -> ArraySlice<UInt8> {
        var (block, size, start) = (root, startSize, 0)
        if rows > 0 { (block, size, start) = try find(offset) }
        // The block's own head is not for objects.
        let head = 5 + file.widths.address + offsetWidth + (isChecked ? 4 : 0)
        let inside = offset - start
        guard inside >= head, length <= size - inside else { throw failure }
        var signature = try file.reader(at: block, count: 5, failure, place)
        try signature.expect("FHDB")
        try signature.expect(0...0)
        var content = try file.reader(at: block + inside, count: length, failure, place)
        return content.rest()
    }

    /// The block that has an offset, through tables in tables.
    private func find(_ offset: Int) throws -> (block: Int, size: Int, start: Int) {
        var (table, rows, base) = (root, rows, 0)
        // Each table inside is smaller than the one around it: its offset has fewer bits.
        for _ in 0..<heapBits {
            let (row, column, size, start) = try entry(for: offset - base, rows)
            let directRows = min(rows, self.directRows)
            let index = row * width + column
            let child = try address(index, of: table)
            base += start
            if row < directRows { return (child, size, base) }
            table = child
            rows = self.rows(ofTableFor: size)
        }
        throw failure
    }

    /// Rows whose blocks hold objects, and not further tables.
    private var directRows: Int { Self.log2(largestDirect) - Self.log2(startSize) + 2 }

    private func rows(ofTableFor size: Int) -> Int {
        Self.log2(size) - Self.log2(startSize) - Self.log2(width) + 1
    }

    private static func log2(_ value: Int) -> Int { Int.bitWidth - 1 - value.leadingZeroBitCount }

    private func entry(for offset: Int, _ rows: Int) throws -> (row: Int, column: Int, size: Int, start: Int) {
        var (start, size) = (0, startSize)
        for row in 0..<max(rows, 0) {
            if row > 1 { size = try doubled(size) }
            let (span, overflow) = size.multipliedReportingOverflow(by: width)
            guard !overflow, offset >= start else { throw failure }
            if offset - start < span {
                let column = (offset - start) / size
                return (row, column, size, start + column * size)
            }
            let (next, isTooLarge) = start.addingReportingOverflow(span)
            if isTooLarge { throw failure }
            start = next
        }
        throw failure
    }

    private func doubled(_ size: Int) throws -> Int {
        guard size <= 1 << 61 else { throw failure }
        return size * 2
    }

    /// The address that a table has for one of its blocks.
    private func address(_ index: Int, of table: Int) throws -> Int {
        var head = try file.reader(at: table, count: 5, failure, place)
        try head.expect("FHIB")
        try head.expect(0...0)
        let before = 5 + file.widths.address + offsetWidth
        let (skipped, overflow) = index.multipliedReportingOverflow(by: file.widths.address)
        guard !overflow, skipped < file.bytes.count, table < file.bytes.count else { throw failure }
        var entry = try file.reader(at: table + before + skipped, count: file.widths.address, failure, place)
        guard let address = try entry.address() else { throw failure }
        return address
    }
}
