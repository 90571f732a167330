/// A plain stack of layers, each called on the result of the one before.
///
/// With an `Input` first, weights are made while layers are added; without one, at the first call. Source: `keras.Sequential`.
///
/// ```swift
/// let model = try Sequential {
///     Input(shape: [784])
///     Dense(64, activation: .relu)
///     Dense(10)
/// }
/// model.layers.count        // 2
/// ```
public final class Sequential: Model {
    /// All layers, an `Input` first if there is one.
    private var stack: [Layer] = []
    /// The places after each layer of the stack, once it is built.
    private var places: [KerasTensor] = []

    override public class var registeredName: String { "Sequential" }

    /// An empty stack.
    override public init(name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil, activityRegularizer: Regularizer? = nil) {
        super.init(name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
    }

    /// A stack of the given layers.
    ///
    /// - Throws: `KerasError.cannotAdd` for two layers of one name or an `Input` that is not first; what drawing the layers throws.
    public convenience init(_ layers: [any SequentialPart], name: String? = nil, trainable: Bool = true) throws {
        self.init(name: name, trainable: trainable)
        for part in layers { for layer in try part.layersToAdd { try append(layer) } }
        try drawRest()
        if !trainable { self.trainable = false }
    }

    /// A stack of the layers that the block names.
    public convenience init(name: String? = nil, trainable: Bool = true, @SequentialBuilder _ layers: () throws -> [any SequentialPart]) throws {
        try self.init(layers(), name: name, trainable: trainable)
    }

    public required init(config: Config) throws {
        try super.init(config: config)
        try addLayers(of: config)
    }

    override public init(config: Config, customObjects: [any KerasSerializable.Type]) throws {
        try super.init(config: config)
        try CustomObjects.with(customObjects) { try addLayers(of: config) }
    }

    // MARK: The stack

    /// Adds a layer, or an `Input` to an empty stack.
    ///
    /// - Throws: `KerasError.cannotAdd`; what drawing the layer throws. The stack is unchanged then.
    public func add(_ part: any SequentialPart, fileID: String = #fileID, line: Int = #line) throws {
        let before = stack
        do {
            for layer in try part.layersToAdd { try append(layer) }
            try drawRest(at: CallPlace(fileID: fileID, line: line))
        } catch {
            stack = before
            throw error
        }
    }

    /// Takes the last layer away and gives it.
    ///
    /// - Throws: `KerasError.emptyModel`.
    @discardableResult
    public func pop() throws -> Layer {
        guard let layer = stack.popLast() else { throw KerasError.emptyModel(model: name, action: "taking a layer away") }
        if places.count > stack.count { places.removeLast() }
        disconnect()
        try drawRest()
        return layer
    }

    /// The layers, without the `Input`.
    override public var layers: [Layer] { stack.first is InputLayer ? Array(stack.dropFirst()) : stack }

    override public var sublayers: [Layer] { stack }

    private func append(_ layer: Layer) throws {
        func refuse(_ reason: String) -> KerasError { .cannotAdd(model: name, layer: layer.kindAndName, reason: reason) }
        if layer.flattenedLayers.contains(where: { $0 === self }) {
            throw KerasError.cycle(model: name, layers: layer === self ? [name, name] : [name, layer.name, name])
        }
        if stack.contains(where: { $0 !== layer && $0.name == layer.name }) { throw refuse("the model has a layer of that name already") }
        if layer is InputLayer, !stack.isEmpty { throw refuse("an Input can only come first") }
        stack.append(layer)
        disconnect()
    }

    private func disconnect() {
        graph = nil
        built = false
        inputSpec = []
        foundParts = nil
        trainer.forgetSteps()
    }

    // MARK: Building

    /// Draws the layers for inputs of a shape, batch axis included.
    override public func build(inputShape: Shape) throws {
        guard let first = stack.first else { throw KerasError.emptyModel(model: name, action: "building it") }
        if first is InputLayer { return try drawRest() }
        if let model = first as? Model, model.graph != nil { return try drawRest() }
        let shape = inputShape.rank == 0 ? inputShape : [nil] + inputShape[1...]
        stack.insert(InputLayer(batchShape: shape, dtype: first is Embedding ? nil : first.computeDType), at: 0)
        do {
            try drawRest()
        } catch {
            stack.removeFirst()
            places = []
            throw error
        }
    }

    /// Draws the layers that are not drawn yet, if the stack says what its input is.
    private func drawRest(at place: CallPlace? = nil) throws {
        guard graph == nil, let first = stack.first else { return }
        if places.isEmpty {
            if let input = first as? InputLayer {
                try input.checkArguments()
                places = [input.output]
            } else if let model = first as? Model, let input = model.inputs.first, model.inputs.count == 1 {
                let start = Input(batchShape: input.shape, dtype: input.dtype)
                stack.insert(contentsOf: try start.layersToAdd, at: 0)
                places = [start]
            } else {
                return
            }
        }
        let place = place ?? CurrentPlace.current ?? CallPlace(fileID: "Sequential \"\(name)\"", line: 0)
        var context = CallContext.current ?? CallContext(training: nil, path: "", standIn: nil)
        context.path = context.path.isEmpty ? name : "\(context.path)/\(name)"
        try CallContext.$current.withValue(context) {
            for layer in stack[places.count...] {
                guard let last = places.last else { return }
                let node = try layer.draw(CallArguments(inputs: .one(last)), at: place)
                places.append(try CurrentPlace.$current.withValue(place) { try layer.single(node.outputs) })
            }
        }
        guard let input = places.first, let output = places.last, places.count > 1 else { return }
        // Keras makes a functional model here, and counts its name.
        _ = Naming.unique("functional")
        try connect(.one(input), .one(output))
    }

    // MARK: Calling

    override public func call(_ inputs: Structure<Tensor>, _ call: LayerCall) throws -> Structure<Tensor> {
        if graph != nil { return try super.call(inputs, call) }
        if stack.isEmpty { throw KerasError.emptyModel(model: name, action: "calling it") }
        var values = inputs
        for layer in stack { values = try layer.outputs(of: values) }
        return values
    }

    override var filledArguments: FilledArguments { .mask }

    /// It takes what its input takes.
    override func takesUnchanged(_ inputs: Structure<KerasTensor>) -> Bool {
        guard case .one(let tensor) = inputs else { return false }
        return tensor.dtype == (stack.first as? InputLayer)?.inputDType ?? computeDType
    }

    // MARK: Config

    override var buildConfig: Config? {
        graph == nil ? nil : (stack.first as? InputLayer).map { ["input_shape": $0.batchShape.configValue] }
    }

    override public var config: Config {
        var config = baseConfig
        config["layers"] = .list(stack.map { LayerConfig.value(of: $0) })
        if graph != nil, let input = stack.first as? InputLayer { config["build_input_shape"] = input.batchShape.configValue }
        return config
    }

    private func addLayers(of config: Config) throws {
        try ModelReader.handed(config, as: "Sequential \"\(name)\"") { try makeLayers(of: config) }
    }

    private func makeLayers(of config: Config) throws {
        let layers: [Config] = try config.value("layers")
        for layer in layers { try append(LayerConfig.layer(from: layer)) }
        try drawRest()
        if graph == nil, !stack.isEmpty, let shape: Shape = try config.value("build_input_shape", default: nil) { try build(for: shape) }
        if try !config.value("trainable", default: true) { trainable = false }
    }
}

/// What can stand in a ``Sequential``: a layer, or the `Input` it starts with.
public protocol SequentialPart {
    var layersToAdd: [Layer] { get throws }
}

extension Layer: SequentialPart {
    public var layersToAdd: [Layer] { [self] }
}

extension KerasTensor: SequentialPart {
    /// The layer that makes this, if it is an `Input`.
    ///
    /// - Throws: `KerasError.cannotAdd` if it is not.
    public var layersToAdd: [Layer] {
        get throws {
            if let input = try checked().history?.layer as? InputLayer { return [input] }
            let origin = history?.layer.kindAndName ?? name
            throw KerasError.cannotAdd(model: "Sequential", layer: "The output of \(origin)", reason: "only an Input can stand for its layer; add the layer")
        }
    }
}

extension Array: SequentialPart where Element: SequentialPart {
    public var layersToAdd: [Layer] { get throws { try flatMap { try $0.layersToAdd } } }
}

/// Collects the layers that a block names: `Sequential { Dense(64); Dense(10) }`.
@resultBuilder
public enum SequentialBuilder {
    public static func buildExpression(_ part: any SequentialPart) -> [any SequentialPart] { [part] }
    public static func buildBlock(_ parts: [any SequentialPart]...) -> [any SequentialPart] { parts.flatMap { $0 } }
    public static func buildOptional(_ parts: [any SequentialPart]?) -> [any SequentialPart] { parts ?? [] }
    public static func buildEither(first parts: [any SequentialPart]) -> [any SequentialPart] { parts }
    public static func buildEither(second parts: [any SequentialPart]) -> [any SequentialPart] { parts }
    public static func buildArray(_ parts: [[any SequentialPart]]) -> [any SequentialPart] { parts.flatMap { $0 } }
}
