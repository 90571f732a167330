/// A model of the same layers with weights of its own, newly initialised.
///
/// Layers, also those of the user's classes, are made again from their configs. The copy is not compiled.
/// Keras: `keras.models.clone_model`.
///
/// ```swift
/// let copy = try cloneModel(model)
/// try copy.setWeights(model.getWeights())
///
/// // The same layers on another input, with dropout behind each Dense:
/// let wider = try cloneModel(model, inputTensors: Input(shape: [32]), cloneFunction: { $0 }) { layer, inputs, call in
///     let outputs = try call(inputs)
///     return layer is Dense ? try outputs.map { try Dropout(0.5)($0) } : outputs
/// }
/// ```
///
/// - Parameters:
///   - inputTensors: what the copy starts from, in the arrangement of the model's inputs; `nil`: new `Input`s.
///   - cloneFunction: makes the copy of a layer; not called for `Input`s, once for a shared layer. `nil`: ``Layer/clone()``.
///   - callFunction: calls the copy of a layer in the new graph. Gets the layer, its inputs, and what does the usual call.
///   - recursive: whether models inside are cloned with the same functions, instead of being given to `cloneFunction` as a whole.
/// - Throws: what the layers' `init(config:)` and the functions throw; `KerasError.notConfigurable` for functions with a model that
///   is no graph of layers.
public func cloneModel(
    _ model: Model, inputTensors: (any Structured<KerasTensor>)? = nil, cloneFunction: ((Layer) throws -> Layer)? = nil,
    callFunction: CloneCall? = nil, recursive: Bool = false, fileID: String = #fileID, line: Int = #line
) throws -> Model {
    if inputTensors == nil, cloneFunction == nil, callFunction == nil { return try model.cloned() }
    let cloner = ModelCloner(
        cloneFunction: cloneFunction ?? { try $0.clone() }, callFunction: callFunction, recursive: recursive,
        place: CallPlace(fileID: fileID, line: line))
    return try CurrentPlace.$current.withValue(cloner.place) {
        try CustomObjects.with(model.flattenedLayers.map { type(of: $0) }) {
            try cloner.clone(model, inputTensors: inputTensors?.structure)
        }
    }
}

/// How ``cloneModel(_:inputTensors:cloneFunction:callFunction:recursive:fileID:line:)`` calls a layer: its copy, the inputs, and what
/// does the usual call.
public typealias CloneCall = (
    _ layer: Layer, _ inputs: [KerasTensor], _ call: ([KerasTensor]) throws -> [KerasTensor]
) throws -> [KerasTensor]

extension Layer {
    /// A layer of the same class and settings, the name included, with weights of its own.
    ///
    /// - Throws: what `init(config:)` throws.
    public func clone() throws -> Layer {
        if let model = self as? Model { return try model.cloned() }
        return try CustomObjects.with(flattenedLayers.map { type(of: $0) }) {
            try LayerConfig.layer(from: LayerConfig.object(of: self).dictionary)
        }
    }
}

extension Model {
    fileprivate func cloned() throws -> Model {
        try CustomObjects.with(flattenedLayers.map { type(of: $0) }) {
            let config = SharedLayers.marking { getConfig() }
            return try SharedLayers.finding {
                let copy = try type(of: self).init(config: config)
                try copy.applyBaseConfig(config)
                return copy
            }
        }
    }
}

/// Walks a model's graph and draws it again.
private final class ModelCloner {
    let cloneFunction: (Layer) throws -> Layer
    let callFunction: CloneCall?
    let recursive: Bool
    let place: CallPlace
    /// The copies of layers that were come across: a shared layer has one.
    private var copies: [ObjectIdentifier: Layer] = [:]

    init(cloneFunction: @escaping (Layer) throws -> Layer, callFunction: CloneCall?, recursive: Bool, place: CallPlace) {
        self.cloneFunction = cloneFunction
        self.callFunction = callFunction
        self.recursive = recursive
        self.place = place
    }

    func clone(_ model: Model, inputTensors: Structure<KerasTensor>?) throws -> Model {
        if let stack = model as? Sequential { return try clone(stack, inputTensors) }
        guard let graph = model.graph else {
            throw KerasError.notConfigurable(
                object: model.kindAndName, reason: "its layers are called in code, so that cloneModel can only copy it as a whole")
        }
        let inputs = try inputTensors.map { try graph.arranged($0, for: model) } ?? graph.inputStructure.map(Self.input)
        var drawn = Dictionary(zip(graph.inputs, inputs.leaves), uniquingKeysWith: { first, _ in first })
        for node in graph.nodes where !node.isInput {
            let arguments = node.record.arguments.map { drawn[$0] ?? $0 }
            let outputs = try call(copy(of: node.layer), arguments)
            let old = node.outputTensors
            guard outputs.count == old.count else {
                throw KerasError.outputArrangement(node.layer.place, expected: "\(old.count) tensors, as before it was cloned")
            }
            for (old, new) in zip(old, outputs) { drawn[old] = new }
        }
        let copy = try Model(inputs: inputs, outputs: graph.outputStructure.map { drawn[$0] ?? $0 }, name: model.name)
        if !model.ownTrainable { copy.trainable = false }
        return copy
    }

    private func clone(_ stack: Sequential, _ inputTensors: Structure<KerasTensor>?) throws -> Model {
        if callFunction != nil, !recursive {
            throw KerasError.invalidSetting(
                object: "cloneModel", argument: "callFunction", expected: "nil for a Sequential, whose layers are listed, not called",
                got: "a function")
        }
        guard inputTensors.map({ $0.leafCount == 1 }) ?? true else {
            throw KerasError.inputCount(stack.place, expected: "1 input", names: [], got: inputTensors?.leafCount ?? 0)
        }
        let input = inputTensors?.single ?? stack.inputs.first.map(Self.input)
        let copy = Sequential(name: stack.name)
        if let input {
            let isStart = input.history?.layer is InputLayer
            try copy.add(isStart ? input : Input(batchShape: input.shape, dtype: input.dtype), fileID: place.fileID, line: place.line)
        }
        for layer in stack.layers { try copy.add(self.copy(of: layer), fileID: place.fileID, line: place.line) }
        if !stack.ownTrainable { copy.trainable = false }
        return copy
    }

    private static func input(_ old: KerasTensor) -> KerasTensor {
        Input(batchShape: old.shape, dtype: old.dtype, name: old.history?.layer.name)
    }

    private func copy(of layer: Layer) throws -> Layer {
        if let copy = copies[ObjectIdentifier(layer)] { return copy }
        let copy: Layer
        if recursive, let model = layer as? Model, model.graph != nil || model is Sequential {
            copy = try clone(model, inputTensors: nil)
        } else {
            copy = try cloneFunction(layer)
        }
        copies[ObjectIdentifier(layer)] = copy
        return copy
    }

    private func call(_ layer: Layer, _ arguments: CallArguments<KerasTensor>) throws -> [KerasTensor] {
        guard let callFunction else { return try layer.draw(arguments, at: place).outputTensors }
        return try callFunction(layer, arguments.inputs.leaves) { inputs in
            guard inputs.count == arguments.inputs.leafCount else {
                throw KerasError.inputCount(layer.place, expected: "\(arguments.inputs.leafCount) inputs", names: [], got: inputs.count)
            }
            var arguments = arguments
            arguments.inputs = arguments.inputs.filled(with: inputs)
            return try layer.draw(arguments, at: self.place).outputTensors
        }
    }
}
