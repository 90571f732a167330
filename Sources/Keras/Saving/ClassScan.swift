/// Looks through a whole config for classes that are not known, before anything is made.
struct ClassScan {
    private let file: String
    private let limits: LoadLimits
    private var count = 0
    private var unknown: [UnknownClass] = []
    private var last: Kind?

    /// - Parameter withCompile: whether the compile settings are looked at, too.
    /// - Throws: `KerasError.unknownName` for one class, `.unknownClasses` for several: all at once; `.saving(.limit)`.
    static func check(_ config: Config, in file: String, withCompile: Bool, limits: LoadLimits) throws {
        var config = config
        if !withCompile { config["compile_config"] = nil }
        var scan = ClassScan(file: file, limits: limits)
        try scan.visit(.dictionary(config))
        if scan.unknown.count > 1 { throw KerasError.unknownClasses(object: file, classes: scan.unknown) }
        if let only = scan.unknown.first, let kind = scan.last {
            throw KerasError.unknownName(kind: kind.name, name: only.name, known: kind.known)
        }
    }

    private init(file: String, limits: LoadLimits) {
        self.file = file
        self.limits = limits
    }

    private mutating func visit(_ value: ConfigValue) throws {
        switch value {
        case .list(let items): for item in items { try visit(item) }
        case .dictionary(let config):
            if ObjectConfig.isObject(config), config["module"] != nil, let object = try? ObjectConfig(config) {
                guard try check(object) else { return }
            }
            for entry in config.entries { try visit(entry.value) }
        case .null, .bool, .int, .double, .string: break
        }
    }

    /// Whether what is in the object's config is Keras' business.
    private mutating func check(_ object: ObjectConfig) throws -> Bool {
        count += 1
        try limits.check(.configObjects, count, \.configObjects, file)
        let name = object.baseName
        if name.hasPrefix("__") || name == "function" { return false }
        let kind = Kind(of: object)
        if kind.known.contains(name) || kind.isAlias(name) { return true }
        if CustomObjects.type(of: object, as: (any KerasSerializable.Type).self) != nil || Kind.isFunction(name) { return false }
        if !unknown.contains(where: { $0.name == object.className }) {
            unknown.append(UnknownClass(name: object.className, nearest: DidYouMean.suggestion(for: name, among: kind.known)))
            last = kind
        }
        return false
    }
}

/// What an object in a config is, by the module that Keras writes.
private struct Kind {
    let name: String
    let known: [String]
    private var aliases: Set<String> = []

    private init(_ name: String, _ known: [String]) {
        self.name = name
        self.known = known
    }

    private init<Function: NamedFunction>(_: Function.Type) {
        self.init(Function.kind, Function.builtins.map(\.className))
        aliases = Set(Function.aliases.keys).union(known.map(Naming.snakeCase))
    }

    func isAlias(_ name: String) -> Bool { aliases.contains(name) }

    init(of object: ObjectConfig) {
        let steps = (object.module ?? "").split(separator: ".").filter { $0 != "src" }
        let part = steps.first == "keras" ? steps.dropFirst().first.map(String.init) ?? "models" : "of the user's"
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
        case "dtype_policies": self.init("dtype policy", ["DTypePolicy"])
        case "models" where object.className == "DTypePolicy": self.init("dtype policy", ["DTypePolicy"])
        case "layers", "models": self.init("layer class", LayerConfig.layerClassNames + ["Model"])
        default: self.init("class", LayerConfig.layerClassNames + Loss.knownNames + Metric.knownNames + Optimizer.knownNames)
        }
        // A class of the user's has the name of one of Keras': the module says that it is not Keras'.
        if part == "of the user's" { aliases = [] }
    }

    /// Whether it is a function of the user's, known since it was made.
    static func isFunction(_ name: String) -> Bool {
        (Initializer.custom.names + Regularizer.custom.names + Constraint.custom.names).contains { $0 == name || $0.hasPrefix("\(name) ") }
    }
}
