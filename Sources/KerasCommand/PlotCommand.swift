import ArgumentParser
import Keras

struct PlotCommand: ModelCommand {
    static let configuration = CommandConfiguration(
        commandName: "plot",
        abstract: "Draw a model's graph of layers.",
        discussion: "Pictures need Graphviz' program dot; .dot and .mmd (Mermaid) are texts and need none."
    )

    @Argument(help: "The model: a .keras or .h5 file.", completion: .models)
    var model: String

    @Option(
        help: ArgumentHelp("The file to draw: .png, .svg, .pdf, .dot or .mmd.", valueName: "file"),
        completion: .file(extensions: ["png", "svg", "pdf", "dot", "mmd"]))
    var output: String

    @Flag(help: "Show the shapes of inputs and outputs.")
    var showShapes = false

    @Flag(help: "Show the outputs' element types.")
    var showDtype = false

    @Flag(help: "Show the layers' names.")
    var showLayerNames = false

    @Flag(help: "Show activations.")
    var showLayerActivations = false

    @Flag(help: "Show which layers training changes.")
    var showTrainable = false

    @Flag(help: "Show the layers of models inside the model.")
    var expandNested = false

    @Option(help: ArgumentHelp("Where the drawing runs to.", valueName: "direction"))
    var rankdir = PlotDirection.topBottom

    @Option(help: "Dots per inch of a picture.")
    var dpi = 200

    func execute() throws {
        try CommandError.atLeast(1, "--dpi", dpi)
        try plotModel(
            loadModel(model, compile: false), to: output, showShapes: showShapes, showDtype: showDtype, showLayerNames: showLayerNames,
            showLayerActivations: showLayerActivations, showTrainable: showTrainable, expandNested: expandNested, rankdir: rankdir, dpi: dpi)
    }
}

extension PlotDirection: ExpressibleByArgument {}
