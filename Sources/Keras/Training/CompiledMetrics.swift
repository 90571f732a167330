/// The metrics of a model's outputs under the names of logs.
///
/// - Source: `keras.src.trainers.compile_utils.CompileMetrics`.
final class CompiledMetrics {
    private struct Part {
        let output: Int
        let metric: Metric
        let isWeighted: Bool
        let name: String
    }

    let plain: Metrics
    let weighted: Metrics
    private var parts: [Part]?
    /// What a file had of the metrics' states, until they are made.
    private var restored: [[Tensor]] = []

    init(_ plain: Metrics, weighted: Metrics) {
        self.plain = plain
        self.weighted = weighted
    }

    /// Names and metrics, in Keras' order; empty before the first batch.
    var entries: [(name: String, metric: Metric)] { (parts ?? []).map { ($0.name, $0.metric) } }

    /// Takes over the metrics' states from a file.
    func restore(_ states: [[Tensor]]) throws {
        restored = isBuilt ? [] : states
        for (entry, state) in zip(entries, states) { try entry.metric.restore(state) }
    }

    /// Forgets states that were not taken over yet.
    func dropRestored() { restored = [] }

    private func lists(_ given: Metrics, _ names: OutputNames, argument: String) throws -> [[any MetricConvertible]] {
        let count = names.names.count
        switch given.content {
        case .list(let list):
            if count == 1 { return [list] }
            if list.isEmpty { return names.names.map { _ in [] } }
            guard list.count == count else {
                throw KerasError.training(.outputCount(argument: argument, given: list.count, outputs: names.names))
            }
            return list.map { [$0] }
        case .perOutput(let lists):
            guard lists.count == count else {
                throw KerasError.training(.outputCount(argument: argument, given: lists.count, outputs: names.names))
            }
            return lists
        case .dictionary(let entries):
            return try names.arranged(entries, argument: argument).map { $0 ?? [] }
        }
    }

    func check(_ names: OutputNames) throws {
        _ = try lists(plain, names, argument: "metrics")
        _ = try lists(weighted, names, argument: "weightedMetrics")
    }

    var isBuilt: Bool { parts != nil }

    /// Makes the metrics that go by the shapes of targets and outputs, once.
    func buildIfNeeded(_ targets: [Tensor?], _ outputs: [Tensor], _ names: OutputNames) throws {
        if !isBuilt { try build(targets, outputs, names) }
    }

    private func build(_ targets: [Tensor?], _ outputs: [Tensor], _ names: OutputNames) throws {
        var parts: [Part] = []
        var uses: [String: Int] = [:]
        let prefixes = names.names.count > 1 ? names.names.map { "\($0)_" } : [""]
        for (given, isWeighted, argument) in [(plain, false, "metrics"), (weighted, true, "weightedMetrics")] {
            for (output, list) in try lists(given, names, argument: argument).enumerated() {
                for choice in list {
                    guard let target = targets[output] else { continue }
                    let metric = try choice.makeMetric().resolved(target.shape, outputs[output].shape)
                    var name = prefixes[output] + metric.name
                    if isWeighted, uses[name] != nil { name = "\(prefixes[output])weighted_\(metric.name)" }
                    let count = uses[name, default: 0]
                    uses[name] = count + 1
                    if count > 0 { name += "_\(count)" }
                    parts.append(Part(output: output, metric: metric, isWeighted: isWeighted, name: name))
                }
            }
        }
        self.parts = parts
        try restore(restored)
    }

    func update(_ targets: [Tensor?], _ outputs: [Tensor], _ sampleWeights: [Tensor?], _ names: OutputNames) throws {
        try buildIfNeeded(targets, outputs, names)
        for part in parts ?? [] {
            guard let target = targets[part.output] else { continue }
            try part.metric.updateChecked(
                target, outputs[part.output], sampleWeight: part.isWeighted ? sampleWeights[part.output] : nil)
        }
    }
}
