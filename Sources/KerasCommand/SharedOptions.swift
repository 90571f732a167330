import ArgumentParser
import Keras

/// What a run over data says.
struct ProgressOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Show no progress.")
    var quiet = false

    /// A bar on a terminal.
    ///
    /// - Parameter elsewhere: what is shown where standard error is no terminal.
    func verbosity(of model: Model, elsewhere: Verbosity = .silent) -> Verbosity {
        if quiet { return .silent }
        guard Console.standardError.isTerminal else { return elsewhere }
        model.trainer.console = .standardError
        return .bar
    }
}

/// Whether what `compile` was given matters.
struct CompileOptions: ParsableArguments {
    @Flag(name: .long, inversion: .prefixedNo, help: "Load compile settings and the optimizer's state, too.")
    var compile = true
}

extension CompletionKind {
    static let models = CompletionKind.file(extensions: ["keras", "h5", "hdf5"])
    static let modelFiles = CompletionKind.file(extensions: ["keras", "h5", "hdf5", "json"])
    static let arrays = CompletionKind.file(extensions: ["npz"])
    static let json = CompletionKind.file(extensions: ["json"])
}
