extension Config {
    /// A config from JSON text, entries in their order.
    ///
    /// - Throws: `KerasError.invalidConfig` for text that is no JSON object, with the place; for nesting deeper than 200.
    public init(json: String) throws {
        var parser = JSONParser(Array(json.utf8))
        self = try parser.config()
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
        var parser = JSONParser(Array(json.utf8))
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
