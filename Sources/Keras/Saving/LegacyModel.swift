import Archive
import HDF5

/// Whole models in one HDF5 file, the form before `.keras`: configs in attributes, weights by the layers' names.
///
/// Source: `keras.src.legacy.saving.legacy_h5_format`.
enum LegacyModel {
    static let endings = [".h5", ".hdf5"]
    private static let modelConfig = "model_config", trainingConfig = "training_config"
    private static let modelWeights = "model_weights", optimizerWeights = "optimizer_weights"

    // MARK: Reading

    static func read(_ path: String, compile: Bool, skipMismatch: Bool, limits: LoadLimits) throws -> Model {
        let reader = ModelReader(path, limits)
        let file = try reader.hdf5(), root = file.root
        guard let architecture = try attribute(modelConfig, of: root, limits) else {
            let known = try KerasError.reading { try root.names() }
            throw KerasError.saving(.noWeights(file: path, missing: "attribute \(modelConfig)", known: known))
        }
        let weights = try LegacyWeights.find(in: file, limits)
        let model = try reader.model(Array(architecture.utf8), compile: false, hasWeights: weights != nil && !skipMismatch)
        if compile, let settings = try attribute(trainingConfig, of: root, limits) {
            try Self.compile(model, reader.config(Array(settings.utf8)), reader)
        }
        guard model.built, let weights else { return model }
        model.trainer.loadReport = try weights.load(into: model, skipMismatch: skipMismatch)
        if model.isCompiled, try KerasError.reading({ try root.contains(optimizerWeights) }) {
            try loadOptimizer(of: model, from: KerasError.reading { try root.group(optimizerWeights) }, weights)
        }
        return model
    }

    private static func attribute(_ name: String, of root: HDF5Group, _ limits: LoadLimits) throws -> String? {
        try KerasError.reading {
            try root.attributes.contains(name) ? try root.attributes.string(name, limit: limits.configBytes) : nil
        }
    }

    private static func compile(_ model: Model, _ settings: Config, _ reader: ModelReader) throws {
        var settings = settings
        if let optimizer = settings.removeValue(for: "optimizer_config") { settings["optimizer"] = optimizer }
        guard case .dictionary(let today) = reduced(.dictionary(settings)) else { return }
        try reader.with(today, hasWeights: true) { try CompileConfig.compile(model, today) }
    }

    /// Reductions that Keras 2 chose by itself are today's default.
    private static func reduced(_ value: ConfigValue) -> ConfigValue {
        switch value {
        case .list(let items): .list(items.map(reduced))
        case .dictionary(let config):
            .dictionary(config.entries.reduce(into: Config()) { result, entry in
                let isAutomatic = entry.key == "reduction" && entry.value == "auto"
                result[entry.key] = isAutomatic ? .string(LossReduction.sumOverBatchSize.rawValue) : reduced(entry.value)
            })
        case .null, .bool, .int, .double, .string: value
        }
    }

    /// An optimizer's variables are of use together only: those of other optimizers, or in another order, are left.
    private static func loadOptimizer(of model: Model, from group: HDF5Group, _ weights: LegacyWeights) throws {
        guard let optimizer = model.optimizer else { return }
        let stored = try KerasError.reading {
            try (weights.list("weight_names", of: group) ?? []).map { try StoredWeight(group.dataset($0)) }
        }
        if stored.count > optimizer.variables.count, !model.trainableVariables.isEmpty { try optimizer.build(model.trainableVariables) }
        let variables = optimizer.variables
        func entry(_ variable: Variable, _ cause: LoadCause?) -> LoadReport.Entry {
            .init(path: group.place.path, variable: variable.path, role: .optimizer, cause: cause)
        }
        guard stored.map(\.shape) == variables.map(\.shape) else {
            let cause = LoadCause.optimizer(expected: variables.count, got: stored.count)
            model.trainer.loadReport?.mismatched += variables.map { entry($0, cause) }
            Session.current.warnings("\(group.place.file): the optimizer's state was not loaded, training starts it afresh: \(cause).")
            return
        }
        try weights.check(stored)
        let values = try zip(variables, stored).map { try $1.tensor().cast(to: $0.dtype) }
        for (variable, value) in zip(variables, values) { try variable.assign(value) }
        model.trainer.loadReport?.applied += variables.map { entry($0, nil) }
    }

    // MARK: Writing

    static func write(_ model: Model, to path: String, includeOptimizer: Bool) throws {
        // A Sequential's masks are made again when it is loaded.
        let graphs = model.flattenedLayers.compactMap { $0 as? Model }.filter { !($0 is Sequential) }
        let operations = graphs.flatMap(\.operations).filter { $0 is KerasOperation }
        guard operations.isEmpty else {
            let names = operations.prefix(5).map(\.name) + (operations.count > 5 ? ["…"] : [])
            let reason = "the .h5 form has no place for operations of ops (\(names.joined(separator: ", "))). A .keras file has"
            throw KerasError.saving(.notSavable(object: "Model \"\(model.name)\" in \(path)", reason: reason))
        }
        let object = try old(LayerConfig.object(of: model).dictionary)
        var training = includeOptimizer ? try CompileConfig.config(of: model) : [:]
        if let optimizer = training.removeValue(for: "optimizer") { training["optimizer_config"] = optimizer }
        try ScratchFile.writing(path) { file in
            let attributes = file.root.attributes
            try attributes.set("keras_version", to: ModelFile.kerasVersion)
            try attributes.set("backend", to: backend)
            try attributes.set(modelConfig, to: object.json())
            if !training.isEmpty { try attributes.set(trainingConfig, to: training.json()) }
            try write(model, to: file.root.createGroup(modelWeights))
            guard includeOptimizer, let optimizer = model.optimizer else { return }
            try write(optimizer.variables, to: file.root.createGroup(optimizerWeights))
        }
    }

    /// Readers ask which backend wrote a file because one of them once kept kernels the other way round. This is not that one.
    private static let backend = "tensorflow"

    private static func write(_ model: Model, to group: HDF5Group) throws {
        let layers = model.layers
        try group.attributes.setNames("layer_names", to: layers.map(\.name))
        try group.attributes.set("backend", to: backend)
        try group.attributes.set("keras_version", to: ModelFile.kerasVersion)
        for layer in layers.sorted(by: { $0.name < $1.name }) { try write(layer.legacyWeights, to: group.createGroup(layer.name)) }
        try write(model.directWeights, to: group.createGroup("top_level_model_weights"))
    }

    private static func write(_ variables: [Variable], to group: HDF5Group) throws {
        // Names have to differ: shared weights stand under both.
        var uses: [String: Int] = [:]
        let names = variables.map { variable in
            let count = uses[variable.path, default: 0]
            uses[variable.path] = count + 1
            return count == 0 ? variable.path : "\(variable.path)_\(count)"
        }
        try group.attributes.setNames("weight_names", to: names)
        for (name, variable) in zip(names, variables) { try WeightsWriter.add(variable, as: name, to: group) }
    }

    /// Layers by class and settings alone.
    private static func old(_ object: Config) throws -> Config {
        var result: Config = ["class_name": .string(try LegacyConfig.className(writing: object.string("class_name")))]
        var config: Config = try object.value("config", default: [:])
        if let layers: [Config] = try? config.value("layers") { config["layers"] = .list(try layers.map { .dictionary(try old($0)) }) }
        result["config"] = .dictionary(config)
        for key in ["name", "inbound_nodes"] where object[key] != nil { result[key] = object[key] }
        return result
    }
}

extension HDF5Attributes {
    /// What an object's head has room for, less what else stands there.
    private static let headBytes = 64512

    /// Names as Keras writes them: in pieces where they do not fit.
    fileprivate func setNames(_ name: String, to names: [String]) throws {
        let width = max(names.map(\.utf8.count).max() ?? 0, 1)
        let most = max(Self.headBytes / width, 1)
        if names.count <= most { return try setFixed(name, to: names) }
        for (piece, start) in stride(from: 0, to: names.count, by: most).enumerated() {
            try setFixed("\(name)\(piece)", to: Array(names[start..<min(start + most, names.count)]))
        }
    }
}
