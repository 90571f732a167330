import ArgumentParser
import Keras

struct FitCommand: ModelCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Train a model that was saved compiled.",
        discussion: """
            Training goes on from the optimizer's state in the file. Inputs are named after the input layers, targets after the outputs; \
            "x" and "y" will do for single ones. Ctrl-C ends training early; what was reached is saved, and the exit code is 130.
            """
    )

    @Argument(help: "The model: a .keras or .h5 file.", completion: .models)
    var model: String

    @Option(help: ArgumentHelp("The inputs.", valueName: "x.npz"), completion: .arrays)
    var x: String

    @Option(help: ArgumentHelp("The targets.", valueName: "y.npz"), completion: .arrays)
    var y: String

    @Option(help: "How many times the samples are gone through.")
    var epochs: Int

    @Option(help: "How many samples are in a step.")
    var batchSize: Int

    @Flag(inversion: .prefixedNo, help: "Take the samples in a new order in each epoch.")
    var shuffle = true

    @Option(help: ArgumentHelp("The share of samples, from the end, that is kept for validation.", valueName: "fraction"))
    var validationSplit = 0.0

    @Option(help: "What random numbers follow from: the order of samples, new weights.")
    var seed: Int?

    @Option(help: ArgumentHelp("Where the trained model goes: a .keras or .h5 file.", valueName: "out.keras"), completion: .models)
    var output: String

    @Option(help: ArgumentHelp("Where losses and metrics of each epoch go.", valueName: "h.json"), completion: .json)
    var history: String?

    @OptionGroup var progress: ProgressOptions

    func execute() throws {
        try CommandError.atLeast(0, "--epochs", epochs)
        try CommandError.atLeast(1, "--batch-size", batchSize)
        try CommandError.check((0..<1).contains(validationSplit), "--validation-split", "0 or more and below 1", validationSplit)
        try Model.checkSaving(to: output)
        try history.map(OutputFile.check)
        if let seed { setRandomSeed(seed) }
        let model = try compiledModel(model)
        if seed != nil { model.trainer.redrawSampleOrder() }
        let x = try model.inputs(from: ArrayFile(x)), y = try model.targets(from: ArrayFile(y))
        let run = try model.fit(
            x, y, batchSize: batchSize, epochs: epochs, verbose: progress.verbosity(of: model, elsewhere: .line),
            validationSplit: validationSplit, shuffle: shuffle)
        try model.save(to: output)
        if let history {
            let numbers = run.names.reduce(into: Config()) { $0[$1] = run[$1].configValue }
            try OutputFile.write(numbers.json(indentation: 2) + "\n", to: history)
        }
        if model.trainer.isInterrupted() { throw ExitCode.interrupted }
    }
}
