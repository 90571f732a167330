/// One part of a model whose variables files have in a group of their own: a layer, the optimizer.
struct SavedState {
    enum Owner {
        case layer(Layer)
        /// A layer that came before and stands in another model, too. Keras, which makes it anew there, reads it there.
        case copy(Layer)
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

    /// The files that lie beside the weights.
    var assets: [String: [UInt8]] {
        switch owner {
        case .layer(let layer), .copy(let layer): layer.assets
        case .optimizer, .kept, .metrics: [:]
        }
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

    private mutating func visit(_ layer: Layer, _ path: String, isInModel: Bool = false) {
        guard seen.insert(ObjectIdentifier(layer)).inserted else {
            if isInModel { copy(layer, path, inside: []) }
            return
        }
        add(.layer(layer), path, name: layer.name, layer.directWeights)
        let seeds = layer.ownSeeds + layer.parts.seeds.filter { seed in !layer.ownSeeds.contains { $0 === seed } }
        for (index, seed) in seeds.enumerated() {
            add(.kept, Self.join(path, index == 0 ? "seed_generator" : "seed_generator_\(index)"), [seed.state])
        }
        if !layer.keptVariables.isEmpty { add(.kept, Self.join(path, "states"), layer.keptVariables) }
        let isMade = (layer as? Model).map { $0.graph != nil || $0 is Sequential } ?? false
        for (name, part) in SavedParts.parts(of: layer) {
            visit(part, Self.join(path, name), isInModel: isMade && name == SavedParts.layers)
        }
    }

    private mutating func visit(_ part: SavedPart, _ path: String, isInModel: Bool = false) {
        switch part {
        case .layer(let layer): visit(layer, path, isInModel: isInModel)
        case .metric(let metric): visit(metric, path)
        case .list(let parts):
            for (name, part) in SavedParts.named(parts) { visit(part, Self.join(path, name), isInModel: isInModel) }
        }
    }

    /// The weights of a layer and of what is in it, once more.
    private mutating func copy(_ layer: Layer, _ path: String, inside owners: [Layer]) {
        if owners.contains(where: { $0 === layer }) { return }
        add(.copy(layer), path, name: layer.name, layer.directWeights)
        for (name, part) in SavedParts.parts(of: layer) { copy(part, Self.join(path, name), inside: owners + [layer]) }
    }

    private mutating func copy(_ part: SavedPart, _ path: String, inside owners: [Layer]) {
        switch part {
        case .layer(let layer): copy(layer, path, inside: owners)
        case .metric: break
        case .list(let parts): for (name, part) in SavedParts.named(parts) { copy(part, Self.join(path, name), inside: owners) }
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
