/// The form in which Keras writes an object into a config: its module, its class, its settings.
struct ObjectConfig {
    var module: String?
    var className: String
    var config: Config
    var registeredName: String?
    /// What Keras adds for layers: `build_config`, `name`, `inbound_nodes`.
    var extra = Config()

    var value: ConfigValue { .dictionary(dictionary) }

    var dictionary: Config {
        let object: Config = [
            "module": module.configValue, "class_name": .string(className), "config": .dictionary(config),
            "registered_name": registeredName.configValue,
        ]
        return object.merging(extra)
    }

    init(module: String?, className: String, config: Config, registeredName: String? = nil) {
        self.module = module
        self.className = className
        self.config = config
        self.registeredName = registeredName
    }

    /// Reads the form back; the older one has neither module nor registered name.
    init(_ object: Config) throws {
        module = try object.value("module", default: nil)
        className = try object.string("class_name")
        config = try object.value("config", default: [:])
        registeredName = try object.value("registered_name", default: nil)
        extra = object
    }

    /// The name without a package: `Custom>Scale` → `Scale`.
    var baseName: String { className.split(separator: ">").last.map(String.init) ?? className }
}

/// A function with a name and settings, as initializers, regularizers and constraints are.
///
/// Keras writes each as `{"module": …, "class_name": …, "config": …}`, or by its name alone.
protocol NamedFunction: Sendable {
    /// What one is called in messages: "initializer".
    static var kind: String { get }
    /// Keras' module: "keras.initializers".
    static var module: String { get }
    /// What makes one from its settings, by class name.
    static var builtins: [(className: String, make: (Config) throws -> Self)] { get }
    /// Further names for classes.
    static var aliases: [String: String] { get }
    /// Those of the user's.
    static var custom: CustomFunctions<Self> { get }
    var className: String { get }
    var config: Config { get }
}

extension NamedFunction {
    /// The one of a name, as Keras takes it: the class's name or its snake_case form.
    static func named(_ name: String, config: Config = [:]) throws -> Self {
        let wanted = aliases[name] ?? name
        if let entry = builtins.first(where: { $0.className == wanted || Naming.snakeCase($0.className) == wanted }) {
            return try entry.make(config)
        }
        if let function = custom.function(named: name, config: config) { return function }
        throw KerasError.unknownName(kind: kind, name: name, known: builtins.map { Naming.snakeCase($0.className) })
    }

    /// From a config: a name, or Keras' object form.
    init(config value: ConfigValue) throws {
        switch value {
        case .string(let name): self = try Self.named(name)
        case .dictionary(let dictionary):
            let object = try ObjectConfig(dictionary)
            self = try Self.custom.function(named: object.baseName, config: object.config) ?? Self.named(object.baseName, config: object.config)
        default: throw KerasError.configType(key: Self.kind, expected: "a name or an object", got: value.kind)
        }
    }

    static func optional(config value: ConfigValue?) throws -> Self? {
        guard let value, value != .null else { return nil }
        return try Self(config: value)
    }

    var configValue: ConfigValue {
        let isBuiltin = Self.builtins.contains { $0.className == className }
        return ObjectConfig(
            module: isBuiltin ? Self.module : nil, className: className, config: config, registeredName: isBuiltin ? nil : className
        ).value
    }
}

extension Optional where Wrapped: NamedFunction {
    var configValue: ConfigValue { self?.configValue ?? .null }
}

extension Config {
    /// A function under a name, or the given one where the config has none.
    func function<Function: NamedFunction>(_ key: String, default fallback: @autoclosure () -> Function) throws -> Function {
        try Function.optional(config: self[key]) ?? fallback()
    }

    func function<Function: NamedFunction>(_ key: String) throws -> Function? { try Function.optional(config: self[key]) }
}
