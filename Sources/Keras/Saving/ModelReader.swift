/// Models from the configs of files.
enum ModelReader {
    /// A model from the text of its config: built if the text says for what shapes, and compiled if wanted and if it says how.
    static func model(_ text: [UInt8], file: String, compile: Bool, limits: LoadLimits) throws -> Model {
        let config = try LegacyConfig.modern(parsed(text, file: file))
        try ClassScan.check(config, in: file, withCompile: compile, limits: limits)
        let model = try model(config, file: file)
        try build(model, config)
        if compile, let settings = try config.value("compile_config", default: Config?.none), !settings.isEmpty {
            try CompileConfig.compile(model, settings)
        }
        return model
    }

    private static func parsed(_ text: [UInt8], file: String) throws -> Config {
        do { return try Config(json: String(decoding: text, as: UTF8.self)) } catch KerasError.invalidConfig(_, let reason) {
            throw KerasError.invalidConfig(object: file, reason: reason)
        }
    }

    /// A model from a file of its config, as `model.to_json()` gives it; weights are newly initialised.
    static func model(json path: String, compile: Bool, limits: LoadLimits) throws -> Model {
        try model(FileTools.bytes(of: path, limit: limits.configBytes), file: path, compile: compile, limits: limits)
    }

    /// - Throws: `KerasError.saving(.notModel)` for a config of something else; what the layers throw.
    static func model(_ config: Config, file: String) throws -> Model {
        let layer = try LayerConfig.layer(from: config)
        guard let model = layer as? Model else {
            throw KerasError.saving(.notModel(file: file, className: type(of: layer).registeredName))
        }
        return model
    }

    /// Makes the weights of a model that its config alone does not make, a subclass, for the shapes it was built with.
    static func build(_ model: Model, _ config: Config) throws {
        guard !model.built, let built: Config = try config.value("build_config", default: nil) else { return }
        guard let value = built["input_shape"] ?? built["shapes_dict"], value != .null else { return }
        let shapes = try Structure<Shape>(config: value)
        if case .one(let shape) = shapes { return try model.build(for: shape) }
        let inputs = shapes.map { KerasTensor(shape: $0, dtype: model.computeDType) }
        try model.ensureBuilt(shapes, sources: inputs.map(\.source), path: model.name)
        try model.inferOutputs(of: inputs)
    }
}

extension Structure where Leaf == Shape {
    /// Shapes as a config has them: one, a list, or by name.
    init(config value: ConfigValue) throws {
        if let shape = Shape(configValue: value) {
            self = .one(shape)
            return
        }
        switch value {
        case .list(let items): self = .list(try items.map { try Structure(config: $0) })
        case .dictionary(let entries):
            self = .dictionary(try entries.entries.sorted { $0.key < $1.key }.map { (key: $0.key, value: try Structure(config: $0.value)) })
        default: throw KerasError.configType(key: "input_shape", expected: Shape.configKind, got: value.kind)
        }
    }
}
