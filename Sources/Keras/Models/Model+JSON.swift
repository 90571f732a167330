extension Model {
    /// The architecture as Keras writes it: module, class, config, and of a compiled model what it is compiled with. Weights are not in it.
    ///
    /// - Parameter indentation: spaces for each level; `nil`: on one line.
    public func json(indentation: Int? = nil) -> String { LayerConfig.value(of: self).json(indentation: indentation) }

    /// The model whose architecture a JSON text describes, weights newly initialised, compiled as the text says. Keras: `keras.models.model_from_json`.
    ///
    /// - Parameters:
    ///   - customObjects: classes that are not Keras'.
    ///   - limits: how much is taken.
    /// - Throws: `KerasError.invalidConfig` for text that is no JSON, `.saving` for one that is no model; what the layers throw.
    public static func fromJSON(
        _ json: String, customObjects: [any KerasSerializable.Type] = [], limits: LoadLimits = LoadLimits()
    ) throws -> Model {
        let reader = ModelReader("JSON text", limits)
        return try CustomObjects.with(customObjects) { try reader.model(Array(json.utf8), compile: true, hasWeights: false) }
    }
}
