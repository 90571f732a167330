/// A model of the same layers with weights of its own, newly initialised.
///
/// Layers, also those of the user's classes, are made again from their configs. Keras: `keras.models.clone_model`.
///
/// ```swift
/// let copy = try cloneModel(model)
/// try copy.setWeights(model.getWeights())
/// ```
///
/// - Throws: what the layers' `init(config:)` throws.
public func cloneModel(_ model: Model) throws -> Model {
    let types = model.flattenedLayers.map { type(of: $0) }
    return try CustomObjects.with(types) {
        let copy = try type(of: model).init(config: model.getConfig())
        try copy.applyBaseConfig(model.getConfig())
        return copy
    }
}
