import Archive
import HDF5

/// Weights in several files beside an index: `model.weights.json`, `model_00000.weights.h5`, `model_00001.weights.h5`, ….
///
/// The index says where each group of variables lies; one that does not fit into a file goes on in the next. Source:
/// `keras.src.saving.saving_lib`, `ShardedH5IOStore`.
struct ShardedWeights {
    static let ending = ".weights.json"

    /// The index's path.
    let path: String

    private var folder: String { path.lastIndex(of: "/").map { String(path[...$0]) } ?? "" }

    private var base: String {
        let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
        return String(name.dropLast(Self.ending.count))
    }

    private func shardName(_ index: Int) -> String {
        let digits = String(index)
        return "\(base)_\(String(repeating: "0", count: max(0, 5 - digits.count)))\(digits).weights.h5"
    }

    // MARK: Writing

    /// - Parameter limit: bytes of variables in one file.
    func write(_ states: [SavedState], limit: Int) throws {
        var plan = ShardPlan(limit: limit)
        for state in states {
            switch state.owner {
            case .layer, .copy, .optimizer, .kept: try plan.add(state.path, state.name, state.variables)
            case .metrics(let own):
                for (index, metric) in own.metrics.enumerated() where metric.isBuilt {
                    try plan.add(StateWalk.join(state.path, "\(index)"), nil, metric.variables)
                }
            }
        }
        var places: [(group: String, files: [String])] = []
        for (index, shard) in plan.shards.enumerated() {
            let name = shardName(index)
            try ScratchFile.writing(folder + name) { file in
                for part in shard {
                    let group = try WeightsWriter.group(part.path, name: part.name, in: file)
                    for (key, variable) in part.variables { try WeightsWriter.add(variable, as: "\(key)", to: group) }
                    if part.variables.isEmpty { continue }
                    let path = "/" + StateWalk.join(part.path, "vars")
                    if places.last?.group == path { places[places.count - 1].files.append(name) } else { places.append((path, [name])) }
                }
            }
        }
        var map = Config()
        for place in places { map[place.group] = place.files.count == 1 ? .string(place.files[0]) : place.files.configValue }
        let index: Config = ["metadata": ["total_size": .int(plan.total)], "weight_map": .dictionary(map)]
        try OutputFile.write(index.json(indentation: 4), to: path)
    }

    // MARK: Reading

    func open(_ limits: LoadLimits) throws -> WeightsReader {
        let reader = ModelReader(path, limits)
        let index = try reader.config(reader.text())
        var names: [String] = []
        var seen: Set<String> = []
        for entry in try index.dictionary("weight_map").entries {
            let files: [String]
            switch entry.value {
            case .string(let name): files = [name]
            case .list: files = try [String](configValue: entry.value) ?? { throw KerasError.saving(.shard(file: path, name: entry.key)) }()
            default: throw KerasError.saving(.shard(file: path, name: entry.key))
            }
            for name in files where seen.insert(name).inserted {
                // No path: nothing outside of the index's folder is opened.
                guard name.hasSuffix(".h5"), !name.contains("/"), !name.contains("\\"), !name.hasPrefix(".") else {
                    throw KerasError.saving(.shard(file: path, name: name))
                }
                names.append(name)
            }
        }
        try limits.check(.fileObjects, names.count, \.fileObjects, path)
        let files = try names.map { try ModelReader(folder + $0, limits).hdf5() }
        return try WeightsReader(files, name: path, limits: limits)
    }
}

/// Which variables go into which file.
private struct ShardPlan {
    struct Part {
        let path: String
        let name: String?
        var variables: [(key: Int, variable: Variable)]
    }

    let limit: Int
    private(set) var shards: [[Part]] = [[]]
    private(set) var total = 0
    private var current = 0

    init(limit: Int) { self.limit = limit }

    mutating func add(_ path: String, _ name: String?, _ variables: [Variable]) throws {
        shards[shards.count - 1].append(Part(path: path, name: name, variables: []))
        for (key, variable) in variables.enumerated() {
            let bytes = variable.type.byteCount
            guard bytes <= limit else { throw KerasError.saving(.shardSize(weight: variable.path, bytes: bytes, atMost: limit)) }
            total += bytes
            current += bytes
            if current > limit {
                shards.append([Part(path: path, name: nil, variables: [])])
                current = bytes
            }
            let last = shards.count - 1
            shards[last][shards[last].count - 1].variables.append((key, variable))
        }
    }
}
