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

    @Option(name: .long, help: ArgumentHelp("The arrays to compute on.", valueName: "in.npz"), completion: .arrays)
    var inputs: String

    @Option(name: .long, help: ArgumentHelp("Where the outputs go.", valueName: "out.npz"), completion: .arrays)
    var output: String

    @OptionGroup var options: RunOptions

    func execute() throws {
        let model = try loadModel(model, compile: false)
        let inputs = try model.inputs(from: ArrayFile(inputs))
        let outputs = try model.predictions(inputs, batchSize: options.batchSize, verbose: options.verbosity(of: model))
        try ArrayFile.write(model.named(outputs), to: output)
    }
}
