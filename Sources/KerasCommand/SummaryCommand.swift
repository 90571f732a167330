import ArgumentParser
import Keras

struct SummaryCommand: ModelCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary",
        abstract: "Print a model's layers and how many parameters it has."
    )

    @Argument(help: "The model: a .keras or .h5 file.", completion: .models)
    var model: String

    @Flag(help: "List the layers of models inside the model, too.")
    var expandNested = false

    @Flag(help: "Say which layers training changes.")
    var showTrainable = false

    @Option(help: "Show what a batch of this size costs: multiply-adds and memory.")
    var batchSize: Int?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("For costs, where the model does not say it: an input's shape without the batch, once for each.", valueName: "sizes"))
    var inputShape: [Shape] = []

    @Option(help: "How many columns a line has.")
    var lineLength: Int?

    @OptionGroup var options: CompileOptions

    func execute() throws {
        try CommandError.atLeast(1, "--batch-size", batchSize)
        let loaded = try loadModel(model, compile: options.compile)
        // Keras makes an optimizer's variables when it loads a model, and counts them here.
        if let optimizer = loaded.optimizer, loaded.built, !loaded.trainableVariables.isEmpty {
            try optimizer.build(loaded.trainableVariables)
        }
        do {
            try loaded.summary(
                lineLength: lineLength, expandNested: expandNested, showTrainable: showTrainable, batchSize: batchSize,
                inputShapes: inputShape.isEmpty ? nil : inputShape)
        } catch KerasError.display(.unknownSizes(_, let input, let shape)) {
            throw CommandError.needsShapes(path: model, input: input, shape: shape)
        } catch KerasError.display(.lineLength(let got, let columns)) {
            throw CommandError.lineLength(columns: columns, got: got)
        }
    }
}

/// `28,28,1`
extension Shape: ExpressibleByArgument {
    public init?(argument: String) {
        let sizes = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard sizes.allSatisfy({ ($0 ?? -1) >= 0 }) else { return nil }
        self.init(sizes)
    }
}
