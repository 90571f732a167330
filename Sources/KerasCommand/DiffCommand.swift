import ArgumentParser
import Keras

struct DiffCommand: ModelCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what two models differ in.",
        discussion: """
            Compares architecture, weights (with the largest difference of each) and compile settings. The exit code is 0 if there is no \
            difference, 1 if there is one, and 2 if a model cannot be read.
            """
    )

    @Argument(help: "A model: a .keras or .h5 file.", completion: .models)
    var first: String

    @Argument(help: "The model to compare it with.", completion: .models)
    var second: String

    @Option(help: "Weights that differ by so much or less count as equal.")
    var tolerance = 0.0

    @OptionGroup var options: CompileOptions

    static let failureCode = ExitCode(2)

    func execute() throws {
        try CommandError.check(tolerance >= 0, "--tolerance", "0 or more", tolerance)
        let models = try [first, second].map { try loadModel($0, compile: options.compile) }
        let difference = try ModelDifference(models[0], models[1], tolerance: tolerance)
        if difference.isEmpty { return }
        print("A: \(first)\nB: \(second)\n" + difference.text(first: "A", second: "B"), terminator: "")
        throw ExitCode.failure
    }
}
