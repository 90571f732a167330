/// A layer that can be trained: a graph of layer calls, or a class that says in `call` how its layers work together.
///
/// ```swift
/// let inputs = Input(shape: [784])
/// let hidden = try Dense(64, activation: .relu)(inputs)
/// let model = try Model(inputs: inputs, outputs: Dense(10)(hidden), name: "mnist_model")
///
/// final class MLP: Model {
///     let hidden = Dense(64, activation: .relu), scores = Dense(10)
///     override func call(_ inputs: Tensor) throws -> Tensor { try scores(hidden(inputs)) }
/// }
/// ```
///
/// Called on a `KerasTensor` a model is a layer of a larger graph, with the same weights; called on a `Tensor` it computes.
/// Source: `keras.Model`.
open class Model: Layer {
    /// The graph of a functional model; `nil` for a subclassed one.
    var graph: FunctionalGraph?
    /// What `compile` set up and what training keeps.
    package lazy var trainer = Trainer()

    override open class var registeredName: String { self == Model.self ? "Functional" : "\(self)" }

    /// A model whose layers are stored properties and whose `call` is overridden.
    override public init(name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil, activityRegularizer: Regularizer? = nil) {
        super.init(name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
    }

    /// A model of the graph between two (sets of) places.
    ///
    /// Both may be a single `KerasTensor`, a list, or a dictionary. The inputs need not be `Input`s: a model can start at any place,
    /// and shares the layers from there on.
    ///
    /// - Throws: `KerasError.disconnected` for an output that the inputs do not lead to, `.duplicateLayerName`, `.duplicateInput`,
    ///   `.noHistory`.
    public init(
        inputs: some Structured<KerasTensor>, outputs: some Structured<KerasTensor>, name: String? = nil, trainable: Bool = true
    ) throws {
        super.init(name: name)
        try connect(inputs.structure, outputs.structure)
        if !trainable { self.trainable = false }
    }

    /// A model from its config, as ``config`` gives it and Keras writes it.
    ///
    /// - Throws: `KerasError.invalidConfig`, `.missingConfigKey`, `.unknownName` for a layer's class.
    public required init(config: Config) throws {
        try super.init(config: config)
        try connect(config)
    }

    /// A model from a config that names classes of the user's.
    ///
    /// - Parameter customObjects: classes that are not Keras'.
    public init(config: Config, customObjects: [any KerasSerializable.Type]) throws {
        try super.init(config: config)
        try CustomObjects.with(customObjects) { try connect(config) }
    }

    /// A name for a functional model that is not given one, or a Sequential's place for its graph.
    func connect(_ inputs: Structure<KerasTensor>, _ outputs: Structure<KerasTensor>) throws {
        let graph = try FunctionalGraph(inputs: inputs, outputs: outputs, model: name)
        self.graph = graph
        inputSpec = graph.inputSpec
        built = true
        autocast = false
        path = name
        foundParts = super.parts
    }

    private func connect(_ config: Config) throws {
        guard config["input_layers"] != nil else { return }
        let (inputs, outputs) = try ModelReader.handed(config, as: "Model \"\(name)\"") { try FunctionalConfig.places(config, model: name) }
        try connect(inputs, outputs)
        if try !config.value("trainable", default: true) { trainable = false }
    }

    // MARK: The graph

    /// The model's inputs, in order; those of a dictionary sorted by key. Empty for a subclassed model.
    public var inputs: [KerasTensor] { graph?.inputs ?? [] }

    /// The model's outputs, in order; those of a dictionary sorted by key. Empty for a subclassed model.
    public var outputs: [KerasTensor] { graph?.outputs ?? [] }

    /// The names by which data for the inputs can be given.
    public var inputNames: [String] { inputs.map { $0.history?.layer.name ?? $0.name } }

    /// The names of the layers that make the outputs.
    public var outputNames: [String] { outputs.map { $0.history?.layer.name ?? $0.name } }

    /// The outputs' arrangement, with the names of a dictionary; `nil` for a subclassed model.
    package var outputStructure: Structure<KerasTensor>? { graph?.outputStructure }

    /// The inputs' arrangement; `nil` for a subclassed model.
    package var inputStructure: Structure<KerasTensor>? { graph?.inputStructure }

    /// The layer calls that the model is made of, in the order they are computed.
    package var nodes: [LayerNode] { graph?.nodes ?? [] }

    /// The only input. For a model with several, what stands here says so when it is used; see ``inputs``.
    override open var input: KerasTensor {
        guard let graph else { return super.input }
        return graph.inputStructure.single ?? KerasTensor(problem: .severalTensors(place, property: "input", count: graph.inputs.count))
    }

    /// The only output. For a model with several, what stands here says so when it is used; see ``outputs``.
    override open var output: KerasTensor {
        guard let graph else { return super.output }
        return graph.outputStructure.single ?? KerasTensor(problem: .severalTensors(place, property: "output", count: graph.outputs.count))
    }

    /// The layers and the operations between them (`x * 2`, `ops.reshape(x, …)`), inputs first, in Keras' order.
    public var operations: [Layer] { graph?.layers ?? sublayers }

    /// The layers, inputs first, in Keras' order; of a subclassed model, in the order they are declared. Without ``operations``.
    open var layers: [Layer] { sublayers }

    override open var sublayers: [Layer] {
        guard let graph else { return super.sublayers }
        let own = super.sublayers.filter { layer in !graph.layers.contains { $0 === layer } }
        return graph.layers.filter { !($0 is KerasOperation) } + own
    }

    /// The layer of a name.
    ///
    /// - Throws: `KerasError.unknownName`, with the nearest name.
    public func layer(named name: String) throws -> Layer {
        if let layer = layers.first(where: { $0.name == name }) { return layer }
        throw KerasError.unknownName(kind: "layer in model \"\(self.name)\"", name: name, known: layers.map(\.name))
    }

    /// Layer number `index` of ``layers``; negative numbers count from the end.
    public func layer(at index: Int) throws -> Layer {
        let layers = layers
        let position = index < 0 ? index + layers.count : index
        guard layers.indices.contains(position) else {
            throw KerasError.invalidArgument(place, argument: "a layer's index", expected: "below \(layers.count)", got: "\(index)")
        }
        return layers[position]
    }

    // MARK: Calling

    override open func call(_ inputs: Structure<Tensor>, _ call: LayerCall) throws -> Structure<Tensor> {
        guard let graph else { return try super.call(inputs, call) }
        return try graph.run(inputs.leaves, masks: call.masks)
    }

    override var drawsBuild: Bool { graph == nil }
    override var filledArguments: FilledArguments { graph == nil ? [] : .mask }
    override func takesUnchanged(_ inputs: Structure<KerasTensor>) -> Bool { graph != nil }

    override func arranged(_ arguments: CallArguments<KerasTensor>) throws -> CallArguments<KerasTensor> {
        guard let graph else { return arguments }
        var arguments = arguments
        arguments.inputs = try graph.arranged(arguments.inputs, for: self)
        try check(arguments.inputs.map(\.source))
        return arguments
    }

    override func prepare(_ inputs: Structure<Tensor>) throws -> Structure<Tensor> {
        guard let graph else { return try super.prepare(inputs) }
        let arranged = try graph.arranged(inputs, for: self)
        let leaves = try zip(arranged.leaves, graph.inputs).map { tensor, place in
            if tensor.dtype == place.dtype { return tensor }
            var result = try tensor.cast(to: place.dtype)
            result.kerasMask = tensor.kerasMask
            return result
        }
        return arranged.filled(with: leaves)
    }

    // MARK: Steps, to be overridden

    /// One step of training on a batch: forward, loss, gradients, optimizer, metrics.
    ///
    /// An override does whatever a step is to do, with the parts that the plain one is made of:
    ///
    /// ```swift
    /// override func trainStep(_ data: TrainingBatch) throws -> StepLogs {
    ///     let (loss, yPred, gradients) = try valueAndGradient(of: trainableVariables) {
    ///         let yPred = try self.outputs(of: data.x, training: true)
    ///         return (try self.computeLoss(data, yPred: yPred), yPred)
    ///     }
    ///     try optimizer?.apply(gradients, to: trainableVariables)
    ///     try trackLoss(loss, of: data)
    ///     return try computeMetrics(data, yPred: yPred)
    /// }
    /// ```
    ///
    /// `fit` and `trainOnBatch` trace it once for each shape of batches, compile what it does, and update variables in place: its
    /// Swift code does not run at every step, and tensors have no numbers in it (with `compile(runEagerly: true)` they have). Source:
    /// `keras.Model.train_step`.
    ///
    /// - Parameter data: a batch; with class weights, these are in `sampleWeight`.
    /// - Returns: what logs, history and the progress bar show.
    open func trainStep(_ data: TrainingBatch) throws -> StepLogs { try plainTrainStep(data) }

    /// One step of evaluation: forward, loss, metrics. As ``trainStep(_:)``, for `evaluate` and validation.
    open func testStep(_ data: TrainingBatch) throws -> StepLogs { try plainTestStep(data) }

    /// The outputs for a batch, for `predict`.
    open func predictStep(_ data: TrainingBatch) throws -> Structure<Tensor> { try outputs(of: data.x, training: false) }

    /// The scalar that training makes small: the compiled losses of the outputs, weighted, and what layers add (regularizers,
    /// ``Layer/addLoss(_:)``).
    ///
    /// - Throws: `KerasError.training(.noLoss)` if there is neither; `.trainingData` for targets that do not suit the outputs.
    open func computeLoss(
        x: Structure<Tensor>, y: Structure<Tensor>?, yPred: Structure<Tensor>, sampleWeight: Structure<Tensor>?, training: Bool
    ) throws -> Tensor {
        try trainer.loss(y: y, yPred: yPred, sampleWeight: sampleWeight, of: self)
    }

    /// Takes a batch into the compiled metrics.
    ///
    /// - Returns: the results of all ``metrics`` under the names of logs.
    open func computeMetrics(
        x: Structure<Tensor>, y: Structure<Tensor>?, yPred: Structure<Tensor>, sampleWeight: Structure<Tensor>?
    ) throws -> StepLogs {
        try trainer.updateMetrics(y: y, yPred: yPred, sampleWeight: sampleWeight, of: self)
        return try metricResults()
    }

    /// The metrics that are set back at the beginning of an epoch, in the order of logs: the mean loss, those that `compile` got, and
    /// those in stored properties of the model and its layers. A model with its own steps may name its own.
    open var metrics: [Metric] { trainer.metrics(of: self) }

    // MARK: Config

    /// Of a subclass, the shapes that its layers were built for: a file's reader builds it again for them.
    override var buildConfig: Config? { graph == nil ? buildShapes.map { ["input_shape": $0.configValue] } : nil }

    /// Of a functional model: everything from which it can be made again, in Keras' own layout.
    override open var config: Config {
        guard let graph else { return super.config }
        return FunctionalConfig.config(of: graph, name: name, trainable: trainable)
    }
}
