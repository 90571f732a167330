import Synchronization

/// What a layer holds in its stored properties, in the order they are declared, each once.
struct FoundParts {
    var layers: [Layer] = []
    var variables: [Variable] = []
    var seeds: [SeedGenerator] = []
    /// Other objects, for whoever looks for a class of them (metrics).
    var objects: [AnyObject] = []
}

extension Layer {
    /// The parts in the stored properties, those of superclasses first.
    var parts: FoundParts {
        if let foundParts { return foundParts }
        var finder = PartsFinder()
        finder.visit(self)
        if built { foundParts = finder.parts }
        return finder.parts
    }

    /// Objects of a class in the stored properties: metrics, for example.
    package func parts<Part: AnyObject>(ofType type: Part.Type) -> [Part] { parts.objects.compactMap { $0 as? Part } }

    /// This layer and all inside it, each once.
    package var flattenedLayers: [Layer] {
        var seen: Set<ObjectIdentifier> = []
        var result: [Layer] = []
        var pending = [self]
        while let layer = pending.popLast() {
            guard seen.insert(ObjectIdentifier(layer)).inserted else { continue }
            result.append(layer)
            pending.append(contentsOf: layer.sublayers.reversed())
        }
        return result
    }
}

private struct PartsFinder {
    var parts = FoundParts()
    private var seen: Set<ObjectIdentifier> = []

    mutating func visit(_ layer: Layer) {
        seen.insert(ObjectIdentifier(layer))
        visit(properties: Mirror(reflecting: layer))
    }

    private mutating func visit(properties mirror: Mirror) {
        if mirror.subjectType == Layer.self || mirror.subjectType == Model.self { return }
        if let parent = mirror.superclassMirror { visit(properties: parent) }
        for child in mirror.children { visit(value: child.value, depth: 0) }
    }

    private mutating func visit(value: Any, depth: Int) {
        if depth > 8 { return }
        let style = Self.style(of: value)
        if style == .class { return add(value as AnyObject) }
        if style == nil { return }
        let mirror = Mirror(reflecting: value)
        switch style {
        case .optional:
            if let wrapped = mirror.children.first { visit(value: wrapped.value, depth: depth + 1) }
        case .collection, .set:
            guard let first = mirror.children.first, canHoldParts(first.value) else { return }
            for child in mirror.children { visit(value: child.value, depth: depth + 1) }
        case .dictionary:
            let entries = mirror.children.compactMap { child -> (key: String, value: Any)? in
                let pair = Array(Mirror(reflecting: child.value).children)
                return pair.count == 2 ? (key: "\(pair[0].value)", value: pair[1].value) : nil
            }
            for entry in entries.sorted(by: { $0.key < $1.key }) { visit(value: entry.value, depth: depth + 1) }
        case .tuple:
            for child in mirror.children { visit(value: child.value, depth: depth + 1) }
        default:
            break
        }
    }

    /// What kind of value may hold parts; `nil`: none. Known by type, because looking at a value takes long.
    private static func style(of value: Any) -> Mirror.DisplayStyle? {
        let type = ObjectIdentifier(Swift.type(of: value))
        if let known = styles.withLock({ $0[type] }) { return known }
        let found = Mirror(reflecting: value).displayStyle
        let holds: Mirror.DisplayStyle? =
            switch found {
            case .class, .optional, .collection, .set, .dictionary, .tuple: found
            default: nil
            }
        styles.withLock { $0[type] = .some(holds) }
        return holds
    }

    private static let styles = Mutex<[ObjectIdentifier: Mirror.DisplayStyle?]>([:])

    private mutating func add(_ object: AnyObject) {
        guard seen.insert(ObjectIdentifier(object)).inserted else { return }
        switch object {
        case let layer as Layer: parts.layers.append(layer)
        case let variable as Variable: parts.variables.append(variable)
        case let seed as SeedGenerator: parts.seeds.append(seed)
        default: parts.objects.append(object)
        }
    }

    /// Whether a collection's first element says that looking at all of them can find something.
    private func canHoldParts(_ value: Any) -> Bool {
        Self.style(of: value) != nil
    }
}
