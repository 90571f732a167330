/// What can be wrong: a closed set of facts. The text of each is made in `KerasError+Message.swift`.
public enum KerasError: Error, Hashable, Sendable {
    // MARK: Layers and their inputs

    /// An argument of a layer's (or another object's) initialiser.
    case invalidArgument(LayerPlace, argument: String, expected: String, got: String)
    /// A dimension that weights need is not known.
    case unknownDimension(LayerPlace, axis: Int, input: TensorSource)
    /// An input does not suit the layer; `index` counts inputs where there are several.
    case incompatibleInput(LayerPlace, requirement: InputSpec.Requirement, index: Int?, name: String?, input: TensorSource)
    /// The inputs do not suit each other.
    case incompatibleInputs(LayerPlace, rule: String, remedy: String, inputs: [TensorSource])
    /// Too many or too few inputs.
    case inputCount(LayerPlace, expected: String, names: [String], got: Int)
    /// Inputs given by name, of which one is missing.
    case missingInput(LayerPlace, name: String, given: [String])
    /// An input given by a name that there is not.
    case unknownInput(LayerPlace, name: String, known: [String])
    /// A layer gives several results where one was asked for.
    case severalOutputs(LayerPlace, count: Int)
    /// The results of a call have another arrangement than was asked for: "a dictionary".
    case outputArrangement(LayerPlace, expected: String)
    /// A layer without a `call` for what it was given.
    case callNotImplemented(LayerPlace, signature: String)
    /// An operation inside `call` does not suit the inputs.
    case callFailed(LayerPlace, reason: String, inputs: [TensorSource])
    /// `call` needs the numbers of a tensor while the graph is drawn.
    case needsValues(LayerPlace)
    /// A shape for weights that is not fully known.
    case unknownWeightShape(LayerPlace, weight: String, shape: Shape)
    /// The weights given to `setWeights`.
    case weightCount(LayerPlace, expected: Int, got: Int)
    case weightShape(LayerPlace, weight: String, expected: [Int], got: [Int])
    case notBuilt(LayerPlace, action: String)
    case notCalled(LayerPlace, property: String)
    /// "The" input or output of a layer that was called several times.
    case severalCalls(LayerPlace, property: String, calls: [CallDescription])
    /// "The" input or output of a call that has several.
    case severalTensors(LayerPlace, property: String, count: Int)
    case noSuchCall(LayerPlace, index: Int, calls: Int)

    // MARK: Models

    /// An output that the given inputs do not lead to.
    case disconnected(model: String, layer: LayerPlace, missing: TensorSource, given: [TensorSource])
    /// A tensor without a layer call among a model's inputs or outputs.
    case noHistory(model: String, role: String, tensor: TensorSource)
    case duplicateInput(model: String, input: TensorSource)
    case duplicateLayerName(model: String, name: String, layers: [LayerPlace])
    case cycle(model: String, layers: [String])
    case emptyModel(model: String, action: String)
    /// A layer that cannot be added to a Sequential model.
    case cannotAdd(model: String, layer: String, reason: String)

    // MARK: Names and configs

    /// A name among known ones: "activation", "layer in model m".
    case unknownName(kind: String, name: String, known: [String])
    /// Classes in a config that are neither Keras' nor among the custom objects.
    case unknownClasses(object: String, classes: [UnknownClass])
    case missingConfigKey(key: String, given: [String])
    case configType(key: String, expected: String, got: String)
    case invalidConfig(object: String, reason: String)
    case notConfigurable(object: String, reason: String)
    /// A setting that is not a layer's: an initialiser's, a metric's, …
    case invalidSetting(object: String, argument: String, expected: String, got: String)

    // MARK: Sets of facts with a home of their own

    case training(TrainingError)
    case trainingData(TrainingDataError)
    case data(DataError)
    case saving(SavingError)
    case display(DisplayError)
}

/// A layer in a message: class, name, and where it was called.
public struct LayerPlace: Hashable, Sendable {
    public var className: String
    public var name: String
    public var place: CallPlace?

    public init(className: String, name: String, place: CallPlace? = nil) {
        self.className = className
        self.name = name
        self.place = place
    }
}

/// A tensor in a message: shape, type, and which layer it comes from (`Input "ids"`).
public struct TensorSource: Hashable, Sendable {
    public var shape: Shape
    public var dtype: DType
    public var origin: String?

    public init(shape: Shape, dtype: DType, origin: String? = nil) {
        self.shape = shape
        self.dtype = dtype
        self.origin = origin
    }
}

/// A class that a config names and nobody knows.
public struct UnknownClass: Hashable, Sendable {
    public var name: String
    /// The known name that is nearest to it, if one is near.
    public var nearest: String?
}

/// One call of a layer that has several, in a message.
public struct CallDescription: Hashable, Sendable {
    public var place: CallPlace
    public var inputs: [TensorSource]
}
