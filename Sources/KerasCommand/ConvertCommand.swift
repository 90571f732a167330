import ArgumentParser
import Keras

struct ConvertCommand: ModelCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Write a model's file as one of another kind.",
        discussion: """
            The endings say the kinds: .keras and .h5 hold whole models, .json the architecture, .weights.h5 the weights and the \
            optimizer's state. A model that is made from .json has newly initialised weights.
            """
    )

    @Argument(help: "The file to read.", completion: .file(extensions: ["keras", "h5", "hdf5", "json"]))
    var input: String

    @Argument(help: "The file to write.", completion: .file(extensions: ["keras", "h5", "hdf5", "json"]))
    var output: String

    @Option(
        name: .long, help: ArgumentHelp("The model that a file of weights is for: a .keras, .h5 or .json file.", valueName: "model"),
        completion: .file(extensions: ["keras", "h5", "hdf5", "json"]))
    var architecture: String?

    @Flag(name: .long, inversion: .prefixedNo, help: "Take compile settings and the optimizer's state along.")
    var optimizer = true

    func execute() throws {
        try convertModel(from: input, to: output, architecture: architecture, includeOptimizer: optimizer)
    }
}
