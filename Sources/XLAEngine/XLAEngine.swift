import CPJRT
import Graph
import Synchronization

/// The engine that runs graphs by XLA, on the devices of a PJRT plugin.
///
/// Programs are written as StableHLO, compiled once for their shapes, and kept in memory and in a folder (``ProgramStore``).
/// Tensors stay on the devices until somebody reads them.
public final class XLAEngine: Engine {
    let client: Client
    let store: ProgramStore?

    private struct CopyKey: Hashable {
        let type: TensorType
        let placement: Placement
    }
    private let copies = Mutex<[CopyKey: XLAExecutable]>([:])

    /// - Parameters:
    ///   - plugin: the plugin's file; nil: `PJRT_PLUGIN_PATH`, else what Python packages have brought (see docs/backends.md).
    ///   - deviceCount: how many devices a CPU is to be seen as; nil: `KERAS_XLA_DEVICES`, else one. Other
    ///     devices are those that are there.
    ///   - programs: where compiled programs are kept; nil: `KERAS_XLA_PROGRAMS`, else `xla` in Keras' folder. An empty path: nowhere.
    /// - Throws: `XLAError`.
    public init(plugin: String? = nil, deviceCount: Int? = nil, programs: String? = nil) throws {
        let count = deviceCount ?? SystemFiles.environment("KERAS_XLA_DEVICES").flatMap { Int($0) }
        client = try Self.client(plugin: plugin ?? SystemFiles.environment("PJRT_PLUGIN_PATH"), deviceCount: count, folders: PluginSearch.folders)
        store = ProgramStore(folder: programs ?? ProgramStore.defaultFolder, client: client)
    }

    static func client(plugin: String?, deviceCount: Int?, folders: [String]) throws -> Client {
        if let plugin { return try Client(Plugin(path: plugin), deviceCount: deviceCount) }
        let found = PluginSearch.found(in: folders)
        if found.isEmpty { throw XLAError.noPlugin(searched: folders) }
        var failures: [XLAError.PluginFailure] = []
        for path in found {
            do {
                return try Client(Plugin(path: path), deviceCount: deviceCount)
            } catch let error as XLAError {
                if found.count == 1 { throw error }
                failures.append(.init(path: path, reason: "\(error)"))
            }
        }
        throw XLAError.noneStarts(failures)
    }

    public var name: String { "xla" }
    /// `"cpu"`, `"cuda"`, `"tpu"`.
    public var platform: String { client.platform }
    /// What the devices call themselves.
    public var deviceKind: String { client.deviceKind }
    public var deviceCount: Int { client.devices.count }
    public var deviceType: String { ["cuda", "rocm"].contains(platform) ? "gpu" : platform }
    public var pluginPath: String { client.plugin.path }

    public func makeBuffer(_ type: TensorType, copying bytes: UnsafeRawBufferPointer) throws -> any Buffer {
        guard bytes.count == type.byteCount else {
            throw GraphError.engine("A tensor \(type) has \(type.byteCount) bytes; it was given \(bytes.count).")
        }
        return try makeBuffer(type) { $0.copyMemory(from: bytes) }
    }

    public func makeBuffer(_ type: TensorType, filling body: (UnsafeMutableRawBufferPointer) throws -> Void) throws -> any Buffer {
        let host = try HostMemory(type.byteCount)
        try body(host.bytes)
        return XLABuffer(type, host: host, client: client)
    }

    public func compile(_ graph: Graph, options: CompileOptions) throws -> any Executable {
        try XLAError.asGraphError { try XLAExecutable(graph, options: options, engine: self) }
    }

    public func wait(for buffers: [any Buffer]) throws {
        try XLAError.asGraphError { for buffer in buffers { try (buffer as? XLABuffer)?.wait() } }
    }

    /// Copies on the devices, if the numbers are there.
    public func copy(_ buffer: any Buffer) throws -> any Buffer {
        guard let own = buffer as? XLABuffer, own.client === client, let placement = own.placement else {
            return try buffer.withUnsafeBytes { try makeBuffer(buffer.type, copying: $0) }
        }
        let key = CopyKey(type: own.type, placement: placement)
        let known = copies.withLock { $0[key] }
        let copy = try known ?? XLAError.asGraphError { try XLAExecutable(copying: own.type, placement, engine: self) }
        copies.withLock { $0[key] = copy }
        return try copy.run([own])[0]
    }

    /// The program as it is given to XLA: for tests and for people.
    public func stableHLO(_ graph: Graph, options: CompileOptions = CompileOptions()) throws -> String {
        try Lowering.module(graph.preparedForXLA(), options: options)
    }
}
