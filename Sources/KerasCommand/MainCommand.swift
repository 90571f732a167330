import ArgumentParser

@main
struct MainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keras",
        abstract: "Runs, trains, shows and converts Keras models.",
        discussion: """
            A MODEL is a .keras or .h5 file, from here or from Keras in Python. Arrays come and go as .npz files, one array for each \
            input or output, named after it.
            """,
        subcommands: [
            PredictCommand.self, EvaluateCommand.self, FitCommand.self, SummaryCommand.self, PlotCommand.self, ConvertCommand.self,
            DiffCommand.self,
        ]
    )
}
