/// The attributes of an object: names, and what the file has under them.
struct StoredAttributes: Sendable {
    struct Attribute: Sendable {
        fileprivate let type: ArraySlice<UInt8>
        fileprivate let isTypeShared: Bool
        fileprivate let space: ArraySlice<UInt8>
        /// All bytes of the values.
        let content: ArraySlice<UInt8>
    }

    /// In the order of their bytes.
    let names: [String]
    private let attributes: [String: Attribute]

    subscript(name: String) -> Attribute? { attributes[name] }

    init(of header: ObjectHeader, in file: StoredFile, _ place: HDF5Place) throws {
        var found: [String: Attribute] = [:]
        for message in header.all(.attribute) {
            if message.isShared { throw HDF5Error.unsupportedForm(place, form: "shared attributes") }
            try Self.read(message.body, file.widths, place, &found)
        }
        if let info = header.first(.attributeInfo) { try Self.readDense(info.body, file, place, &found) }
        attributes = found
        names = found.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Attributes that did not fit into the object's header lie in a heap.
    private static func readDense(
        _ info: ArraySlice<UInt8>, _ file: StoredFile, _ place: HDF5Place, _ found: inout [String: Attribute]
    ) throws {
        let failure = HDF5Error.damaged(place, .attributes)
        var reader = ByteReader(info, file.widths, failure)
        try reader.expect(0...0)
        if try reader.byte() & 1 != 0 { try reader.skip(2) }
        guard let heapAddress = try reader.address() else { return }
        guard let treeAddress = try reader.address() else { throw failure }
        let heap = try FractalHeap(at: heapAddress, in: file, failure, place)
        // A record is where the heap has the attribute, flags, its number and a hash of the name.
        try RecordTree(at: treeAddress, in: file, failure, place).read(kind: 8) { record in
            try read(heap.object(record.prefix(8)), file.widths, place, &found)
        }
    }

    private static func read(
        _ body: ArraySlice<UInt8>, _ widths: FieldWidths, _ place: HDF5Place, _ found: inout [String: Attribute]
    ) throws {
        let failure = HDF5Error.damaged(place, .attributes)
        var reader = ByteReader(body, widths, failure)
        let version = try reader.expect(1...3)
        let flags = try reader.byte()
        let lengths = try [reader.number(2), reader.number(2), reader.number(2)]
        if version == 3 { try reader.skip(1) }
        func part(_ length: Int) throws -> ArraySlice<UInt8> {
            let part = try reader.take(length)
            if version == 1 { reader.align() }
            return part
        }
        let nameBytes = try part(lengths[0]), type = try part(lengths[1]), space = try part(lengths[2])
        guard let name = String(validating: nameBytes.prefix { $0 != 0 }, as: UTF8.self) else { throw HDF5Error.notText(place) }
        if version > 1, flags & 2 != 0 { throw HDF5Error.unsupportedForm(place, form: "shared shapes") }
        let attribute = Attribute(type: type, isTypeShared: version > 1 && flags & 1 != 0, space: space, content: reader.rest())
        guard found.updateValue(attribute, forKey: name) == nil else { throw failure }
    }
}

extension StoredAttributes.Attribute {
    /// The shape, and what the elements are.
    func description(in file: StoredFile, _ place: HDF5Place) throws -> (shape: [Int], type: StoredType) {
        let shape = try Extent.shape(space, file.widths, place)
        return (shape, try StoredType.read(type, isShared: isTypeShared, in: file, place))
    }
}
