import Archive

/// How much of a model file is taken: one policy for all readers. What a file says it has is compared with it before anything is reserved.
///
/// ```swift
/// var limits = LoadLimits()
/// limits.weightBytes = 1 << 30
/// let model = try loadModel("model.keras", limits: limits)
/// ```
///
/// All of them count over the whole file. What each is for, and what is refused whatever they say, stands in `docs/security.md`.
public struct LoadLimits: Hashable, Sendable {
    // MARK: The archive

    /// Files in a `.keras` archive.
    public var members = 100_000
    /// Bytes of all assets.
    public var assetBytes = 4 << 30

    // MARK: The architecture

    /// Bytes of a config's text.
    public var configBytes = 64 << 20
    /// Numbers, names, lists and dictionaries in a config.
    public var configValues = 4_000_000
    /// Lists and dictionaries in each other.
    public var configDepth = 200
    /// Layers and operations, those in models inside included.
    public var layers = 100_000
    /// Axes of a shape.
    public var rank = 32

    // MARK: The weights

    /// Groups and arrays in a file of weights, names of layers and weights.
    public var fileObjects = 1_000_000
    /// Groups in groups.
    public var groupDepth = 200
    /// Elements of one weight.
    public var elements = 1 << 38
    /// Bytes of all weights: of those that the model has, and of those that are read, optimizer state included.
    public var weightBytes = 256 << 30
    /// Bytes of one state of which the model does not say how large it is: a metric's.
    public var stateBytes = 64 << 20

    // MARK: Packing

    /// Unpacked bytes for each byte of the file.
    public var ratio = 200
    /// Where `ratio` begins to count: zeros pack far better than that, and small ones harm nobody.
    public var ratioFreeBytes = 256 << 20

    public init() {}
}

/// One of the ``LoadLimits``, in an error.
public enum LoadLimit: Hashable, Sendable, CaseIterable {
    case assetBytes, configValues, layers, rank, fileObjects, groupDepth, elements, eagerElements, weightBytes, ratio
}

extension LoadLimits {
    /// - Throws: `KerasError.saving(.limit)` if there is more than the policy takes.
    func check(_ limit: LoadLimit, _ got: Int, _ most: KeyPath<LoadLimits, Int>, _ file: String) throws {
        let most = self[keyPath: most]
        if got > most { throw KerasError.saving(.limit(file: file, limit, atMost: most, got: got)) }
    }

    /// - Throws: `KerasError.saving(.limit)` if so many bytes come from a file of so few that it is a bomb.
    func checkRatio(unpacked: Int, packed: Int, _ file: String) throws {
        if unpacked > ratioFreeBytes { try check(.ratio, unpacked / max(packed, 1), \.ratio, file) }
    }

    /// The policy for the archive itself.
    var archive: ArchiveLimits {
        var limits = ArchiveLimits()
        limits.members = members
        limits.memberBytes = max(configBytes, weightBytes, assetBytes)
        limits.totalBytes = [configBytes, weightBytes, assetBytes].reduce(0) { sum, bytes in
            let (total, overflow) = sum.addingReportingOverflow(bytes)
            return overflow ? .max : total
        }
        limits.ratio = ratio
        limits.ratioFreeBytes = ratioFreeBytes
        return limits
    }
}

extension LoadLimit: CustomStringConvertible {
    public var description: String {
        switch self {
        case .assetBytes: "bytes of assets"
        case .configValues: "values in its config"
        case .layers: "layers"
        case .rank: "axes in a shape"
        case .fileObjects: "groups and arrays"
        case .groupDepth: "groups in groups"
        case .elements: "elements in one weight"
        case .eagerElements: "elements in one weight whose first value is computed at once"
        case .weightBytes: "bytes of weights"
        case .ratio: "times its own size unpacked"
        }
    }
}
