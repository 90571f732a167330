import Synchronization

/// What `compile` set up and what the training loop keeps between steps. Each model has one.
package final class Trainer {
    /// What `compile` was given.
    struct Settings {
        var optimizer: Optimizer
        var loss: CompiledLoss?
        var metrics: CompiledMetrics?
        var runEagerly: Bool
        var stepsPerExecution: Int
        /// The mean loss over an epoch, weighted by batch size.
        var lossTracker = Mean(name: "loss")
    }

    var settings: Settings?
    /// The model that this trains, once it is compiled.
    weak var model: Model?
    /// Set by a callback or Ctrl-C: training ends after the current step.
    var stopTraining = false
    /// Where progress is written; tests put their own here.
    package var console = Console.standardOutput
    /// Whether Ctrl-C was pressed; tests put their own here.
    package var isInterrupted: () -> Bool = { Interrupt.isRequested }
    var history: History?

    /// Traced steps by what they do, the batch's arrangement and its types.
    private let steps = Mutex<[Step]>([])
    private var resultReader: TracedFunction?
    private var resultNames: [String] = []

    package init() {}

    // MARK: Traced steps

    enum Mode: Equatable { case train, test, predict }

    /// A traced step for batches of one arrangement and type.
    struct Step: Sendable {
        let mode: Mode
        let template: BatchTemplate
        let types: [TensorType]
        let function: PreparedFunction
        /// The arrangement of what `predict` gives.
        let outputs: BatchTemplate.Node
    }

    /// The traced step for batches like this one.
    func step(_ mode: Mode, _ template: BatchTemplate, _ types: [TensorType], model: Model) throws -> Step {
        let known = steps.withLock { steps in
            steps.last { $0.mode == mode && $0.types == types && $0.template == template }
        }
        if let known { return known }
        let step = try trace(mode, template, types, model)
        steps.withLock { steps in
            if steps.count >= 64 { steps.removeFirst() }
            steps.append(step)
        }
        return step
    }

    /// How many steps have been traced, for tests.
    var stepCount: Int { steps.withLock { $0.count } }

    /// Forgets all traced steps: after another `compile`, or a change of the model's layers.
    package func forgetSteps() {
        steps.withLock { $0 = [] }
        resultReader = nil
    }

    private func trace(_ mode: Mode, _ template: BatchTemplate, _ types: [TensorType], _ model: Model) throws -> Step {
        var outputs = BatchTemplate.Node.leaf
        let function = try PreparedFunction(name: "\(model.name).\(mode)", argumentTypes: types) { arguments in
            let batch = template.fill(arguments)
            switch mode {
            case .train:
                try trainStep(batch, model)
                return []
            case .test:
                try testStep(batch, model)
                return []
            case .predict:
                let result = try model.outputs(of: batch.x, training: false)
                outputs = BatchTemplate.Node(result)
                return result.leaves
            }
        }
        return Step(mode: mode, template: template, types: types, function: function, outputs: outputs)
    }

    // MARK: One step

    func requireSettings(_ model: Model, _ action: String) throws -> Settings {
        guard let settings else { throw KerasError.training(.notCompiled(model: model.name, action: action)) }
        return settings
    }

    /// Forward, losses, gradients, optimizer, metrics.
    func trainStep(_ batch: TrainingBatch, _ model: Model) throws {
        let settings = try requireSettings(model, "training")
        // Weights that a first call makes are to be there before gradients are asked for.
        if model.flattenedLayers.contains(where: { !$0.built }) {
            _ = try Trace.shapesOnly { try model.outputs(of: batch.x, training: true) }
        }
        let variables = model.trainableVariables
        guard !variables.isEmpty else { throw KerasError.training(.noVariables(model: model.name)) }
        if !settings.optimizer.isBuilt { try Trace.suspended { try settings.optimizer.build(variables) } }
        let (_, extra, gradients) = try valueAndGradient(of: variables) {
            let outputs = try model.outputs(of: batch.x, training: true)
            let loss = try self.loss(batch, outputs, model, settings)
            return (try settings.optimizer.scaled(loss), (loss: loss, outputs: outputs))
        }
        try settings.optimizer.apply(gradients, to: variables)
        try updateMetrics(batch, loss: extra.loss, outputs: extra.outputs, model, settings)
    }

    /// Forward, losses, metrics.
    func testStep(_ batch: TrainingBatch, _ model: Model) throws {
        let settings = try requireSettings(model, "evaluation")
        let outputs = try model.outputs(of: batch.x, training: false)
        let loss = try self.loss(batch, outputs, model, settings)
        try updateMetrics(batch, loss: loss, outputs: outputs, model, settings)
    }

    /// The outputs' weighted losses and what layers add.
    private func loss(_ batch: TrainingBatch, _ outputs: Structure<Tensor>, _ model: Model, _ settings: Settings) throws -> Tensor {
        let names = OutputNames(outputs, model: model)
        var terms: [Tensor] = []
        if let loss = settings.loss {
            let arranged = try arrange(batch, outputs, names, model, settings)
            if let value = try loss(arranged.targets, outputs.leaves, arranged.weights, names) { terms.append(value) }
        }
        for extra in try model.losses() {
            let value = extra.dtype.isFloatingPoint ? extra : try extra.cast(to: floatx())
            terms.append(value.rank == 0 ? value : try ops.sum(value))
        }
        guard var total = terms.first else { throw KerasError.training(.noLoss(model: model.name)) }
        for term in terms.dropFirst() { total = try total + term.cast(to: total.dtype) }
        return total
    }

    private func updateMetrics(
        _ batch: TrainingBatch, loss: Tensor, outputs: Structure<Tensor>, _ model: Model, _ settings: Settings
    ) throws {
        try settings.lossTracker.update(loss, sampleWeight: Tensor(Double(batch.count), dtype: settings.lossTracker.dtype))
        guard let metrics = settings.metrics else { return }
        let names = OutputNames(outputs, model: model)
        let arranged = try arrange(batch, outputs, names, model, settings)
        try metrics.update(arranged.targets, outputs.leaves, arranged.weights, names)
    }

    // MARK: Targets

    /// Targets and weights by the outputs' positions.
    private func arrange(
        _ batch: TrainingBatch, _ outputs: Structure<Tensor>, _ names: OutputNames, _ model: Model, _ settings: Settings
    ) throws -> (targets: [Tensor?], weights: [Tensor?]) {
        let count = outputs.leafCount
        guard let y = batch.y else {
            if settings.loss != nil { throw KerasError.trainingData(.missingTargets(model: model.name, action: "The loss")) }
            return (Array(repeating: nil, count: count), Array(repeating: nil, count: count))
        }
        let targets = try positions(of: y, names, model, settings)
        guard let given = batch.sampleWeight else { return (targets, Array(repeating: nil, count: count)) }
        if given.leafCount == 1, case .one(let weight) = given { return (targets, targets.map { $0 == nil ? nil : weight }) }
        let weights = try positions(of: given, names, model, settings, isWeight: true)
        return (targets, weights)
    }

    private func positions(
        of y: Structure<Tensor>, _ names: OutputNames, _ model: Model, _ settings: Settings, isWeight: Bool = false
    ) throws -> [Tensor?] {
        let count = names.names.count
        func wrongCount(_ got: Int) -> KerasError {
            isWeight
                ? .trainingData(.sampleWeightCount(expected: count, got: got))
                : .trainingData(.targetCount(model: model.name, expected: names.names, got: got))
        }
        if case .dictionary(let entries) = y {
            var result = [Tensor?](repeating: nil, count: count)
            for (key, value) in entries {
                guard let position = names.position(of: key), let leaf = value.single else {
                    throw KerasError.trainingData(.targetNames(model: model.name, expected: names.names, got: entries.map(\.key)))
                }
                result[position] = leaf
            }
            return result
        }
        let leaves = y.leaves
        if leaves.count == count { return leaves }
        // Targets for the outputs that have a loss only.
        guard let loss = settings.loss else { throw wrongCount(leaves.count) }
        let places = try loss.outputsWithLoss(names)
        guard places.count == leaves.count else { throw wrongCount(leaves.count) }
        var result = [Tensor?](repeating: nil, count: count)
        for (place, leaf) in zip(places, leaves) { result[place] = leaf }
        return result
    }

    // MARK: Metrics

    /// All metrics under the names of logs, in the order of Keras' `evaluate`: the loss, the outputs' losses,
    /// compiled metrics, then those that layers keep.
    var metricEntries: [(name: String, metric: Metric)] {
        guard let settings else { return [] }
        var entries: [(name: String, metric: Metric)] = [("loss", settings.lossTracker)]
        entries += (settings.loss?.metrics ?? []).map { ($0.name, $0) }
        entries += settings.metrics?.entries ?? []
        let own = (model?.flattenedLayers ?? []).flatMap { $0.parts(ofType: Metric.self) }
        entries += own.filter { metric in !entries.contains { $0.metric === metric } }.map { ($0.name, $0) }
        return entries
    }

    func resetMetrics() throws {
        for (_, metric) in metricEntries { try metric.resetState() }
    }

    /// The metrics so far, in Keras' order; one number each (the mean of a metric with several).
    func results() throws -> Logs {
        let entries = metricEntries.filter { $0.metric.isBuilt }
        if entries.isEmpty { return Logs() }
        let names = entries.map(\.name)
        if resultReader == nil || resultNames != names {
            resultNames = names
            let metrics = entries.map(\.metric)
            resultReader = TracedFunction(name: "metrics") { _ in
                [try ops.stack(metrics.map { metric in
                    let result = try metric.result().cast(to: .float32)
                    return result.rank == 0 ? result : try ops.mean(result)
                })]
            }
        }
        let values = try resultReader?([]).first?.array(Float.self) ?? []
        return Logs(zip(names, values).map { (name: $0, value: Double($1)) })
    }
}
