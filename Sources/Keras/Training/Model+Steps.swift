/// What steps do that nobody has overridden, and the parts that steps of one's own are made from.
extension Model {
    /// Forward, loss, gradients, optimizer, metrics.
    func plainTrainStep(_ data: TrainingBatch) throws -> StepLogs {
        let settings = try trainer.requireSettings(self, "training")
        let variables = trainableVariables
        guard !variables.isEmpty else { throw KerasError.training(.noVariables(model: name)) }
        let (_, found, gradients) = try valueAndGradient(of: variables) {
            let yPred = try outputs(of: data.x, training: true)
            let loss = try labelled("loss") { try computeLoss(data, yPred: yPred) }
            return (try settings.optimizer.scaled(loss), (loss: loss, yPred: yPred))
        }
        try labelled("optimizer") { try settings.optimizer.apply(gradients, to: variables) }
        return try labelled("metrics") {
            try trackLoss(found.loss, of: data)
            return try computeMetrics(data, yPred: found.yPred)
        }
    }

    /// Forward, loss, metrics.
    func plainTestStep(_ data: TrainingBatch) throws -> StepLogs {
        let yPred = try outputs(of: data.x, training: false)
        let loss = try labelled("loss") { try computeLoss(data, yPred: yPred, training: false) }
        return try labelled("metrics") {
            try trackLoss(loss, of: data)
            return try computeMetrics(data, yPred: yPred)
        }
    }

    /// Computes a part of a step that plans and profiles call by this name.
    private func labelled<R>(_ part: String, _ body: () throws -> R) rethrows -> R { try Label.$current.withValue(part, operation: body) }

    // MARK: Parts of steps

    /// The loss of a batch: ``computeLoss(x:y:yPred:sampleWeight:training:)`` with what the batch holds.
    public func computeLoss(_ data: TrainingBatch, yPred: some Structured<Tensor>, training: Bool = true) throws -> Tensor {
        try computeLoss(x: data.x, y: data.y, yPred: yPred.structure, sampleWeight: data.sampleWeight, training: training)
    }

    /// The metrics after a batch: ``computeMetrics(x:y:yPred:sampleWeight:)`` with what the batch holds.
    public func computeMetrics(_ data: TrainingBatch, yPred: some Structured<Tensor>) throws -> StepLogs {
        try computeMetrics(x: data.x, y: data.y, yPred: yPred.structure, sampleWeight: data.sampleWeight)
    }

    /// Takes a batch's loss into the mean that logs call `loss`.
    ///
    /// - Parameters:
    ///   - loss: a scalar, as ``computeLoss(x:y:yPred:sampleWeight:training:)`` gives it.
    ///   - data: the batch; it counts by its samples.
    /// - Throws: `KerasError.training(.notCompiled)`.
    public func trackLoss(_ loss: Tensor, of data: TrainingBatch) throws {
        let tracker = try trainer.requireSettings(self, "training").lossTracker
        try tracker.update(loss, sampleWeight: Tensor(Double(data.count), dtype: tracker.dtype))
    }

    /// The results of ``metrics`` now, under the names of logs. Those that have seen nothing yet are left out.
    public func metricResults() throws -> StepLogs {
        let known = trainer.metricEntries(of: self).filter { $0.metric.isBuilt }
        return StepLogs(metrics: try known.map { (name: $0.name, value: try $0.metric.result()) })
    }
}

extension TrainingBatch {
    /// The only input.
    ///
    /// - Throws: `KerasError.trainingData(.notSingle)` if there are several; see ``x``.
    public var input: Tensor { get throws { try Self.single(x, "x", "input") } }

    /// The only target.
    ///
    /// - Throws: `KerasError.trainingData(.notSingle)` if there is none or several; see ``y``.
    public var target: Tensor { get throws { try Self.single(y ?? .list([]), "y", "target") } }

    private static func single(_ part: Structure<Tensor>, _ name: String, _ property: String) throws -> Tensor {
        guard let tensor = part.single else {
            throw KerasError.trainingData(.notSingle(part: name, property: property, count: part.leafCount))
        }
        return tensor
    }
}
