/// A name in a message. Names come from files that are not trusted: nothing in one gets to a terminal as it is, and none fills it.
func quoted(_ name: String) -> String {
    let longest = 100
    let shown = name.unicodeScalars.prefix(longest).map { $0.isShown ? String($0) : $0.escaped(asASCII: true) }
    return "\"\(shown.joined())\(name.unicodeScalars.count > longest ? "…" : "")\""
}

extension Unicode.Scalar {
    /// Whether a terminal shows it and does nothing else.
    var isShown: Bool { properties.generalCategory != .control && properties.generalCategory != .format }
}
