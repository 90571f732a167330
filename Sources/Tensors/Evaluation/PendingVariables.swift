import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The variables that were assigned an expression that has not been computed, for each thread.
///
/// The next evaluation on the thread computes them too. Else a loop of training steps by hand would hang each step's
/// values on all steps before it.
enum PendingVariables {
    private struct Entry {
        let thread: UInt
        weak var variable: Variable?
    }

    private static let entries = Mutex<[Entry]>([])

    private static var thread: UInt {
        #if canImport(Darwin)
        UInt(bitPattern: pthread_self())
        #else
        UInt(pthread_self())
        #endif
    }

    static func add(_ variable: Variable) {
        let entry = Entry(thread: thread, variable: variable)
        entries.withLock { entries in
            if entries.count > 4096 { entries.removeAll { $0.variable == nil } }
            entries.append(entry)
        }
    }

    /// This thread's variables; they wait no longer.
    static func take() -> [Variable] {
        let thread = thread
        return entries.withLock { entries in
            guard !entries.isEmpty else { return [] }
            let taken = entries.compactMap { $0.thread == thread ? $0.variable : nil }
            entries.removeAll { $0.thread == thread || $0.variable == nil }
            return taken
        }
    }
}
