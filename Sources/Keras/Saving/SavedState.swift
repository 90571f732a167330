/// One part of a model whose variables files have in a group of their own: a layer, the optimizer.
struct SavedState {
    enum Owner {
        case layer(Layer)
        case optimizer(Optimizer)
        /// What Keras' files do not have: states of random numbers, of stateful layers, the order of samples.
        case kept
        /// Metrics whose state this is; they may be made later.
        case metrics(MetricStates)
    }

    let owner: Owner
    /// The group's path, without `vars`; "" for the model's own.
    let path: String
    /// What Keras notes beside the variables.
    let name: String?
    var variables: [Variable]

    /// The layer whose weights these are.
    var layer: Layer? {
        guard case .layer(let layer) = owner else { return nil }
        return layer
    }
}

/// The states of metrics that may not exist before the first batch.
struct MetricStates {
    let metrics: [Metric]
    /// Takes one list of variables for each metric.
    let restore: ([[Tensor]]) throws -> Void
}

/// Goes through a model as Keras does when it saves one: each part once, where it is first come across.
///
/// Source: `keras.src.saving.saving_lib`, `_save_state`.
struct StateWalk {
    private(set) var states: [SavedState] = []
    private var seen: Set<ObjectIdentifier> = []

    /// - Parameter withTraining: whether what `compile` set up is among them.
    static func states(of model: Model, withTraining: Bool = true) throws -> [SavedState] {
        var walk = StateWalk()
        walk.visit(model, "")
        if withTraining { try walk.visit(model.trainer) }
        return walk.states
    }

    private mutating func add(_ owner: SavedState.Owner, _ path: String, name: String? = nil, _ variables: [Variable]) {
        states.append(SavedState(owner: owner, path: path, name: name, variables: variables))
    }

    private mutating func visit(_ layer: Layer, _ path: String) {
        guard seen.insert(ObjectIdentifier(layer)).inserted else { return }
        add(.layer(layer), path, name: layer.name, layer.directWeights)
        let seeds = layer.ownSeeds + layer.parts.seeds.filter { seed in !layer.ownSeeds.contains { $0 === seed } }
        for (index, seed) in seeds.enumerated() {
            add(.kept, Self.join(path, index == 0 ? "seed_generator" : "seed_generator_\(index)"), [seed.state])
        }
        if !layer.keptVariables.isEmpty { add(.kept, Self.join(path, "states"), layer.keptVariables) }
        for (name, part) in SavedParts.parts(of: layer) { visit(part, Self.join(path, name)) }
    }

    private mutating func visit(_ part: SavedPart, _ path: String) {
        switch part {
        case .layer(let layer): visit(layer, path)
        case .metric(let metric): visit(metric, path)
        case .list(let parts): visit(parts, path)
        }
    }

    /// Things in a list go by the names of their classes, numbered.
    private mutating func visit(_ parts: [SavedPart], _ path: String) {
        var uses: [String: Int] = [:]
        for part in parts {
            let base = switch part {
            case .layer(let layer): type(of: layer).savedClassName
            case .metric(let metric): Naming.snakeCase(type(of: metric).registeredName)
            case .list: "container"
            }
            let count = uses[base, default: 0]
            uses[base] = count + 1
            visit(part, Self.join(path, count == 0 ? base : "\(base)_\(count)"))
        }
    }

    private mutating func visit(_ metric: Metric, _ path: String) {
        guard seen.insert(ObjectIdentifier(metric)).inserted else { return }
        add(.metrics(MetricStates(metrics: [metric]) { try metric.restore($0.first ?? []) }), path, [])
    }

    private mutating func visit(_ trainer: Trainer) throws {
        if let key = trainer.sampleOrderKey { add(.kept, "_sample_order", [key]) }
        guard let settings = trainer.settings else { return }
        add(.optimizer(settings.optimizer), "optimizer", name: settings.optimizer.name, settings.optimizer.variables)
        visit(settings.lossTracker, "_loss_tracker")
        if let loss = settings.loss {
            add(.metrics(MetricStates(metrics: loss.metrics, restore: loss.restore)), "_compile_loss", [])
        }
        if let metrics = settings.metrics {
            add(.metrics(MetricStates(metrics: metrics.entries.map(\.metric), restore: metrics.restore)), "_compile_metrics", [])
        }
    }

    static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path)/\(name)" }
}
