/// The losses of a model's outputs with their weights, and the means of each where there are several.
///
/// - Source: `keras.src.trainers.compile_utils.CompileLoss`.
final class CompiledLoss {
    private struct Part {
        let output: Int
        let loss: Loss
        let weight: Double?
        let tracker: Mean?
    }

    let given: Losses
    let weights: LossWeights?
    private var parts: [Part]?
    /// What a file had of ``metrics``, until they are made.
    private var restored: [[Tensor]] = []

    init(_ given: Losses, weights: LossWeights?) {
        self.given = given
        self.weights = weights
    }

    /// The means of the outputs' losses: empty for a single loss.
    var metrics: [Metric] { (parts ?? []).compactMap(\.tracker) }

    /// Takes over the metrics' states from a file.
    func restore(_ states: [[Tensor]]) throws {
        restored = isBuilt ? [] : states
        for (metric, state) in zip(metrics, states) { try metric.restore(state) }
    }

    /// Forgets states that were not taken over yet.
    func dropRestored() { restored = [] }

    /// The positions of the outputs that have a loss.
    func outputsWithLoss(_ names: OutputNames) throws -> [Int] {
        let choices = try choices(names)
        return choices.indices.filter { choices[$0] != nil }
    }

    private func choices(_ names: OutputNames) throws -> [(any LossConvertible)?] {
        switch given.content {
        case .single(let loss):
            return names.names.map { _ in loss }
        case .list(let list):
            guard list.count == names.names.count else {
                throw KerasError.training(.outputCount(argument: "loss", given: list.count, outputs: names.names))
            }
            return list
        case .dictionary(let entries):
            return try names.arranged(entries, argument: "loss").map { $0 ?? nil }
        }
    }

    private func weightList(_ names: OutputNames, _ losses: Int) throws -> [Double?] {
        switch weights {
        case nil:
            return names.names.map { _ in nil }
        case .list(let list):
            guard list.count == names.names.count else {
                throw KerasError.training(.lossWeightCount(losses: losses, weights: list.count))
            }
            return list
        case .dictionary(let dictionary):
            return try names.arranged(dictionary.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, argument: "lossWeights")
        }
    }

    func checkWeights(_ names: OutputNames) throws { _ = try weightList(names, choices(names).count { $0 != nil }) }

    var isBuilt: Bool { parts != nil }

    /// Makes the losses that go by the shapes of targets and outputs, once.
    func buildIfNeeded(_ targets: [Tensor?], _ outputs: [Tensor], _ names: OutputNames) throws {
        if !isBuilt { try build(targets, outputs, names) }
    }

    private func build(_ targets: [Tensor?], _ outputs: [Tensor], _ names: OutputNames) throws {
        let choices = try choices(names)
        let count = choices.count { $0 != nil }
        let weights = try weightList(names, count)
        parts = try choices.indices.compactMap { index in
            guard let choice = choices[index] else { return nil }
            let loss: Loss
            switch try choice.makeLoss() {
            case .loss(let given): loss = given
            case .crossentropyByShapes:
                switch LabelKind(targets[index]?.shape ?? [], outputs[index].shape) {
                case .binary: loss = BinaryCrossentropy(name: "crossentropy")
                case .sparse: loss = SparseCategoricalCrossentropy(name: "crossentropy")
                case .categorical: loss = CategoricalCrossentropy(name: "crossentropy")
                }
            }
            let tracker = count > 1 ? Mean(name: "\(names.names[index])_loss") : nil
            return Part(output: index, loss: loss, weight: weights[index], tracker: tracker)
        }
        try restore(restored)
    }

    /// The weighted sum of the outputs' losses; nil if no output has one.
    func callAsFunction(_ targets: [Tensor?], _ outputs: [Tensor], _ sampleWeights: [Tensor?], _ names: OutputNames) throws -> Tensor? {
        try buildIfNeeded(targets, outputs, names)
        var total: Tensor?
        for part in parts ?? [] {
            guard let target = targets[part.output] else { continue }
            let output = outputs[part.output]
            var value = try part.loss(target, output, sampleWeight: sampleWeights[part.output], mask: output.kerasMask)
            value = try value.cast(to: floatx())
            if value.rank > 0 { value = try ops.sum(value) }
            try part.tracker?.update(value, sampleWeight: Tensor(Double(output.shape.first ?? 1), dtype: value.dtype))
            if let weight = part.weight { value = try value * weight }
            total = try total.map { try $0 + value } ?? value
        }
        return total
    }
}
