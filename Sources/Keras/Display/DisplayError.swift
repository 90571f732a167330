/// What can be wrong with printing or drawing a model.
public enum DisplayError: Hashable, Sendable {
    /// A line too short for the summary's columns.
    case lineLength(got: Int, columns: Int)
    /// Positions of the summary's columns that are not as many as the columns, or do not rise.
    case positions(got: [Double], columns: Int)
    /// Names that no layer has.
    case layerRange(model: String, first: String, last: String, layers: [String])
    /// A name of a range that is no regular expression.
    case layerPattern(String)
    /// A file whose extension stands for no format.
    case format(file: String, known: [String])
    case dpi(got: Int)
    /// Graphviz' program is not there.
    case graphvizMissing(file: String)
    /// Graphviz' program ended with an error.
    case graphvizFailed(file: String, status: Int, message: String)
    case cannotWrite(file: String, reason: String)
    case batchSize(got: Int)
    /// A model whose costs are asked for, with an input whose sizes are not all known.
    case unknownSizes(model: String, input: String, shape: Shape)
    /// A shape for an input that does not suit it.
    case inputShape(model: String, input: String, expected: Shape, got: Shape)
}

extension DisplayError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .lineLength(let got, let columns):
            return """
                A summary of \(columns) columns does not fit into a line of \(got).
                Give it more: summary(lineLength: 88).
                """
        case .positions(let got, let columns):
            return """
                The summary has \(columns) columns; positions is to say where each ends, rising to 1.0. It is \(got).
                \(columns == 3 ? "[0.45, 0.8, 1.0]" : "[0.3, 0.56, 0.74, 1.0]") is what it is when left out.
                """
        case .layerRange(let model, let first, let last, let layers):
            return """
                Model "\(model)" has no layers that match both "\(first)" and "\(last)".
                Its layers are \(layers.map { "\"\($0)\"" }.joined(separator: ", ")).
                """
        case .layerPattern(let pattern):
            return """
                "\(pattern)" is neither a layer's name nor a regular expression.
                Characters with a meaning in one, as in "dense (1)", need a backslash before them.
                """
        case .format(let file, let known):
            return "The extension of \"\(file)\" stands for no format of a plot. Known are \(known.joined(separator: ", "))."
        case .dpi(let got):
            return "A plot's resolution is a number of dots per inch of 1 or more; it is \(got)."
        case .graphvizMissing(let file):
            return """
                Drawing "\(file)" needs Graphviz: its program "dot" is not in PATH.
                Install it (Debian: apt-get install graphviz; macOS: brew install graphviz), or plot to a ".dot" or ".mmd" file, \
                which needs no program.
                """
        case .graphvizFailed(let file, let status, let message):
            return "Graphviz could not draw \"\(file)\" (status \(status))\(message.isEmpty ? "." : ": \(message)")"
        case .cannotWrite(let file, let reason):
            return "\"\(file)\" cannot be written: \(reason)."
        case .batchSize(let got):
            return "A batch has 1 sample or more; batchSize is \(got)."
        case .unknownSizes(let model, let input, let shape):
            return """
                The costs of model "\(model)" depend on sizes of its input "\(input)" that are not known: \(shape).
                Say the inputs' shapes, without the batch: inputShapes: [\(Shape(shape.sizes.dropFirst().map { $0 ?? 100 }))].
                """
        case .inputShape(let model, let input, let expected, let got):
            return "Input \"\(input)\" of model \"\(model)\" has the shape \(expected); inputShapes gives it \(got), without the batch."
        }
    }
}
