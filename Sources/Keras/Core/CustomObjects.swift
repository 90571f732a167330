import Synchronization

/// Classes and functions of the user's that configs may name.
enum CustomObjects {
    @TaskLocal static var layers = CustomLayers(types: [])

    /// Runs `body` with further layer classes known.
    static func with<Result>(_ types: [Layer.Type], _ body: () throws -> Result) rethrows -> Result {
        try $layers.withValue(layers.merging(CustomLayers(types: types)), operation: body)
    }
}

/// Layer classes by name.
struct CustomLayers: Sendable {
    private let types: [String: Layer.Type]

    init(types: [Layer.Type]) {
        self.types = Dictionary(types.map { ($0.registeredName, $0) }, uniquingKeysWith: { $1 })
    }

    func type(named name: String) -> Layer.Type? { types[name] }
    var names: [String] { types.keys.sorted() }

    func merging(_ other: CustomLayers) -> CustomLayers { CustomLayers(types: Array(types.values) + Array(other.types.values)) }
}

/// Functions of the user's (activations, initializers, …), known by name from when they are made, so that layers which use them can be
/// made again from their configs.
final class CustomFunctions<Function: Sendable>: Sendable {
    private let functions = Mutex<[String: Function]>([:])

    func register(_ function: Function, name: String, config: Config = [:]) {
        functions.withLock { $0[Self.key(name, config)] = function }
    }

    func function(named name: String, config: Config = [:]) -> Function? { functions.withLock { $0[Self.key(name, config)] } }

    func removeAll() { functions.withLock { $0 = [:] } }

    private static func key(_ name: String, _ config: Config) -> String { config.isEmpty ? name : "\(name) \(config.entries)" }
}
