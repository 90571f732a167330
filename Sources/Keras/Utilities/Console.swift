#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where progress is written: standard output or error, or what a test listens to.
package struct Console {
    package var write: (String) -> Void
    /// Whether a person looks at it, so that lines may be written over.
    package var isTerminal: Bool

    package init(isTerminal: Bool, write: @escaping (String) -> Void) {
        self.write = write
        self.isTerminal = isTerminal
    }

    package static var standardOutput: Console {
        Console(isTerminal: isatty(STDOUT_FILENO) == 1) { text in
            print(text, terminator: "")
            fflush(nil)
        }
    }

    package static var standardError: Console {
        Console(isTerminal: isatty(STDERR_FILENO) == 1) { send($0, to: STDERR_FILENO) }
    }

    func line(_ text: String) { write(text + "\n") }
}

/// Writes a text to a descriptor, as far as somebody takes it.
private func send(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno != EINTR { return }
        rest = rest.dropFirst(max(count, 0))
    }
}
