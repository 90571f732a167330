/// Looks through a whole config before anything is made of it: for classes that are not known, and for shapes of too many axes.
struct ConfigScan {
    private let source: String
    private let limits: LoadLimits
    private var unknown: [UnknownClass] = []
    private var last: Kind?
    /// What objects are, by their modules.
    private var kinds: [String: Kind] = [:]
    /// More classes that are not known are not named.
    private static let mostNamed = 100

    /// - Parameters:
    ///   - config: a model's, or another part's that names classes.
    ///   - source: the file, or what else messages are to name.
    /// - Throws: `KerasError.unknownName` for one class, `.unknownClasses` for several: all at once; `.saving(.limit)`.
    static func check(_ config: Config, in source: String, limits: LoadLimits) throws {
        var scan = ConfigScan(source: source, limits: limits)
        try scan.visit(.dictionary(config), key: nil)
        if scan.unknown.count > 1 { throw KerasError.unknownClasses(object: source, classes: scan.unknown) }
        if let only = scan.unknown.first, let kind = scan.last {
            throw KerasError.unknownName(kind: kind.name, name: only.name, known: kind.known)
        }
    }

    private init(source: String, limits: LoadLimits) {
        self.source = source
        self.limits = limits
    }

    /// Where layers stand, which older configs name without a module.
    private static let layerKeys: Set<String> = ["layers", "layer", "forward_layer", "backward_layer", "cell", "cells"]

    /// - Parameter key: under which the value, or the list that has it, stands.
    private mutating func visit(_ value: ConfigValue, key: String?) throws {
        switch value {
        case .list(let items):
            if key?.hasSuffix("shape") == true, items.allSatisfy(Self.isSize) {
                return try limits.check(.rank, items.count, \.rank, source)
            }
            for item in items { try visit(item, key: key) }
        case .dictionary(let config):
            let isLayer = key.map(Self.layerKeys.contains) ?? false
            if ObjectConfig.isObject(config), isLayer || config["module"] != nil, let object = try? ObjectConfig(config) {
                guard check(object, isLayer: isLayer) else { return }
            }
            for entry in config.entries { try visit(entry.value, key: entry.key) }
        case .string(let text):
            // Layers' names stand in messages, and in paths of files.
            if key == "name", let fault = Self.fault(text) {
                throw KerasError.invalidConfig(object: source, reason: "the name \(quoted(text)) \(fault)")
            }
        case .null, .bool, .int, .double: break
        }
    }

    private static let longestName = 1024

    private static func fault(_ name: String) -> String? {
        if name.utf8.count > longestName { return "has \(name.utf8.count) bytes; at most \(longestName) are taken" }
        return name.unicodeScalars.allSatisfy(\.isShown) ? nil : "has characters that are not shown"
    }

    private static func isSize(_ value: ConfigValue) -> Bool {
        switch value {
        case .null, .int, .double: true
        case .bool, .string, .list, .dictionary: false
        }
    }

    /// Whether what is in the object's config is Keras' business.
    private mutating func check(_ object: ObjectConfig, isLayer: Bool) -> Bool {
        let name = object.baseName
        if name.hasPrefix("__") || name == "function" { return false }
        let kind = kind(of: object, isLayer: isLayer)
        if object.mayBeBuiltin, kind.has(name) { return true }
        if CustomObjects.type(of: object, as: (any KerasSerializable.Type).self) != nil || Kind.isFunction(name) { return false }
        if unknown.count < Self.mostNamed, !unknown.contains(where: { $0.name == object.className }) {
            unknown.append(UnknownClass(name: object.className, nearest: DidYouMean.suggestion(for: name, among: kind.known)))
            last = kind
        }
        return false
    }

    private mutating func kind(of object: ObjectConfig, isLayer: Bool) -> Kind {
        let key = "\(object.module ?? "") \(isLayer) \(object.className == Kind.policy)"
        if let known = kinds[key] { return known }
        let kind = Kind(of: object, isLayer: isLayer)
        kinds[key] = kind
        return kind
    }
}

extension ObjectConfig {
    /// Whether it can be one of Keras' own classes: a class of somebody else's may have the same name.
    var mayBeBuiltin: Bool {
        let owner = module?.split(separator: ".").first ?? "keras"
        let package = registeredName?.split(separator: ">").dropLast().first ?? "keras"
        return ["keras", "tensorflow", "tf_keras", "builtins"].contains(owner) && package == "keras"
    }
}

/// What an object in a config is, by the module that Keras writes.
private struct Kind {
    static let policy = "DTypePolicy"

    let name: String
    /// For suggestions.
    let known: [String]
    private let all: Set<String>

    private init(_ name: String, _ known: [String], aliases: [String] = []) {
        self.name = name
        self.known = known
        all = Set(known + aliases)
    }

    private init<Function: NamedFunction>(_: Function.Type) {
        let known = Function.builtins.map(\.className)
        self.init(Function.kind, known, aliases: Function.aliases.keys + known.map(Naming.snakeCase))
    }

    func has(_ name: String) -> Bool { all.contains(name) }

    init(of object: ObjectConfig, isLayer: Bool) {
        let steps = (object.module ?? "").split(separator: ".").filter { $0 != "src" }
        let owner = steps.first.map(String.init) ?? ""
        let part = ["keras", "tensorflow", "tf_keras"].contains(owner) ? steps.dropFirst().first.map(String.init) ?? "models" : ""
        if OperationTable.isOperation(object) {
            self.init("operation", OperationTable.classNames)
            return
        }
        switch part {
        case "initializers": self.init(Initializer.self)
        case "regularizers": self.init(Regularizer.self)
        case "constraints": self.init(Constraint.self)
        case "losses": self.init("loss", Loss.knownNames + ["LossFunctionWrapper"])
        case "metrics": self.init("metric", Metric.knownNames + [MeanMetric.registeredName])
        case "optimizers" where steps.contains("schedules"): self.init("learning rate schedule", LearningRateSchedules.knownNames)
        case "optimizers": self.init("optimizer", Optimizer.knownNames)
        case "dtype_policies": self.init("dtype policy", [Self.policy])
        case "models" where object.className == Self.policy: self.init("dtype policy", [Self.policy])
        case "layers", "models": self.init("layer class", LayerConfig.layerClassNames + ["Model"])
        default: self.init(isLayer ? "layer class" : "class", Self.allNames)
        }
    }

    private static var allNames: [String] {
        LayerConfig.layerClassNames + ["Model"] + Loss.knownNames + Metric.knownNames + Optimizer.knownNames
    }

    /// Whether it is a function of the user's, known since it was made.
    static func isFunction(_ name: String) -> Bool {
        (Initializer.custom.names + Regularizer.custom.names + Constraint.custom.names).contains { $0 == name || $0.hasPrefix("\(name) ") }
    }
}
