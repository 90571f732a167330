/// The names of a group in the older form: a tree of nodes, and a heap that has the names.
struct SymbolTable {
    private let file: StoredFile
    private let place: HDF5Place
    private let failure: HDF5Error
    private let tree: Int
    private let names: ArraySlice<UInt8>

    init(_ body: ArraySlice<UInt8>, in file: StoredFile, _ place: HDF5Place) throws {
        self.file = file
        self.place = place
        failure = .damaged(place, .links)
        var reader = ByteReader(body, file.widths, failure)
        guard let tree = try reader.address(), let heap = try reader.address() else { throw failure }
        self.tree = tree
        let length = 8 + 2 * file.widths.size + file.widths.address
        var head = try file.reader(at: heap, count: length, failure, place)
        try head.expect("HEAP")
        try head.expect(0...0)
        try head.skip(3)
        let size = try head.size()
        try head.skip(file.widths.size)
        guard let start = try head.address() else { throw failure }
        var content = try file.reader(at: start, count: size, failure, place)
        names = content.rest()
    }

    /// Calls `add` with each name and where it leads.
    func read(_ add: (ArraySlice<UInt8>, StoredLink) throws -> Void) throws {
        try GroupTree.leaves(at: tree, kind: 0, keyLength: file.widths.size, in: file, failure, place) { address, _ in
            var head = try file.reader(at: address, count: 8, failure, place)
            try head.expect("SNOD")
            try head.expect(1...1)
            try head.skip(1)
            let count = try head.number(2)
            var node = try file.reader(at: address + 8, count: count * (2 * file.widths.address + 24), failure, place)
            for _ in 0..<count { try readEntry(&node, add) }
        }
    }

    private func readEntry(_ node: inout ByteReader, _ add: (ArraySlice<UInt8>, StoredLink) throws -> Void) throws {
        guard let offset = try node.address(), offset < names.count else { throw failure }
        let object = try node.address()
        let kind = try node.number(4)
        try node.skip(20)
        let rest = names[(names.startIndex + offset)...]
        guard let end = rest.firstIndex(of: 0) else { throw failure }
        if kind == 2 { return try add(rest[..<end], .refused(.softLink)) }
        guard let object else { throw failure }
        try add(rest[..<end], .object(address: object))
    }
}

/// The older trees: of a group's names, of a data set's pieces.
enum GroupTree {
    /// Calls `body` with the address of each leaf and with the key before it.
    ///
    /// - Parameter kind: 0 for names, 1 for pieces.
    static func leaves(
        at root: Int, kind: Int, keyLength: Int, in file: StoredFile, _ failure: HDF5Error, _ place: HDF5Place,
        _ body: (_ address: Int, _ key: ArraySlice<UInt8>) throws -> Void
    ) throws {
        var seen: Set<Int> = []
        // Nodes to come, the next one last, each on a level below that of the node that names it.
        var pending: [(address: Int, level: Int?)] = [(root, nil)]
        while let (address, level) = pending.popLast() {
            guard seen.insert(address).inserted else { throw failure }
            let length = 8 + 2 * file.widths.address
            var head = try file.reader(at: address, count: length, failure, place)
            try head.expect("TREE")
            try head.expect(kind...kind)
            let own = try head.byte()
            guard own == level ?? own else { throw failure }
            let count = try head.number(2)
            var node = try file.reader(at: address + length, count: count * (keyLength + file.widths.address), failure, place)
            var children: [(Int, Int?)] = []
            for _ in 0..<count {
                let key = try node.take(keyLength)
                guard let child = try node.address() else { throw failure }
                if own == 0 { try body(child, key) } else { children.append((child, own - 1)) }
            }
            pending += children.reversed()
        }
    }
}
