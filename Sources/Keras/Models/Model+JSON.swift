extension Model {
    /// The architecture as Keras writes it: module, class, config, and of a compiled model what it is compiled with. Weights are not in it.
    ///
    /// - Parameter indentation: spaces for each level; `nil`: on one line.
    public func json(indentation: Int? = nil) -> String { LayerConfig.value(of: self).json(indentation: indentation) }

    /// The model whose architecture a JSON text describes, weights newly initialised, compiled as the text says. Keras: `keras.models.model_from_json`.
    ///
    /// - Parameter customObjects: classes that are not Keras'.
    /// - Throws: `KerasError.invalidConfig` for text that is no JSON or no model; what the layers throw.
    public static func fromJSON(_ json: String, customObjects: [any KerasSerializable.Type] = []) throws -> Model {
        let config = try LegacyConfig.modern(Config(json: json))
        let layer = try CustomObjects.with(customObjects) { try LayerConfig.layer(from: config) }
        guard let model = layer as? Model else {
            throw KerasError.invalidConfig(object: "\"\(layer.name)\"", reason: "it is a \(type(of: layer).registeredName), not a model")
        }
        if let settings = try config.value("compile_config", default: Config?.none), !settings.isEmpty {
            try CustomObjects.with(customObjects) { try CompileConfig.compile(model, settings) }
        }
        return model
    }
}
