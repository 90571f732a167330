/// Reads the one dictionary that an array's header is. There is no recursion: a tuple of numbers is as deep as it goes.
struct HeaderParser {
    struct Fields {
        var description: String
        var isFortranOrder: Bool
        var shape: [Int]
    }

    private static let space = Array(" \n\t".utf8)

    private let text: [UInt8]
    private let file: String
    /// Python 2 wrote `3L`.
    private let allowsLong: Bool
    private var position = 0

    init(_ text: [UInt8], file: String, allowsLong: Bool) {
        self.text = text
        self.file = file
        self.allowsLong = allowsLong
    }

    mutating func dictionary(rank: Int) throws -> Fields {
        var description: String?, isFortranOrder: Bool?, shape: [Int]?
        func once<Value>(_ old: Value?, _ key: String) throws { if old != nil { throw fault(.repeatedKey(key)) } }
        try expect("{")
        while !take("}") {
            let key = try string()
            try expect(":")
            switch key {
            case "descr":
                try once(description, key)
                description = try self.description()
            case "fortran_order":
                try once(isFortranOrder, key)
                isFortranOrder = try boolean()
            case "shape":
                try once(shape, key)
                shape = try self.shape(rank: rank)
            default: throw fault(.unknownKey(key))
            }
            if !take(",") {
                try expect("}", as: "a comma or \"}\"")
                break
            }
        }
        skipSpace()
        guard position == text.count else { throw fault(.expected("nothing more", at: position)) }
        guard let description else { throw fault(.missingKey("descr")) }
        guard let isFortranOrder else { throw fault(.missingKey("fortran_order")) }
        guard let shape else { throw fault(.missingKey("shape")) }
        return Fields(description: description, isFortranOrder: isFortranOrder, shape: shape)
    }

    // MARK: Values

    /// A list or a tuple describes records.
    private mutating func description() throws -> String {
        let next = peek()
        if next == UInt8(ascii: "[") || next == UInt8(ascii: "(") {
            var depth = 0
            // Up to the bracket that closes the first one.
            let end = text[position...].firstIndex { byte in
                if "[(".utf8.contains(byte) { depth += 1 } else if "])".utf8.contains(byte) { depth -= 1 }
                return depth == 0 || byte == UInt8(ascii: "\n")
            }
            let shown = String(decoding: text[position...(end ?? text.count - 1)], as: UTF8.self)
            throw ArchiveError.arrayType(file: file, description: shown, .structured)
        }
        return try string()
    }

    private mutating func boolean() throws -> Bool {
        if take("True") { return true }
        if take("False") { return false }
        throw fault(.expected("True or False", at: position))
    }

    private mutating func string() throws -> String {
        guard let quote = peek() else { throw fault(.endsEarly) }
        guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { throw fault(.expected("a string", at: position)) }
        let start = position + 1
        guard let end = text[start...].firstIndex(of: quote) else { throw fault(.endsEarly) }
        let content = text[start..<end]
        // NumPy writes no escapes here.
        if let escape = content.firstIndex(of: UInt8(ascii: "\\")) { throw fault(.expected("a plain character", at: escape)) }
        guard let string = String(validating: content, as: UTF8.self) else { throw fault(.notText) }
        position = end + 1
        return string
    }

    private mutating func shape(rank: Int) throws -> [Int] {
        try expect("(", as: "a tuple")
        var sizes: [Int] = []
        while !take(")") {
            sizes.append(try size())
            if sizes.count > rank { throw ArchiveError.limit(file: file, member: nil, .rank, atMost: rank, got: sizes.count) }
            if take(",") { continue }
            // A number in parentheses is no tuple.
            guard sizes.count > 1 else { throw fault(.expected("a comma", at: position)) }
            try expect(")", as: "a comma or \")\"")
            break
        }
        return sizes
    }

    private mutating func size() throws -> Int {
        if peek() == UInt8(ascii: "-") { throw fault(.negativeSize(at: position)) }
        let digits = text[position...].prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        let hasLeadingZero = digits.count > 1 && digits.first == UInt8(ascii: "0")
        guard !digits.isEmpty, !hasLeadingZero else { throw fault(.expected("a number", at: position)) }
        guard let value = Int(String(decoding: digits, as: UTF8.self)) else { throw fault(.numberTooLarge(at: position)) }
        position += digits.count
        if allowsLong, position < text.count, text[position] == UInt8(ascii: "L") { position += 1 }
        return value
    }

    // MARK: Characters

    private mutating func skipSpace() {
        while position < text.count, Self.space.contains(text[position]) { position += 1 }
    }

    private mutating func peek() -> UInt8? {
        skipSpace()
        return position < text.count ? text[position] : nil
    }

    private mutating func take(_ word: String) -> Bool {
        skipSpace()
        guard text[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private mutating func expect(_ word: String, as what: String? = nil) throws {
        if take(word) { return }
        throw position == text.count ? fault(.endsEarly) : fault(.expected(what ?? "\"\(word)\"", at: position))
    }

    private func fault(_ fault: HeaderFault) -> ArchiveError { .arrayHeader(file: file, fault) }
}
