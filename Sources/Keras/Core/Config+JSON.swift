extension Config {
    /// A config from JSON text, entries in their order.
    ///
    /// - Throws: `KerasError.invalidConfig` for text that is no JSON object, with the place; for nesting deeper than 200.
    public init(json: String) throws {
        var parser = JSONParser(bytes: Array(json.utf8))
        guard case .dictionary(let config) = try parser.document() else {
            throw KerasError.invalidConfig(object: "JSON text", reason: "it is no object")
        }
        self = config
    }

    /// The config as JSON text, entries in their order.
    ///
    /// - Parameter indentation: spaces for each level; `nil`: on one line, as Keras writes it.
    public func json(indentation: Int? = nil) -> String { ConfigValue.dictionary(self).json(indentation: indentation) }
}

extension ConfigValue {
    /// A value from JSON text.
    ///
    /// - Throws: `KerasError.invalidConfig`.
    public init(json: String) throws {
        var parser = JSONParser(bytes: Array(json.utf8))
        self = try parser.document()
    }

    /// The value as JSON text. Numbers that JSON does not have are written as Python does: `NaN`, `Infinity`.
    public func json(indentation: Int? = nil) -> String {
        var text = ""
        write(to: &text, indentation, level: 0)
        return text
    }

    private func write(to text: inout String, _ indentation: Int?, level: Int) {
        func newLine(_ level: Int) {
            if let indentation { text += "\n" + String(repeating: " ", count: indentation * level) }
        }
        func items<Items: Collection>(_ open: String, _ items: Items, _ close: String, _ write: (Items.Element) -> Void) {
            text += open
            for (index, item) in items.enumerated() {
                if index > 0 { text += indentation == nil ? ", " : "," }
                newLine(level + 1)
                write(item)
            }
            if !items.isEmpty { newLine(level) }
            text += close
        }
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .int(let value): text += String(value)
        case .double(let value): text += value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : "\(value)"
        case .string(let value): text += Self.quoted(value)
        case .list(let values): items("[", values, "]") { $0.write(to: &text, indentation, level: level + 1) }
        case .dictionary(let config):
            items("{", config.entries, "}") { entry in
                text += Self.quoted(entry.key) + ": "
                entry.value.write(to: &text, indentation, level: level + 1)
            }
        }
    }

    private static func quoted(_ string: String) -> String {
        var result = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

/// Reads JSON, and what Python adds to it: `NaN`, `Infinity`.
private struct JSONParser {
    let bytes: [UInt8]
    var position = 0
    private static let depthLimit = 200

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws -> ConfigValue {
        let result = try value(depth: 0)
        skipSpace()
        if position < bytes.count { throw invalid("there is more after the value") }
        return result
    }

    private func invalid(_ reason: String) -> KerasError { .invalidConfig(object: "JSON text", reason: "\(reason) (at byte \(position))") }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x0a, 0x0d, 0x09].contains(bytes[position]) { position += 1 }
    }

    private mutating func take(_ word: String) -> Bool {
        guard bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private mutating func value(depth: Int) throws -> ConfigValue {
        if depth > Self.depthLimit { throw invalid("it nests deeper than \(Self.depthLimit) levels") }
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

    private mutating func number() throws -> ConfigValue {
        let start = position
        while position < bytes.count, "+-.eE0123456789".utf8.contains(bytes[position]) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if let whole = Int(text) { return .int(whole) }
        guard let value = Double(text) else {
            position = start
            throw invalid("there is no value")
        }
        return .double(value)
    }

    private mutating func string() throws -> String {
        position += 1
        var result: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: result, as: UTF8.self)
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
