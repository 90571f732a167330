import Synchronization

/// What a function that is being traced reads and writes besides its arguments.
package final class Trace: Sendable {
    @TaskLocal package static var current: Trace?

    struct Entry {
        let variable: Variable
        let placeholder: Value
        var written: Value?
    }

    private struct State {
        var entries: [Entry] = []
        var positions: [ObjectIdentifier: Int] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Runs `body` with this trace, then gives what was read and written, in the order of first use.
    func record<R>(_ body: () throws -> R) rethrows -> (result: R, entries: [Entry]) {
        let result = try Trace.$current.withValue(self) { try body() }
        return (result, state.withLock { $0.entries })
    }

    /// Runs `body` as if a function were traced, and forgets what it assigns: for finding the shapes of results.
    package static func shapesOnly<R>(_ body: () throws -> R) rethrows -> R {
        try Trace().record(body).result
    }

    /// As ``shapesOnly(_:)``, and says whether variables were assigned.
    package static func probing<R>(_ body: () throws -> R) rethrows -> (result: R, assigns: Bool) {
        let (result, entries) = try Trace().record(body)
        return (result, entries.contains { $0.written != nil })
    }

    /// Runs `body` outside the trace, for example to make variables while a function is traced.
    package static func suspended<R>(_ body: () throws -> R) rethrows -> R {
        try Trace.$current.withValue(nil) { try body() }
    }

    func read(_ variable: Variable) -> Value {
        state.withLock { state in
            let position = Trace.position(of: variable, &state)
            return state.entries[position].written ?? state.entries[position].placeholder
        }
    }

    func write(_ variable: Variable, _ value: Value) {
        state.withLock { state in
            let position = Trace.position(of: variable, &state)
            state.entries[position].written = value
        }
    }

    private static func position(of variable: Variable, _ state: inout State) -> Int {
        if let position = state.positions[ObjectIdentifier(variable)] { return position }
        let position = state.entries.count
        state.entries.append(Entry(variable: variable, placeholder: .placeholder(variable.type)))
        state.positions[ObjectIdentifier(variable)] = position
        return position
    }
}
