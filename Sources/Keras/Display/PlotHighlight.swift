/// Which layers a plot shows in another colour: some by name, or all from one to another.
///
/// ```swift
/// try plotModel(model, to: "blocks.svg", highlight: .range(first: "block2_conv1", last: "block2_pool"))
/// try plotModel(model, to: "heads.svg", highlight: ["priority", "department"])
/// ```
///
/// Names may be regular expressions. Layers are looked for in models inside too; a model that is highlighted is so with all in it.
public enum PlotHighlight: Hashable, Sendable, ExpressibleByArrayLiteral {
    case layers([String])
    /// All layers of one model from one to another, both included, in the order of the summary.
    case range(first: String, last: String)

    public init(arrayLiteral elements: String...) { self = .layers(elements) }

    /// The highlighted layers.
    ///
    /// - Throws: `KerasError.unknownName` for a name that no layer has; `.display(.layerRange)`, `.layerPattern`.
    func layers(of model: Model) throws -> Set<ObjectIdentifier> {
        let found: [Layer]
        switch self {
        case .layers(let names):
            let all = Self.models(in: model).flatMap(\.outline.layers)
            found = try names.flatMap { name in
                let places = try LayerRange.matches(name, all)
                guard !places.isEmpty else {
                    throw KerasError.unknownName(kind: "layer in model \"\(model.name)\"", name: name, known: all.map(\.name))
                }
                return places.map { all[$0] }
            }
        case .range(let first, let last):
            let owner = try Self.models(in: model).first { inner in
                try [first, last].allSatisfy { try !LayerRange.matches($0, inner.outline.layers).isEmpty }
            } ?? model
            let layers = owner.outline.layers
            found = Array(layers[try LayerRange.indices(of: (first, last), in: layers, of: owner)])
        }
        let inside = found.flatMap { layer in (layer as? Model).map { Self.models(in: $0).flatMap(\.outline.layers) } ?? [] }
        return Set((found + inside).map(ObjectIdentifier.init))
    }

    /// The model and those inside it, outer ones first.
    private static func models(in model: Model) -> [Model] {
        var models = [model]
        var next = 0
        while next < models.count {
            let inner = models[next].outline.layers.compactMap { $0 as? Model }
            models += inner.filter { candidate in !models.contains { $0 === candidate } }
            next += 1
        }
        return models
    }
}
