import Synchronization

/// Executables by what they compute. Bounded: the one that was not used for longest makes room.
final class ExecutableCache: Sendable {
    static let shared = ExecutableCache(capacity: 512)

    private struct Key: Hashable {
        var engine: ObjectIdentifier
        var graph: Graph
        var options: CompileOptions
    }

    private struct Entry {
        let executable: any Executable
        var lastUse: Int
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var clock = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { state.withLock { $0.entries.count } }

    /// The executable of a graph, compiled now if it is not known.
    func executable(for graph: Graph, options: CompileOptions = CompileOptions()) throws -> any Executable {
        let engine = Backend.engine
        let key = Key(engine: ObjectIdentifier(engine), graph: graph, options: options)
        let known = state.withLock { state -> (any Executable)? in
            state.clock += 1
            guard let index = state.entries.index(forKey: key) else { return nil }
            state.entries.values[index].lastUse = state.clock
            return state.entries.values[index].executable
        }
        if let known { return known }
        let executable = try engine.compile(graph, options: options)
        state.withLock { state in
            if state.entries.count >= capacity, let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
                state.entries[oldest.key] = nil
            }
            state.entries[key] = Entry(executable: executable, lastUse: state.clock)
        }
        return executable
    }
}
