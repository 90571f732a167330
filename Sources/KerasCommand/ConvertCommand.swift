import ArgumentParser
import Keras

struct ConvertCommand: ModelCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Write a model's file as one of another kind.",
        discussion: """
            The endings say the kinds: .keras and .h5 hold whole models, .json the architecture and the compile settings, .weights.h5 the \
            weights and the optimizer's state. A model that is made from .json has newly initialised weights.
            """
    )

    @Argument(help: "The file to read.", completion: .modelFiles)
    var input: String

    @Argument(help: "The file to write.", completion: .modelFiles)
    var output: String

    @Option(
        help: ArgumentHelp("The model that a file of weights is for: a .keras, .h5 or .json file.", valueName: "model"),
        completion: .modelFiles)
    var architecture: String?

    @OptionGroup var options: CompileOptions

    func execute() throws {
        try convertModel(from: input, to: output, architecture: architecture, includeOptimizer: options.compile)
    }
}
