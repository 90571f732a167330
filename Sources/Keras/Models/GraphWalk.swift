/// The calls that a model's outputs come from, found by walking back from them.
struct GraphWalk {
    /// Each call after those it needs.
    private(set) var nodes: [LayerNode] = []
    /// When each layer was first come across.
    private(set) var firstSeen: [ObjectIdentifier: Int] = [:]

    /// - Throws: `KerasError.cycle`.
    init(inputs: [KerasTensor], outputs: [KerasTensor], model: String) throws {
        let starts = Set(inputs)
        var finished: Set<LayerNode> = []
        var inProgress: Set<LayerNode> = []
        // Without recursion: graphs may be deep.
        var stack: [(node: LayerNode, isDone: Bool)] = []
        for output in outputs {
            push(output, starts, &finished, &stack)
            while let (node, isDone) = stack.popLast() {
                if isDone {
                    inProgress.remove(node)
                    if finished.insert(node).inserted { nodes.append(node) }
                    continue
                }
                if finished.contains(node) { continue }
                guard inProgress.insert(node).inserted else {
                    throw KerasError.cycle(model: model, layers: [node.layer.name] + inProgress.map(\.layer.name).sorted() + [node.layer.name])
                }
                if firstSeen[ObjectIdentifier(node.layer)] == nil { firstSeen[ObjectIdentifier(node.layer)] = firstSeen.count }
                stack.append((node, true))
                for tensor in node.inputTensors.reversed() { push(tensor, starts, &finished, &stack) }
            }
        }
    }

    /// Puts the call that makes a tensor on the stack, unless the model starts there.
    private func push(
        _ tensor: KerasTensor, _ starts: Set<KerasTensor>, _ finished: inout Set<LayerNode>, _ stack: inout [(node: LayerNode, isDone: Bool)]
    ) {
        guard let node = tensor.node, !finished.contains(node) else { return }
        if !node.isInput, starts.contains(tensor) { return }
        stack.append((node, false))
    }

    /// - Throws: `KerasError.disconnected` for a call that needs an `Input` that is not the model's.
    func checkConnected(inputs: [KerasTensor], outputs: [KerasTensor], model: String) throws {
        var computable = Set(inputs)
        for node in nodes {
            for tensor in node.inputTensors where !computable.contains(tensor) {
                throw KerasError.disconnected(
                    model: model, layer: Self.place(of: node), missing: tensor.source, given: inputs.map(\.source))
            }
            if !node.isInput { computable.formUnion(node.outputTensors) }
        }
        for output in outputs where !computable.contains(output) {
            let layer = LayerPlace(className: "an output", name: output.history?.layer.name ?? output.name, place: output.node?.place)
            throw KerasError.disconnected(model: model, layer: layer, missing: output.source, given: inputs.map(\.source))
        }
    }

    private static func place(of node: LayerNode) -> LayerPlace {
        var place = node.layer.place
        place.place = node.place
        return place
    }
}

/// Calls and layers ordered as Keras orders them: by distance from the outputs, then by when they were come across.
struct GraphOrder {
    let nodes: [LayerNode]
    let layers: [Layer]

    init(_ walk: GraphWalk, inputs: [KerasTensor]) {
        let members = Set(walk.nodes)
        var nodeDepths: [LayerNode: Int] = [:]
        var layerDepths: [ObjectIdentifier: Int] = [:]
        var layersByID: [ObjectIdentifier: Layer] = [:]
        var firstSeen = walk.firstSeen
        for node in walk.nodes.reversed() {
            let id = ObjectIdentifier(node.layer)
            layersByID[id] = node.layer
            let depth = max(nodeDepths[node] ?? 0, layerDepths[id] ?? 0)
            layerDepths[id] = depth
            nodeDepths[node] = depth
            for parent in node.parents where members.contains(parent) {
                nodeDepths[parent] = max(depth + 1, nodeDepths[parent] ?? 0)
            }
        }
        var nodes = walk.nodes
        // Inputs that nothing uses belong to the model all the same.
        for input in inputs {
            guard let node = input.node, node.isInput, layerDepths[ObjectIdentifier(node.layer)] == nil else { continue }
            let id = ObjectIdentifier(node.layer)
            layersByID[id] = node.layer
            layerDepths[id] = 0
            firstSeen[id] = -1
            nodes.insert(node, at: 0)
        }
        self.nodes = nodes
        let ordered = layerDepths.keys.sorted { a, b in
            let (depthA, depthB) = (layerDepths[a] ?? 0, layerDepths[b] ?? 0)
            return depthA != depthB ? depthA > depthB : (firstSeen[a] ?? 0) < (firstSeen[b] ?? 0)
        }
        layers = ordered.compactMap { layersByID[$0] }
    }
}

/// Changes to a graph before a model is made of it.
enum GraphSurgery {
    /// The same graph with an `Input` in place of every input that is the result of a layer.
    ///
    /// The calls between are recorded once more, on the new inputs; the layers are shared.
    static func startingAtInputs(
        _ inputs: Structure<KerasTensor>, _ outputs: Structure<KerasTensor>, model: String
    ) throws -> (Structure<KerasTensor>, Structure<KerasTensor>) {
        if inputs.leaves.allSatisfy({ $0.node?.isInput == true }) { return (inputs, outputs) }
        var replacements: [KerasTensor: KerasTensor] = [:]
        let newInputs = inputs.map { tensor in
            if tensor.node?.isInput == true { return tensor }
            let input = Input(batchShape: tensor.shape, dtype: tensor.dtype)
            replacements[tensor] = input
            return input
        }
        let walk = try GraphWalk(inputs: inputs.leaves, outputs: outputs.leaves, model: model)
        for node in walk.nodes where !node.isInput {
            guard node.inputTensors.contains(where: { replacements[$0] != nil }) else { continue }
            let record = node.record
            let arguments = record.arguments.map { replacements[$0] ?? $0 }
            let copy = node.layer.record(CallRecord(arguments: arguments, outputs: record.outputs, place: record.place))
            for (old, new) in zip(node.outputTensors, copy.outputTensors) { replacements[old] = new }
        }
        return (newInputs, outputs.map { replacements[$0] ?? $0 })
    }
}
