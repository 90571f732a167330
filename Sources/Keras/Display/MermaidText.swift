/// A drawing as a Mermaid flowchart, which code hosts and many editors show as a picture.
struct MermaidText {
    let direction: PlotDirection

    func text(of drawing: ModelDrawing) -> String {
        var lines = ["flowchart \(direction.rawValue)"]
        var groups = 0
        var highlighted: [Int] = []
        append(drawing.parts, to: &lines, indent: "    ", groups: &groups, highlighted: &highlighted)
        if !highlighted.isEmpty {
            lines.append("    classDef highlighted fill:\(PlotColor.highlight),color:white")
            lines.append("    class \(highlighted.map { "n\($0)" }.joined(separator: ",")) highlighted")
        }
        return (lines + [""]).joined(separator: "\n")
    }

    private func append(
        _ parts: [ModelDrawing.Part], to lines: inout [String], indent: String, groups: inout Int, highlighted: inout [Int]
    ) {
        for part in parts {
            switch part {
            case .box(let box):
                lines.append("\(indent)n\(box.id)[\"\(label(of: box))\"]")
                if box.isHighlighted { highlighted.append(box.id) }
            case .arrow(let from, let to):
                lines.append("\(indent)n\(from) --> n\(to)")
            case .group(let name, let isHighlighted, let parts):
                let group = "g\(groups)"
                lines.append("\(indent)subgraph \(group) [\"\(Self.escaped(name))\"]")
                groups += 1
                append(parts, to: &lines, indent: indent + "    ", groups: &groups, highlighted: &highlighted)
                lines.append("\(indent)end")
                if isHighlighted { lines.append("\(indent)style \(group) stroke:\(PlotColor.highlight),stroke-width:3px") }
            }
        }
    }

    private func label(of box: ModelDrawing.Box) -> String {
        let className = Self.escaped(box.className)
        var rows = [box.showsName ? "<b>\(Self.escaped(box.name))</b> (\(className))" : "<b>\(className)</b>"]
        if let activation = box.activation { rows.append("Activation: <b>\(Self.escaped(activation))</b>") }
        for cell in box.cells {
            switch cell {
            case .fact(let label, let value): rows.append("\(label): <b>\(Self.escaped(value))</b>")
            case .trainable(let trainable): rows.append(trainable ? "Trainable" : "Non-trainable")
            }
        }
        return rows.joined(separator: "<br/>")
    }

    /// Text inside a quoted label. Mermaid writes a character as `#name;` or `#code;`.
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "#amp;"
            case "<": result += "#lt;"
            case ">": result += "#gt;"
            case "\"": result += "#quot;"
            case "#": result += "#35;"
            case "`": result += "#96;"
            case "\n": result += " "
            default: result.append(character)
            }
        }
    }
}
