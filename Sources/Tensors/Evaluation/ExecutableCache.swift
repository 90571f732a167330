import Synchronization

/// Executables by what they compute. Bounded in number and in the memory that their runs keep at hand: the one that was
/// not used for longest makes room.
final class ExecutableCache: Sendable {
    static let shared = ExecutableCache(capacity: 512, byteCapacity: 1 << 29)

    private struct Key: Hashable {
        var engine: ObjectIdentifier
        var graph: Graph
        var options: CompileOptions
    }

    private struct Entry {
        let executable: any Executable
        let byteCount: Int
        var lastUse: Int
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var clock = 0
        var byteCount = 0

        mutating func insert(_ entry: Entry, for key: Key) {
            if let old = entries.updateValue(entry, forKey: key) { byteCount -= old.byteCount }
            byteCount += entry.byteCount
        }

        mutating func removeOldest() {
            guard let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
            entries[oldest.key] = nil
            byteCount -= oldest.value.byteCount
        }
    }

    private let capacity, byteCapacity: Int
    private let state = Mutex(State())

    init(capacity: Int, byteCapacity: Int) {
        self.capacity = capacity
        self.byteCapacity = byteCapacity
    }

    var count: Int { state.withLock { $0.entries.count } }

    /// The executable of a graph, compiled now if it is not known.
    func executable(for graph: Graph, options: CompileOptions = CompileOptions()) throws -> any Executable {
        let engine = try Backend.engine
        let key = Key(engine: ObjectIdentifier(engine), graph: graph, options: options)
        let known = state.withLock { state -> (any Executable)? in
            state.clock += 1
            guard let index = state.entries.index(forKey: key) else { return nil }
            state.entries.values[index].lastUse = state.clock
            return state.entries.values[index].executable
        }
        if let known { return known }
        let executable = try engine.compile(graph, options: options)
        let byteCount = graph.intermediateByteCount
        state.withLock { state in
            state.insert(Entry(executable: executable, byteCount: byteCount, lastUse: state.clock), for: key)
            while state.entries.count > capacity || (state.byteCount > byteCapacity && state.entries.count > 1) { state.removeOldest() }
        }
        return executable
    }
}

extension Graph {
    /// What a run needs besides inputs and outputs, if nothing shares memory: more than it really takes.
    fileprivate var intermediateByteCount: Int {
        let kept = Set(outputs.map(\.instruction))
        return instructions.enumerated().reduce(0) { total, element in
            if case .parameter = element.element.primitive { return total }
            if kept.contains(Int32(element.offset)) { return total }
            return element.element.results.reduce(total) { $0 + $1.byteCount }
        }
    }
}
