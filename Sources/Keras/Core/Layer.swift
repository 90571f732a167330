/// A step of a model: it turns tensors into tensors, and owns the weights that it needs for that.
///
/// Calling a layer on a `KerasTensor` draws an arrow in a graph; calling it on a `Tensor` computes. A layer of one's own says which
/// weights it has (`build`) and what it computes (`call`); the output's shape, the gradient, masks, mixed precision, saving and
/// cloning come from what surrounds it. Source: `keras.layers.Layer`.
///
/// ```swift
/// final class Scale: Layer {
///     private var factor: Variable!
///
///     override func build(inputShape: Shape) throws {
///         factor = try addWeight("factor", shape: [inputShape.last], initializer: .ones)
///     }
///     override func call(_ inputs: Tensor) throws -> Tensor { try inputs * factor }
/// }
/// let y = try Scale()(Input(shape: [8]))       // [nil, 8]
/// ```
///
/// Layers stored in properties (also in optionals, arrays and dictionaries) are sub-layers: their weights are the layer's too.
open class Layer {
    /// The layer's name, unique in a model: given, or made from the class's name (`dense`, `dense_1`).
    public internal(set) var name: String
    /// In which types the layer keeps weights and computes.
    public var dtypePolicy: DTypePolicy
    /// Whether floating-point inputs and weights are cast to the policy's compute type.
    public var autocast = true
    /// A penalty on the layer's outputs, added to the loss.
    public var activityRegularizer: Regularizer?
    /// What the layer expects of its inputs, one entry for each; empty: anything.
    public var inputSpec: [InputSpec] = []
    /// Whether the layer passes masks on (by ``computeMask(_:mask:)``). Layers that take steps out of order must not.
    public var supportsMasking = false
    /// Whether the layer's weights exist.
    public internal(set) var built = false
    /// The layer's path: the names of the layers around it and its own, "encoder/dense". Known once it is built.
    public internal(set) var path: String?

    /// What was wrong with an argument of the initialiser; thrown where the layer is called or added.
    var argumentProblem: KerasError?
    var ownTrainable: Bool
    var ownWeights: [Variable] = []
    var ownSeeds: [SeedGenerator] = []
    var callLosses: [Tensor] = []
    var records: [CallRecord] = []
    var buildShapes: Structure<Shape>?
    /// What was found in the stored properties; kept once the layer is built.
    var foundParts: FoundParts?

    /// The class's name in configs and files: Keras' for Keras' layers.
    open class var registeredName: String { "\(Self.self)" }

    /// - Parameters:
    ///   - name: the layer's name; `nil`: made from the class's name.
    ///   - trainable: whether training changes the weights.
    ///   - dtype: the types of weights and computation; `nil`: `DTypePolicy.current`.
    ///   - activityRegularizer: a penalty on the outputs.
    public init(name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil, activityRegularizer: Regularizer? = nil) {
        self.name = name ?? Naming.unique(forClass: Self.registeredName)
        ownTrainable = trainable
        dtypePolicy = dtype ?? .current
        self.activityRegularizer = activityRegularizer
    }

    /// Makes a layer from what its ``config`` gave. Name, `trainable`, types and activity regularizer are set afterwards.
    ///
    /// - Throws: `KerasError.missingConfigKey`, `.configType`, `.notConfigurable` for a class that does not say how.
    public required init(config: Config) throws {
        name = try config.value("name", default: nil) ?? Naming.unique(forClass: Self.registeredName)
        ownTrainable = true
        dtypePolicy = .current
    }

    // MARK: To be overridden

    /// Creates the weights. Called once, before the first call.
    ///
    /// - Parameter inputShape: the input's shape, `nil` where a size is not known.
    open func build(inputShape: Shape) throws {}

    /// Creates the weights of a layer with several inputs.
    open func build(inputShapes: [Shape]) throws {
        if let shape = inputShapes.first { try build(inputShape: shape) }
    }

    /// Creates the weights of a layer whose calls also take tensors by name: their shapes.
    func build(_ shapes: Structure<Shape>, keywords: [String: Structure<Shape>]) throws {
        switch shapes {
        case .one(let shape): try build(inputShape: shape)
        default: try build(inputShapes: shapes.leaves)
        }
    }

    /// Computes the outputs.
    open func call(_ inputs: Tensor) throws -> Tensor {
        throw KerasError.callNotImplemented(place, signature: "call(_ inputs: Tensor) throws -> Tensor")
    }

    /// Computes the outputs of a layer that does something else in training.
    open func call(_ inputs: Tensor, training: Bool) throws -> Tensor { try call(inputs) }

    /// Computes the outputs of a layer that uses a mask: bool, usually `[batch, time]`, true where a step counts.
    open func call(_ inputs: Tensor, training: Bool, mask: Tensor?) throws -> Tensor { try call(inputs, training: training) }

    /// Computes the output of a layer with several inputs.
    open func call(_ inputs: [Tensor]) throws -> Tensor {
        guard inputs.count == 1 else {
            // Keras' own layers are what they are; one of the user's may still get such a call.
            if LayerConfig.builtin(named: Self.registeredName) == Self.self {
                throw KerasError.inputCount(place, expected: "1 input", names: [], got: inputs.count)
            }
            throw KerasError.callNotImplemented(place, signature: "call(_ inputs: [Tensor]) throws -> Tensor")
        }
        return try call(inputs[0])
    }

    /// Computes the outputs of a layer with several inputs, several outputs, or both.
    open func call(_ inputs: [Tensor], training: Bool, masks: [Tensor?]) throws -> [Tensor] { [try call(inputs)] }

    /// Computes the outputs of a layer whose inputs or outputs come in a dictionary or nest.
    ///
    /// The other forms are called from here; a layer overrides the one that suits it.
    ///
    /// - Parameters:
    ///   - inputs: as given in the call.
    ///   - call: `training`, masks, and tensors that were given by name.
    open func call(_ inputs: Structure<Tensor>, _ call: LayerCall) throws -> Structure<Tensor> {
        switch inputs {
        case .one(let tensor):
            return .one(try self.call(tensor, training: call.training, mask: call.masks.first ?? nil))
        case .list:
            let outputs = try self.call(inputs.leaves, training: call.training, masks: call.masks)
            return outputs.count == 1 ? .one(outputs[0]) : Structure(list: outputs)
        case .dictionary:
            throw KerasError.callNotImplemented(place, signature: "call(_ inputs: Structure<Tensor>, _ call: LayerCall)")
        }
    }

    /// The mask of the output, from the inputs and their mask. Called if ``supportsMasking``.
    open func computeMask(_ inputs: Tensor, mask: Tensor?) throws -> Tensor? { mask }

    /// The masks of all outputs, from all inputs and their masks.
    open func computeMasks(_ inputs: [Tensor], masks: [Tensor?]) throws -> [Tensor?] {
        guard let input = inputs.first, inputs.count == 1 else { return [masks.first ?? nil] }
        return [try computeMask(input, mask: masks.first ?? nil)]
    }

    /// Draws the masks of a call's results, for layers that make masks of their own; `nil`: what ``computeMask(_:mask:)`` passes on is
    /// all there is.
    ///
    /// - Parameter masks: those of the inputs that are places in the graph.
    func drawMasks(_ inputs: [KerasTensor], masks: [KerasTensor?]) throws -> [KerasTensor?]? { nil }

    /// The arguments that Keras fills in: those of the class's `call` in Python.
    var filledArguments: FilledArguments { [] }

    /// Whether a call takes the inputs as they are: one tensor of the type that the layer computes in.
    func takesUnchanged(_ inputs: Structure<KerasTensor>) -> Bool {
        if case .one(let tensor) = inputs { tensor.dtype == computeDType } else { false }
    }

    /// What the class adds to the settings that every layer has (name, `trainable`, types); Keras' names.
    open var config: Config { [:] }

    /// The settings that every layer has: name, whether it is trained, and types.
    var baseConfig: Config {
        var base: Config = ["name": .string(name), "trainable": .bool(trainable), "dtype": dtypePolicy.configValue]
        if let activityRegularizer { base["activity_regularizer"] = activityRegularizer.configValue }
        return base
    }

    /// Keras' `build_config`: the shapes that weights were made for; `nil` for a layer that makes none.
    var buildConfig: Config? { ownWeights.isEmpty ? nil : buildShapes.map { ["input_shape": $0.configValue] } }

    /// The name under which files of weights have what a stored property holds, layers for example: that of the attribute in Python, of
    /// which it is `snake_case` unless this is overridden.
    open func savedName(ofProperty property: String) -> String { Naming.snakeCase(property) }

    /// The class's name in files of weights, where a list of layers has no better ones.
    class var savedClassName: String { Naming.snakeCase(registeredName) }

    /// Files that lie beside the weights in a `.keras` file, by name: a vocabulary, for example.
    open var assets: [String: [UInt8]] { [:] }

    /// Takes over what ``assets`` gave when the model was saved.
    open func load(assets: [String: [UInt8]]) throws {}

    /// Variables that are no weights and that Keras does not save, but without which training would not go on as it was.
    var keptVariables: [Variable] { [] }

    /// Whether ``activityRegularizer`` is for this layer's outputs, and not for those of layers inside.
    var penalizesOutputs: Bool { true }

    /// The class's name in messages, summaries, plots and configs.
    var classNameShown: String { Self.registeredName }

    /// Sizes that may have to stand for unknown ones in a drawn call, where no stand-in suits it.
    func sizesForUnknown(_ arguments: CallArguments<KerasTensor>) -> [Int] { [] }

    /// Keras' names of the tensors that a call takes by position after the inputs: `["value", "key"]`.
    var positionalKeywords: [String] { [] }

    /// Whether configs hold those tensors by position; else by name, as their calls are usually written.
    var writesPositionally: Bool { true }

    /// Keras' name for the inputs, where a call gives them by name: "query".
    var inputsKeyword: String { "inputs" }

    /// Whether a drawn call builds the layer; models build their layers themselves.
    var drawsBuild: Bool { true }

    /// The arguments of a drawn call as the layer wants them: a model puts its inputs in order.
    func arranged(_ arguments: CallArguments<KerasTensor>) throws -> CallArguments<KerasTensor> { arguments }

    /// Checks the inputs against ``inputSpec``.
    func check(_ sources: Structure<TensorSource>) throws {
        if inputSpec.isEmpty { return }
        let leaves = sources.leaves
        guard leaves.count == inputSpec.count else {
            throw KerasError.inputCount(
                place, expected: "\(inputSpec.count) input\(inputSpec.count == 1 ? "" : "s")", names: inputSpec.compactMap(\.name), got: leaves.count)
        }
        for (index, (source, spec)) in zip(leaves, inputSpec).enumerated() {
            guard let requirement = spec.violation(shape: source.shape, dtype: source.dtype) else { continue }
            throw KerasError.incompatibleInput(
                place, requirement: requirement, index: leaves.count > 1 ? index : nil, name: spec.name, input: source)
        }
    }

    /// Inputs in the types the layer computes in.
    func prepare(_ inputs: Structure<Tensor>) throws -> Structure<Tensor> { try inputs.map(autocasted) }

    /// What the layer was called on. For a layer that was called several times, or on several inputs, what stands here says so when
    /// it is used; ``input(at:)`` and ``inputs(at:)`` tell which is meant.
    open var input: KerasTensor { only("input") { $0.inputs } }

    /// What came out of the layer's call. For a layer that was called several times, what stands here says so when it is used;
    /// ``output(at:)`` tells which is meant.
    open var output: KerasTensor { only("output") { $0.outputs } }

    /// The layers this one is made of: those in its stored properties, in the order they are declared.
    open var sublayers: [Layer] { parts.layers }

    /// Whether training changes the layer's weights. Setting it sets it for the sub-layers too.
    open var trainable: Bool {
        get { ownTrainable }
        set { setTrainable(newValue) }
    }
}

/// What goes with the inputs of a call.
public struct LayerCall {
    /// Whether the call is part of training: given, else inherited from the call around it, else false.
    public var training: Bool
    /// The masks of the inputs, one for each.
    public var masks: [Tensor?]
    /// Further tensors, by Keras' name for the argument.
    public var keywords: [String: Structure<Tensor>]
    /// Arguments that are no tensors, by Keras' name: `use_causal_mask`.
    public var options = Config()
    /// The arguments of an operation's call, constants among them.
    var form: OperationForm?
}

extension Layer {
    /// The layer in a message.
    var place: LayerPlace { LayerPlace(className: displayClass, name: name, place: CurrentPlace.current) }

    /// The class and name, for messages: `Dense "scores"`.
    var kindAndName: String { "\(displayClass) \"\(name)\"" }

    private var displayClass: String {
        if self is InputLayer { return "Input" }
        return Self.registeredName == Model.registeredName ? "Model" : classNameShown
    }

    /// Remembers the first thing that is wrong with an initialiser's arguments.
    ///
    /// Initialisers do not throw, so that `try Dense(64)(x)` reads as it does; the call does.
    func require(_ condition: Bool, _ argument: String, _ expected: String, got: @autoclosure () -> Any) {
        guard !condition, argumentProblem == nil else { return }
        argumentProblem = .invalidArgument(place, argument: argument, expected: expected, got: "\(got())")
    }

    /// Does what may fail in an initialiser; the call throws what it threw.
    func remember(_ body: () throws -> Void) {
        do { try body() } catch {
            if argumentProblem == nil { argumentProblem = error as? KerasError ?? .callFailed(place, reason: "\(error)", inputs: []) }
        }
    }

    /// Throws what was wrong with an initialiser's arguments, with the place of the call.
    func checkArguments() throws {
        guard let problem = argumentProblem else { return }
        if case .invalidArgument(_, let argument, let expected, let got) = problem {
            throw KerasError.invalidArgument(place, argument: argument, expected: expected, got: got)
        }
        throw problem
    }
}

/// Where the layer call that is running now stands in the user's program.
enum CurrentPlace {
    @TaskLocal static var current: CallPlace?

    /// The place to name for a call: where it stands, or, for the calls that Keras' own layers make, the user's call around it.
    static func inner(_ place: CallPlace?) -> CallPlace? {
        guard let place, let current else { return place ?? current }
        return place.fileID.hasPrefix("Keras/") ? current : place
    }
}
