/// Values in the arrangement in which a user gave them: one, a list, or a dictionary; lists and dictionaries may nest.
///
/// The entries of a dictionary are kept sorted by key, which is the order in which Keras flattens one.
public indirect enum Structure<Leaf> {
    case one(Leaf)
    case list([Structure])
    case dictionary([(key: String, value: Structure)])

    public init(list leaves: [Leaf]) { self = .list(leaves.map(Structure.one)) }

    public init(dictionary: [String: Structure]) {
        self = .dictionary(dictionary.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) })
    }

    /// The leaves, in order.
    public var leaves: [Leaf] {
        switch self {
        case .one(let leaf): [leaf]
        case .list(let items): items.flatMap(\.leaves)
        case .dictionary(let entries): entries.flatMap(\.value.leaves)
        }
    }

    public var leafCount: Int {
        switch self {
        case .one: 1
        case .list(let items): items.reduce(0) { $0 + $1.leafCount }
        case .dictionary(let entries): entries.reduce(0) { $0 + $1.value.leafCount }
        }
    }

    /// The same arrangement of other leaves.
    public func map<Other>(_ transform: (Leaf) throws -> Other) rethrows -> Structure<Other> {
        switch self {
        case .one(let leaf): .one(try transform(leaf))
        case .list(let items): .list(try items.map { try $0.map(transform) })
        case .dictionary(let entries): .dictionary(try entries.map { (key: $0.key, value: try $0.value.map(transform)) })
        }
    }

    /// The same arrangement with other arrangements in the leaves' places.
    func flatMap<Other>(_ transform: (Leaf) throws -> Structure<Other>) rethrows -> Structure<Other> {
        switch self {
        case .one(let leaf): try transform(leaf)
        case .list(let items): .list(try items.map { try $0.flatMap(transform) })
        case .dictionary(let entries): .dictionary(try entries.map { (key: $0.key, value: try $0.value.flatMap(transform)) })
        }
    }

    /// The same arrangement, filled from a flat list of as many leaves.
    func filled<Other>(with leaves: [Other]) -> Structure<Other> {
        var next = leaves.startIndex
        return map { _ in
            defer { next += 1 }
            return leaves[next]
        }
    }

    /// The single leaf, also of a list of one.
    public var single: Leaf? {
        switch self {
        case .one(let leaf): leaf
        case .list(let items): items.count == 1 ? items[0].single : nil
        case .dictionary(let entries): entries.count == 1 ? entries[0].value.single : nil
        }
    }

    /// The leaves of a flat dictionary, by key; `nil` for any other arrangement.
    public var flatDictionary: [String: Leaf]? {
        guard case .dictionary(let entries) = self else { return nil }
        var result: [String: Leaf] = [:]
        for (key, value) in entries {
            guard case .one(let leaf) = value else { return nil }
            result[key] = leaf
        }
        return result
    }
}

extension Structure {
    /// The leaves as masks: an empty list stands for an input without one.
    var masks: [Leaf?] {
        switch self {
        case .one(let leaf): [leaf]
        case .list(let items): items.isEmpty ? [nil] : items.flatMap(\.masks)
        case .dictionary(let entries): entries.flatMap(\.value.masks)
        }
    }
}

extension Structure: Sendable where Leaf: Sendable {}

/// What can be given as inputs or outputs: one leaf, `[leaf]`, `["name": leaf]`, or these nested.
public protocol Structured<Leaf> {
    associatedtype Leaf
    var structure: Structure<Leaf> { get }
}

extension Structure: Structured {
    public var structure: Structure<Leaf> { self }
}

extension KerasTensor: Structured {
    public var structure: Structure<KerasTensor> { .one(self) }
}

extension Tensor: Structured {
    public var structure: Structure<Tensor> { .one(self) }
}

extension Array: Structured where Element: Structured {
    public var structure: Structure<Element.Leaf> { .list(map(\.structure)) }
}

extension Dictionary: Structured where Key == String, Value: Structured {
    public var structure: Structure<Value.Leaf> { Structure(dictionary: mapValues(\.structure)) }
}
