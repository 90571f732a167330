import Synchronization

/// What is global to a program that uses Keras: automatic names and the dtype policy. Tests that run side by side give themselves others.
package final class Session: Sendable {
    @TaskLocal package static var current = Session()

    private struct State {
        var names: [String: Int] = [:]
        var policy: DTypePolicy?
        var registered: [CustomObject] = []
    }

    private let state = Mutex(State())
    package let warnings = Warnings()
    /// The functions of ``Lambda`` layers that configs may name.
    let lambdas = CustomFunctions<Lambda.Function>()
    let lambdaMasks = CustomFunctions<Lambda.Mask>()
    /// Functions that files may name as losses and metrics.
    let losses = CustomFunctions<@Sendable (Tensor, Tensor) throws -> Tensor>()
    let metrics = CustomFunctions<@Sendable (Tensor, Tensor) throws -> Tensor>()

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

    /// The user's classes that were made known, latest first.
    var registered: [CustomObject] { state.withLock { $0.registered } }

    func register(_ object: CustomObject) {
        state.withLock { state in
            state.registered.removeAll { $0.fullName == object.fullName || $0.type == object.type }
            state.registered.insert(object, at: 0)
        }
    }

    func resetNames() { state.withLock { $0.names = [:] } }
}

/// Starts automatic names again (`dense`, `dense_1`, …), and drops other global state: the global seed generator, and functions of
/// one's own that configs could name. Keras: `keras.backend.clear_session`.
public func clearSession() {
    Session.current.resetNames()
    resetGlobalSeedGenerator()
    Session.current.warnings.removeAll()
    Session.current.lambdas.removeAll()
    Session.current.lambdaMasks.removeAll()
    Session.current.losses.removeAll()
    Session.current.metrics.removeAll()
    ActivationFunction.custom.removeAll()
    Initializer.custom.removeAll()
    Regularizer.custom.removeAll()
    Constraint.custom.removeAll()
}
