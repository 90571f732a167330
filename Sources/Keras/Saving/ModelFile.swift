import Archive
import HDF5

/// Keras' own files: an archive of the architecture and compile settings (`config.json`), the weights (`model.weights.h5`), files of
/// layers (`assets/`), and who wrote it (`metadata.json`).
///
/// Source: `keras.src.saving.saving_lib`.
enum ModelFile {
    static let ending = ".keras"
    private static let config = "config.json", metadata = "metadata.json", weights = "model.weights.h5", assets = "assets/"
    /// The version of Keras whose files these are.
    static let kerasVersion = "3.15.1"
    /// Weights up to this size pass through memory, larger ones through a file.
    private static let memoryBytes = 64 << 20

    // MARK: Writing

    static func write(_ model: Model, to path: String, includeOptimizer: Bool) throws {
        var object = try object(of: model, withCompile: includeOptimizer)
        if !includeOptimizer { object.extra["compile_config"] = [:] }
        let notes: Config = ["keras_version": .string(kerasVersion), "date_saved": .string(Clock.date("%Y-%m-%d@%H:%M:%S"))]
        let states = try StateWalk.states(of: model, withTraining: includeOptimizer)
        try KerasError.reading {
            var archive = ZipWriter()
            try archive.add(metadata, bytes: Array(notes.json().utf8))
            try archive.add(config, bytes: Array(object.value.json().utf8))
            for state in states {
                for (name, bytes) in state.assets.sorted(by: { $0.key < $1.key }) {
                    try archive.add(assets + StateWalk.join(state.path, name), bytes: bytes)
                }
            }
            if states.reduce(0, { $0 + $1.variables.reduce(0) { $0 + $1.type.byteCount } }) <= memoryBytes {
                let file = try HDF5File(inMemory: weights)
                try WeightsWriter(file).write(states)
                try archive.add(weights, bytes: file.bytes())
                return try AtomicFile.replace(path) { try archive.write(to: $0) }
            }
            // Beside the target: that is where there is room.
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
            try ScratchFile.with(in: folder) { scratch in
                let file = try HDF5File(creating: scratch)
                try WeightsWriter(file).write(states)
                try file.close()
                try archive.add(weights, file: scratch)
                try AtomicFile.replace(path) { try archive.write(to: $0) }
            }
        }
    }

    /// The architecture, with what `compile` was given.
    static func object(of model: Model, withCompile: Bool) throws -> ObjectConfig {
        var object = SharedLayers.marking { LayerConfig.object(of: model) }
        object.extra["compile_config"] = withCompile ? .dictionary(try CompileConfig.config(of: model)) : nil
        return object
    }

    // MARK: Reading

    static func read(_ path: String, compile: Bool, skipMismatch: Bool, limits: LoadLimits) throws -> Model {
        let reader = ModelReader(path, limits)
        let archive = try reader.archive()
        let text = try KerasError.reading { try archive.read(Self.config, atMost: limits.configBytes) }
        // Weights that the file has not are as they are initialised.
        let model = try reader.model(text, compile: compile, hasWeights: !skipMismatch)
        try load(assets: archive, into: model, limits)
        try read(archive, limits) { reader in
            // A model that was saved before it had weights has none to load.
            if !model.built, reader.groups.keys.allSatisfy({ $0 == "optimizer" }) { return }
            _ = try model.load(reader, skipMismatch: skipMismatch, limits: limits)
        }
        return model
    }

    /// Opens the weights of a file for as long as `body` runs.
    static func withWeights<Result>(of path: String, limits: LoadLimits, _ body: (WeightsReader) throws -> Result) throws -> Result {
        try read(ModelReader(path, limits).archive(), limits, body)
    }

    private static func read<Result>(_ archive: ZipReader, _ limits: LoadLimits, _ body: (WeightsReader) throws -> Result) throws -> Result {
        let name = "\(archive.name)/\(weights)"
        func run(_ file: HDF5File) throws -> Result {
            try body(WeightsReader([file], name: name, packedBytes: archive.byteCount, limits: limits))
        }
        if let member = archive[weights], member.size > memoryBytes {
            return try ScratchFile.with { scratch in
                try run(KerasError.reading {
                    try archive.extract(weights, to: scratch, atMost: limits.weightBytes)
                    return try HDF5File(reading: scratch)
                })
            }
        }
        return try run(KerasError.reading { try HDF5File(reading: archive.read(weights), name: name) })
    }

    // MARK: Assets

    /// Gives each layer the files that lie under its path.
    private static func load(assets archive: ZipReader, into model: Model, _ limits: LoadLimits) throws {
        let members = archive.members.filter { $0.name.hasPrefix(assets) }
        if members.isEmpty { return }
        try limits.check(.assetBytes, members.reduce(0) { $0 + $1.size }, \.assetBytes, archive.name)
        for state in try StateWalk.states(of: model) {
            guard let layer = state.layer else { continue }
            let prefix = state.path.isEmpty ? assets : "\(assets)\(state.path)/"
            var files: [String: [UInt8]] = [:]
            for member in members where member.name.hasPrefix(prefix) {
                let name = String(member.name.dropFirst(prefix.count))
                // What lies deeper belongs to a layer inside.
                if !name.contains("/") { files[name] = try KerasError.reading { try archive.read(member.name) } }
            }
            if !files.isEmpty { try layer.load(assets: files) }
        }
    }
}
