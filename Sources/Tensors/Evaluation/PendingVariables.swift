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
        weak var variable: Variable?
        var assignments = 1
    }

    /// One thread's variables in the order of first assignment, which keeps programs equal from step to step.
    private struct Waiting {
        var entries: [Entry] = []
        var places: [ObjectIdentifier: Int] = [:]
        var pruneAt = 1024

        mutating func add(_ variable: Variable) -> Int {
            if let place = places[ObjectIdentifier(variable)], entries[place].variable === variable {
                entries[place].assignments += 1
                return entries[place].assignments
            }
            if entries.count >= pruneAt {
                entries.removeAll { $0.variable == nil }
                pruneAt = max(1024, 2 * entries.count)
                places = [:]
                for (place, entry) in entries.enumerated() { entry.variable.map { places[ObjectIdentifier($0)] = place } }
            }
            places[ObjectIdentifier(variable)] = entries.count
            entries.append(Entry(variable: variable))
            return 1
        }
    }

    private static let waiting = Mutex<[UInt: Waiting]>([:])

    private static var thread: UInt {
        #if canImport(Darwin)
        UInt(bitPattern: pthread_self())
        #else
        UInt(pthread_self())
        #endif
    }

    /// How often the variable has been assigned since the last evaluation.
    static func add(_ variable: Variable) -> Int {
        let thread = thread
        return waiting.withLock { $0[thread, default: Waiting()].add(variable) }
    }

    /// This thread's variables; they wait no longer.
    static func take() -> [Variable] {
        let thread = thread
        let taken = waiting.withLock { $0.isEmpty ? nil : $0.removeValue(forKey: thread) }
        return taken?.entries.compactMap(\.variable) ?? []
    }
}
