/// One call of `fit`.
struct FitRun {
    let model: Model
    let feed: any Feed
    let validation: (any Feed)?
    let epochs, initialEpoch: Int
    let stepsPerEpoch, validationSteps: Int?
    let validationFreq: ValidationFrequency

    private var trainer: Trainer { model.trainer }

    func run(_ verbose: Verbosity, _ callbacks: [Callback]) throws -> History {
        let settings = try trainer.requireSettings(model, "fit")
        let history = History()
        trainer.history = history
        trainer.stopTraining = false
        trainer.restoredEpoch = nil
        let progress = Progress(model, callbacks, verbose: verbose, epochs: epochs, steps: stepsPerEpoch ?? feed.batchCount)
        history.model = model
        var logs = Logs()
        history.onTrainBegin()
        try progress.each { try $0.onTrainBegin() }
        // A callback may have brought back a state from later on.
        let start = trainer.restoredEpoch ?? initialEpoch
        trainer.restoredEpoch = nil
        for epoch in start..<max(start, epochs) {
            try trainer.resetMetrics()
            try progress.each { try $0.onEpochBegin(epoch) }
            progress.beginEpoch(epoch)
            let steps = try self.epoch(settings, progress)
            logs = try trainer.results().sorted()
            if trainer.isInterrupted() {
                progress.abandon(logs)
                trainer.console.line("Interrupted in epoch \(epoch + 1), after step \(steps).")
                break
            }
            if progress.steps == nil { progress.steps = steps }
            if let validation, validationFreq.includes(epoch) {
                let results = try EvaluationRun(model: model, feed: validation, steps: validationSteps).run(progress)
                for (name, value) in results.sorted() { logs["val_\(name)"] = value }
            }
            try progress.each { try $0.onEpochEnd(epoch, logs: &logs) }
            progress.end(logs)
            history.onEpochEnd(epoch, logs: &logs)
            if trainer.stopTraining || trainer.isInterrupted() { break }
        }
        try settings.optimizer.finalizeVariables()
        try progress.each { try $0.onTrainEnd(logs: logs) }
        return history
    }

    /// - Returns: the number of steps done.
    private func epoch(_ settings: Trainer.Settings, _ progress: Progress) throws -> Int {
        if stepsPerEpoch == nil { try feed.restart() }
        let limit = stepsPerEpoch ?? .max
        var step = 0
        var batch = try nextBatch(isFirst: true)
        while step < limit, batch != nil {
            let first = step
            if progress.hasCallbacks { try progress.each { try $0.onTrainBatchBegin(first) } }
            let groupEnd = min(limit, step + settings.stepsPerExecution)
            while step < groupEnd, let current = batch {
                try trainer.run(.train, current, model, settings)
                step += 1
                batch = step < limit ? try nextBatch(isFirst: false) : nil
            }
            if progress.hasCallbacks {
                let logs = trainer.lazyResults()
                try progress.each { try $0.onTrainBatchEnd(step - 1, logs: logs) }
            }
            try progress.stepped(step) { try trainer.results().sorted() }
            if trainer.stopTraining || trainer.isInterrupted() { break }
        }
        if step == 0 { throw KerasError.trainingData(.emptyData(argument: "The data set")) }
        return step
    }

    /// With `stepsPerEpoch`, a pass goes on over epochs, and a new one begins where one ends at an epoch's beginning.
    private func nextBatch(isFirst: Bool) throws -> FeedBatch? {
        if let batch = try feed.next() { return batch }
        guard stepsPerEpoch != nil else { return nil }
        try feed.restart()
        return isFirst ? try feed.next() : nil
    }
}

extension Trainer {
    /// The results, read when somebody looks.
    func lazyResults() -> Logs {
        Logs(later: { [unowned self] in (try? self.results().sorted().entries) ?? [] })
    }
}
