/// Where a name in a group leads.
enum StoredLink: Hashable, Sendable {
    case object(address: Int)
    case refused(HDF5Refusal)
}

/// The names in a group.
struct StoredLinks: Sendable {
    /// In the order of their bytes.
    let names: [String]
    private let links: [String: StoredLink]

    subscript(name: String) -> StoredLink? { links[name] }

    init(of header: ObjectHeader, in file: StoredFile, _ place: HDF5Place) throws {
        var found = Collected(place: place)
        if let table = header.first(.symbolTable) {
            try SymbolTable(table.body, in: file, place).read { try found.add($0, $1) }
        }
        for message in header.all(.link) { try LinkMessage.read(message.body, file.widths, place) { try found.add($0, $1) } }
        if let info = header.first(.linkInfo) { try Self.readDense(info.body, file, place) { try found.add($0, $1) } }
        links = found.links
        names = found.links.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Names that did not fit beside the group lie in a heap.
    private static func readDense(
        _ info: ArraySlice<UInt8>, _ file: StoredFile, _ place: HDF5Place, _ add: (ArraySlice<UInt8>, StoredLink) throws -> Void
    ) throws {
        let failure = HDF5Error.damaged(place, .links)
        var reader = ByteReader(info, file.widths, failure)
        try reader.expect(0...0)
        if try reader.byte() & 1 != 0 { try reader.skip(8) }
        guard let heapAddress = try reader.address() else { return }
        guard let treeAddress = try reader.address() else { throw failure }
        let heap = try FractalHeap(at: heapAddress, in: file, failure, place)
        // A record is a hash of the name, and where the heap has the link.
        try RecordTree(at: treeAddress, in: file, failure, place).read(kind: 5) { record in
            try LinkMessage.read(heap.object(record.dropFirst(4)), file.widths, place, add)
        }
    }

    /// Names that differ, each a text.
    private struct Collected {
        let place: HDF5Place
        var links: [String: StoredLink] = [:]

        mutating func add(_ bytes: ArraySlice<UInt8>, _ link: StoredLink) throws {
            guard let name = String(validating: bytes, as: UTF8.self) else { throw HDF5Error.notText(place) }
            guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "/")), !name.utf8.contains(0),
                links.updateValue(link, forKey: name) == nil
            else { throw HDF5Error.damaged(place, .links) }
        }
    }
}

/// A name and where it leads, in the form of newer groups.
enum LinkMessage {
    static func read(
        _ body: ArraySlice<UInt8>, _ widths: FieldWidths, _ place: HDF5Place, _ add: (ArraySlice<UInt8>, StoredLink) throws -> Void
    ) throws {
        let failure = HDF5Error.damaged(place, .links)
        var reader = ByteReader(body, widths, failure)
        try reader.expect(1...1)
        let flags = try reader.byte()
        let kind = flags & 8 != 0 ? try reader.byte() : 0
        if flags & 4 != 0 { try reader.skip(8) }
        if flags & 16 != 0 { try reader.skip(1) }
        let name = try reader.take(reader.number(1 << (flags & 3)))
        switch kind {
        case 0:
            guard let address = try reader.address() else { throw failure }
            try add(name, .object(address: address))
        case 1: try add(name, .refused(.softLink))
        case 64: try add(name, .refused(.externalLink))
        default: try add(name, .refused(.userLink))
        }
    }
}
