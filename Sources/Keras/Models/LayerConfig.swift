/// Layers to and from the form in which Keras writes them.
enum LayerConfig {
    /// A layer as Keras writes it: module, class, settings, and the shape it was built for.
    static func value(of layer: Layer) -> ConfigValue { .dictionary(object(of: layer).dictionary) }

    static func object(of layer: Layer) -> ObjectConfig {
        if let operation = layer as? KerasOperation {
            return ObjectConfig(
                module: OperationTable.module(of: operation.className), className: operation.className, config: operation.config,
                registeredName: operation.className)
        }
        let name = type(of: layer).registeredName
        let isFunctional = name == Model.registeredName
        let isBuiltin = builtin(named: name).map { $0 == type(of: layer) } ?? false
        let module: String? = isFunctional ? "keras.src.models.functional" : layer is Sequential ? "keras" : isBuiltin ? "keras.layers" : nil
        var object = ObjectConfig(
            module: module, className: name, config: layer.getConfig(), registeredName: isFunctional ? name : isBuiltin ? nil : CustomObjects.registeredName(of: type(of: layer)))
        if isFunctional {
            object.extra["build_config"] = ["input_shape": nil]
        } else if let shapes = layer.buildConfig {
            object.extra["build_config"] = .dictionary(shapes)
        }
        // What cannot be written is left out: saving to a file says so.
        if let number = SharedLayers.Writing.current?.number(of: layer) { object.extra[SharedLayers.key] = .int(number) }
        if let model = layer as? Model { object.extra["compile_config"] = .dictionary((try? CompileConfig.config(of: model)) ?? [:]) }
        return object
    }

    /// A layer from the form in which Keras writes it, without weights.
    ///
    /// - Throws: `KerasError.unknownName` for a class that is neither Keras' nor among the custom objects.
    static func layer(from dictionary: Config) throws -> Layer {
        let object = try ObjectConfig(dictionary)
        try LoadBudget.current?.addLayer()
        if OperationTable.isOperation(object) {
            var settings = object.config
            let name: String? = try settings.value("name", default: nil)
            settings["name"] = nil
            return try KerasOperation(OperationTable.rule(object.className), settings: settings, name: name)
        }
        let shared = SharedLayers.Reading.current
        if let layer = shared?.layer(object) { return layer }
        guard let type = layerType(of: object) else {
            throw KerasError.unknownName(kind: "layer class", name: object.className, known: layerClassNames)
        }
        let layer = try type.init(config: object.config)
        try layer.applyBaseConfig(object.config)
        shared?.add(layer, object)
        return layer
    }

    /// The layer class of an object: the user's, else Keras'.
    static func layerType(of object: ObjectConfig) -> Layer.Type? {
        CustomObjects.type(of: object, as: Layer.Type.self) ?? builtin(named: object.baseName)
    }

    static var layerClassNames: [String] { builtins.map { $0.registeredName } + CustomObjects.names(Layer.Type.self) }

    static func builtin(named name: String) -> Layer.Type? { name == "Model" ? Model.self : byName[name] }

    /// All layer classes that configs may name.
    static let builtins: [Layer.Type] =
        core + activations + reshaping + merging + regularization + normalization + convolution + pooling + recurrent + attention

    private static let core: [Layer.Type] = [
        Model.self, Sequential.self, InputLayer.self, Dense.self, EinsumDense.self, Embedding.self, Identity.self, Lambda.self, Masking.self,
    ]
    private static let activations: [Layer.Type] = [Activation.self, ReLU.self, LeakyReLU.self, ELU.self, PReLU.self, Softmax.self]
    private static let reshaping: [Layer.Type] = [
        Flatten.self, Reshape.self, Permute.self, RepeatVector.self, UpSampling1D.self, UpSampling2D.self, UpSampling3D.self,
        ZeroPadding1D.self, ZeroPadding2D.self, ZeroPadding3D.self, Cropping1D.self, Cropping2D.self, Cropping3D.self,
    ]
    private static let merging: [Layer.Type] = [
        Add.self, Subtract.self, Multiply.self, Average.self, Maximum.self, Minimum.self, Concatenate.self, Dot.self,
    ]
    private static let regularization: [Layer.Type] = [
        Dropout.self, SpatialDropout1D.self, SpatialDropout2D.self, SpatialDropout3D.self, AlphaDropout.self, GaussianDropout.self,
        GaussianNoise.self, ActivityRegularization.self,
    ]
    private static let normalization: [Layer.Type] = [
        BatchNormalization.self, LayerNormalization.self, GroupNormalization.self, RMSNormalization.self, UnitNormalization.self,
        SpectralNormalization.self,
    ]
    private static let convolution: [Layer.Type] = [
        Conv1D.self, Conv2D.self, Conv3D.self, Conv1DTranspose.self, Conv2DTranspose.self, Conv3DTranspose.self,
        DepthwiseConv1D.self, DepthwiseConv2D.self, SeparableConv1D.self, SeparableConv2D.self,
    ]
    private static let pooling: [Layer.Type] = [
        MaxPooling1D.self, MaxPooling2D.self, MaxPooling3D.self, AveragePooling1D.self, AveragePooling2D.self, AveragePooling3D.self,
        GlobalMaxPooling1D.self, GlobalMaxPooling2D.self, GlobalMaxPooling3D.self, GlobalAveragePooling1D.self,
        GlobalAveragePooling2D.self, GlobalAveragePooling3D.self, AdaptiveMaxPooling1D.self, AdaptiveMaxPooling2D.self,
        AdaptiveMaxPooling3D.self, AdaptiveAveragePooling1D.self, AdaptiveAveragePooling2D.self, AdaptiveAveragePooling3D.self,
    ]
    private static let recurrent: [Layer.Type] = [
        RNN.self, SimpleRNN.self, LSTM.self, GRU.self, SimpleRNNCell.self, LSTMCell.self, GRUCell.self, StackedRNNCells.self,
        ConvLSTM1D.self, ConvLSTM2D.self, ConvLSTM3D.self, Bidirectional.self, TimeDistributed.self,
    ]
    private static let attention: [Layer.Type] = [
        Attention.self, AdditiveAttention.self, MultiHeadAttention.self, GroupQueryAttention.self,
    ]

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
