import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Ctrl-C while a model is trained: the first asks the run to end after the current step, the second ends the program.
enum Interrupt {
    private static let requested = Atomic<Bool>(false)
    private static let installation = Mutex(Installation())

    private struct Installation {
        var depth = 0
        var previous = sigaction()
    }

    /// Whether Ctrl-C was pressed since the outermost ``listening(_:)`` began.
    static var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// Runs `body` with Ctrl-C caught, then puts back what was before.
    ///
    /// A program that ignores the signal (one started in the background, say) goes on ignoring it.
    static func listening<Result>(_ body: () throws -> Result) rethrows -> Result {
        install()
        defer { restore() }
        return try body()
    }

    private static func install() {
        installation.withLock { state in
            state.depth += 1
            guard state.depth == 1 else { return }
            requested.store(false, ordering: .relaxed)
            sigaction(SIGINT, nil, &state.previous)
            if isIgnored(state.previous) { return }
            var action = sigaction()
            setHandler(&action) { _ in
                // Only what a signal handler may do: an atomic flag, then the default action and the signal again.
                if Interrupt.requested.exchange(true, ordering: .relaxed) {
                    signal(SIGINT, SIG_DFL)
                    raise(SIGINT)
                }
            }
            sigaction(SIGINT, &action, nil)
        }
    }

    private static func restore() {
        installation.withLock { state in
            state.depth -= 1
            if state.depth == 0 { sigaction(SIGINT, &state.previous, nil) }
        }
    }

    private static func setHandler(_ action: inout sigaction, _ handler: @escaping @convention(c) (Int32) -> Void) {
        #if canImport(Darwin)
            action.__sigaction_u.__sa_handler = handler
        #else
            action.__sigaction_handler.sa_handler = handler
        #endif
        action.sa_flags = SA_RESTART
    }

    private static func isIgnored(_ action: sigaction) -> Bool {
        #if canImport(Darwin)
            let handler = unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self)
        #else
            let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        #endif
        return handler == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
