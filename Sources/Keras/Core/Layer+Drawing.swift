extension Layer {
    // MARK: Calling on places in a graph

    /// Draws an arrow from a place in a graph to this layer, and gives the place of the result.
    ///
    /// Builds the weights if need be, and infers the result's shape. Nothing is computed.
    ///
    /// - Parameters:
    ///   - training: fixes whether this call is part of training; `nil`: as the model is called.
    ///   - mask: the steps that count; `nil`: the mask that comes with the input.
    /// - Throws: `KerasError` if the input does not suit the layer.
    public func callAsFunction(
        _ inputs: KerasTensor, training: Bool? = nil, mask: KerasTensor? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try drawSingle(arguments(.one(inputs), training, mask), CallPlace(fileID: fileID, line: line))
    }

    /// Draws arrows from several places to this layer.
    public func callAsFunction(
        _ inputs: [KerasTensor], training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try drawSingle(arguments(Structure(list: inputs), training, nil), CallPlace(fileID: fileID, line: line))
    }

    /// Draws arrows from places by name to this layer.
    public func callAsFunction(
        _ inputs: [String: KerasTensor], training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try drawSingle(arguments(inputs.structure, training, nil), CallPlace(fileID: fileID, line: line))
    }

    /// Draws a call with several results.
    @_disfavoredOverload
    public func callAsFunction(
        _ inputs: some Structured<KerasTensor>, training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> [KerasTensor] {
        try draw(arguments(inputs.structure, training, nil), at: CallPlace(fileID: fileID, line: line)).outputTensors
    }

    /// Draws a call whose results have names.
    @_disfavoredOverload
    public func callAsFunction(
        _ inputs: some Structured<KerasTensor>, training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> [String: KerasTensor] {
        let place = CallPlace(fileID: fileID, line: line)
        let node = try draw(arguments(inputs.structure, training, nil), at: place)
        guard let named = node.outputs.flatDictionary else {
            throw CurrentPlace.$current.withValue(place) { KerasError.outputArrangement(self.place, expected: "a dictionary") }
        }
        return named
    }

    private func drawSingle(_ arguments: CallArguments<KerasTensor>, _ place: CallPlace) throws -> KerasTensor {
        let outputs = try draw(arguments, at: place).outputs
        return try CurrentPlace.$current.withValue(place) { try single(outputs) }
    }

    // MARK: Drawing

    /// Checks the inputs, builds the layer, infers the results and records the call.
    @discardableResult
    func draw(_ arguments: CallArguments<KerasTensor>, at callPlace: CallPlace) throws -> LayerNode {
        for tensor in arguments.tensors { _ = try tensor.checked() }
        return try CurrentPlace.$current.withValue(callPlace) {
            try checkArguments()
            let arguments = try filled(arranged(arguments).ordered(positionalKeywords))
            let sources = arguments.inputs.map(\.source)
            if drawsBuild {
                let outer = CallContext.current
                try CallContext.$current.withValue(outer) {
                    try translatingErrors(sources.leaves) {
                        try ensureBuilt(
                            sources.map(\.shape), sources: sources, path: CallContext.path(inside: outer, name),
                            keywords: arguments.keywords.map { ($0.name, $0.value.map(\.shape)) })
                    }
                }
            }
            let outputs = try translatingErrors(sources.leaves) { try ResultInference(layer: self, arguments: arguments).infer() }
            return record(CallRecord(arguments: arguments, outputs: try drawingMasks(of: outputs, arguments), place: callPlace))
        }
    }

    /// Calls the layer on a placeholder and forgets the results.
    func inferOutputs(of input: KerasTensor) throws { try inferOutputs(of: .one(input)) }

    func inferOutputs(of inputs: Structure<KerasTensor>) throws {
        _ = try ResultInference(layer: self, arguments: CallArguments(inputs: inputs)).infer()
    }

    /// Remembers a call, and tells the layers before it.
    @discardableResult
    func record(_ call: CallRecord) -> LayerNode {
        records.append(call)
        let node = LayerNode(layer: self, index: records.count - 1)
        for parent in Set(call.arguments.tensors.compactMap(\.node)) {
            parent.record.consumers.append(.init(layer: self, index: node.index))
        }
        return node
    }

    // MARK: Nodes

    /// The layer's calls in graphs, first to last.
    public var inboundNodes: [LayerNode] { records.indices.map { LayerNode(layer: self, index: $0) } }

    /// The calls of other layers on this one's results.
    public var outboundNodes: [LayerNode] {
        records.flatMap(\.consumers).compactMap { consumer in consumer.layer.map { LayerNode(layer: $0, index: consumer.index) } }
    }

    /// The input of call number `index`.
    public func input(at index: Int) throws -> KerasTensor { try single(node(at: index).inputs) }

    /// The inputs of call number `index`, in order.
    public func inputs(at index: Int) throws -> [KerasTensor] { try node(at: index).inputs.leaves }

    /// The output of call number `index`.
    public func output(at index: Int) throws -> KerasTensor { try single(node(at: index).outputs) }

    /// The outputs of call number `index`, in order.
    public func outputs(at index: Int) throws -> [KerasTensor] { try node(at: index).outputTensors }

    private func node(at index: Int) throws -> LayerNode {
        guard records.indices.contains(index) else { throw KerasError.noSuchCall(place, index: index, calls: records.count) }
        return LayerNode(layer: self, index: index)
    }

    func only(_ property: String, _ tensors: (LayerNode) -> Structure<KerasTensor>) -> KerasTensor {
        let nodes = inboundNodes
        guard let node = nodes.first else { return KerasTensor(problem: .notCalled(place, property: property)) }
        if nodes.count > 1 {
            let calls = nodes.map { CallDescription(place: $0.place, inputs: $0.inputTensors.map(\.source)) }
            return KerasTensor(problem: .severalCalls(place, property: property, calls: calls))
        }
        let found = tensors(node)
        return found.single ?? KerasTensor(problem: .severalTensors(place, property: property, count: found.leafCount))
    }
}
