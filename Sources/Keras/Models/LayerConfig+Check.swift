extension LayerConfig {
    /// Looks for classes that are not known in a model's layers, those of models and wrapped layers inside included.
    ///
    /// - Throws: `KerasError.unknownName` for one, `.unknownClasses` for several: all at once.
    static func checkClasses(of layers: [Config], in object: String) throws {
        var unknown: [UnknownClass] = []
        var last: (kind: String, known: [String]) = ("", [])
        for layer in layers.flatMap(nested) {
            guard let object = try? ObjectConfig(layer), !isKnown(object) else { continue }
            if unknown.contains(where: { $0.name == object.className }) { continue }
            let isOperation = OperationTable.isOperation(object)
            last = isOperation ? ("operation", OperationTable.classNames) : ("layer class", layerClassNames)
            unknown.append(UnknownClass(name: object.className, nearest: DidYouMean.suggestion(for: object.baseName, among: last.known)))
        }
        if unknown.count == 1 { throw KerasError.unknownName(kind: last.kind, name: unknown[0].name, known: last.known) }
        if unknown.count > 1 { throw KerasError.unknownClasses(object: object, classes: unknown) }
    }

    private static func isKnown(_ object: ObjectConfig) -> Bool {
        OperationTable.isOperation(object) ? OperationTable.has(object.className) : layerType(of: object) != nil
    }

    /// The object of a layer, and those of the layers in its config.
    private static func nested(_ object: Config) -> [Config] {
        // What is in the config of a class of the user's is its own business.
        guard case .dictionary(let config) = object["config"], let name = try? object.string("class_name"),
            builtin(named: name) != nil
        else { return [object] }
        var inner: [Config] = []
        if case .list(let layers) = config["layers"] {
            inner = layers.compactMap { value in if case .dictionary(let layer) = value { layer } else { nil } }
        }
        for key in ["layer", "forward_layer", "backward_layer"] {
            if case .dictionary(let layer) = config[key] { inner.append(layer) }
        }
        return [object] + inner.flatMap(nested)
    }
}
