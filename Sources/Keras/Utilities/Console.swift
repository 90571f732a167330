#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where progress is written: standard output, or what a test listens to.
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

    func line(_ text: String) { write(text + "\n") }
}
