/// Layers to and from the form in which Keras writes them.
enum LayerConfig {
    /// A layer as Keras writes it: module, class, settings, and the shape it was built for.
    static func value(of layer: Layer) -> ConfigValue { .dictionary(object(of: layer).dictionary) }

    static func object(of layer: Layer) -> ObjectConfig {
        let name = type(of: layer).registeredName
        let isFunctional = type(of: layer) == Model.self
        let isBuiltin = builtin(named: name).map { $0 == type(of: layer) } ?? false
        let module: String? = isFunctional ? "keras.src.models.functional" : layer is Sequential ? "keras" : isBuiltin ? "keras.layers" : nil
        var object = ObjectConfig(
            module: module, className: name, config: layer.getConfig(), registeredName: isFunctional || !isBuiltin ? name : nil)
        if isFunctional {
            object.extra["build_config"] = ["input_shape": nil]
        } else if let shapes = layer.buildShapes, !layer.ownWeights.isEmpty || layer is Merge {
            object.extra["build_config"] = ["input_shape": shapes.configValue]
        }
        return object
    }

    /// A layer from the form in which Keras writes it, without weights.
    ///
    /// - Throws: `KerasError.unknownName` for a class that is neither Keras' nor among the custom objects.
    static func layer(from dictionary: Config) throws -> Layer {
        let object = try ObjectConfig(dictionary)
        let custom = CustomObjects.layers
        guard let type = custom.type(named: object.baseName) ?? builtin(named: object.baseName) else {
            throw KerasError.unknownName(
                kind: "layer class", name: object.className, known: builtins.map { $0.registeredName } + custom.names)
        }
        let layer = try type.init(config: object.config)
        try layer.applyBaseConfig(object.config)
        return layer
    }

    private static func builtin(named name: String) -> Layer.Type? { name == "Model" ? Model.self : byName[name] }

    /// All layer classes that configs may name.
    static let builtins: [Layer.Type] =
        core + activations + reshaping + merging + regularization + normalization + convolution + pooling + recurrent + attention

    private static let core: [Layer.Type] = [
        Model.self, Sequential.self, InputLayer.self, Dense.self, Embedding.self, Identity.self, Masking.self,
    ]
    private static let activations: [Layer.Type] = [Activation.self, ReLU.self, LeakyReLU.self, ELU.self, PReLU.self, Softmax.self]
    private static let reshaping: [Layer.Type] = [Flatten.self, Reshape.self, Permute.self, RepeatVector.self]
    private static let merging: [Layer.Type] = [
        Add.self, Subtract.self, Multiply.self, Average.self, Maximum.self, Minimum.self, Concatenate.self, Dot.self,
    ]
    private static let regularization: [Layer.Type] = [Dropout.self]
    private static let normalization: [Layer.Type] = [BatchNormalization.self, LayerNormalization.self]
    private static let convolution: [Layer.Type] = []
    private static let pooling: [Layer.Type] = []
    private static let recurrent: [Layer.Type] = []
    private static let attention: [Layer.Type] = []

    private static let byName = Dictionary(builtins.map { ($0.registeredName, $0) }, uniquingKeysWith: { $1 })
}

extension Structure where Leaf == Shape {
    var configValue: ConfigValue {
        switch self {
        case .one(let shape): shape.configValue
        case .list(let items): .list(items.map(\.configValue))
        case .dictionary(let entries):
            .dictionary(entries.reduce(into: Config()) { $0[$1.key] = $1.value.configValue })
        }
    }
}
