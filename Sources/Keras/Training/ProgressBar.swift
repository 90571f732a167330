/// How much a run says while it goes.
public enum Verbosity: Sendable {
    /// A live bar on a terminal, one line for each epoch elsewhere.
    case auto
    /// Nothing.
    case silent
    /// A bar that moves.
    case bar
    /// One line for each epoch.
    case line
}

/// Keras' progress bar: `12/100 ━━━━━━━━━━━━━━━━━━━━ 3s 25ms/step - accuracy: 0.7000 - loss: 0.9000`.
final class ProgressBar {
    enum Style { case bar, line }

    private let style: Style
    private let console: Console
    private let width = 20
    /// Seconds between two looks of the bar.
    private let interval = 0.05
    private let start = Clock.now
    private var lastShown = 0.0
    private var afterFirstStep: Double?
    private var shownWidth = 0
    private var order: [String] = []
    private var values: [String: Double] = [:]

    init(style: Style, console: Console) {
        self.style = style
        self.console = console
    }

    /// Whether a step is to be shown: only then its numbers are worth reading.
    func isDue(_ step: Int) -> Bool {
        let now = Clock.now
        if step == 1 { afterFirstStep = now }
        return style == .bar && now - lastShown >= interval
    }

    /// Shows how far it is.
    ///
    /// - Parameters:
    ///   - step: steps done.
    ///   - total: steps of the epoch; nil if not known.
    func show(step: Int, total: Int?, logs: Logs, isLast: Bool) {
        for (name, value) in logs.entries {
            if values.updateValue(value, forKey: name) == nil { order.append(name) }
        }
        let now = Clock.now
        switch style {
        case .bar: console.write(barText(step, total, isLast, now))
        case .line: if isLast { console.write(lineText(step, total ?? step, now)) }
        }
        lastShown = now
    }

    private func barText(_ step: Int, _ total: Int?, _ isLast: Bool, _ now: Double) -> String {
        var text = console.isTerminal ? "\r" : ""
        var visible = 0
        func add(_ part: String, _ style: String? = nil) {
            visible += part.count
            text += style.map { console.isTerminal ? "\u{1b}[\($0)m\(part)\u{1b}[0m" : part } ?? part
        }
        let perStep = timePerStep(step, now)
        if let total, total > 0 {
            add(padded(step, total), "1")
            add(" ")
            let done = min(width, width * step / total)
            if done > 0 { add(String(repeating: "━", count: done), "32") }
            add(String(repeating: "━", count: width - done), "37")
        } else {
            add(String(repeating: " ", count: max(0, 7 - String(step).count)) + "\(step)/Unknown")
        }
        let time = isLast || (total ?? 0) == 0 ? now - start : perStep * Double((total ?? 0) - step)
        add(" ")
        add(isLast || (total ?? 0) == 0 ? "\(Int(time.rounded()))s" : ProgressBar.remaining(time), "1")
        add(" " + ProgressBar.duration(perStep))
        add(valuesText())
        if shownWidth > visible { text += String(repeating: " ", count: shownWidth - visible) }
        shownWidth = visible
        return text + (isLast || !console.isTerminal ? "\n" : "")
    }

    private func lineText(_ step: Int, _ total: Int, _ now: Double) -> String {
        "\(padded(step, total)) - \(Int((now - start).rounded()))s - \(ProgressBar.duration(timePerStep(step, now)))\(valuesText())\n"
    }

    private func valuesText() -> String {
        order.map { name in
            let value = values[name] ?? 0
            let number = abs(value) > 0.001 ? NumberText.fixed(value, digits: 4) : NumberText.scientific(value, digits: 4)
            return " - \(name): \(number)"
        }.joined()
    }

    private func padded(_ step: Int, _ total: Int) -> String {
        let digits = String(total).count
        return String(repeating: " ", count: max(0, digits - String(step).count)) + "\(step)/\(total)"
    }

    /// Without the first step, which compiles.
    private func timePerStep(_ step: Int, _ now: Double) -> Double {
        guard step > 0 else { return 0 }
        if let afterFirstStep, step > 1 { return (now - afterFirstStep) / Double(step - 1) }
        return (now - start) / Double(step)
    }

    private static func remaining(_ seconds: Double) -> String {
        let seconds = Int(min(max(seconds, 0), 1e9))
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        if seconds > 3600 { return "\(seconds / 3600):\(two(seconds % 3600 / 60)):\(two(seconds % 60))" }
        return seconds > 60 ? "\(seconds / 60):\(two(seconds % 60))" : "\(seconds)s"
    }

    private static func duration(_ seconds: Double) -> String {
        if seconds >= 1 || seconds == 0 { return "\(Int(seconds.rounded()))s/step" }
        if seconds >= 0.001 { return "\(Int((seconds * 1000).rounded()))ms/step" }
        return "\(Int((seconds * 1_000_000).rounded()))us/step"
    }
}
