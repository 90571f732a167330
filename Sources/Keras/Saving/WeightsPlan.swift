import HDF5

/// What of a file goes where, found and checked before anything is changed.
struct WeightsPlan {
    private(set) var report: LoadReport
    private var steps: [(variable: Variable, stored: StoredWeight)] = []
    private var restores: [(states: [[StoredWeight]], restore: ([[Tensor]]) throws -> Void)] = []
    private let reader: WeightsReader
    private let limits: LoadLimits
    private var claimed: Set<String> = []
    private var bytes = 0

    /// - Parameter model: with an optimizer that is built where the file has more than an unbuilt one's variables.
    init(_ reader: WeightsReader, for model: Model, limits: LoadLimits) throws {
        self.reader = reader
        self.limits = limits
        report = LoadReport(file: reader.file)
        try Self.prepare(model, reader)
        let states = try StateWalk.states(of: model)
        for state in states { try add(state) }
        findUnused(model)
        findSimilar(states)
    }

    /// Makes the variables that are made late, where the file has them.
    private static func prepare(_ model: Model, _ reader: WeightsReader) throws {
        if !reader["_sample_order"].isEmpty { try model.trainer.makeSampleOrderKey() }
        guard let optimizer = model.optimizer, !optimizer.isBuilt, reader["optimizer"].count > optimizer.variables.count else { return }
        let variables = model.trainableVariables
        if !variables.isEmpty { try optimizer.build(variables) }
    }

    // MARK: Finding

    private mutating func add(_ state: SavedState) throws {
        switch state.owner {
        case .layer: try add(state.variables, state.path, .weight)
        // The layer has its weights from its first place.
        case .copy: claimed.insert(reader.storedPath(state.path))
        case .optimizer: try add(state.variables, state.path, .optimizer)
        case .kept:
            // Keras' own files do not have it.
            if !reader[state.path].isEmpty { try add(state.variables, state.path, .state) }
        case .metrics(let metrics): try add(metrics, state.path)
        }
    }

    private mutating func add(_ variables: [Variable], _ path: String, _ role: LoadReport.Role) throws {
        let stored = reader[path]
        claimed.insert(reader.storedPath(path))
        func entry(_ index: Int, _ cause: LoadCause? = nil) -> LoadReport.Entry {
            .init(path: Self.path(reader.storedPath(path), "\(index)"), variable: variables[index].path, role: role, cause: cause)
        }
        if stored.isEmpty {
            let cause: LoadCause = role == .optimizer ? .optimizer(expected: variables.count, got: 0) : .noGroup(similar: nil)
            report.missing += variables.indices.map { entry($0, cause) }
            return
        }
        guard stored.count == variables.count else {
            if variables.isEmpty { claimed.remove(reader.storedPath(path)) }
            let cause: LoadCause = role == .optimizer
                ? .optimizer(expected: variables.count, got: stored.count) : .count(expected: variables.count, got: stored.count)
            report.mismatched += variables.indices.map { entry($0, cause) }
            return
        }
        var own: [(Variable, StoredWeight)] = []
        var faults: [LoadReport.Entry] = []
        for (index, variable) in variables.enumerated() {
            guard let set = stored["\(index)"] else {
                faults.append(entry(index, .noGroup(similar: nil)))
                continue
            }
            guard set.shape == variable.shape else {
                faults.append(entry(index, .shape(expected: variable.shape, got: set.shape)))
                continue
            }
            guard DType(set.type) != nil else {
                faults.append(entry(index, .elementType("\(set.type)")))
                continue
            }
            own.append((variable, try StoredWeight(set)))
            if role == .weight { report.applied.append(entry(index)) }
        }
        report.mismatched += faults
        // An optimizer's variables are of use together only.
        if role != .weight, !faults.isEmpty { return }
        if role != .weight { report.applied += variables.indices.map { entry($0) } }
        for (variable, stored) in own {
            try count(stored)
            steps.append((variable, stored))
        }
    }

    private mutating func add(_ metrics: MetricStates, _ path: String) throws {
        var states: [[StoredWeight]] = []
        while case let stored = reader[StateWalk.join(path, "\(states.count)")], !stored.isEmpty {
            let own = StateWalk.join(path, "\(states.count)")
            claimed.insert(own)
            let sets = (0..<stored.count).compactMap { stored["\($0)"] }
            guard sets.count == stored.count, sets.allSatisfy({ DType($0.type) != nil && $0.count <= limits.stateBytes / 8 }) else { return }
            states.append(try sets.map(StoredWeight.init))
            for (index, set) in states[states.count - 1].enumerated() {
                try count(set)
                report.applied.append(.init(path: Self.path(own, "\(index)"), variable: nil, role: .state, cause: nil))
            }
        }
        if !states.isEmpty { restores.append((states, metrics.restore)) }
    }

    private mutating func count(_ stored: StoredWeight) throws {
        bytes = try stored.added(to: bytes, limits, reader.file)
        try limits.checkRatio(unpacked: bytes, packed: reader.packedBytes, reader.file)
    }

    private static func path(_ group: String, _ key: String) -> String { StateWalk.join(StateWalk.join(group, "vars"), key) }

    // MARK: What is left over

    private mutating func findUnused(_ model: Model) {
        let layers = Dictionary(model.flattenedLayers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for (path, stored) in reader.groups.sorted(by: { $0.key < $1.key }) where !claimed.contains(path) {
            let role = Self.role(of: path)
            let unbuilt = path.split(separator: "/").last.flatMap { layers[String($0)] }.flatMap { $0.built ? nil : $0.kindAndName }
            let cause: LoadCause? = switch role {
            case .weight: unbuilt.map { .notBuilt(layer: $0) } ?? .noLayer(similar: nil)
            case .optimizer: model.isCompiled ? .noLayer(similar: nil) : .notCompiled
            case .state: nil
            }
            report.unused += stored.keys.sorted().map { .init(path: Self.path(path, $0), variable: nil, role: role, cause: cause) }
        }
    }

    /// What a part is for that the model does not have.
    private static func role(of path: String) -> LoadReport.Role {
        let steps = path.split(separator: "/")
        if steps.contains("optimizer") { return .optimizer }
        let isKept = ["_sample_order", "_loss_tracker", "_compile_loss", "_compile_metrics"].contains(steps.first ?? "")
        return isKept || steps.last == "states" || steps.last?.hasPrefix("seed_generator") == true ? .state : .weight
    }

    /// Parts that are missing beside parts that are not used, with the same shapes: a layer that has another name or place.
    private mutating func findSimilar(_ states: [SavedState]) {
        let unused = Set(report.unused.filter { $0.role == .weight }.map { Self.group(of: $0.path) }).sorted()
        let missing = Set(report.missing.filter { $0.role == .weight }.map { Self.group(of: $0.path) })
        if unused.isEmpty || missing.isEmpty { return }
        func shapes(_ group: String) -> [[Int]] { reader[group].sorted { $0.key < $1.key }.map(\.value.shape) }
        var free = unused
        for state in states where state.layer != nil && missing.contains(state.path) {
            let wanted = state.variables.map(\.shape)
            guard let index = free.firstIndex(where: { shapes($0) == wanted }) else { continue }
            let found = free.remove(at: index)
            for (index, entry) in report.missing.enumerated() where Self.group(of: entry.path) == state.path {
                report.missing[index].cause = .noGroup(similar: found)
            }
            for (index, entry) in report.unused.enumerated() where Self.group(of: entry.path) == found {
                report.unused[index].cause = .noLayer(similar: state.path)
            }
        }
    }

    /// "a/b" of "a/b/vars/0".
    private static func group(of path: String) -> String { path.split(separator: "/").dropLast(2).joined(separator: "/") }

    // MARK: Doing

    /// Reads everything, then sets the variables.
    func carryOut() throws {
        let values = try steps.map { try $0.stored.tensor().cast(to: $0.variable.dtype) }
        let states = try restores.map { try $0.states.map { try $0.map { try $0.tensor() } } }
        for (step, value) in zip(steps, values) { try step.variable.assign(value) }
        for (restore, values) in zip(restores, states) { try restore.restore(values) }
    }
}
