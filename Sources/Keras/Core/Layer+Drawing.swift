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
            let arguments = try arranged(arguments).ordered(positionalKeywords)
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
            return record(CallRecord(arguments: arguments, outputs: outputs, place: callPlace))
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

/// Finds what a call gives by tracing it on placeholders.
///
/// Unknown dimensions stand in as two different sizes in two traces; what differs in the answers is unknown.
struct ResultInference {
    let layer: Layer
    let arguments: CallArguments<KerasTensor>

    func infer() throws -> Structure<TensorSpec> {
        let sizes = arguments.tensors.map(\.shape.sizes)
        let unknown = sizes.map { $0.count { $0 == nil } }.max() ?? 0
        let pairs = StandIn.pairs(unknown: unknown, known: Set(sizes.joined().compactMap { $0 }))
        // An unknown size may have to be the known one it meets: [nil, nil, 8] + [nil, 5, 8].
        let candidates = [arguments.map(\.shape)] + (unified.map { [$0] } ?? [])
        var problem: (any Error)?
        for (small, large) in unknown > 0 ? pairs : Array(pairs.prefix(1)) {
            for shapes in candidates {
                do { return try infer(shapes, small, large, unknown: unknown) } catch { problem = problem ?? error }
            }
        }
        // Or the one that a constant or a setting asks for: the reshape of [nil, 16] to [2, 8].
        for size in unknown > 0 ? layer.sizesForUnknown(arguments) : [] {
            let shapes = arguments.map { tensor in Shape(tensor.shape.sizes.map { $0 ?? size }) }
            if let found = try? infer(shapes, pairs[0].0, pairs[0].1, unknown: 0) { return found }
        }
        throw problem ?? KerasError.callNotImplemented(layer.place, signature: "call(_ inputs: Tensor) throws -> Tensor")
    }

    private func infer(_ shapes: CallArguments<Shape>, _ small: StandIn, _ large: StandIn, unknown: Int) throws -> Structure<TensorSpec> {
        let first = try trace(shapes, small)
        guard unknown > 0 else { return first.map { TensorSpec(shape: Shape($0.sizes), dtype: $0.dtype, mask: $0.mask.map { Shape($0) }) } }
        let second: [Traced]
        do {
            second = try trace(shapes, large).leaves
        } catch let error as KerasError {
            // The layer or one inside it made weights for the stand-in.
            if case .incompatibleInput(_, .axis(let axis, _), _, _, _) = error, let input = arguments.inputs.leaves.first {
                throw KerasError.unknownDimension(layer.place, axis: axis, input: input.source)
            }
            throw error
        }
        var index = 0
        return first.map { a in
            defer { index += 1 }
            let b = second.indices.contains(index) ? second[index] : a
            return TensorSpec(
                shape: merged(a.sizes, b.sizes), dtype: a.dtype,
                mask: a.mask.map { mask in b.mask.map { merged(mask, $0) } ?? Shape(mask) })
        }
    }

    private struct Traced {
        let sizes: [Int]
        let dtype: DType
        let mask: [Int]?
    }

    private func trace(_ shapes: CallArguments<Shape>, _ standIn: StandIn) throws -> Structure<Traced> {
        var context = CallContext.current ?? CallContext(training: nil, path: "", standIn: nil)
        context.standIn = standIn
        return try CallContext.$current.withValue(context) {
            let places = try layer.translatingErrors(arguments.inputs.leaves.map(\.source)) { try placeholders(shapes, standIn) }
            return try Trace.shapesOnly {
                try layer.invoke(places, at: nil).map { Traced(sizes: $0.shape, dtype: $0.dtype, mask: $0.kerasMask?.shape) }
            }
        }
    }

    private func placeholders(_ shapes: CallArguments<Shape>, _ standIn: StandIn) throws -> CallArguments<Tensor> {
        let tensors = arguments.tensors
        var index = 0
        return try shapes.map { shape in
            defer { index += 1 }
            let tensor = tensors[index]
            var placeholder = try Tensor.placeholder(TensorType(checking: standIn.sizes(of: shape), tensor.dtype))
            if let mask = tensor.mask { placeholder.kerasMask = try .placeholder(TensorType(checking: standIn.sizes(of: mask.shape), .bool)) }
            return placeholder
        }
    }

    private func merged(_ a: [Int], _ b: [Int]) -> Shape {
        a.count == b.count ? Shape(zip(a, b).map { $0 == $1 ? $0 : nil }) : Shape(a.map { _ in nil })
    }

    /// The shapes with unknown sizes taken from the other inputs where these agree; `nil` if that changes nothing.
    private var unified: CallArguments<Shape>? {
        let leaves = arguments.inputs.leaves.map(\.shape)
        guard leaves.count > 1, let rank = leaves.first?.rank, leaves.allSatisfy({ $0.rank == rank }) else { return nil }
        var changed = false
        let known: [Int?] = (0..<rank).map { axis in
            let sizes = Set(leaves.compactMap { $0[axis] })
            if sizes.count == 1, leaves.contains(where: { $0[axis] == nil }) { changed = true }
            return sizes.count == 1 ? sizes.first : nil
        }
        guard changed else { return nil }
        var shapes = arguments.map(\.shape)
        shapes.inputs = shapes.inputs.map { Shape(zip($0.sizes, known).map { $0 ?? $1 }) }
        return shapes
    }
}
