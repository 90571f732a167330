/// What a ``Config`` can hold under a name, and how to read it back.
public protocol ConfigConvertible {
    /// What is asked for, for messages: "a whole number".
    static var configKind: String { get }
    init?(configValue: ConfigValue)
    var configValue: ConfigValue { get }
}

extension Bool: ConfigConvertible {
    public static var configKind: String { "true or false" }
    public init?(configValue: ConfigValue) {
        guard case .bool(let value) = configValue else { return nil }
        self = value
    }
    public var configValue: ConfigValue { .bool(self) }
}

extension Int: ConfigConvertible {
    public static var configKind: String { "a whole number" }
    public init?(configValue: ConfigValue) {
        switch configValue {
        case .int(let value): self = value
        case .double(let value):
            guard let exact = Int(exactly: value) else { return nil }
            self = exact
        default: return nil
        }
    }
    public var configValue: ConfigValue { .int(self) }
}

extension Double: ConfigConvertible {
    public static var configKind: String { "a number" }
    public init?(configValue: ConfigValue) {
        switch configValue {
        case .int(let value): self = Double(value)
        case .double(let value): self = value
        default: return nil
        }
    }
    public var configValue: ConfigValue { .double(self) }
}

extension String: ConfigConvertible {
    public static var configKind: String { "a string" }
    public init?(configValue: ConfigValue) {
        guard case .string(let value) = configValue else { return nil }
        self = value
    }
    public var configValue: ConfigValue { .string(self) }
}

extension Config: ConfigConvertible {
    public static var configKind: String { "a dictionary" }
    public init?(configValue: ConfigValue) {
        guard case .dictionary(let value) = configValue else { return nil }
        self = value
    }
    public var configValue: ConfigValue { .dictionary(self) }
}

extension ConfigValue: ConfigConvertible {
    public static var configKind: String { "a value" }
    public init?(configValue: ConfigValue) { self = configValue }
    public var configValue: ConfigValue { self }
}

extension Array: ConfigConvertible where Element: ConfigConvertible {
    public static var configKind: String { "a list, each item \(Element.configKind)" }
    public init?(configValue: ConfigValue) {
        guard case .list(let items) = configValue else { return nil }
        let values = items.compactMap(Element.init(configValue:))
        guard values.count == items.count else { return nil }
        self = values
    }
    public var configValue: ConfigValue { .list(map(\.configValue)) }
}

extension Optional: ConfigConvertible where Wrapped: ConfigConvertible {
    public static var configKind: String { "\(Wrapped.configKind) or null" }
    public init?(configValue: ConfigValue) {
        if case .null = configValue {
            self = .none
        } else if let value = Wrapped(configValue: configValue) {
            self = value
        } else {
            return nil
        }
    }
    public var configValue: ConfigValue { self?.configValue ?? .null }
}

extension Shape: ConfigConvertible {
    public static var configKind: String { "a list of whole numbers or null" }
    public init?(configValue: ConfigValue) {
        guard let sizes = [Int?](configValue: configValue) else { return nil }
        self.init(sizes)
    }
    public var configValue: ConfigValue { sizes.configValue }
}

extension Config {
    /// The value under a name.
    ///
    /// - Throws: `KerasError.missingConfigKey`, `KerasError.configType`.
    public func value<Value: ConfigConvertible>(_ key: String, as type: Value.Type = Value.self) throws -> Value {
        guard let stored = self[key] else { throw KerasError.missingConfigKey(key: key, given: keys) }
        guard let value = Value(configValue: stored) else {
            throw KerasError.configType(key: key, expected: Value.configKind, got: stored.kind)
        }
        return value
    }

    /// The value under a name, or the given one where the config has no such name.
    public func value<Value: ConfigConvertible>(_ key: String, default fallback: @autoclosure () -> Value) throws -> Value {
        self[key] == nil ? fallback() : try value(key)
    }

    public func int(_ key: String) throws -> Int { try value(key) }
    public func double(_ key: String) throws -> Double { try value(key) }
    public func bool(_ key: String) throws -> Bool { try value(key) }
    public func string(_ key: String) throws -> String { try value(key) }
    public func ints(_ key: String) throws -> [Int] { try value(key) }
    public func dictionary(_ key: String) throws -> Config { try value(key) }
}
