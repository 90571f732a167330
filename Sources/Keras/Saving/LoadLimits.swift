/// How much of a model file is taken: one policy for all readers. What a file says it has is compared with it before anything is reserved.
///
/// ```swift
/// var limits = LoadLimits()
/// limits.weightBytes = 1 << 30
/// let model = try loadModel("model.keras", limits: limits)
/// ```
public struct LoadLimits: Hashable, Sendable {
    /// Bytes of `config.json` and `metadata.json`, each.
    public var configBytes = 256 << 20
    /// Bytes of all weights, optimizer state included.
    public var weightBytes = 256 << 30
    /// Groups and arrays in a file of weights.
    public var fileObjects = 4_000_000
    /// Groups in groups.
    public var groupDepth = 200
    /// Layers, operations, and the objects they are made of.
    public var configObjects = 2_000_000
    /// Bytes of one state of which the model does not say how large it is: a metric's.
    public var stateBytes = 64 << 20
    /// Bytes of all assets.
    public var assetBytes = 4 << 30

    public init() {}
}

/// One of the ``LoadLimits``, in an error.
public enum LoadLimit: Hashable, Sendable, CaseIterable {
    case weightBytes, fileObjects, groupDepth, configObjects, assetBytes
}

extension LoadLimits {
    /// - Throws: `KerasError.saving(.limit)` if there is more than the policy takes.
    func check(_ limit: LoadLimit, _ got: Int, _ most: KeyPath<LoadLimits, Int>, _ file: String) throws {
        let most = self[keyPath: most]
        if got > most { throw KerasError.saving(.limit(file: file, limit, atMost: most, got: got)) }
    }
}

extension LoadLimit: CustomStringConvertible {
    public var description: String {
        switch self {
        case .weightBytes: "bytes of weights"
        case .fileObjects: "groups and arrays"
        case .groupDepth: "groups in groups"
        case .configObjects: "objects in its config"
        case .assetBytes: "bytes of assets"
        }
    }
}
