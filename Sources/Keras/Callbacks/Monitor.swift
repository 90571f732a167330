/// Which way a watched number is better.
public enum MonitorMode: Sendable {
    /// As the metric says; the loss is better when less.
    case auto
    case min
    case max
}

/// Tells whether a watched number got better.
struct Monitor {
    let name: String
    let mode: MonitorMode
    let minDelta: Double
    private var direction: MetricDirection?

    init(_ name: String, _ mode: MonitorMode, minDelta: Double) {
        self.name = name
        self.mode = mode
        self.minDelta = abs(minDelta)
    }

    /// Finds the direction once metrics are known.
    ///
    /// - Throws: `KerasError.training(.monitorDirection)` for a number of which it is not known.
    mutating func resolve(_ model: Model?, callback: String) throws {
        if direction != nil { return }
        let metric = name.hasPrefix("val_") ? String(name.dropFirst(4)) : name
        switch mode {
        case .min: direction = .down
        case .max: direction = .up
        case .auto:
            direction = model?.trainer.metricEntries.first { $0.name == metric }?.metric.direction
            if metric == "loss" || (direction == nil && metric.hasSuffix("_loss")) { direction = .down }
        }
        if direction == nil { throw KerasError.training(.monitorDirection(callback: callback, monitor: name)) }
    }

    func isImprovement(_ value: Double, over best: Double?) -> Bool {
        guard let best else { return true }
        return direction == .up ? value - minDelta > best : value + minDelta < best
    }

    /// What is said when the number is not among the logs.
    func warning(_ what: String, _ logs: Logs) -> String {
        "\(what) looks at \"\(name)\", which is not there. There are: \(logs.names.joined(separator: ", "))."
    }
}
