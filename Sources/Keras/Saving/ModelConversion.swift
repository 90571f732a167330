/// Turns a model's file into one of another kind.
///
/// ```swift
/// try convertModel(from: "old.h5", to: "new.keras")
/// try convertModel(from: "trained.weights.h5", to: "model.keras", architecture: "model.json")
/// ```
///
/// The endings say the kinds: `.keras` and `.h5` (or `.hdf5`) hold whole models, `.json` the architecture and the compile settings,
/// `.weights.h5` the weights and the optimizer's state. What a file does not hold is not made up: from `.json` come newly initialised
/// weights, and weights alone need the file of a model beside them. Whoever looks at the target finds the old file or the new one, whole.
///
/// - Parameters:
///   - source: the file to read.
///   - target: the file to write; what is there is replaced.
///   - architecture: the file of the model whose weights `source` holds: for `.weights.h5`, and for `.h5` files of weights.
///   - includeOptimizer: whether compile settings and the optimizer's state go along.
///   - customObjects: classes that are not Keras'.
///   - limits: how much is read.
/// - Throws: `KerasError.saving` for an ending that is not known, weights without an architecture, files that cannot be read or
///   written; what the layers throw.
public func convertModel(
    from source: String, to target: String, architecture: String? = nil, includeOptimizer: Bool = true,
    customObjects: [any KerasSerializable.Type] = [], limits: LoadLimits = LoadLimits()
) throws {
    let kind = try ModelFileKind(target)
    let model: Model
    if let architecture {
        model = try read(architecture, compile: includeOptimizer, customObjects, limits)
        try model.loadWeights(from: source, limits: limits)
    } else {
        model = try read(source, compile: includeOptimizer, customObjects, limits)
    }
    switch kind {
    case .keras, .legacy: try model.save(to: target, includeOptimizer: includeOptimizer)
    case .weights: try model.saveWeights(to: target)
    case .json:
        let object = try ModelFile.object(of: model, withCompile: includeOptimizer)
        try OutputFile.write(object.value.json(), to: target)
    }
}

private func read(_ path: String, compile: Bool, _ customObjects: [any KerasSerializable.Type], _ limits: LoadLimits) throws -> Model {
    switch try ModelFileKind(path) {
    case .keras, .legacy:
        return try loadModel(path, customObjects: customObjects, compile: compile, limits: limits)
    case .json:
        let reader = ModelReader(path, limits)
        return try CustomObjects.with(customObjects) { try reader.model(reader.text(), compile: compile, hasWeights: false) }
    case .weights:
        throw KerasError.saving(.weightsOnly(file: path))
    }
}

/// What a file holds, by its ending.
enum ModelFileKind {
    case keras, legacy, weights, json

    /// - Throws: `KerasError.saving(.pathExtension)`.
    init(_ path: String) throws {
        if path.hasSuffix(ModelFile.ending) {
            self = .keras
        } else if path.hasSuffix(".weights.h5") || path.hasSuffix(ShardedWeights.ending) {
            self = .weights
        } else if LegacyModel.endings.contains(where: path.hasSuffix) {
            self = .legacy
        } else if path.hasSuffix(".json") {
            self = .json
        } else {
            throw KerasError.saving(.pathExtension(path: path, known: [ModelFile.ending, ".h5", ".weights.h5", ".json"]))
        }
    }
}
