import Graph

/// What can go wrong between a graph and a PJRT plugin: a closed set of facts. The text is made in `description`.
public enum XLAError: Error, Hashable, Sendable {
    /// No plugin was named, and none lies where plugins are looked for.
    case noPlugin(searched: [String])
    /// A file that is no plugin, or one that does not load.
    case unusablePlugin(path: String, reason: String)
    /// A plugin whose version of the interface is not spoken here.
    case pluginVersion(path: String, found: String, needed: String)
    /// Plugins were found, and none of them starts here.
    case noneStarts([PluginFailure])
    /// More devices are wanted than the plugin has.
    case devices(wanted: Int, found: Int, platform: String)
    /// The plugin refused something.
    case refused(action: String, code: Int, message: String)
    /// The device has too little memory.
    case outOfMemory(action: String, message: String)
    case inputCount(expected: Int, got: Int)
    case inputType(index: Int, expected: TensorType, got: TensorType)
    /// The compiled program does not have the graph's results.
    case resultCount(expected: Int, got: Int)
    /// An output that cannot take over a parameter's memory.
    case alias(output: Int, parameter: Int)
    /// A layout that does not fit a tensor.
    case layout(TensorType, detail: String)

    /// Runs `body`; its errors become those that engines throw.
    static func asGraphError<R>(_ body: () throws -> R) throws -> R {
        do { return try body() } catch let error as XLAError { throw GraphError.engine("\(error)") }
    }

    public struct PluginFailure: Hashable, Sendable {
        public var path: String
        public var reason: String
    }
}

extension XLAError: CustomStringConvertible {
    private static let install = """
        Fetch the CPU plugin with `make xla`, or with `pip install lammps-jax-pjrt-cpu`; for an NVIDIA GPU: `pip install jax-cuda13-pjrt`. \
        A plugin elsewhere is named by PJRT_PLUGIN_PATH or setBackend(.xla(plugin: path)).
        """

    public var description: String {
        switch self {
        case .noPlugin(let searched):
            "The XLA engine needs a PJRT plugin, and there is none in \(searched.joined(separator: ", ")).\n" + Self.install
        case .unusablePlugin(let path, let reason):
            "The file \(path) cannot be used as a PJRT plugin: \(reason).\n" + Self.install
        case .pluginVersion(let path, let found, let needed):
            "The PJRT plugin \(path) speaks \(found) of the interface; this engine speaks \(needed). Install another version of the plugin."
        case .noneStarts(let failures):
            "No PJRT plugin starts here:\n" + failures.map { "  \($0.path): \($0.reason)\n" }.joined() + Self.install
        case .devices(let wanted, let found, let platform):
            "\(wanted) devices are asked for; the plugin (\(platform)) has \(found)."
        case .refused(let action, let code, let message):
            "XLA could not \(action): \(message) (code \(code))"
        case .outOfMemory(let action, let message):
            "The device has too little memory to \(action). Use a smaller batch or model, or a shorter dtype policy such as mixed_bfloat16.\n\(message)"
        case .inputCount(let expected, let got):
            "The program takes \(expected) inputs; it was given \(got)."
        case .inputType(let index, let expected, let got):
            "The program's input \(index) is \(expected); it was given \(got)."
        case .resultCount(let expected, let got):
            "The compiled program has \(got) results, not \(expected). Clear the folder of compiled programs and report this."
        case .alias(let output, let parameter):
            "Output \(output) cannot take over the memory of parameter \(parameter): both must be there, of one type, and nobody else's."
        case .layout(let type, let detail):
            "A tensor \(type) cannot be laid out so: \(detail)."
        }
    }
}
