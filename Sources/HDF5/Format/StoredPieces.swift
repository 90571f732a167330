/// The pieces of a data set, each where it lies in the file.
struct StoredPieces: Sendable {
    struct Piece: Sendable {
        /// Its first element, along each axis.
        let origin: [Int]
        let range: Range<Int>
        /// A bit for each filter that was left out.
        let skippedFilters: Int
    }

    let sizes: [Int]
    let pieces: [Piece]

    /// Finds all pieces: as many as the shape needs, each once.
    ///
    /// - Parameter pieceBytes: bytes of an unpacked piece.
    /// - Throws: `HDF5Error.damaged`, `.refused` where one is missing.
    init(
        _ list: StoredLayout.PieceList, shape: [Int], pieceBytes: Int, isPacked: Bool, in file: StoredFile, _ place: HDF5Place
    ) throws {
        let failure = HDF5Error.damaged(place, .pieces)
        guard list.sizes.count == shape.count else { throw failure }
        let counts = zip(shape, list.sizes).map { ($0 - 1) / $1 + 1 }
        // There are fewer pieces than bytes: none is nothing.
        let needed = try Extent.byteCount(counts, 1, place)
        guard needed <= file.bytes.count, let address = list.address else { throw HDF5Error.refused(place, .missingNumbers) }
        var collected = Collected(counts: counts, sizes: list.sizes)
        func add(_ number: Int, _ start: Int, _ bytes: Int, _ skipped: Int) throws {
            guard isPacked || bytes == pieceBytes, let range = file.range(at: start, count: bytes) else { throw failure }
            guard collected.add(number, range, skipped) else { throw failure }
        }
        switch list.index {
        case .tree: try Self.readTree(at: address, list.sizes, counts, file, failure, place, add)
        case .single(let packed): try add(0, address, packed?.bytes ?? pieceBytes, packed?.skipped ?? 0)
        case .consecutive:
            guard file.range(at: address, count: try Extent.byteCount([needed], pieceBytes, place)) != nil else { throw failure }
            for number in 0..<needed { try add(number, address + number * pieceBytes, pieceBytes, 0) }
        case .array(let pageBits):
            let array = try PieceArray(at: address, pageBits: pageBits, isPacked: isPacked, in: file, failure, place)
            try array.read(needed, pieceBytes: pieceBytes, add)
        }
        guard collected.pieces.count == needed else { throw HDF5Error.refused(place, .missingNumbers) }
        sizes = list.sizes
        pieces = collected.pieces
    }

    private struct Collected {
        let counts: [Int]
        let sizes: [Int]
        var pieces: [Piece] = []
        private var seen: Set<Int> = []

        init(counts: [Int], sizes: [Int]) {
            self.counts = counts
            self.sizes = sizes
        }

        /// - Parameter number: counts pieces in the order of their elements.
        mutating func add(_ number: Int, _ range: Range<Int>, _ skipped: Int) -> Bool {
            guard seen.insert(number).inserted else { return false }
            var (origin, rest) = (sizes, number)
            for axis in sizes.indices.reversed() {
                origin[axis] = rest % counts[axis] * sizes[axis]
                rest /= counts[axis]
            }
            pieces.append(Piece(origin: origin, range: range, skippedFilters: skipped))
            return true
        }
    }

    private static func readTree(
        at address: Int, _ sizes: [Int], _ counts: [Int], _ file: StoredFile, _ failure: HDF5Error, _ place: HDF5Place,
        _ add: (Int, Int, Int, Int) throws -> Void
    ) throws {
        let keyLength = 8 + 8 * (sizes.count + 1)
        try GroupTree.leaves(at: address, kind: 1, keyLength: keyLength, in: file, failure, place) { start, key in
            var reader = ByteReader(key, file.widths, failure)
            let bytes = try reader.number(4), skipped = try reader.number(4)
            var number = 0
            for axis in sizes.indices {
                let origin = try reader.number(8)
                guard origin % sizes[axis] == 0, origin / sizes[axis] < counts[axis] else { throw failure }
                number = number * counts[axis] + origin / sizes[axis]
            }
            try add(number, start, bytes, skipped)
        }
    }
}

/// A list of pieces, in pages where it is long.
private struct PieceArray {
    private let file: StoredFile
    private let place: HDF5Place
    private let failure: HDF5Error
    private let isPacked: Bool
    private let entrySize, count, pageBits, block: Int

    init(at address: Int, pageBits: Int, isPacked: Bool, in file: StoredFile, _ failure: HDF5Error, _ place: HDF5Place) throws {
        self.file = file
        self.place = place
        self.failure = failure
        self.isPacked = isPacked
        let (a, s) = (file.widths.address, file.widths.size)
        var head = try file.checkedReader(at: address, count: 12 + s + a, failure, place)
        try head.expect("FAHD")
        try head.expect(0...0)
        try head.expect((isPacked ? 1 : 0)...(isPacked ? 1 : 0))
        entrySize = try head.byte()
        try head.expect(pageBits...pageBits)
        count = try head.size()
        guard let block = try head.address(), isPacked ? entrySize > a + 4 && entrySize <= a + 12 : entrySize == a else { throw failure }
        self.block = block
        self.pageBits = pageBits
        guard file.range(at: 0, count: count) != nil else { throw failure }
    }

    func read(_ needed: Int, pieceBytes: Int, _ add: (Int, Int, Int, Int) throws -> Void) throws {
        guard count == needed else { throw failure }
        let prefix = 6 + file.widths.address
        let pageCount = 1 << pageBits
        func entries(_ reader: inout ByteReader, _ numbers: Range<Int>) throws {
            for number in numbers {
                guard let start = try reader.address() else { throw HDF5Error.refused(place, .missingNumbers) }
                let bytes = isPacked ? try reader.number(entrySize - file.widths.address - 4) : pieceBytes
                try add(number, start, bytes, isPacked ? try reader.number(4) : 0)
            }
        }
        if count <= pageCount {
            var reader = try file.checkedReader(at: block, count: prefix + count * entrySize + 4, failure, place)
            try Self.expectHead(&reader, file.widths)
            return try entries(&reader, 0..<count)
        }
        let pages = (count - 1) / pageCount + 1
        let head = prefix + (pages + 7) / 8 + 4
        var reader = try file.checkedReader(at: block, count: head, failure, place)
        try Self.expectHead(&reader, file.widths)
        for page in 0..<pages {
            let numbers = page * pageCount..<min((page + 1) * pageCount, count)
            let start = block + head + page * (pageCount * entrySize + 4)
            var reader = try file.checkedReader(at: start, count: numbers.count * entrySize + 4, failure, place)
            try entries(&reader, numbers)
        }
    }

    private static func expectHead(_ reader: inout ByteReader, _ widths: FieldWidths) throws {
        try reader.expect("FADB")
        try reader.expect(0...0)
        try reader.expect(0...1)
        try reader.skip(widths.address)
    }
}
