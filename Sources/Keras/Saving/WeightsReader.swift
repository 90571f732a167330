import HDF5

/// The variables of a file in the layout of Keras' `.weights.h5`, or of several such files. Numbers are read when they are asked for.
struct WeightsReader {
    /// The path, or what messages call the file.
    let file: String
    /// By the path of the group that holds `vars`, then by name.
    private(set) var groups: [String: [String: HDF5Dataset]] = [:]
    /// Bytes of the file, in which all this is packed.
    let packedBytes: Int
    private let limits: LoadLimits
    private var count = 0
    private var seen: Set<Int> = []
    /// Keras up to 2.13 named the layers of a graph so.
    private static let oldLayers = "_layer_checkpoint_dependencies"
    private var hasOldLayers = false
    private var hasVariables = false

    /// - Throws: `KerasError.saving`, `.noWeights` for a file of another kind.
    init(_ files: [HDF5File], name: String, packedBytes: Int? = nil, limits: LoadLimits) throws {
        file = name
        self.packedBytes = packedBytes ?? files.reduce(0) { $0 + $1.byteCount }
        self.limits = limits
        for part in files {
            seen = []
            hasOldLayers = try hasOldLayers || KerasError.reading { try part.root.contains(Self.oldLayers) }
            try KerasError.reading { try collect(part.root, path: "", depth: 0) }
        }
        guard hasVariables else {
            let known = try KerasError.reading { try files.flatMap { try $0.root.names() } }
            throw KerasError.saving(.noWeights(file: name, missing: "group vars", known: known))
        }
    }

    private mutating func collect(_ group: HDF5Group, path: String, depth: Int) throws {
        try limits.check(.groupDepth, depth, \.groupDepth, file)
        guard seen.insert(try group.identity()).inserted else { throw HDF5Error.refused(group.place, .secondName) }
        for name in try group.names() {
            try add(name, group)
            guard case .group(let inner) = try group.item(name) else { continue }
            if name == "vars" {
                try add(inner, path)
            } else {
                try collect(inner, path: StateWalk.join(path, name), depth: depth + 1)
            }
        }
    }

    /// Counts a name; it is to stand in messages.
    private mutating func add(_ name: String, _ group: HDF5Group) throws {
        count += 1
        try limits.check(.fileObjects, count, \.fileObjects, file)
        guard name.unicodeScalars.allSatisfy(\.isShown) else { throw HDF5Error.invalidName(name) }
    }

    private mutating func add(_ vars: HDF5Group, _ path: String) throws {
        hasVariables = true
        for name in try vars.names() {
            try add(name, vars)
            // A layer can have a part that is named vars.
            if case .dataset(let set) = try vars.item(name) { groups[path, default: [:]][name] = set }
        }
    }

    /// The variables of a part, by name; empty if the file has none.
    subscript(path: String) -> [String: HDF5Dataset] {
        if let found = groups[path] { return found }
        guard hasOldLayers else { return [:] }
        return groups[oldPath(path)] ?? [:]
    }

    /// The path under which the file has a part.
    func storedPath(_ path: String) -> String { groups[path] == nil && hasOldLayers ? oldPath(path) : path }

    private func oldPath(_ path: String) -> String {
        path.split(separator: "/").map { $0 == "layers" ? Self.oldLayers : String($0) }.joined(separator: "/")
    }
}
