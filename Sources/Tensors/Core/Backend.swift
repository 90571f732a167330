import CPUEngine
import Synchronization

/// The engine that computes tensors.
public enum Backend {
    private static let current = Mutex<(any Engine)?>(nil)

    /// The engine in use: the CPU engine unless another is set. Tensors computed before keep their numbers.
    public static var engine: any Engine {
        get { current.withLock { $0 } ?? CPUEngine.shared }
        set { current.withLock { $0 = newValue } }
    }
}

/// Makes sums come out bit-equal on every thread count, at some cost in speed. Runs on one thread count are always
/// bit-equal. Keras: `keras.config.enable_op_determinism`.
public func enableOpDeterminism() { CPUEngine.shared.deterministic = true }
