/// What kind of model it is, and its layers and calls in the order in which summaries and plots show them.
struct ModelOutline {
    enum Kind { case functional, sequential, subclassed }

    let kind: Kind
    let layers: [Layer]
    /// The calls that belong to the model, by layer.
    private let nodes: [ObjectIdentifier: [LayerNode]]

    init(of model: Model) {
        kind = model is Sequential ? .sequential : model.inputStructure != nil ? .functional : .subclassed
        layers = kind == .functional ? model.operations : model.layers
        nodes = Dictionary(grouping: model.nodes) { ObjectIdentifier($0.layer) }.mapValues { $0.sorted { $0.index < $1.index } }
    }

    /// The calls of a layer that belong to the model, first to last.
    func nodes(of layer: Layer) -> [LayerNode] { nodes[ObjectIdentifier(layer)] ?? [] }

    /// Whether every layer is called once, on the result of the one before. Models whose graph is not known count as chains.
    var isChain: Bool {
        guard kind == .functional else { return true }
        let all = nodes.values
        guard all.allSatisfy({ $0.count == 1 && $0[0].inputTensors.count <= 1 }) else { return false }
        // One call that nothing follows, and no call with two followers: the calls are one line.
        let sources = all.flatMap { $0[0].parents }
        return Set(sources).count == sources.count && all.count - sources.count == 1
    }
}

extension Model {
    var outline: ModelOutline { ModelOutline(of: self) }

    /// Whether the model's graph is known, or for a subclassed one, whether it has been called.
    var isDrawable: Bool { inputStructure != nil || (built && !(self is Sequential)) }

    /// The optimizer that the model is compiled with, once it has made its variables.
    var builtOptimizer: Optimizer? {
        trainer.settings.flatMap { $0.optimizer.isBuilt ? $0.optimizer : nil }
    }
}
