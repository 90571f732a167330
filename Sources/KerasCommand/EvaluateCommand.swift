import ArgumentParser
import Keras

struct EvaluateCommand: ModelCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Compute a model's loss and metrics.",
        discussion: """
            Prints the loss and the metrics that the model was compiled with. Inputs are named after the input layers, targets after the \
            outputs; "x" and "y" will do for single ones.
            """
    )

    @Argument(help: "The model: a .keras or .h5 file.", completion: .models)
    var model: String

    @Option(help: ArgumentHelp("The inputs.", valueName: "x.npz"), completion: .arrays)
    var x: String

    @Option(help: ArgumentHelp("The targets.", valueName: "y.npz"), completion: .arrays)
    var y: String

    @Option(help: "How many samples are computed at a time.")
    var batchSize = 32

    @Option(help: ArgumentHelp("Where the results go, too.", valueName: "out.json"), completion: .json)
    var json: String?

    @OptionGroup var progress: ProgressOptions

    func execute() throws {
        try CommandError.atLeast(1, "--batch-size", batchSize)
        try json.map(OutputFile.check)
        let model = try compiledModel(model)
        let x = try model.inputs(from: ArrayFile(x)), y = try model.targets(from: ArrayFile(y))
        let scores = try model.evaluate(x, y, batchSize: batchSize, verbose: progress.verbosity(of: model))
        // Some of the samples only.
        if model.trainer.isInterrupted() { throw ExitCode.interrupted }
        let sorted = scores.sorted { $0.name < $1.name }
        for (name, value) in sorted { print("\(name): \(Float(value))") }
        if let json {
            let results = sorted.reduce(into: Config()) { $0[$1.name] = .double($1.value) }
            try OutputFile.write(results.json(indentation: 2) + "\n", to: json)
        }
    }
}
