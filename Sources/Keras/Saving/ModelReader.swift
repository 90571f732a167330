import Archive
import HDF5

/// The one reader of what files say of models: whatever is opened passes through here, and through the policy.
struct ModelReader {
    /// The file's path, or what messages call the text.
    let file: String
    let limits: LoadLimits

    init(_ file: String, _ limits: LoadLimits) {
        self.file = file
        self.limits = limits
    }

    // MARK: Files

    func archive() throws -> ZipReader { try KerasError.reading { try ZipReader(path: file, limits: limits.archive) } }

    func hdf5() throws -> HDF5File { try KerasError.reading { try HDF5File(reading: file) } }

    /// The bytes of a file of text.
    func text() throws -> [UInt8] { try FileTools.bytes(of: file, limit: limits.configBytes) }

    // MARK: Configs

    /// A config from text.
    ///
    /// - Throws: `KerasError.invalidConfig` for what is no JSON; `.saving(.limit)`.
    func config(_ text: [UInt8]) throws -> Config {
        var parser = JSONParser(text, name: file)
        (parser.depthLimit, parser.valueLimit) = (limits.configDepth, limits.configValues)
        return try parser.config()
    }

    /// A model from the text of its config: built if the text says for what shapes, and compiled if wanted and if it says how.
    ///
    /// - Parameter hasWeights: whether the weights get values later, so that initializers need not.
    func model(_ text: [UInt8], compile: Bool, hasWeights: Bool) throws -> Model {
        var config = try LegacyConfig.modern(config(text))
        if !compile { config["compile_config"] = nil }
        return try with(config, hasWeights: hasWeights) {
            let model = try model(config)
            try build(model, config)
            if let settings = try config.value("compile_config", default: Config?.none), !settings.isEmpty {
                try CompileConfig.compile(model, settings)
            }
            return model
        }
    }

    /// Runs `body`, in which layers are made of a config, when all of it was looked at.
    func with<Result>(_ config: Config, hasWeights: Bool, _ body: () throws -> Result) throws -> Result {
        try ConfigScan.check(config, in: file, limits: limits)
        return try LoadBudget.$current.withValue(LoadBudget(file: file, limits: limits, hasWeights: hasWeights), operation: body)
    }

    /// The same for a config that a program hands in: part of one that is looked at already, or a whole.
    static func handed<Result>(_ config: Config, as name: String, _ body: () throws -> Result) throws -> Result {
        if LoadBudget.current != nil { return try body() }
        return try ModelReader(name, LoadLimits()).with(config, hasWeights: false, body)
    }

    /// - Throws: `KerasError.saving(.notModel)` for a config of something else; what the layers throw.
    private func model(_ config: Config) throws -> Model {
        let layer = try SharedLayers.finding { try LayerConfig.layer(from: config) }
        guard let model = layer as? Model else {
            throw KerasError.saving(.notModel(file: file, className: type(of: layer).registeredName))
        }
        return model
    }

    /// Makes the weights of a model that its config alone does not make, a subclass, for the shapes it was built with.
    private func build(_ model: Model, _ config: Config) throws {
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
