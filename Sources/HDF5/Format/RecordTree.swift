/// The newer trees: records of one size in nodes.
struct RecordTree {
    private let file: StoredFile
    private let place: HDF5Place
    private let failure: HDF5Error
    private let kind, nodeSize, recordSize, depth, rootCount: Int
    private let root: Int?

    init(at address: Int, in file: StoredFile, _ failure: HDF5Error, _ place: HDF5Place) throws {
        self.file = file
        self.place = place
        self.failure = failure
        let (a, s) = (file.widths.address, file.widths.size)
        var head = try file.checkedReader(at: address, count: 22 + a + s, failure, place)
        try head.expect("BTHD")
        try head.expect(0...0)
        kind = try head.byte()
        nodeSize = try head.number(4)
        recordSize = try head.number(2)
        depth = try head.number(2)
        try head.skip(2)
        root = try head.address()
        rootCount = try head.number(2)
        guard recordSize > 0, nodeSize > Self.overhead + recordSize, depth <= 32 else { throw failure }
    }

    /// Signature, version, kind, checksum.
    private static let overhead = 10

    /// Calls `body` with every record.
    func read(kind expected: Int, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
        guard kind == expected else { throw failure }
        guard let root else { return }
        var seen: Set<Int> = []
        var pending = [(address: root, count: rootCount, level: depth)]
        let counts = countWidths
        while let (address, count, level) = pending.popLast() {
            guard seen.insert(address).inserted else { throw failure }
            let pointer = level == 0 ? 0 : file.widths.address + counts[level - 1].own + (level > 1 ? counts[level - 1].total : 0)
            let length = Self.overhead + count * recordSize + (level == 0 ? 0 : (count + 1) * pointer)
            guard length <= nodeSize else { throw failure }
            var node = try file.checkedReader(at: address, count: length, failure, place)
            try node.expect(level == 0 ? "BTLF" : "BTIN")
            try node.expect(0...0)
            try node.expect(kind...kind)
            for _ in 0..<count { try body(node.take(recordSize)) }
            if level == 0 { continue }
            for _ in 0...count {
                guard let child = try node.address() else { throw failure }
                let records = try node.number(counts[level - 1].own)
                if level > 1 { try node.skip(counts[level - 1].total) }
                pending.append((child, records, level - 1))
            }
        }
    }

    /// How many bytes say the number of records in a node of each level, and in all below it.
    private var countWidths: [(own: Int, total: Int)] {
        func bytes(for most: Int) -> Int { (Int.bitWidth - max(most, 1).leadingZeroBitCount + 7) / 8 }
        var most = (nodeSize - Self.overhead) / recordSize
        var total = most
        let own = bytes(for: most)
        var widths = [(own: own, total: bytes(for: total))]
        while widths.count < depth {
            let level = widths.count
            let pointer = file.widths.address + own + (level > 1 ? widths[level - 1].total : 0)
            most = max(0, (nodeSize - Self.overhead - pointer) / (recordSize + pointer))
            let (below, overflow) = (most + 1).multipliedReportingOverflow(by: total)
            total = overflow || below > .max - most ? .max : below + most
            widths.append((own, bytes(for: total)))
        }
        return widths
    }
}
