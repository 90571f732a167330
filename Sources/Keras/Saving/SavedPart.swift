/// What a stored property of a layer holds, as far as files have something of it.
indirect enum SavedPart {
    case layer(Layer)
    case metric(Metric)
    case list([SavedPart])
}

/// Finds the parts of a layer, under the names and in the order in which Keras' files have them.
///
/// Source: `keras.src.saving.saving_lib`, which goes through a Python object's attributes, sorted, private ones last.
enum SavedParts {
    typealias Named = (name: String, part: SavedPart)

    /// The name of a model's layers.
    static let layers = "layers"

    static func parts(of layer: Layer) -> [Named] {
        var found = properties(Mirror(reflecting: layer), of: layer).sorted { key($0.name) < key($1.name) }
        guard let model = layer as? Model else { return found }
        let layers = Named(Self.layers, .list(members(of: model).map(SavedPart.layer)))
        // Of a graph and a stack, this comes first; of a subclass, where the name falls.
        let isFirst = model.graph != nil || model is Sequential
        found.insert(layers, at: isFirst ? 0 : found.firstIndex { key($0.name) > key(Self.layers) } ?? found.count)
        return found
    }

    /// Things in a list go by the names of their classes, numbered.
    static func named(_ parts: [SavedPart]) -> [Named] {
        var uses: [String: Int] = [:]
        return parts.map { part in
            let base = switch part {
            case .layer(let layer): type(of: layer).savedClassName
            case .metric(let metric): Naming.snakeCase(type(of: metric).registeredName)
            case .list: "container"
            }
            let count = uses[base, default: 0]
            uses[base] = count + 1
            return (count == 0 ? base : "\(base)_\(count)", part)
        }
    }

    /// The layers of a model as Keras' `model.layers` gives them.
    private static func members(of model: Model) -> [Layer] {
        let layers = model is Sequential ? model.layers : model.sublayers
        return layers.filter { !($0 is KerasOperation) }
    }

    /// Python sorts by code points, and Keras puts private attributes behind the others.
    private static func key(_ name: String) -> [UInt8] { Array((name.hasPrefix("_") ? "~\(name)" : name).utf8) }

    // MARK: Stored properties

    private static func properties(_ mirror: Mirror, of layer: Layer) -> [Named] {
        if [Layer.self, Model.self, Sequential.self].contains(where: { mirror.subjectType == $0 }) { return [] }
        let inherited = mirror.superclassMirror.map { properties($0, of: layer) } ?? []
        return inherited + mirror.children.compactMap { child in
            guard let label = child.label, let part = part(child.value, depth: 0) else { return nil }
            return (layer.savedName(ofProperty: property(label)), part)
        }
    }

    /// A lazy property is stored under a name of the compiler's.
    private static func property(_ label: String) -> String {
        let prefix = "$__lazy_storage_$_"
        return label.hasPrefix(prefix) ? String(label.dropFirst(prefix.count)) : label
    }

    private static func part(_ value: Any, depth: Int) -> SavedPart? {
        switch value {
        case let layer as Layer: return .layer(layer)
        case let metric as Metric: return .metric(metric)
        default: break
        }
        let mirror = Mirror(reflecting: value)
        guard depth < 8, let style = mirror.displayStyle else { return nil }
        switch style {
        case .optional:
            return mirror.children.first.flatMap { part($0.value, depth: depth + 1) }
        case .collection, .tuple:
            // A long list of numbers says with its first one that it holds none.
            if style == .collection, let first = mirror.children.first, Mirror(reflecting: first.value).displayStyle == nil { return nil }
            return list(mirror.children.map(\.value), depth)
        case .dictionary:
            let entries = mirror.children.compactMap { child -> (key: String, value: Any)? in
                let pair = Array(Mirror(reflecting: child.value).children)
                return pair.count == 2 ? (key: "\(pair[0].value)", value: pair[1].value) : nil
            }
            return list(entries.sorted { $0.key < $1.key }.map(\.value), depth)
        default:
            return nil
        }
    }

    private static func list(_ values: [Any], _ depth: Int) -> SavedPart? {
        let parts = values.compactMap { part($0, depth: depth + 1) }
        return parts.isEmpty ? nil : .list(parts)
    }
}
extension [UInt8] {
    fileprivate static func < (a: [UInt8], b: [UInt8]) -> Bool { a.lexicographicallyPrecedes(b) }
    fileprivate static func > (a: [UInt8], b: [UInt8]) -> Bool { b < a }
}
