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
    /// What the latest loading of weights did.
    var loadReport: LoadReport?
    /// The epoch that a run is to go on with, set by a callback at its beginning.
    var restoredEpoch: Int?
    /// From what the order of samples follows, together with the number of updates so far: uint32 `[2]`, drawn when it is first needed.
    private(set) var sampleOrderKey: Variable?

    /// Traced steps by what they do, the batch's arrangement and its types.
    private let steps = Mutex<[Step]>([])
    private var resultReader: TracedFunction?
    private var resultNames: [String] = []
    /// What the latest step reported, if that is something else than the model's metrics.
    private(set) var latest: [StepLogs.Element]?

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
        /// The names of what the step reports; nil: the model's metrics.
        let logNames: [String]?
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
        var logNames: [String]?
        let function = try PreparedFunction(name: "\(model.name).\(mode)", argumentTypes: types, takesBatches: true) { arguments in
            let batch = template.fill(arguments)
            switch mode {
            case .train, .test:
                let logs = try run(mode, batch, model)
                // Metrics are read when somebody looks.
                if logs.areMetrics { return [] }
                logNames = logs.names
                return logs.map(\.value)
            case .predict:
                let result = try model.predictStep(batch)
                outputs = BatchTemplate.Node(result)
                return result.leaves
            }
        }
        return Step(mode: mode, template: template, types: types, function: function, outputs: outputs, logNames: logNames)
    }

    /// One step with the model's own code.
    private func run(_ mode: Mode, _ batch: TrainingBatch, _ model: Model) throws -> StepLogs {
        try prepare(batch, model)
        return mode == .train ? try model.trainStep(batch) : try model.testStep(batch)
    }

    /// Makes the weights that a first call makes, which are to be there before gradients are asked for; for steps of a user's also
    /// the metrics that go by the shapes of targets and outputs.
    private func prepare(_ batch: TrainingBatch, _ model: Model) throws {
        let unbuilt = model.flattenedLayers.filter { !$0.built && $0 !== model }
        let mayOverride = type(of: model) != Model.self && type(of: model) != Sequential.self
        let needsShapes = mayOverride && (settings?.metrics?.isBuilt == false || settings?.loss?.isBuilt == false)
        guard !unbuilt.isEmpty || !model.built || needsShapes else { return }
        let outputs: Structure<Tensor>
        do {
            outputs = try Trace.shapesOnly { try model.outputs(of: batch.x, training: true) }
        } catch {
            // The step may never call the model itself; if it does, it says what is wrong.
            if unbuilt.isEmpty { return }
            if case KerasError.callNotImplemented(let place, _) = error, place.name == model.name {
                throw KerasError.training(.cannotBuild(model: model.name, layers: unbuilt.map(\.name)))
            }
            throw error
        }
        guard needsShapes else { return }
        let names = OutputNames(outputs, model: model)
        guard let arranged = try? TargetArrangement(
            y: batch.y, sampleWeight: batch.sampleWeight, names: names, model: model, loss: settings?.loss)
        else { return }
        try settings?.metrics?.buildIfNeeded(arranged.targets, outputs.leaves, names)
        try settings?.loss?.buildIfNeeded(arranged.targets, outputs.leaves, names)
    }

    /// Runs one step and keeps what it reports.
    func run(_ mode: Mode, _ batch: FeedBatch, _ model: Model, _ settings: Settings) throws {
        if settings.runEagerly {
            let logs = try run(mode, batch.tensors, model)
            latest = logs.areMetrics ? nil : Array(logs)
            // What the step assigned is computed now.
            try evaluate(logs.map(\.value))
            return
        }
        let step = try step(mode, batch.template, batch.types, model: model)
        let values = try step.function.run(batch.buffers)
        latest = step.logNames.map { zip($0, values).map { (name: $0, value: $1) } }
    }

    // MARK: Parts of steps

    func requireSettings(_ model: Model, _ action: String) throws -> Settings {
        guard let settings else { throw KerasError.training(.notCompiled(model: model.name, action: action)) }
        return settings
    }

    /// The outputs' weighted losses and what layers add.
    func loss(
        y: Structure<Tensor>?, yPred: Structure<Tensor>, sampleWeight: Structure<Tensor>?, of model: Model
    ) throws -> Tensor {
        let settings = try requireSettings(model, "training")
        var terms: [Tensor] = []
        if let loss = settings.loss {
            let names = OutputNames(yPred, model: model)
            let arranged = try TargetArrangement(y: y, sampleWeight: sampleWeight, names: names, model: model, loss: loss)
            if let value = try loss(arranged.targets, yPred.leaves, arranged.weights, names) { terms.append(value) }
        }
        for extra in try model.losses() {
            let value = extra.dtype.isFloatingPoint ? extra : try extra.cast(to: floatx())
            terms.append(value.rank == 0 ? value : try ops.sum(value))
        }
        guard var total = terms.first else { throw KerasError.training(.noLoss(model: model.name)) }
        for term in terms.dropFirst() { total = try total + term.cast(to: total.dtype) }
        return total
    }

    /// Takes a batch into the compiled metrics.
    func updateMetrics(y: Structure<Tensor>?, yPred: Structure<Tensor>, sampleWeight: Structure<Tensor>?, of model: Model) throws {
        guard let settings, let metrics = settings.metrics else { return }
        let names = OutputNames(yPred, model: model)
        let arranged = try TargetArrangement(y: y, sampleWeight: sampleWeight, names: names, model: model, loss: settings.loss)
        try metrics.update(arranged.targets, yPred.leaves, arranged.weights, names)
    }

    // MARK: Metrics

    /// All metrics in the order of Keras' `evaluate`: the loss, the outputs' losses, compiled metrics, then those that the model and
    /// its layers keep. Models inside the model keep theirs for themselves.
    func metrics(of model: Model) -> [Metric] {
        var metrics: [Metric] = []
        if let settings {
            metrics.append(settings.lossTracker)
            metrics += settings.loss?.metrics ?? []
            metrics += (settings.metrics?.entries ?? []).map(\.metric)
        }
        let layers = model.flattenedLayers.filter { $0 === model || !($0 is Model) }
        for metric in layers.flatMap({ $0.parts(ofType: Metric.self) }) where !metrics.contains(where: { $0 === metric }) {
            metrics.append(metric)
        }
        return metrics
    }

    /// The model's metrics under the names of logs.
    func metricEntries(of model: Model) -> [(name: String, metric: Metric)] {
        let compiled = settings?.metrics?.entries ?? []
        return model.metrics.map { metric in (compiled.first { $0.metric === metric }?.name ?? metric.name, metric) }
    }

    /// The same of the model that this trains.
    var metricEntries: [(name: String, metric: Metric)] { model.map { metricEntries(of: $0) } ?? [] }

    // MARK: The order of samples

    @discardableResult
    func makeSampleOrderKey() throws -> Variable {
        if let sampleOrderKey { return sampleOrderKey }
        let key = try Variable(SeedGenerator().state.value, name: "sample_order", trainable: false)
        sampleOrderKey = key
        return key
    }

    /// Forgets what the order of samples follows from, also a file's: it is drawn again, by the seed of all random numbers.
    package func redrawSampleOrder() { sampleOrderKey = nil }

    /// What the samples of a pass are shuffled by: training that goes on from a file takes them as it would have without a break.
    func passRandom() throws -> HostRandom {
        let key = try makeSampleOrderKey().value.array(UInt32.self).reduce(UInt64(0)) { $0 << 32 | UInt64($1) }
        let updates = try settings?.optimizer.iterations.value.item(Int.self) ?? 0
        var mixed = HostRandom(seed: key ^ UInt64(truncatingIfNeeded: updates))
        return HostRandom(seed: mixed.next())
    }

    func resetMetrics() throws {
        latest = nil
        settings?.loss?.dropRestored()
        settings?.metrics?.dropRestored()
        for metric in model?.metrics ?? [] {
            metric.dropRestored()
            try metric.resetState()
        }
    }

    /// What the latest step reported: its own numbers, or the metrics so far in Keras' order; one number each (the mean of several).
    func results() throws -> Logs {
        if let latest { return try Self.read(latest) }
        return try metricNumbers()
    }

    private static func read(_ entries: [StepLogs.Element]) throws -> Logs {
        try evaluate(entries.map(\.value))
        return Logs(try entries.map { name, value in
            let numbers = try value.cast(to: .float32).array(Float.self)
            return (name: name, value: Double(numbers.reduce(0, +)) / Double(max(numbers.count, 1)))
        })
    }

    private func metricNumbers() throws -> Logs {
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
