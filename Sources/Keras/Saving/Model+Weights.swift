import HDF5

extension Model {
    /// Writes the weights, and what training goes on from (optimizer, random numbers, metrics), in Keras' own layout.
    ///
    /// ```swift
    /// try model.saveWeights(to: "model.weights.h5")
    /// try large.saveWeights(to: "large.weights.json", maxShardSize: 5)
    /// ```
    ///
    /// Whoever looks at the path finds the old file or the new one, whole. Source: `keras.Model.save_weights`.
    ///
    /// - Parameters:
    ///   - path: ends in `.weights.h5`; with `maxShardSize` in `.weights.json`: that is the index of files beside it.
    ///   - maxShardSize: the most gigabytes (2³⁰ bytes) of one file.
    /// - Throws: `KerasError.saving`, for another ending, a model that is not built, or a file that cannot be written.
    public func saveWeights(to path: String, maxShardSize: Double? = nil) throws {
        let known = maxShardSize == nil ? ".weights.h5" : ShardedWeights.ending
        guard path.hasSuffix(known) else { throw KerasError.saving(.pathExtension(path: path, known: [known])) }
        try checkBuilt()
        let states = try StateWalk.states(of: self)
        if let maxShardSize {
            guard maxShardSize > 0, let limit = Int(exactly: (maxShardSize * 0x1p30).rounded()) else {
                throw KerasError.invalidArgument(place, argument: "maxShardSize", expected: "above 0", got: "\(maxShardSize)")
            }
            try ShardedWeights(path: path).write(states, limit: limit)
        } else {
            try write(states, to: path)
        }
    }

    /// - Parameter note: further things that go into the file.
    func write(_ states: [SavedState], to path: String, note: (HDF5File) throws -> Void = { _ in }) throws {
        try ScratchFile.writing(path) { file in
            try WeightsWriter(file).write(states)
            try note(file)
        }
    }

    /// Loads weights, and optimizer state if the model is compiled, from a file that ``saveWeights(to:maxShardSize:)`` or Keras wrote.
    ///
    /// Files in the form before Keras 3 (`.h5`, of weights or of whole models) are read too: layer by layer in their order, or by the
    /// layers' names. Everything is checked before anything is changed. Source: `keras.Model.load_weights`.
    ///
    /// - Parameters:
    ///   - path: a `.weights.h5`, `.weights.json`, `.keras` or `.h5` file.
    ///   - skipMismatch: whether weights that the file has in another shape or not at all are left as they are, and whether it may have
    ///     weights that the model has not.
    ///   - byName: for `.h5` files: whether layers are found by name. Layers that the file has not stay as they are.
    /// - Returns: what was set and what was not; also in ``loadReport``.
    /// - Throws: `KerasError.saving`, with the report if weights do not fit; nothing is changed then.
    @discardableResult
    public func loadWeights(
        from path: String, skipMismatch: Bool = false, byName: Bool = false, limits: LoadLimits = LoadLimits()
    ) throws -> LoadReport {
        if path.hasSuffix(ModelFile.ending) {
            return try ModelFile.withWeights(of: path, limits: limits) { try load($0, skipMismatch: skipMismatch, limits: limits) }
        }
        if path.hasSuffix(ShardedWeights.ending) {
            return try load(ShardedWeights(path: path).open(limits), skipMismatch: skipMismatch, limits: limits)
        }
        let file = try ModelReader(path, limits).hdf5()
        if let legacy = try LegacyWeights.find(in: file, limits) { return try load(legacy, skipMismatch: skipMismatch, byName: byName) }
        return try load(WeightsReader([file], name: path, limits: limits), skipMismatch: skipMismatch, limits: limits)
    }

    /// What the latest loading of weights did; nil before.
    public var loadReport: LoadReport? { trainer.loadReport }

    func load(_ reader: WeightsReader, skipMismatch: Bool, limits: LoadLimits) throws -> LoadReport {
        try checkBuilt()
        let plan = try WeightsPlan(reader, for: self, limits: limits)
        guard skipMismatch || plan.report.isComplete else { throw KerasError.saving(.incomplete(plan.report, model: name)) }
        try plan.carryOut()
        trainer.loadReport = plan.report
        let lost = (plan.report.mismatched + plan.report.missing).first { $0.role == .optimizer }
        if let lost, !reader["optimizer"].isEmpty {
            Session.current.warnings("\(reader.file): the optimizer's state was not loaded, training starts it afresh. \(lost)")
        }
        return plan.report
    }

    private func load(_ legacy: LegacyWeights, skipMismatch: Bool, byName: Bool) throws -> LoadReport {
        try checkBuilt()
        let report = try legacy.load(into: self, skipMismatch: skipMismatch, byName: byName)
        trainer.loadReport = report
        return report
    }

    func checkBuilt() throws {
        if built { return }
        let unbuilt = flattenedLayers.filter { !$0.built && $0 !== self }.map(\.name)
        throw KerasError.saving(.notBuilt(model: name, layers: unbuilt.isEmpty ? [name] : unbuilt))
    }
}
