extension Optimizer {
    /// As Keras writes it: module, class, settings.
    var configValue: ConfigValue {
        let type = type(of: self)
        let isBuiltin = Optimizer.known.contains { $0 == type }
        if isBuiltin { return ObjectConfig(module: "keras.optimizers", className: type.registeredName, config: config).value }
        return CustomObjects.object(type, config: config).value
    }

    /// An optimizer from the form in which Keras writes it: a name or an object.
    static func make(config value: ConfigValue) throws -> Optimizer {
        switch value {
        case .string(let name): return try name.makeOptimizer()
        case .dictionary(let dictionary):
            let object = try ObjectConfig(dictionary)
            let custom = CustomObjects.type(of: object, as: Optimizer.Type.self)
            guard let type = custom ?? known.first(where: { $0.registeredName.lowercased() == object.baseName.lowercased() }) else {
                throw KerasError.unknownName(kind: "optimizer", name: object.className, known: knownNames)
            }
            return try type.init(config: object.config)
        default: throw KerasError.configType(key: "optimizer", expected: "a name or an object", got: value.kind)
        }
    }

    static var knownNames: [String] { known.map { $0.registeredName } + CustomObjects.names(Optimizer.Type.self) }
}

extension LearningRateSchedules {
    static func configValue(_ schedule: any LearningRateSchedule) -> ConfigValue {
        let type = type(of: schedule)
        guard known.contains(where: { $0 == type }) else { return CustomObjects.object(type, config: schedule.config).value }
        return ObjectConfig(module: "keras.optimizers.schedules", className: type.registeredName, config: schedule.config).value
    }

    static func make(config: Config) throws -> any LearningRateSchedule {
        let object = try ObjectConfig(config)
        let custom = CustomObjects.type(of: object, as: (any LearningRateSchedule.Type).self)
        guard let type = custom ?? known.first(where: { $0.registeredName == object.baseName }) else {
            throw KerasError.unknownName(kind: "learning rate schedule", name: object.className, known: knownNames)
        }
        return try type.init(config: object.config)
    }

    static var knownNames: [String] { known.map { $0.registeredName } + CustomObjects.names((any LearningRateSchedule.Type).self) }
}
