/// What `compile` was given, to and from the form in which Keras writes it.
///
/// Source: `keras.src.trainers.trainer`, `get_compile_config`.
enum CompileConfig {
    /// Empty for a model that is not compiled.
    ///
    /// - Throws: `KerasError.saving(.notSavable)` for a loss or metric that a file cannot hold.
    static func config(of model: Model) throws -> Config {
        guard let settings = model.trainer.settings else { return [:] }
        return [
            "optimizer": settings.optimizer.configValue,
            "loss": try settings.loss.map { try value(of: $0.given) } ?? .null,
            "loss_weights": settings.loss?.weights.map(value) ?? .null,
            "metrics": try value(of: settings.metrics?.plain),
            "weighted_metrics": try value(of: settings.metrics?.weighted),
            "run_eagerly": .bool(settings.runEagerly),
            "steps_per_execution": .int(settings.stepsPerExecution),
            "jit_compile": .string("auto"),
        ]
    }

    private static func value(of losses: Losses) throws -> ConfigValue {
        switch losses.content {
        case .single(let loss): try loss.map { try $0.configValue() } ?? .null
        case .list(let list): .list(try list.map { try $0.map { try $0.configValue() } ?? .null })
        case .dictionary(let entries):
            .dictionary(try entries.reduce(into: Config()) { result, entry in
                result[entry.key] = try entry.value.map { try $0.configValue() } ?? .null
            })
        }
    }

    private static func value(_ weights: LossWeights) -> ConfigValue {
        switch weights {
        case .list(let list): list.configValue
        case .dictionary(let entries):
            .dictionary(entries.sorted { $0.key < $1.key }.reduce(into: Config()) { $0[$1.key] = .double($1.value) })
        }
    }

    private static func value(of metrics: Metrics?) throws -> ConfigValue {
        guard let metrics, !metrics.isEmpty else { return .null }
        func list(_ items: [any MetricConvertible]) throws -> ConfigValue { .list(try items.map { try $0.configValue() }) }
        switch metrics.content {
        case .list(let items): return try list(items)
        case .perOutput(let lists): return .list(try lists.map(list))
        case .dictionary(let entries):
            return .dictionary(try entries.reduce(into: Config()) { $0[$1.key] = try list($1.value) })
        }
    }

    // MARK: Reading

    /// Compiles a model as a file says.
    ///
    /// - Throws: `KerasError.unknownName` for a class that is not known; what the classes throw.
    static func compile(_ model: Model, _ settings: Config) throws {
        let loss = try settings["loss"].flatMap(losses)
        let weights = try settings["loss_weights"].flatMap { try lossWeights($0, isSingle: loss?.isSingle ?? true) }
        let optimizer = try settings["optimizer"].map { try Optimizer.make(config: $0) }
        let steps: Int? = try? settings.int("steps_per_execution")
        let runEagerly = (try? settings.bool("run_eagerly")) ?? false
        try model.compile(
            optimizer ?? Optimizer.make(config: "rmsprop"), loss, metrics(settings["metrics"]), metrics(settings["weighted_metrics"]),
            weights, runEagerly, steps ?? 1)
    }

    private static func losses(_ value: ConfigValue) throws -> Losses? {
        func one(_ value: ConfigValue) throws -> (any LossConvertible)? { value == .null ? nil : try Loss.choice(config: value) }
        switch value {
        case .null: return nil
        case .list(let items): return Losses(.list(try items.map(one)))
        case .dictionary(let entries) where !ObjectConfig.isObject(entries):
            return Losses(.dictionary(try entries.entries.map { (key: $0.key, value: try one($0.value)) }))
        default: return Losses(.single(try one(value)))
        }
    }

    private static func lossWeights(_ value: ConfigValue, isSingle: Bool) throws -> LossWeights? {
        if value == .null { return nil }
        if let number = Double(configValue: value) { return .list([number]) }
        if let list = [Double](configValue: value) { return .list(list) }
        guard case .dictionary(let entries) = value else {
            throw KerasError.configType(key: "loss_weights", expected: "numbers", got: value.kind)
        }
        return .dictionary(try entries.entries.reduce(into: [:]) { $0[$1.key] = try entries.double($1.key) })
    }

    private static func metrics(_ value: ConfigValue?) throws -> Metrics {
        func list(_ value: ConfigValue) throws -> [any MetricConvertible] {
            switch value {
            case .null: []
            case .list(let items): try items.filter { $0 != .null }.map { try Metric.choice(config: $0) }
            default: [try Metric.choice(config: value)]
            }
        }
        switch value {
        case nil, .null: return []
        case .list(let items):
            let isNested = items.contains { if case .list = $0 { true } else { $0 == .null } }
            return isNested ? .perOutput(try items.map(list)) : Metrics(try items.map { try Metric.choice(config: $0) })
        case .dictionary(let entries) where !ObjectConfig.isObject(entries):
            return Metrics(.dictionary(try entries.entries.map { (key: $0.key, value: try list($0.value)) }))
        case .some(let one): return Metrics(try list(one))
        }
    }
}

extension ObjectConfig {
    /// Whether a dictionary is an object, and not one of names.
    static func isObject(_ config: Config) -> Bool { config["class_name"] != nil && config["config"] != nil }

    /// A function with a name, as Keras writes one.
    static func function(_ name: String) -> ConfigValue {
        ["module": "builtins", "class_name": "function", "config": .string(name), "registered_name": "function"]
    }

    /// The name of a function that is written as such, or as text.
    static func functionName(_ value: ConfigValue) -> String? {
        switch value {
        case .string(let name): return name
        case .dictionary(let object):
            guard object["class_name"] == "function", case .string(let name)? = object["config"] else { return nil }
            return name.split(separator: ">").last.map(String.init) ?? name
        default: return nil
        }
    }
}

extension Losses {
    fileprivate var isSingle: Bool { if case .single = content { true } else { false } }
}
