import CPUKernels
import Graph
import Synchronization

/// The embedded engine: graphs become plans of fused kernels and oneDNN primitives on the host's processor.
///
/// A plan is immutable, and each run has memory of its own: executables may run on any number of threads at once.
public final class CPUEngine: Engine {
    public static let shared = CPUEngine()

    private let settings: Mutex<Settings>

    /// What a plan depends on besides its graph.
    package struct Settings: Hashable, Sendable {
        package var threads: Int
        package var deterministic: Bool
    }

    public init() {
        settings = Mutex(Settings(threads: Int(ck_max_threads()), deterministic: false))
    }

    public var name: String { "cpu" }

    /// How many threads a run may use: 1 or more; the machine's cores at first. Results repeat bit for bit for one count;
    /// with ``deterministic`` they are the same for every count.
    public var threads: Int {
        get { settings.withLock { $0.threads } }
        set { settings.withLock { $0.threads = min(max(newValue, 1), 256) } }
    }

    /// Whether results are bit-equal on every thread count. A little slower.
    public var deterministic: Bool {
        get { settings.withLock { $0.deterministic } }
        set { settings.withLock { $0.deterministic = newValue } }
    }

    package var currentSettings: Settings { settings.withLock { $0 } }

    public func makeBuffer(_ type: TensorType, copying bytes: UnsafeRawBufferPointer) throws -> any Buffer {
        guard bytes.count == type.byteCount else {
            throw GraphError.engine("A tensor \(type) has \(type.byteCount) bytes; it was given \(bytes.count).")
        }
        let buffer = try CPUBuffer(uninitialized: type)
        buffer.mutableBytes.copyMemory(from: bytes)
        return buffer
    }

    public func makeBuffer(_ type: TensorType, filling body: (UnsafeMutableRawBufferPointer) throws -> Void) throws -> any Buffer {
        let buffer = try CPUBuffer(uninitialized: type)
        try body(buffer.mutableBytes)
        return buffer
    }

    public func compile(_ graph: Graph, options: CompileOptions) throws -> any Executable {
        try CPUExecutable(graph, options: options, engine: self)
    }
}
