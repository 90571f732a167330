/// What a file says of an object: a list of messages.
struct ObjectHeader: Sendable {
    /// The messages that are understood here.
    enum Kind: Int {
        case dataspace = 1
        case linkInfo = 2
        case datatype = 3
        case link = 6
        case externalFiles = 7
        case layout = 8
        case filters = 11
        case attribute = 12
        case continuation = 16
        case symbolTable = 17
        case attributeInfo = 21
    }

    struct Message: Sendable {
        let kind: Kind
        /// Whether the body says where the message itself lies.
        let isShared: Bool
        let body: ArraySlice<UInt8>
    }

    private(set) var messages: [Message] = []

    init(at address: Int, in file: StoredFile, _ place: HDF5Place) throws {
        let failure = HDF5Error.damaged(place, .header)
        var signature = try file.reader(at: address, count: 4, failure, place)
        if try signature.take(4).elementsEqual("OHDR".utf8) {
            try readNew(at: address, file, failure, place)
        } else {
            try readOld(at: address, file, failure, place)
        }
    }

    func all(_ kind: Kind) -> [Message] { messages.filter { $0.kind == kind } }

    func first(_ kind: Kind) -> Message? { messages.first { $0.kind == kind } }

    // MARK: Version 1

    private mutating func readOld(at address: Int, _ file: StoredFile, _ failure: HDF5Error, _ place: HDF5Place) throws {
        let length = 16
        var prefix = try file.reader(at: address, count: length, failure, place)
        try prefix.expect(1...1)
        try prefix.skip(7)
        var blocks = [(start: address + length, count: try prefix.number(4))]
        var seen: Set<Int> = [address]
        while let (start, count) = blocks.popLast() {
            guard seen.insert(start).inserted else { throw failure }
            var block = try file.reader(at: start, count: count, failure, place)
            while block.remaining >= 8 {
                let kind = try block.number(2), size = try block.number(2), flags = try block.byte()
                try block.skip(3)
                if let next = try add(kind, flags, block.take(size), file, failure, place) { blocks.append(next) }
            }
        }
    }

    // MARK: Version 2

    private mutating func readNew(at address: Int, _ file: StoredFile, _ failure: HDF5Error, _ place: HDF5Place) throws {
        var prefix = try file.reader(at: address, count: 6, failure, place)
        try prefix.skip(4)
        try prefix.expect(2...2)
        let flags = try prefix.byte()
        let width = 1 << (flags & 3)
        let before = 6 + (flags & 0x20 != 0 ? 16 : 0) + (flags & 0x10 != 0 ? 4 : 0)
        var sizes = try file.reader(at: address + before, count: width, failure, place)
        let count = try sizes.number(width)
        guard file.range(at: address, count: count) != nil else { throw failure }
        let hasOrder = flags & 4 != 0
        var blocks: [(start: Int, count: Int)] = []
        var block = try file.checkedReader(at: address, count: before + width + count + 4, failure, place)
        try block.skip(before + width)
        try readMessages(&block, hasOrder, &blocks, file, failure, place)
        var seen: Set<Int> = [address]
        while let (start, count) = blocks.popLast() {
            guard seen.insert(start).inserted else { throw failure }
            var block = try file.checkedReader(at: start, count: count, failure, place)
            try block.expect("OCHK")
            try readMessages(&block, hasOrder, &blocks, file, failure, place)
        }
    }

    private mutating func readMessages(
        _ block: inout ByteReader, _ hasOrder: Bool, _ blocks: inout [(start: Int, count: Int)], _ file: StoredFile, _ failure: HDF5Error,
        _ place: HDF5Place
    ) throws {
        while block.remaining >= (hasOrder ? 6 : 4) {
            let kind = try block.byte(), size = try block.number(2), flags = try block.byte()
            if hasOrder { try block.skip(2) }
            if let next = try add(kind, flags, block.take(size), file, failure, place) { blocks.append(next) }
        }
    }

    // MARK: Messages

    /// Takes a message; gives the block of further ones that it names.
    private mutating func add(
        _ kind: Int, _ flags: Int, _ body: ArraySlice<UInt8>, _ file: StoredFile, _ failure: HDF5Error, _ place: HDF5Place
    ) throws -> (start: Int, count: Int)? {
        guard let known = Kind(rawValue: kind) else {
            // A reader that does not know it is not to go on.
            if flags & 0x80 != 0 { throw HDF5Error.unsupportedForm(place, form: "messages of kind \(kind)") }
            return nil
        }
        if known == .continuation {
            var reader = ByteReader(body, file.widths, failure)
            guard let start = try reader.address() else { throw failure }
            return (start, try reader.size())
        }
        messages.append(Message(kind: known, isShared: flags & 2 != 0, body: body))
        return nil
    }
}
