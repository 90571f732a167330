/// One pass over data without training.
struct EvaluationRun {
    let model: Model
    let feed: any Feed
    let steps: Int?

    /// - Returns: the metrics in Keras' order, the loss first.
    func run(_ progress: Progress, showsSteps: Bool = false) throws -> Logs {
        let trainer = model.trainer
        let settings = try trainer.requireSettings(model, "evaluate")
        try progress.each { try $0.onTestBegin() }
        try trainer.resetMetrics()
        try feed.restart()
        var step = 0
        while step < steps ?? .max, let batch = try feed.next() {
            if progress.hasCallbacks { try progress.each { try $0.onTestBatchBegin(step) } }
            try trainer.run(.test, batch, model, settings)
            if progress.hasCallbacks {
                let logs = trainer.lazyResults()
                try progress.each { try $0.onTestBatchEnd(step, logs: logs) }
            }
            step += 1
            if showsSteps { try progress.stepped(step) { try trainer.results().sorted() } }
            if trainer.isInterrupted() { break }
        }
        if step == 0 { throw KerasError.trainingData(.emptyData(argument: "The data set")) }
        let logs = try trainer.results()
        try progress.each { try $0.onTestEnd(logs: logs.sorted()) }
        return logs
    }
}

extension Model {
    /// The loss and metrics on arrays, without training.
    ///
    /// ```swift
    /// let scores = try model.evaluate(xTest, yTest, verbose: .line)
    /// scores["accuracy"]
    /// ```
    ///
    /// - Parameters: as of ``fit(_:_:batchSize:epochs:verbose:callbacks:validationSplit:validationData:shuffle:classWeight:sampleWeight:initialEpoch:stepsPerEpoch:validationSteps:validationBatchSize:validationFreq:)``.
    /// - Returns: the numbers by name, the loss first.
    /// - Throws: `KerasError` if the model is not compiled, or data and model do not suit each other.
    @discardableResult
    public func evaluate(
        _ x: some Structured<Tensor>, _ y: (any Structured<Tensor>)? = nil, batchSize: Int? = nil, verbose: Verbosity = .auto,
        sampleWeight: (any Structured<Tensor>)? = nil, steps: Int? = nil, callbacks: [Callback] = []
    ) throws -> Logs {
        _ = try trainer.requireSettings(self, "evaluate")
        try RunChecks.atLeast(1, "batchSize", batchSize, of: "evaluate")
        try RunChecks.atLeast(1, "steps", steps, of: "evaluate")
        let data = try TrainingData(model: self).arrays(x: x.structure, y: y?.structure, sampleWeight: sampleWeight?.structure)
        let size = batchSize ?? steps.map { max(1, (data.count + $0 - 1) / $0) } ?? 32
        return try evaluate(ArrayFeed(data, batchSize: size, shuffles: false), verbose, steps, callbacks)
    }

    /// The loss and metrics on a data set that yields batches.
    @discardableResult
    public func evaluate(
        _ dataset: Dataset, verbose: Verbosity = .auto, steps: Int? = nil, callbacks: [Callback] = []
    ) throws -> Logs {
        _ = try trainer.requireSettings(self, "evaluate")
        try RunChecks.atLeast(1, "steps", steps, of: "evaluate")
        if dataset.isEndless, steps == nil { throw KerasError.trainingData(.endlessDataset(action: "Evaluation")) }
        let checks = TrainingData(model: self)
        return try evaluate(DatasetFeed(dataset) { try checks.batch($0) }, verbose, steps, callbacks)
    }

    private func evaluate(_ feed: any Feed, _ verbose: Verbosity, _ steps: Int?, _ callbacks: [Callback]) throws -> Logs {
        let progress = Progress(self, callbacks, verbose: verbose, epochs: 1, steps: steps ?? feed.batchCount)
        progress.begin()
        let logs = try Interrupt.listening {
            try EvaluationRun(model: self, feed: feed, steps: steps).run(progress, showsSteps: true)
        }
        progress.end(logs.sorted())
        return logs
    }
}
