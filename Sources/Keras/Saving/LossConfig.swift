extension LossConvertible {
    /// As in the compile settings of a file.
    func configValue() throws -> ConfigValue {
        if let name = self as? String { return .string(name) }
        switch try makeLoss() {
        case .loss(let loss): return loss.configValue
        case .crossentropyByShapes: return "crossentropy"
        }
    }
}

extension Loss {
    /// As Keras writes it: module, class, settings.
    var configValue: ConfigValue {
        if self is LossFunction, reduction == .sumOverBatchSize { return ObjectConfig.function(name) }
        if self is LossFunction {
            return ObjectConfig(
                module: "keras.src.losses.losses", className: Self.wrapperName, config: config.merging(["fn": ObjectConfig.function(name)]),
                registeredName: Self.wrapperName
            ).value
        }
        let isBuiltin = Loss.known.contains { $0 == type(of: self) }
        if isBuiltin { return ObjectConfig(module: "keras.losses", className: type(of: self).registeredName, config: config).value }
        return CustomObjects.object(type(of: self), config: config).value
    }

    fileprivate static let wrapperName = "LossFunctionWrapper"

    /// A loss from the form in which Keras writes it: a name, a function's, or an object.
    static func choice(config value: ConfigValue) throws -> any LossConvertible {
        if let name = ObjectConfig.functionName(value) { return name }
        guard case .dictionary(let dictionary) = value else {
            throw KerasError.configType(key: "loss", expected: "a name or an object", got: value.kind)
        }
        let object = try ObjectConfig(dictionary)
        if object.baseName == wrapperName, let function = object.config["fn"].flatMap(ObjectConfig.functionName) {
            return try wrapped(function, object.config)
        }
        let custom = CustomObjects.type(of: object, as: Loss.Type.self)
        guard let type = custom ?? known.first(where: { $0.registeredName == object.baseName }) else {
            throw KerasError.unknownName(kind: "loss", name: object.className, known: knownNames)
        }
        return try type.init(config: object.config)
    }

    /// A function with a reduction of its own.
    private static func wrapped(_ function: String, _ config: Config) throws -> Loss {
        let settings = try PlainLoss(config: config)
        if let body = Session.current.losses.function(named: function) {
            return LossFunction(name: settings.name, reduction: settings.reduction, dtype: settings.dtype, body)
        }
        guard case .loss(let loss) = try function.makeLoss() else {
            throw KerasError.unknownName(kind: "loss", name: function, known: knownNames)
        }
        return try type(of: loss).init(config: config.merging(["name": .string(settings.name)]))
    }

    static var knownNames: [String] { known.map { $0.registeredName } + CustomObjects.names(Loss.Type.self) + Session.current.losses.names }

    /// The settings that all losses have.
    private final class PlainLoss: Loss {}
}

extension LossFunction {
    /// Makes a function known by name, so that files can name it as a loss: `compile(loss: "squared")`.
    ///
    /// ```swift
    /// LossFunction.register("squared") { yTrue, yPred in try ops.mean(ops.square(yTrue - yPred), axis: -1) }
    /// ```
    public static func register(_ name: String, _ function: @escaping @Sendable (_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor) {
        Session.current.losses.register(function, name: name)
    }
}
