import Synchronization

/// What is global to a program that uses Keras: automatic names and the dtype policy. Tests that run side by side give themselves others.
package final class Session: Sendable {
    @TaskLocal package static var current = Session()

    private struct State {
        var names: [String: Int] = [:]
        var policy: DTypePolicy?
    }

    private let state = Mutex(State())

    package init() {}

    /// Runs `body` with a session of its own, random seeds included.
    package static func isolated<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
    ) async rethrows -> Result {
        try await RandomSession.$current.withValue(RandomSession()) {
            try await $current.withValue(Session()) { try await body() }
        }
    }

    var policy: DTypePolicy? {
        get { state.withLock { $0.policy } }
        set { state.withLock { $0.policy = newValue } }
    }

    /// How often a name was asked for before.
    func countUp(_ name: String) -> Int {
        state.withLock { state in
            defer { state.names[name, default: 0] += 1 }
            return state.names[name, default: 0]
        }
    }

    func resetNames() { state.withLock { $0.names = [:] } }
}

/// Starts automatic names again (`dense`, `dense_1`, …), and drops other global state: the global seed generator, and functions of
/// one's own that configs could name. Keras: `keras.backend.clear_session`.
public func clearSession() {
    Session.current.resetNames()
    resetGlobalSeedGenerator()
    ActivationFunction.custom.removeAll()
    Initializer.custom.removeAll()
    Regularizer.custom.removeAll()
    Constraint.custom.removeAll()
}
