import CPUEngine
import Synchronization
import XLAEngine

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What computes tensors.
///
/// ```swift
/// try setBackend(.xla())                               // a plugin that is found; see docs/backends.md
/// try setBackend(.xla(plugin: "/opt/pjrt/plugin.so"))
/// ```
public enum Backend: Hashable, Sendable {
    /// The engine that is built in, on the host's processor.
    case cpu
    /// XLA on the devices of a PJRT plugin.
    ///
    /// - `plugin`: the plugin's file; nil: `PJRT_PLUGIN_PATH`, else what Python packages have brought.
    /// - `deviceCount`: how many devices a CPU is to be seen as; nil: `KERAS_XLA_DEVICES`, else one.
    case xla(plugin: String? = nil, deviceCount: Int? = nil)

    private struct State {
        var current: Backend?
        var engines: [Backend: any Engine] = [:]
    }

    private static let state = Mutex(State())

    /// The engine of a task and of what it starts, in place of the one for all: for tests.
    @TaskLocal package static var scoped: (any Engine)?

    /// The engine in use: what `setBackend` said last, else what `KERAS_BACKEND` says, else the CPU engine. Tensors computed before keep
    /// their numbers.
    ///
    /// - Throws: `XLAError` if the environment asks for XLA, and no plugin starts.
    public static var engine: any Engine {
        get throws {
            if let scoped { return scoped }
            return try state.withLock { state in
                let backend = state.current ?? fromEnvironment
                let engine = try engine(backend, &state)
                state.current = backend
                return engine
            }
        }
    }

    /// The backend in use.
    public static var current: Backend { state.withLock { $0.current } ?? fromEnvironment }

    fileprivate static func use(_ backend: Backend) throws {
        try state.withLock { state in
            _ = try engine(backend, &state)
            state.current = backend
        }
    }

    /// An engine is made once and stays, so that tensors may go back to it.
    private static func engine(_ backend: Backend, _ state: inout State) throws -> any Engine {
        if let known = state.engines[backend] { return known }
        let engine: any Engine = switch backend {
        case .cpu: CPUEngine.shared
        case .xla(let plugin, let deviceCount): try XLAEngine(plugin: plugin, deviceCount: deviceCount)
        }
        state.engines[backend] = engine
        return engine
    }

    /// Python's backends are names for others to heed: only `xla` means something else than the CPU engine.
    private static var fromEnvironment: Backend { getenv("KERAS_BACKEND").map { String(cString: $0) } == "xla" ? .xla() : .cpu }
}

/// Sets what computes tensors from now on. Keras: `keras.config.set_backend`.
///
/// - Throws: `XLAError` if no plugin is found, or it does not start; the engine in use then stays.
public func setBackend(_ backend: Backend) throws { try Backend.use(backend) }

/// Makes sums come out bit-equal on every thread count, at some cost in speed. Runs on one thread count are always
/// bit-equal. Keras: `keras.config.enable_op_determinism`.
public func enableOpDeterminism() { CPUEngine.shared.deterministic = true }
