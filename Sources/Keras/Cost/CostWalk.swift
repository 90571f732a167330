/// The calls of a model in order, models inside the model opened up, with what each costs and which tensors pass between them.
struct CostWalk {
    private struct Call {
        let layer: Layer
        /// The layer and the models around it.
        let owners: [Layer]
        let multiplyAdds: Int
        let byLabel: [String: Int]
        let inputs, outputs: [Int]
        /// The bytes kept inside for the way back; `nil` if there is none.
        let kept: Int?
        let weightGradients: Int
    }

    /// A tensor that one call gives and others take. A reshaped one has the memory of its source.
    private struct Slot {
        let tensor: CostedTensor
        var memory: Int
        /// Whether training sends a gradient back to it.
        var isActive = false
        /// The number of the call that gives it; -1 for an input.
        var giver = -1
        /// The number of the last call that takes it.
        var lastTaker = -1
        /// Whether a gradient is computed from its numbers.
        var isKept = false

        var bytes: Int { tensor.type.byteCount }
    }

    private var calls: [Call] = []
    private var slots: [Slot] = []

    /// Marks the model's outputs, to which training sends gradients first.
    mutating func finish(_ outputs: [Int]) { for slot in outputs { slots[slot].lastTaker = .max } }

    /// A tensor that no call gives.
    mutating func add(_ tensor: CostedTensor) -> Int {
        slots.append(Slot(tensor: tensor, memory: slots.count))
        return slots.count - 1
    }

    // MARK: Walking

    /// Goes through the calls of a functional model.
    ///
    /// - Returns: the outputs' slots.
    @discardableResult
    mutating func walk(_ model: Model, _ inputs: [Int], inside owners: [Layer]) throws -> [Int] {
        var places: [KerasTensor: Int] = [:]
        for (tensor, slot) in zip(model.inputs, inputs) { places[tensor] = slot }
        func slot(_ tensor: KerasTensor) throws -> Int {
            guard let slot = places[tensor] else { throw KerasError.noHistory(model: model.name, role: "a part", tensor: tensor.source) }
            return slot
        }
        for node in model.nodes {
            let outputs: [Int]
            if node.isInput {
                outputs = try node.outputTensors.map(slot)
                // Inside, an input is what the model around it made.
                calls.append(
                    Call(
                        layer: node.layer, owners: owners + [node.layer], multiplyAdds: 0, byLabel: [:], inputs: [],
                        outputs: owners.isEmpty ? outputs : [], kept: nil, weightGradients: 0))
            } else {
                let arguments = try node.record.arguments.map(slot)
                if let nested = node.layer as? Model, nested.graph != nil {
                    outputs = try walk(nested, arguments.inputs.leaves, inside: owners + [nested])
                } else {
                    let tensors = arguments.map { slots[$0].tensor }
                    outputs = try call(node.layer, tensors, slots: arguments.tensors, place: node.place, inside: owners)
                }
            }
            for (tensor, slot) in zip(node.outputTensors, outputs) { places[tensor] = slot }
        }
        return try model.outputs.map(slot)
    }

    /// Counts one call.
    ///
    /// - Returns: the outputs' slots.
    @discardableResult
    mutating func call(
        _ layer: Layer, _ arguments: CallArguments<CostedTensor>, slots inputs: [Int], place: CallPlace?, inside owners: [Layer]
    ) throws -> [Int] {
        let number = calls.count
        let active = inputs.indices.filter { slots[inputs[$0]].isActive && slots[inputs[$0]].tensor.type.dtype.isFloatingPoint }
        let cost = try CallCost(of: layer, arguments, place: place, active: active)
        let outputs = cost.outputs.leaves.map { add($0) }
        for slot in outputs {
            slots[slot].giver = number
            slots[slot].isActive = cost.needs != nil && slots[slot].tensor.type.dtype.isFloatingPoint
        }
        for slot in inputs { slots[slot].lastTaker = number }
        if let needs = cost.needs {
            for (result, argument) in needs.views where inputs.indices.contains(argument) {
                slots[outputs[result]].memory = slots[inputs[argument]].memory
            }
            for argument in needs.arguments where inputs.indices.contains(argument) { keep(inputs[argument]) }
            for result in needs.results { keep(outputs[result]) }
        }
        calls.append(
            Call(
                layer: layer, owners: owners + [layer], multiplyAdds: cost.multiplyAdds, byLabel: cost.multiplyAddsByLabel, inputs: inputs,
                outputs: outputs, kept: cost.needs?.bytesInside, weightGradients: cost.weightGradients))
        return outputs
    }

    private mutating func keep(_ slot: Int) { slots[slots[slot].memory].isKept = true }

    // MARK: Adding up

    func cost(of model: Model, batchSize: Int) -> ModelCost {
        var parts: [ObjectIdentifier: ModelCost.Part] = [:]
        var total = ModelCost.Part()
        var peakLayer: String?
        for (call, peak) in zip(calls, trainingPeaks) {
            let bytes = call.outputs.reduce(0) { $0 + slots[$1].bytes }
            for owner in call.owners { parts[ObjectIdentifier(owner), default: .init()].add(call.multiplyAdds, bytes, peak) }
            if let peak, peak > total.trainingPeak ?? -1 { peakLayer = call.layer.name }
            total.add(call.multiplyAdds, bytes, peak)
        }
        if model.graph == nil, let call = calls.first { parts.merge(partsByLabel(of: model, call)) { own, _ in own } }
        return ModelCost(batchSize: batchSize, total: total, peakLayer: peakLayer, parts: parts)
    }

    /// A model without a graph is one call; the labels tell the layers in it apart.
    private func partsByLabel(of model: Model, _ call: Call) -> [ObjectIdentifier: ModelCost.Part] {
        model.flattenedLayers.reduce(into: [:]) { parts, layer in
            guard layer !== model, let path = layer.path else { return }
            var part = ModelCost.Part(activationBytes: nil)
            for (label, count) in call.byLabel where label == path || label.hasPrefix(path + "/") { part.add(count, 0, nil) }
            parts[ObjectIdentifier(layer)] = part
        }
    }

    /// For each call the bytes that live while its gradient is computed; see ``ModelCost/Part/trainingPeak``.
    private var trainingPeaks: [Int?] {
        func kept(_ slot: Slot) -> Int { slot.isKept ? slot.bytes : 0 }
        // The batch is there from the beginning.
        var keptSoFar = slots.filter { $0.giver < 0 }.reduce(0) { $0 + kept($1) }
        return calls.indices.map { number in
            let call = calls[number]
            keptSoFar += (call.kept ?? 0) + call.outputs.reduce(0) { $0 + (slots[$1].giver == number ? kept(slots[$1]) : 0) }
            guard call.kept != nil else { return nil }
            // Gradients, by the memory they belong to.
            var gradients = Set((call.inputs + call.outputs).filter { slots[$0].isActive }.map { slots[$0].memory })
            for slot in slots where slot.isActive && slot.giver < number && slot.lastTaker > number { gradients.insert(slot.memory) }
            return keptSoFar + gradients.reduce(0) { $0 + slots[$1].bytes } + call.weightGradients
        }
    }
}

extension ModelCost.Part {
    fileprivate mutating func add(_ multiplyAdds: Int, _ bytes: Int, _ peak: Int?) {
        let (sum, overflow) = self.multiplyAdds.addingReportingOverflow(multiplyAdds)
        self.multiplyAdds = overflow ? .max : sum
        activationBytes = activationBytes.map { $0 + bytes }
        if let peak { trainingPeak = max(trainingPeak ?? 0, peak) }
    }
}
