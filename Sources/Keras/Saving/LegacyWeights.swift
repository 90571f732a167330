import HDF5

/// Weights in the form that Keras wrote before version 3, and still reads: an HDF5 group with a list `layer_names`, for each layer a
/// group with a list `weight_names`, and under these names the numbers.
///
/// Source: `keras.src.legacy.saving.legacy_h5_format`.
struct LegacyWeights {
    let group: HDF5Group
    private let limits: LoadLimits
    private let fileBytes: Int
    private let count = Count()

    /// Names and bytes that were taken so far, of all parts of the file.
    private final class Count {
        var names = 0
        var bytes = 0
    }

    /// One layer's group: its name in the file, and its weights' names.
    struct Entry {
        let name: String
        let weights: [String]
    }

    private var file: String { group.place.file }

    /// The layers of the file that have weights, in the file's order.
    ///
    /// - Throws: `KerasError.saving`, `.noWeights` for a group that is none of weights.
    func entries() throws -> [Entry] {
        try KerasError.reading {
            guard let layers = try list("layer_names", of: group) else {
                throw KerasError.saving(.noWeights(file: file, missing: "attribute layer_names", known: try group.names()))
            }
            return try layers.map(entry).filter { !$0.weights.isEmpty }
        }
    }

    private func entry(_ name: String) throws -> Entry {
        let layer = try group.group(name)
        guard let weights = try list("weight_names", of: layer) else {
            throw KerasError.saving(.noWeights(file: file, missing: "attribute weight_names of \(layer.place.path)", known: try layer.names()))
        }
        return Entry(name: name, weights: weights)
    }

    /// A list of names; long ones are cut into pieces `layer_names0`, `layer_names1`, ….
    ///
    /// - Throws: `KerasError.saving(.limit)` if there are more names than the policy takes.
    func list(_ name: String, of group: HDF5Group) throws -> [String]? {
        var names: [String]?
        for key in try Self.keys(name, of: group) {
            let piece = try group.attributes.strings(key)
            count.names += piece.count
            try limits.check(.fileObjects, count.names, \.fileObjects, file)
            names = (names ?? []) + piece
        }
        return names
    }

    /// The attributes that have a list.
    private static func keys(_ name: String, of group: HDF5Group) throws -> [String] {
        if try group.attributes.contains(name) { return [name] }
        var keys: [String] = []
        while case let key = "\(name)\(keys.count)", try group.attributes.contains(key) { keys.append(key) }
        return keys
    }

    // MARK: Loading

    /// The weights of a whole model's file, or of a file of weights; nil for a file of another kind.
    static func find(in file: HDF5File, _ limits: LoadLimits) throws -> LegacyWeights? {
        try KerasError.reading {
            let root = file.root
            func weights(_ group: HDF5Group) -> LegacyWeights { LegacyWeights(group: group, limits: limits, fileBytes: file.byteCount) }
            if try !keys("layer_names", of: root).isEmpty { return weights(root) }
            return try root.contains("model_weights") ? weights(root.group("model_weights")) : nil
        }
    }

    private init(group: HDF5Group, limits: LoadLimits, fileBytes: Int) {
        self.group = group
        self.limits = limits
        self.fileBytes = fileBytes
    }

    /// Counts what is to be read.
    ///
    /// - Throws: `KerasError.saving(.limit)`. Nothing is reserved yet.
    func check(_ weights: [StoredWeight]) throws {
        for weight in weights {
            count.bytes = try weight.added(to: count.bytes, limits, file)
            try limits.checkRatio(unpacked: count.bytes, packed: fileBytes, file)
        }
    }

    /// Gives a model's layers the file's weights.
    ///
    /// - Parameters:
    ///   - skipMismatch: whether weights of another shape are left as they are.
    ///   - byName: whether layers are found by name; else they are taken in order, whatever their names are.
    /// - Throws: `KerasError.saving`; nothing is changed then.
    @discardableResult
    func load(into model: Model, skipMismatch: Bool = false, byName: Bool = false) throws -> LoadReport {
        let layers = model.layers.filter { !$0.weights.isEmpty }
        let entries = try entries()
        var plan = LoadPlan(file: file, skipMismatch: skipMismatch)
        if byName {
            try plan.add(entries, byNameTo: layers, stored: stored)
        } else {
            guard layers.count == entries.count else {
                throw KerasError.saving(
                    .layerCount(file: file, model: model.name, expected: layers.map(\.name), got: entries.map(\.name)))
            }
            for (layer, entry) in zip(layers, entries) {
                try plan.add(stored(entry), as: entry.name, to: layer.legacyWeights, of: layer)
            }
        }
        let topLevel = "top_level_model_weights"
        if try KerasError.reading({ try group.contains(topLevel) }) {
            let weights = try KerasError.reading { try entry(topLevel) }
            try plan.add(stored(weights), as: topLevel, to: model.directWeights, of: model)
        }
        try check(plan.stored)
        try plan.carryOut()
        return plan.report
    }

    private func stored(_ entry: Entry) throws -> [StoredWeight] {
        try KerasError.reading {
            let layer = try group.group(entry.name)
            return try entry.weights.map { try StoredWeight(layer.dataset($0)) }
        }
    }
}

/// What is to be loaded, checked before anything is changed.
struct LoadPlan {
    let file: String
    let skipMismatch: Bool
    private(set) var report: LoadReport
    private var steps: [(variable: Variable, stored: StoredWeight)] = []
    /// What is to be read.
    var stored: [StoredWeight] { steps.map(\.stored) }

    init(file: String, skipMismatch: Bool) {
        self.file = file
        self.skipMismatch = skipMismatch
        report = LoadReport(file: file)
    }

    mutating func add(
        _ entries: [LegacyWeights.Entry], byNameTo layers: [Layer], stored: (LegacyWeights.Entry) throws -> [StoredWeight]
    ) throws {
        let found = Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        for layer in layers {
            if let entry = found[layer.name] {
                try add(stored(entry), as: entry.name, to: layer.legacyWeights, of: layer)
            } else {
                report.missing += layer.legacyWeights.map {
                    .init(path: layer.name, variable: $0.path, role: .weight, cause: .noGroup(similar: nil))
                }
            }
        }
        let names = Set(layers.map(\.name))
        for entry in entries where !names.contains(entry.name) {
            report.unused += entry.weights.map {
                .init(path: "\(entry.name)/\($0)", variable: nil, role: .weight, cause: .noLayer(similar: nil))
            }
        }
    }

    /// - Parameter group: the file's name for the layer.
    mutating func add(_ stored: [StoredWeight], as group: String, to variables: [Variable], of layer: Layer) throws {
        func entry(_ index: Int, _ cause: LoadCause?) -> LoadReport.Entry {
            let path = index < stored.count ? stored[index].dataset.place.path : group
            return .init(path: path, variable: variables[index].path, role: .weight, cause: cause)
        }
        guard stored.count == variables.count else {
            guard skipMismatch else {
                throw KerasError.saving(.weightCount(
                    file: file, layer: layer.kindAndName, group: group, expected: variables.map(\.path),
                    got: stored.map(\.dataset.place.path)))
            }
            report.mismatched += variables.indices.map { entry($0, .count(expected: variables.count, got: stored.count)) }
            return
        }
        for (index, (variable, stored)) in zip(variables, stored).enumerated() {
            if variable.shape == stored.shape {
                steps.append((variable, stored))
                report.applied.append(entry(index, nil))
                continue
            }
            guard skipMismatch else {
                throw KerasError.saving(.weightShape(
                    file: file, layer: layer.kindAndName, weight: variable.path, expected: variable.shape, got: stored.shape))
            }
            report.mismatched.append(entry(index, .shape(expected: variable.shape, got: stored.shape)))
        }
    }

    /// Reads everything, then sets the variables.
    func carryOut() throws {
        let values = try steps.map { try $0.stored.tensor().cast(to: $0.variable.dtype) }
        for (step, value) in zip(steps, values) { try step.variable.assign(value) }
    }
}

extension Layer {
    /// All weights in the order of files before Keras 3.
    var legacyWeights: [Variable] { trainableWeights + nonTrainableWeights }
}
