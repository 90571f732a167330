/// The layer calls between a model's inputs and outputs, in the order they are computed.
struct FunctionalGraph {
    let inputStructure: Structure<KerasTensor>
    let outputStructure: Structure<KerasTensor>
    let inputs: [KerasTensor]
    let outputs: [KerasTensor]
    /// The calls, `Input`s included.
    let nodes: [LayerNode]
    /// The layers in Keras' order: by their distance from the outputs, farthest first.
    let layers: [Layer]
    private let steps: [Step]
    private let outputSlots: [Int]
    private let slotCount: Int

    /// One call, with the places of its inputs and outputs among all values of a run.
    private struct Step {
        let node: LayerNode
        let arguments: CallArguments<Int>
        let outputs: Range<Int>
    }

    /// Finds the calls, and checks that they lead from the inputs to the outputs.
    init(inputs givenInputs: Structure<KerasTensor>, outputs givenOutputs: Structure<KerasTensor>, model: String) throws {
        for (tensors, role) in [(givenInputs.leaves, "an input"), (givenOutputs.leaves, "an output")] {
            for tensor in tensors where try tensor.checked().history == nil {
                throw KerasError.noHistory(model: model, role: role, tensor: tensor.source)
            }
        }
        var seen: Set<KerasTensor> = []
        for input in givenInputs.leaves where !seen.insert(input).inserted {
            throw KerasError.duplicateInput(model: model, input: input.source)
        }
        let (inputStructure, outputStructure) = try GraphSurgery.startingAtInputs(givenInputs, givenOutputs, model: model)
        self.inputStructure = inputStructure
        self.outputStructure = outputStructure
        inputs = inputStructure.leaves
        outputs = outputStructure.leaves
        guard !inputs.isEmpty, !outputs.isEmpty else {
            throw KerasError.invalidArgument(
                LayerPlace(className: "Model", name: model), argument: inputs.isEmpty ? "inputs" : "outputs", expected: "one KerasTensor or more",
                got: "none")
        }

        let walk = try GraphWalk(inputs: inputs, outputs: outputs, model: model)
        try walk.checkConnected(inputs: inputs, outputs: outputs, model: model)
        let order = GraphOrder(walk, inputs: inputs)
        nodes = order.nodes
        layers = order.layers
        try Self.checkNames(layers, nodes: nodes, model: model)

        var slots: [KerasTensor.Key: Int] = [:]
        var count = 0
        func slot(of tensor: KerasTensor) throws -> Int {
            guard let slot = tensor.key.flatMap({ slots[$0] }) else {
                throw KerasError.noHistory(model: model, role: "a part", tensor: tensor.source)
            }
            return slot
        }
        for key in inputs.compactMap(\.key) {
            slots[key] = count
            count += 1
        }
        var steps: [Step] = []
        for node in nodes where !node.isInput {
            let arguments = try node.record.arguments.map(slot)
            let results = count..<(count + node.record.outputs.leafCount)
            for (index, slot) in results.enumerated() {
                slots[KerasTensor.Key(layer: ObjectIdentifier(node.layer), node: node.index, tensor: index)] = slot
            }
            count = results.upperBound
            steps.append(Step(node: node, arguments: arguments, outputs: results))
        }
        self.steps = steps
        slotCount = count
        outputSlots = try outputs.map(slot)
    }

    private static func checkNames(_ layers: [Layer], nodes: [LayerNode], model: String) throws {
        for (name, same) in Dictionary(grouping: layers, by: \.name).sorted(by: { $0.key < $1.key }) where same.count > 1 {
            let places = same.map { layer in
                var place = layer.place
                place.place = nodes.first { $0.layer === layer }?.place
                return place
            }
            throw KerasError.duplicateLayerName(model: model, name: name, layers: places)
        }
    }

    // MARK: Running

    /// Computes the outputs from the inputs, in order.
    func run(_ tensors: [Tensor], masks: [Tensor?]) throws -> Structure<Tensor> {
        var values: [Tensor] = []
        values.reserveCapacity(slotCount)
        for (index, tensor) in tensors.enumerated() {
            values.append(tensor)
            if index < masks.count, let mask = masks[index] { values[index].kerasMask = mask }
        }
        guard values.count == inputs.count else {
            throw KerasError.inputCount(
                LayerPlace(className: "Model", name: ""), expected: "\(inputs.count) inputs", names: [], got: values.count)
        }
        for step in steps {
            let layer = step.node.layer
            let results = try layer.invoke(step.arguments.map { values[$0] }, at: step.node.place).leaves
            guard results.count == step.outputs.count else {
                throw KerasError.outputArrangement(layer.place, expected: "\(step.outputs.count) tensors, as when it was drawn")
            }
            values += results
        }
        return outputStructure.filled(with: outputSlots.map { values[$0] })
    }

    // MARK: Inputs

    /// What the inputs must be: their shapes, but for the batch.
    var inputSpec: [InputSpec] {
        inputs.map { input in
            let shape = input.rank == 0 ? input.shape : [nil] + input.shape[1...]
            return InputSpec(shape: shape, name: input.history?.layer.name)
        }
    }

    /// What was given, in the inputs' arrangement: single, by position, or by name.
    func arranged<Leaf>(_ given: Structure<Leaf>, for model: Layer) throws -> Structure<Leaf> {
        if case .dictionary(let entries) = given { return try arranged(entries, for: model) }
        let leaves = given.leaves
        guard leaves.count == inputs.count else {
            let names = inputs.compactMap { $0.history?.layer.name }
            throw KerasError.inputCount(
                model.place, expected: "\(inputs.count) input\(inputs.count == 1 ? "" : "s")", names: names, got: leaves.count)
        }
        return inputStructure.filled(with: leaves)
    }

    private func arranged<Leaf>(_ entries: [(key: String, value: Structure<Leaf>)], for model: Layer) throws -> Structure<Leaf> {
        var named: [String: Structure<Leaf>] = [:]
        for (key, value) in entries { named[key] = value }
        let names = inputs.map { $0.history?.layer.name ?? $0.name }
        // A dictionary's own keys, else the names of the input layers.
        var keys = names
        if case .dictionary(let places) = inputStructure, places.count == inputs.count, !Set(names).isSuperset(of: named.keys) {
            keys = places.map(\.key)
        }
        for key in keys where named[key] == nil {
            throw KerasError.missingInput(model.place, name: key, given: entries.map(\.key))
        }
        if let extra = entries.first(where: { !keys.contains($0.key) }) {
            throw KerasError.unknownInput(model.place, name: extra.key, known: keys)
        }
        let leaves = try keys.map { key in
            guard let leaf = named[key]?.single else {
                throw KerasError.inputCount(model.place, expected: "one tensor as input \"\(key)\"", names: [], got: named[key]?.leafCount ?? 0)
            }
            return leaf
        }
        return inputStructure.filled(with: leaves)
    }
}
