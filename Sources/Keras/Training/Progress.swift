/// Tells callbacks, the progress bar and the history how a run goes.
final class Progress {
    private let model: Model
    private let callbacks: [Callback]
    private let style: ProgressBar.Style?
    private let epochs: Int
    private var bar: ProgressBar?
    private var seen = 0

    /// The steps of an epoch, learned in the first one if it was not known.
    var steps: Int? {
        didSet { for callback in callbacks { callback.parameters.steps = steps } }
    }

    init(_ model: Model, _ callbacks: [Callback], verbose: Verbosity, epochs: Int, steps: Int?) {
        self.model = model
        self.callbacks = callbacks
        self.epochs = epochs
        self.steps = steps
        style =
            switch verbose {
            case .auto: model.trainer.console.isTerminal ? .bar : .line
            case .bar: .bar
            case .line: .line
            case .silent: nil
            }
        for callback in callbacks {
            callback.model = model
            callback.parameters = RunParameters(epochs: epochs, steps: steps)
        }
    }

    /// Whether somebody wants to hear of every batch.
    var hasCallbacks: Bool { !callbacks.isEmpty }

    func each(_ body: (Callback) throws -> Void) rethrows { for callback in callbacks { try body(callback) } }

    func beginEpoch(_ epoch: Int) {
        begin()
        if style != nil, epochs > 1 { model.trainer.console.line("Epoch \(epoch + 1)/\(epochs)") }
    }

    func begin() {
        bar = style.map { ProgressBar(style: $0, console: model.trainer.console) }
        seen = 0
    }

    /// After step number `step` (from 1).
    func stepped(_ step: Int, _ logs: () throws -> Logs) rethrows {
        seen = step
        guard let bar, bar.isDue(step) else { return }
        bar.show(step: step, total: steps, logs: try logs(), isLast: false)
    }

    func end(_ logs: Logs) {
        bar?.show(step: steps.map { max($0, seen) } ?? seen, total: steps ?? seen, logs: logs, isLast: true)
        bar = nil
    }

    /// The epoch was broken off.
    func abandon(_ logs: Logs) {
        guard seen > 0 else { return }
        if style == .bar { bar?.show(step: seen, total: steps, logs: logs, isLast: true) }
        bar = nil
    }
}
