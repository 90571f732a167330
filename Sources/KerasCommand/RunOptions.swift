import ArgumentParser
import Keras

/// How a run over data goes and what it says.
struct RunOptions: ParsableArguments {
    @Option(name: .long, help: "How many samples are computed at a time.")
    var batchSize = 32

    @Flag(name: .shortAndLong, help: "Show no progress.")
    var quiet = false

    /// A bar on a terminal, nothing elsewhere.
    func verbosity(of model: Model) -> Verbosity {
        let console = Console.standardError
        model.trainer.console = console
        return console.isTerminal && !quiet ? .bar : .silent
    }
}

extension CompletionKind {
    static let models = CompletionKind.file(extensions: ["keras", "h5", "hdf5"])
    static let arrays = CompletionKind.file(extensions: ["npz"])
}
