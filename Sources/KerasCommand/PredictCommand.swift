import ArgumentParser
import Keras

struct PredictCommand: ModelCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Compute a model's outputs for arrays.",
        discussion: """
            Inputs are named after the model's input layers, "x" will do for a single one; outputs get the names of the layers that make \
            them. Numbers of any type are cast to the input's.
            """
    )

    @Argument(help: "The model: a .keras or .h5 file.", completion: .models)
    var model: String

    @Option(help: ArgumentHelp("The arrays to compute on.", valueName: "in.npz"), completion: .arrays)
    var inputs: String

    @Option(help: ArgumentHelp("Where the outputs go.", valueName: "out.npz"), completion: .arrays)
    var output: String

    @Option(help: "How many samples are computed at a time.")
    var batchSize = 32

    @OptionGroup var progress: ProgressOptions

    func execute() throws {
        try CommandError.atLeast(1, "--batch-size", batchSize)
        try OutputFile.check(output)
        let model = try loadModel(model, compile: false)
        let inputs = try model.inputs(from: ArrayFile(inputs))
        let outputs = try model.predictions(inputs, batchSize: batchSize, verbose: progress.verbosity(of: model))
        try ArrayFile.write(model.named(outputs), to: output)
    }
}
