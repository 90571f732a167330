extension MetricConvertible {
    /// As in the compile settings of a file.
    func configValue() throws -> ConfigValue {
        if let name = self as? String { return .string(name) }
        switch try makeMetric() {
        case .metric(let metric): return metric.configValue
        case .accuracyByShapes(let name): return .string(name)
        }
    }
}

extension Metric {
    /// As Keras writes it: module, class, settings.
    var configValue: ConfigValue {
        let type = type(of: self)
        if type == MeanMetric.self {
            return ObjectConfig(
                module: "keras.metrics", className: type.registeredName, config: config.merging(["fn": ObjectConfig.function(name)])
            ).value
        }
        let isBuiltin = Metric.known.contains { $0 == type }
        if isBuiltin { return ObjectConfig(module: "keras.metrics", className: type.registeredName, config: config).value }
        return CustomObjects.object(type, config: config).value
    }

    /// A metric from the form in which Keras writes it: a name, a function's, or an object.
    static func choice(config value: ConfigValue) throws -> any MetricConvertible {
        if let name = ObjectConfig.functionName(value) { return name }
        guard case .dictionary(let dictionary) = value else {
            throw KerasError.configType(key: "metrics", expected: "a name or an object", got: value.kind)
        }
        let object = try ObjectConfig(dictionary)
        if object.baseName == MeanMetric.registeredName, let function = object.config["fn"].flatMap(ObjectConfig.functionName) {
            return try wrapped(function, object.config)
        }
        let custom = CustomObjects.type(of: object, as: Metric.Type.self)
        guard let type = custom ?? known.first(where: { $0.registeredName == object.baseName }) else {
            throw KerasError.unknownName(kind: "metric", name: object.className, known: knownNames)
        }
        return try type.init(config: object.config)
    }

    private static func wrapped(_ function: String, _ config: Config) throws -> Metric {
        let settings = try Metric(config: config)
        if let body = Session.current.metrics.function(named: function) {
            return MeanMetric(name: settings.name, dtype: settings.dtype, body)
        }
        guard case .metric(let metric) = try function.makeMetric() else {
            throw KerasError.unknownName(kind: "metric", name: function, known: knownNames)
        }
        metric.name = settings.name
        return metric
    }

    static var knownNames: [String] {
        known.map { $0.registeredName } + CustomObjects.names(Metric.Type.self) + Session.current.metrics.names
    }
}

extension MeanMetric {
    /// Makes a function known by name, so that files can name it as a metric: `compile(metrics: ["error"])`.
    ///
    /// ```swift
    /// MeanMetric.register("error") { yTrue, yPred in try ops.abs(yTrue - yPred) }
    /// ```
    public static func register(_ name: String, _ function: @escaping @Sendable (_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor) {
        Session.current.metrics.register(function, name: name)
    }
}
