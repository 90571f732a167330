extension Model {
    /// Says how the model is trained: by which optimizer, to make which loss small, watched by which metrics.
    ///
    /// ```swift
    /// try model.compile(optimizer: .rmsprop(1e-3), loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
    /// try model.compile(optimizer: "adam", loss: "mse")
    /// ```
    ///
    /// - Parameters:
    ///   - optimizer: an ``Optimizer``, or Keras' name of one.
    ///   - loss: a ``Loss``, or Keras' name of one, for all outputs; nil: only what layers add.
    ///   - metrics: watched without sample weights.
    ///   - weightedMetrics: watched with sample weights.
    ///   - lossWeights: how much each output's loss counts; nil: all alike.
    ///   - runEagerly: whether steps run operation by operation, so that `call` may read tensors' numbers.
    ///   - stepsPerExecution: the number of steps between looks at callbacks, progress and Ctrl-C.
    /// - Throws: `KerasError.unknownName` for a name that is not known; what making the optimizer throws.
    public func compile(
        optimizer: any OptimizerConvertible = "rmsprop", loss: (any LossConvertible)? = nil, metrics: Metrics = [],
        weightedMetrics: Metrics = [], lossWeights: LossWeights? = nil, runEagerly: Bool = false, stepsPerExecution: Int = 1
    ) throws {
        try compile(
            optimizer, loss.map { Losses(.single($0)) }, metrics, weightedMetrics, lossWeights, runEagerly, stepsPerExecution)
    }

    /// Says how a model with several outputs is trained: losses by position or by the outputs' names.
    ///
    /// ```swift
    /// try router.compile(optimizer: .rmsprop(1e-3),
    ///                    loss: ["priority": .binaryCrossentropy(fromLogits: true), "department": "categorical_crossentropy"],
    ///                    lossWeights: ["priority": 1.0, "department": 0.2])
    /// ```
    ///
    /// - Throws: also `KerasError.training(.outputKeys)` or `.outputCount`, at the first step, for losses that do not fit the outputs.
    public func compile(
        optimizer: any OptimizerConvertible = "rmsprop", loss: Losses, metrics: Metrics = [], weightedMetrics: Metrics = [],
        lossWeights: LossWeights? = nil, runEagerly: Bool = false, stepsPerExecution: Int = 1
    ) throws {
        try compile(optimizer, loss, metrics, weightedMetrics, lossWeights, runEagerly, stepsPerExecution)
    }

    func compile(
        _ optimizer: any OptimizerConvertible, _ losses: Losses?, _ metrics: Metrics, _ weightedMetrics: Metrics,
        _ lossWeights: LossWeights?, _ runEagerly: Bool, _ stepsPerExecution: Int
    ) throws {
        try RunChecks.atLeast(1, "stepsPerExecution", stepsPerExecution, of: "compile")
        for choice in losses?.choices ?? [] { _ = try choice.makeLoss() }
        for choice in metrics.choices + weightedMetrics.choices { _ = try choice.makeMetric() }
        let settings = Trainer.Settings(
            optimizer: try optimizer.makeOptimizer(), loss: losses.map { CompiledLoss($0, weights: lossWeights) },
            metrics: metrics.isEmpty && weightedMetrics.isEmpty ? nil : CompiledMetrics(metrics, weighted: weightedMetrics),
            runEagerly: runEagerly, stepsPerExecution: stepsPerExecution)
        try checkOutputs(settings)
        trainer.settings = settings
        trainer.model = self
        trainer.forgetSteps()
    }

    /// For a graph, names and counts of outputs are known now.
    private func checkOutputs(_ settings: Trainer.Settings) throws {
        guard let outputs = outputStructure else { return }
        let names = OutputNames(outputs, layers: outputNames)
        _ = try settings.loss?.outputsWithLoss(names)
        try settings.loss?.checkWeights(names)
        try settings.metrics?.check(names)
    }

    /// The optimizer that `compile` set, nil before.
    public var optimizer: Optimizer? { trainer.settings?.optimizer }

    /// Whether `compile` was called.
    public var isCompiled: Bool { trainer.settings != nil }

    /// Set to true by a callback to end training after the current step, evaluation included.
    public var stopTraining: Bool {
        get { trainer.stopTraining }
        set { trainer.stopTraining = newValue }
    }

    /// The history of the latest `fit`, nil before.
    public var history: History? { trainer.history }

    /// The names of losses and metrics, as logs have them; complete after the first step.
    public var metricNames: [String] { trainer.metricEntries.map(\.name) }

    /// Makes all metrics begin anew.
    public func resetMetrics() throws { try trainer.resetMetrics() }
}

extension Losses {
    var choices: [any LossConvertible] {
        switch content {
        case .single(let loss): [loss].compactMap { $0 }
        case .list(let list): list.compactMap { $0 }
        case .dictionary(let entries): entries.compactMap(\.value)
        }
    }
}

extension Metrics {
    var choices: [any MetricConvertible] {
        switch content {
        case .list(let list): list
        case .perOutput(let lists): lists.flatMap { $0 }
        case .dictionary(let entries): entries.flatMap(\.value)
        }
    }
}
