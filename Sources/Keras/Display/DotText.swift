/// The colours of plots that Keras' do not have.
enum PlotColor {
    /// Of highlighted layers: dark enough for white text on it.
    static let highlight = "#c2410c"
}

/// A drawing in Graphviz' language: the boxes that `keras.utils.model_to_dot` makes, with the names in them escaped.
struct DotText {
    let direction: PlotDirection
    let splines: PlotSplines
    let dpi: Int

    func text(of drawing: ModelDrawing) -> String {
        var lines = [
            "digraph G {", "rankdir=\(direction.rawValue);", "concentrate=true;", "dpi=\(dpi);", "splines=\(splines.rawValue);",
            "node [shape=record];",
        ]
        append(drawing.parts, to: &lines, path: "cluster")
        return (lines + ["}", ""]).joined(separator: "\n")
    }

    private func append(_ parts: [ModelDrawing.Part], to lines: inout [String], path: String) {
        for part in parts {
            switch part {
            case .box(let box):
                lines.append("n\(box.id) [label=<\(label(of: box))>, fontname=Helvetica, border=0, margin=0];")
            case .arrow(let from, let to):
                lines.append("n\(from) -> n\(to) [penwidth=2];")
            case .group(let name, let isHighlighted, let parts):
                let inner = "\(path)_\(name)"
                lines += ["subgraph \(Self.quoted(inner)) {", "style=dashed;", "label=\(Self.quoted(name));", "labeljust=l;"]
                if isHighlighted { lines += ["color=\"\(PlotColor.highlight)\";", "penwidth=3;"] }
                append(parts, to: &lines, path: inner)
                lines.append("}")
            }
        }
    }

    /// The box as one of Graphviz' HTML-like tables.
    private func label(of box: ModelDrawing.Box) -> String {
        func row(_ cells: String) -> String { "<tr>\(cells)</tr>" }
        let className = Self.escaped(box.className)
        let title = box.showsName ? "<b>\(Self.escaped(box.name))</b> (\(className))" : "<b>\(className)</b>"
        let color = box.isHighlighted ? PlotColor.highlight : "black"
        var rows = row(
            "<td colspan=\"\(box.columns)\" bgcolor=\"\(color)\"><font point-size=\"16\" color=\"white\">\(title)</font></td>")
        if let activation = box.activation {
            rows += row(
                "<td bgcolor=\"white\" colspan=\"\(box.columns)\"><font point-size=\"14\">"
                    + "Activation: <b>\(Self.escaped(activation))</b></font></td>")
        }
        if !box.cells.isEmpty { rows += row(box.cells.map(cell).joined()) }
        return "<table border=\"0\" cellborder=\"1\" bgcolor=\"black\" cellpadding=\"10\">\(rows)</table>"
    }

    private func cell(_ cell: ModelDrawing.Cell) -> String {
        switch cell {
        case .fact(let label, let value):
            return "<td bgcolor=\"white\"><font point-size=\"14\">\(label): <b>\(Self.escaped(value))</b></font></td>"
        case .trainable(let trainable):
            let (color, word) = trainable ? ("forestgreen", "Trainable") : ("firebrick", "Non-trainable")
            return "<td bgcolor=\"\(color)\"><font point-size=\"14\" color=\"white\"><b>\(word)</b></font></td>"
        }
    }

    /// Text inside an HTML-like label of a record, in which braces, bars and backslashes have a meaning too.
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "{", "}", "|", "\\": result += "&#\(character.asciiValue ?? 32);"
            case "\n", "\r\n": result += " "
            default: result.append(character)
            }
        }
    }

    /// A name as Graphviz reads it: itself if it is a word, else between quotes.
    static func quoted(_ name: String) -> String {
        let isWord = name.first?.isNumber == false && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        let keywords: Set = ["graph", "digraph", "subgraph", "node", "edge", "strict"]
        if isWord, !keywords.contains(name.lowercased()) { return name }
        let inner = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: " ")
        return "\"\(inner)\""
    }
}
