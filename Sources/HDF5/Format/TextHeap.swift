/// Where a file keeps texts of any length: numbered pieces of bytes that lie together.
struct TextHeap: Sendable {
    private let pieces: [Int: ArraySlice<UInt8>]

    init(at address: Int, in file: StoredFile, _ place: HDF5Place) throws {
        let failure = HDF5Error.damaged(place, .texts)
        let headLength = 8 + file.widths.size
        var head = try file.reader(at: address, count: headLength, failure, place)
        try head.expect("GCOL")
        try head.expect(1...1)
        try head.skip(3)
        let size = try head.size()
        guard size >= headLength, file.range(at: address, count: size) != nil else { throw failure }
        var content = try file.reader(at: address + headLength, count: size - headLength, failure, place)
        var pieces: [Int: ArraySlice<UInt8>] = [:]
        while content.remaining >= 8 + file.widths.size {
            let index = try content.number(2)
            // What follows is free.
            if index == 0 { break }
            try content.skip(6)
            let piece = try content.take(content.size())
            content.align()
            guard pieces.updateValue(piece, forKey: index) == nil else { throw failure }
        }
        self.pieces = pieces
    }

    subscript(index: Int) -> ArraySlice<UInt8>? { pieces[index] }
}
