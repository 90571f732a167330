/// The settings from which a layer, a model or one of their parts can be made again: names and values, in order.
///
/// The names are Keras' (`"units"`, `"kernel_initializer"`), so that configs can be exchanged with Python.
///
/// ```swift
/// let config: Config = ["units": 64, "activation": "relu"]
/// try config.int("units")        // 64
/// ```
public struct Config: Sendable {
    public private(set) var entries: [Entry]
    /// Where the entry of each key stands; nil for few, among which looking is faster.
    private var places: [String: Int]?
    private static let few = 16

    public struct Entry: Hashable, Sendable {
        public var key: String
        public var value: ConfigValue
    }

    public init() { entries = [] }

    /// - Precondition: no key stands twice.
    init(uniqueEntries entries: [Entry]) {
        self.entries = entries
        findPlaces()
    }

    private mutating func findPlaces() {
        places = entries.count > Self.few ? Dictionary(entries.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first }) : nil
    }

    private func place(of key: String) -> Int? { places.map { $0[key] } ?? entries.firstIndex { $0.key == key } }

    public var isEmpty: Bool { entries.isEmpty }
    public var keys: [String] { entries.map(\.key) }

    public subscript(key: String) -> ConfigValue? {
        get { place(of: key).map { entries[$0].value } }
        set {
            switch (place(of: key), newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil):
                entries.remove(at: index)
                findPlaces()
            case (nil, let value?):
                entries.append(Entry(key: key, value: value))
                if places == nil { findPlaces() } else { places?[key] = entries.count - 1 }
            case (nil, nil): break
            }
        }
    }

    /// Takes an entry out.
    mutating func removeValue(for key: String) -> ConfigValue? {
        defer { self[key] = nil }
        return self[key]
    }

    /// This config with another's entries after it; the other's values win.
    public func merging(_ other: Config) -> Config {
        var result = self
        for entry in other.entries { result[entry.key] = entry.value }
        return result
    }
}

extension Config: Hashable {
    public static func == (a: Config, b: Config) -> Bool { a.entries == b.entries }
    public func hash(into hasher: inout Hasher) { hasher.combine(entries) }
}

extension Config: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, ConfigValue)...) {
        self.init()
        for (key, value) in elements { self[key] = value }
    }
}

/// A value in a ``Config``: what JSON has, with whole numbers apart.
public indirect enum ConfigValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case list([ConfigValue])
    case dictionary(Config)

    /// What the value is, for messages.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .double(let value): String(value)
        case .string(let value): "\"\(value)\""
        case .list: "a list"
        case .dictionary: "a dictionary"
        }
    }
}

extension ConfigValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: ConfigValue...) { self = .list(elements) }
    public init(dictionaryLiteral elements: (String, ConfigValue)...) {
        var config = Config()
        for (key, value) in elements { config[key] = value }
        self = .dictionary(config)
    }
}
