/// A table of text in box characters: a header, and a line between any two rows.
///
/// Widths, wrapping and cutting are those of the table that Keras prints by way of the package `rich`: a column has
/// the width that it was given and one space on each side; where all of them together are wider than the table, each
/// gives up an equal share; words wrap at spaces; a word longer than the column ends in "…".
struct TextTable {
    enum Alignment { case left, right, center }

    typealias Header = (text: String, alignment: Alignment)

    struct Column {
        let header: String
        let alignment: Alignment
        /// Columns of text wished for, without the two spaces around it.
        let width: Int
    }

    let columns: [Column]
    /// Columns of the whole table with its borders.
    let width: Int
    var rows: [[String]] = []

    /// The lines of the table, each of the same width.
    func lines() -> [String] {
        let widths = columnWidths()
        func rule(_ left: String, _ line: String, _ between: String, _ right: String) -> String {
            left + widths.map { String(repeating: line, count: $0) }.joined(separator: between) + right
        }
        var lines = [rule("┏", "━", "┳", "┓")]
        lines += row(columns.map(\.header), widths, border: "┃", fromBottom: true)
        lines.append(rule("┡", "━", "╇", "┩"))
        for (index, cells) in rows.enumerated() {
            if index > 0 { lines.append(rule("├", "─", "┼", "┤")) }
            lines += row(cells, widths, border: "│", fromBottom: false)
        }
        lines.append(rule("└", "─", "┴", "┘"))
        return lines
    }

    /// The width of each column with its two spaces.
    private func columnWidths() -> [Int] {
        let available = width - (columns.count + 1)
        var widths = columns.map { $0.width + 2 }
        var excess = widths.reduce(0, +) - available
        guard excess > 0 else { return widths }
        var remaining = widths.count
        for index in widths.indices {
            let share = min(widths[index], Int((Double(excess) / Double(remaining)).rounded(.toNearestOrEven)))
            widths[index] -= share
            excess -= share
            remaining -= 1
        }
        return widths
    }

    private func row(_ cells: [String], _ widths: [Int], border: String, fromBottom: Bool) -> [String] {
        let wrapped = zip(zip(cells, columns), widths).map { cell, width in
            cell.1.alignment.lines(of: cell.0, width: max(0, width - 2)).map { TextWidth.fit(" \($0) ", width) }
        }
        let height = max(1, wrapped.map(\.count).max() ?? 1)
        return (0..<height).map { line in
            let parts = zip(wrapped, widths).map { lines, width in
                let index = fromBottom ? line - (height - lines.count) : line
                return lines.indices.contains(index) ? lines[index] : String(repeating: " ", count: width)
            }
            return border + parts.joined(separator: border) + border
        }
    }
}

extension TextTable.Alignment {
    /// `text` wrapped to `width` columns and aligned in them.
    fileprivate func lines(of text: String, width: Int) -> [String] {
        TextWrapping.lines(of: text, width: width).map { line in
            switch self {
            case .left:
                return TextWidth.fit(TextWidth.truncate(line, width), width)
            case .right, .center:
                let cut = TextWidth.truncate(line.trimmingTrailingSpaces(), width)
                let space = width - TextWidth.of(cut)
                let before = self == .right ? space : space / 2
                return String(repeating: " ", count: before) + cut + String(repeating: " ", count: space - before)
            }
        }
    }
}

/// Breaking a text into lines at its spaces.
enum TextWrapping {
    /// The lines of `text`, each as wide as `width` allows. A word that is wider than `width` stays whole, on a line
    /// of its own; spaces at a break stay at the end of the line before it, as far as they fit.
    static func lines(of text: String, width: Int) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
            // A tab or a control character would move the borders.
            let plain = String(paragraph.map { $0.isASCII && ($0.asciiValue ?? 32) < 32 ? " " : $0 })
            return wrapped(plain, width: width)
        }
    }

    private static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = "", used = 0
        for word in words(of: text) {
            let wordWidth = TextWidth.of(word.trimmingTrailingSpaces())
            if width - used < wordWidth, !line.isEmpty {
                lines.append(line)
                line = ""
                used = 0
            }
            line += word
            used += TextWidth.of(word)
        }
        lines.append(line)
        return lines.map { line in
            var kept = line
            while TextWidth.of(kept) > width, kept.last?.isWhitespace == true { kept.removeLast() }
            return kept
        }
    }

    /// The words of `text`, each with the spaces after it, the first also with those before it.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var ended = false
        for character in text {
            if character.isWhitespace {
                ended = word.contains { !$0.isWhitespace }
            } else if ended {
                words.append(word)
                word = ""
                ended = false
            }
            word.append(character)
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}

extension String {
    func trimmingTrailingSpaces() -> String {
        var kept = self[...]
        while kept.last?.isWhitespace == true { kept.removeLast() }
        return String(kept)
    }
}
