/// Applies a Swift function of one's own, which configs know by its name.
///
/// Making a `Lambda` registers its function under the name, and so does ``register(_:_:)``; a config that names it, written here or by
/// Keras, then makes the layer again. A config that holds Python code is refused: nothing that a file brings is run.
///
/// - Input and output: what the function takes and gives.
/// - Throws: what the function throws; `KerasError.unknownName` for a config whose function is not registered, `.notConfigurable` for
///   one that holds Python code.
/// - Source: `keras.layers.Lambda`.
///
/// ```swift
/// let y = try Lambda("twice") { x in try x * 2 }(x)
/// let z = try Lambda("scaled", arguments: ["factor": 3]) { x, call in try x * call.arguments.double("factor") }(x)
/// let w = try Lambda(ofList: "product") { inputs in try inputs[0] * inputs[1] }([x, y])
/// ```
public final class Lambda: Layer {
    /// What a function is told beside its inputs.
    public struct Call {
        public var training: Bool
        /// The masks of the inputs, one for each.
        public var masks: [Tensor?]
        /// The layer's arguments for the function.
        public var arguments: Config
    }

    /// Gives a mask for the output, from the inputs and their masks.
    public struct Mask: Sendable {
        public let name: String
        let function: @Sendable (_ inputs: [Tensor], _ masks: [Tensor?]) throws -> Tensor?

        /// A mask function of a name, under which configs know it.
        public init(_ name: String, _ function: @escaping @Sendable (_ inputs: [Tensor], _ masks: [Tensor?]) throws -> Tensor?) {
            self.name = name
            self.function = function
            Session.current.lambdaMasks.register(self, name: name)
        }
    }

    typealias Function = @Sendable (Structure<Tensor>, Call) throws -> Structure<Tensor>

    /// The name of the function.
    public let functionName: String
    public let arguments: Config
    public let mask: Mask?
    private let function: Function
    /// What the config says of the output's shape, which is found by applying the function.
    private let outputShape: ConfigValue?

    /// - Parameters:
    ///   - function: the function's name, and the function.
    ///   - arguments: given to functions that take a ``Call``.
    ///   - mask: gives the output a mask; `nil`: it has none.
    public convenience init(
        _ function: String, arguments: Config = [:], mask: Mask? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil, _ body: @escaping @Sendable (Tensor) throws -> Tensor
    ) {
        self.init(function, arguments, mask, name, trainable, dtype, Self.ofOne { x, _ in try body(x) })
    }

    /// A function that looks at `training`, masks or arguments.
    public convenience init(
        _ function: String, arguments: Config = [:], mask: Mask? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil, _ body: @escaping @Sendable (Tensor, Call) throws -> Tensor
    ) {
        self.init(function, arguments, mask, name, trainable, dtype, Self.ofOne(body))
    }

    /// A function of several inputs.
    public convenience init(
        ofList function: String, arguments: Config = [:], mask: Mask? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil, _ body: @escaping @Sendable ([Tensor]) throws -> Tensor
    ) {
        self.init(function, arguments, mask, name, trainable, dtype) { inputs, _ in .one(try body(inputs.leaves)) }
    }

    /// A function of inputs in any arrangement that gives outputs in any arrangement.
    public convenience init(
        ofStructure function: String, arguments: Config = [:], mask: Mask? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil, _ body: @escaping @Sendable (Structure<Tensor>, Call) throws -> Structure<Tensor>
    ) {
        self.init(function, arguments, mask, name, trainable, dtype, body)
    }

    private init(
        _ function: String, _ arguments: Config, _ mask: Mask?, _ name: String?, _ trainable: Bool, _ dtype: DTypePolicy?,
        _ body: @escaping Function
    ) {
        functionName = function
        self.arguments = arguments
        self.mask = mask
        self.function = body
        outputShape = nil
        super.init(name: name, trainable: trainable, dtype: dtype)
        Session.current.lambdas.register(body, name: function)
        supportsMasking = mask != nil
    }

    public required init(config: Config) throws {
        let name: String = try config.value("name", default: nil) ?? "lambda"
        let session = Session.current
        functionName = try Self.functionName(config["function"], key: "function", layer: name)
        guard let function = session.lambdas.function(named: functionName) else {
            throw KerasError.unknownName(
                kind: "Swift function registered for Lambda", name: functionName, known: session.lambdas.names)
        }
        self.function = function
        arguments = try config.value("arguments", default: nil) ?? [:]
        outputShape = config["output_shape"]
        mask = try config["mask"].flatMap { value in
            if case .null = value { return nil }
            let name = try Self.functionName(value, key: "mask", layer: name)
            guard let mask = session.lambdaMasks.function(named: name) else {
                throw KerasError.unknownName(kind: "mask function registered for Lambda", name: name, known: session.lambdaMasks.names)
            }
            return mask
        }
        try super.init(config: config)
        supportsMasking = mask != nil
    }

    /// Makes a function known to configs under a name without making a layer.
    public static func register(_ name: String, _ body: @escaping @Sendable (Tensor) throws -> Tensor) {
        Session.current.lambdas.register(ofOne { x, _ in try body(x) }, name: name)
    }

    /// Makes a function that looks at `training`, masks or arguments known to configs under a name.
    public static func register(_ name: String, _ body: @escaping @Sendable (Tensor, Call) throws -> Tensor) {
        Session.current.lambdas.register(ofOne(body), name: name)
    }

    /// Makes a function of several inputs known to configs under a name.
    public static func register(ofList name: String, _ body: @escaping @Sendable ([Tensor]) throws -> Tensor) {
        Session.current.lambdas.register({ inputs, _ in .one(try body(inputs.leaves)) }, name: name)
    }

    /// A function of one tensor as one of any arrangement.
    private static func ofOne(_ body: @escaping @Sendable (Tensor, Call) throws -> Tensor) -> Function {
        { inputs, call in
            guard let input = inputs.single else {
                throw TensorError.argument(operation: "Lambda", detail: "its function takes one tensor, not \(inputs.leafCount)")
            }
            return .one(try body(input, call))
        }
    }

    /// The name of a function in a config: alone, or in Keras' object form.
    private static func functionName(_ value: ConfigValue?, key: String, layer: String) throws -> String {
        func refused(_ reason: String) -> KerasError { .notConfigurable(object: "Lambda \"\(layer)\"", reason: reason) }
        switch value {
        case .string(let name): return name
        case .dictionary(let object):
            let form: String = try object.value("class_name", default: "")
            if form == "__lambda__" {
                if !SafeMode.isOn { return layer }
                throw refused(
                    "its \(key) is Python code, which is not run here; in Python, use a named function, and register a Swift one of its "
                        + "name")
            }
            guard form == "function", case .string(let name)? = object["config"] else {
                throw refused("its \(key) is no function with a name")
            }
            return name.split(separator: ">").last.map(String.init) ?? name
        case nil: throw KerasError.missingConfigKey(key: key, given: [])
        default: throw refused("its \(key) is no function with a name")
        }
    }

    override var buildConfig: Config? { buildShapes.map { ["input_shape": $0.configValue] } }

    override public func call(_ inputs: Structure<Tensor>, _ call: LayerCall) throws -> Structure<Tensor> {
        try function(inputs, Call(training: call.training, masks: call.masks, arguments: arguments))
    }

    override public func computeMasks(_ inputs: [Tensor], masks: [Tensor?]) throws -> [Tensor?] { [try mask?.function(inputs, masks)] }

    override var filledArguments: FilledArguments { .mask }

    override public var config: Config {
        func object(_ name: String) -> ConfigValue {
            ["module": "builtins", "class_name": "function", "config": .string(name), "registered_name": "function"]
        }
        var config: Config = ["function": object(functionName)]
        if let outputShape { config["output_shape"] = outputShape }
        if let mask { config["mask"] = object(mask.name) }
        config["arguments"] = .dictionary(arguments)
        return config
    }
}
