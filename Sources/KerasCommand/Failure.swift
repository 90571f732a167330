/// An error as the person at the shell is told of it: on one line, without characters that a terminal takes as orders.
struct Failure: CustomStringConvertible {
    let description: String

    /// What of a list is told.
    private static let shownItems = 3

    init(_ error: any Error) {
        let lines = "\(error)".split(whereSeparator: \.isNewline)
        // Indented lines are a list.
        let items = lines.filter { $0.hasPrefix(" ") }.map { String($0.drop { $0 == " " }) }
        var text = lines.filter { !$0.hasPrefix(" ") }.joined(separator: " ")
        if !items.isEmpty {
            let rest = items.count > Self.shownItems ? ["and \(items.count - Self.shownItems) more"] : []
            text += " " + (items.prefix(Self.shownItems) + rest).joined(separator: "; ")
        }
        description = text.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
        }.joined()
    }
}
