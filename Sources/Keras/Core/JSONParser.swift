/// Reads JSON, and what Python adds to it: `NaN`, `Infinity`.
struct JSONParser {
    /// Lists and objects in each other; each takes some of the stack.
    var depthLimit = 200
    /// Values in all.
    var valueLimit = Int.max
    private let bytes: [UInt8]
    /// What messages call the text.
    private let name: String
    private var position = 0
    private var count = 0

    init(_ bytes: [UInt8], name: String = "JSON text") {
        self.bytes = bytes
        self.name = name
    }

    /// - Throws: `KerasError.invalidConfig`, also for a value that is no object; `.saving(.limit)`.
    mutating func config() throws -> Config {
        guard case .dictionary(let config) = try document() else {
            throw KerasError.invalidConfig(object: name, reason: "it is no object")
        }
        return config
    }

    /// - Throws: `KerasError.invalidConfig`, with the place; `.saving(.limit)`.
    mutating func document() throws -> ConfigValue {
        let result = try value(depth: 0)
        skipSpace()
        if position < bytes.count { throw invalid("there is more after the value") }
        return result
    }

    private func invalid(_ reason: String) -> KerasError { .invalidConfig(object: name, reason: "\(reason) (at byte \(position))") }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x0a, 0x0d, 0x09].contains(bytes[position]) { position += 1 }
    }

    private mutating func take(_ word: String) -> Bool {
        guard bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private mutating func value(depth: Int) throws -> ConfigValue {
        if depth > depthLimit { throw invalid("it nests deeper than \(depthLimit) levels") }
        count += 1
        if count > valueLimit { throw KerasError.saving(.limit(file: name, .configValues, atMost: valueLimit, got: count)) }
        skipSpace()
        guard position < bytes.count else { throw invalid("it ends where a value should be") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return .dictionary(try object(depth: depth))
        case UInt8(ascii: "["): return .list(try list(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        default: break
        }
        if take("null") { return .null }
        if take("true") { return .bool(true) }
        if take("false") { return .bool(false) }
        if take("NaN") { return .double(.nan) }
        if take("Infinity") { return .double(.infinity) }
        if take("-Infinity") { return .double(-.infinity) }
        return try number()
    }

    private mutating func object(depth: Int) throws -> Config {
        position += 1
        var entries: [Config.Entry] = []
        var keys: Set<String> = []
        skipSpace()
        if take("}") { return Config() }
        while true {
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw invalid("a key is missing") }
            let key = try string()
            skipSpace()
            guard take(":") else { throw invalid("a \":\" is missing") }
            guard keys.insert(key).inserted else { throw invalid("the key \"\(key)\" stands there twice") }
            entries.append(.init(key: key, value: try value(depth: depth + 1)))
            skipSpace()
            if take(",") { continue }
            guard take("}") else { throw invalid("a \"}\" is missing") }
            return Config(uniqueEntries: entries)
        }
    }

    private mutating func list(depth: Int) throws -> [ConfigValue] {
        position += 1
        var items: [ConfigValue] = []
        skipSpace()
        if take("]") { return [] }
        while true {
            items.append(try value(depth: depth + 1))
            skipSpace()
            if take(",") { continue }
            guard take("]") else { throw invalid("a \"]\" is missing") }
            return items
        }
    }

    /// A number as JSON has it; a whole one that is no `Int` becomes a double.
    private mutating func number() throws -> ConfigValue {
        let start = position
        func noValue() -> KerasError {
            position = start
            return invalid("there is no value")
        }
        _ = take("-")
        guard let whole = digits(), whole.count == 1 || whole.first != UInt8(ascii: "0") else { throw noValue() }
        var isWhole = true
        if take(".") {
            isWhole = false
            guard digits() != nil else { throw noValue() }
        }
        if take("e") || take("E") {
            isWhole = false
            if !take("+") { _ = take("-") }
            guard digits() != nil else { throw noValue() }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let number = Int(text) { return .int(number) }
        guard let number = Double(text) else { throw noValue() }
        return .double(number)
    }

    private mutating func digits() -> ArraySlice<UInt8>? {
        let digits = bytes[position...].prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        position += digits.count
        return digits.isEmpty ? nil : digits
    }

    private mutating func string() throws -> String {
        position += 1
        var result: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: result, as: UTF8.self) else { throw invalid("a string is not UTF-8") }
                return text
            case UInt8(ascii: "\\"): result += try escaped()
            case ..<0x20: throw invalid("a string has a control character")
            default: result.append(byte)
            }
        }
        throw invalid("a string does not end")
    }

    private mutating func escaped() throws -> [UInt8] {
        guard position < bytes.count else { throw invalid("a string does not end") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "u"): return Array(String(Character(try unicodeScalar())).utf8)
        default: throw invalid("a string has an unknown escape")
        }
    }

    /// What `\uXXXX`, or two of them for a character beyond the first plane, stands for; half a pair becomes U+FFFD.
    private mutating func unicodeScalar() throws -> Unicode.Scalar {
        let first = try hexadecimal()
        if (0xd800..<0xdc00).contains(first), take("\\u") {
            let second = try hexadecimal()
            if (0xdc00..<0xe000).contains(second) { return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)) ?? "\u{fffd}" }
        }
        return Unicode.Scalar(first) ?? "\u{fffd}"
    }

    private mutating func hexadecimal() throws -> UInt32 {
        guard position + 4 <= bytes.count, let value = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16) else {
            throw invalid("a string has an unfinished escape")
        }
        position += 4
        return value
    }
}
