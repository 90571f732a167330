import Keras

/// What only the command finds wrong, or says in its own words.
enum CommandError: Error, CustomStringConvertible {
    case notCompiled(path: String)
    /// An option's value.
    case option(String, expected: String, got: String)
    /// A model whose costs depend on sizes that its file does not say.
    case needsShapes(path: String, input: String, shape: Shape)
    case lineLength(columns: Int, got: Int)

    var description: String {
        switch self {
        case .notCompiled(let path):
            "\(path) has no loss: it was saved before the model was compiled. Compile it and save it again."
        case .option(let option, let expected, let got):
            "\(option) is to be \(expected); it got \(got)."
        case .needsShapes(let path, let input, let shape):
            "The costs of \(path) depend on sizes of its input \"\(input)\" that are not known: \(shape). Give the inputs' shapes: --input-shape."
        case .lineLength(let columns, let got):
            "A summary of \(columns) columns does not fit into a line of \(got). Give it more: --line-length."
        }
    }

    static func check(_ holds: Bool, _ option: String, _ expected: String, _ got: some Any) throws {
        if !holds { throw CommandError.option(option, expected: expected, got: "\(got)") }
    }

    static func atLeast(_ least: Int, _ option: String, _ got: Int?) throws {
        if let got { try check(got >= least, option, "\(least) or more", got) }
    }
}
