/// What summaries and plots show of a layer.
extension Layer {
    /// The class's name, as Keras shows it.
    var shownClass: String { classNameShown }

    /// The name of the layer's activation, for layers that have one.
    var activationName: String? {
        guard !(self is Model), let value = config["activation"] else { return nil }
        switch value {
        case .string(let name): return name
        case .dictionary(let object):
            guard case .string(let name)? = object["class_name"] else { return nil }
            return name
        default: return nil
        }
    }

    /// The layer's inputs and outputs: a functional model's own, or those of the first call. `nil` for a layer that was not called.
    var shownEnds: (inputs: Structure<KerasTensor>, outputs: Structure<KerasTensor>)? {
        let node = inboundNodes.first
        if let model = self as? Model, node == nil || !(model is Sequential), let inputs = model.inputStructure,
            let outputs = model.outputStructure
        {
            return (inputs, outputs)
        }
        guard let node else { return nil }
        func arranged(_ tensors: [KerasTensor]) -> Structure<KerasTensor> {
            tensors.count == 1 ? .one(tensors[0]) : Structure(list: tensors)
        }
        return (arranged(node.inputTensors), arranged(node.outputTensors))
    }

    /// The shapes of what the layer gives: in its last call, or for the shapes that it was built for. `nil` if it was
    /// neither called nor built.
    var shownOutputShapes: [Shape]? {
        if let node = inboundNodes.last { return node.outputTensors.map(\.shape) }
        if let model = self as? Model, let outputs = model.outputStructure { return outputs.leaves.map(\.shape) }
        guard let shapes = buildShapes else { return nil }
        let inputs = shapes.map { KerasTensor(shape: $0, dtype: computeDType) }
        return try? ResultInference(layer: self, arguments: CallArguments(inputs: inputs)).infer().leaves.map(\.shape)
    }
}

extension Shape {
    /// The sizes as Keras writes them: `None, 28, 28, 1`.
    private var sizesInKeras: String { sizes.map { $0.map(String.init) ?? "None" }.joined(separator: ", ") }

    /// As in Keras' summary: `(None, 64)`, `(None)`.
    var inParentheses: String { "(\(sizesInKeras))" }

    /// As Python prints a tuple: `(None, 64)`, `(None,)`.
    var tuple: String { rank == 1 ? "(\(sizesInKeras),)" : inParentheses }
}

/// The layers between two names.
enum LayerRange {
    /// The places of the layers from the first that matches one pattern to the last that matches another, both included;
    /// with the patterns the other way round, from the first match of the second.
    ///
    /// A pattern is a name or the start of one, or a regular expression.
    /// - Throws: `DisplayError.layerRange`, `.layerPattern` as a `KerasError`.
    static func indices(of range: (first: String, last: String)?, in layers: [Layer], of model: Model) throws -> Range<Int> {
        guard let range else { return layers.indices }
        let starts = try matches(range.first, layers), ends = try matches(range.last, layers)
        guard let firstStart = starts.first, let lastStart = starts.last, let firstEnd = ends.first, let lastEnd = ends.last else {
            throw KerasError.display(
                .layerRange(model: model.name, first: range.first, last: range.last, layers: layers.map(\.name)))
        }
        return firstStart > lastEnd ? firstEnd..<lastStart + 1 : firstStart..<lastEnd + 1
    }

    /// The places of the layers whose names match.
    static func matches(_ pattern: String, _ layers: [Layer]) throws -> [Int] {
        let exact = layers.indices.filter { layers[$0].name == pattern }
        guard let expression = try? Regex(pattern) else {
            if exact.isEmpty { throw KerasError.display(.layerPattern(pattern)) }
            return exact
        }
        return layers.indices.filter { layers[$0].name.prefixMatch(of: expression) != nil || layers[$0].name == pattern }
    }
}
