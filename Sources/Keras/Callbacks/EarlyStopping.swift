/// Ends training when a number has stopped getting better.
///
/// ```swift
/// let stop = EarlyStopping(monitor: "val_loss", patience: 3, restoreBestWeights: true)
/// try model.fit(x, y, epochs: 100, callbacks: [stop], validationSplit: 0.2)
/// ```
///
/// Source: `keras.callbacks.EarlyStopping`.
public final class EarlyStopping: Callback {
    public let patience, startFromEpoch: Int
    public let baseline: Double?
    public let restoreBestWeights, isVerbose: Bool
    /// The epoch, from 0, at whose end training was ended; 0 if it was not.
    public private(set) var stoppedEpoch = 0
    /// The best value so far, and its epoch.
    public private(set) var best: Double?
    public private(set) var bestEpoch = 0
    private var monitor: Monitor
    private var wait = 0
    private var bestWeights: [Tensor]?

    /// - Parameters:
    ///   - monitor: the name in the logs.
    ///   - minDelta: a change of less is none.
    ///   - patience: how many epochs without improvement are borne.
    ///   - verbose: whether to say when training is ended.
    ///   - mode: which way the number is better.
    ///   - baseline: waiting starts anew only for values better than this.
    ///   - restoreBestWeights: whether the model gets the weights of the best epoch in the end.
    ///   - startFromEpoch: earlier epochs are not looked at.
    public init(
        monitor: String = "val_loss", minDelta: Double = 0, patience: Int = 0, verbose: Bool = false, mode: MonitorMode = .auto,
        baseline: Double? = nil, restoreBestWeights: Bool = false, startFromEpoch: Int = 0
    ) {
        self.monitor = Monitor(monitor, mode, minDelta: minDelta)
        self.patience = patience
        isVerbose = verbose
        self.baseline = baseline
        self.restoreBestWeights = restoreBestWeights
        self.startFromEpoch = startFromEpoch
    }

    override public func onTrainBegin() {
        (wait, stoppedEpoch, best, bestWeights, bestEpoch) = (0, 0, nil, nil, 0)
    }

    override public func onEpochEnd(_ epoch: Int, logs: inout Logs) throws {
        try monitor.resolve(model, callback: "EarlyStopping")
        guard let current = logs[monitor.name] else {
            model?.trainer.console.line(monitor.warning("EarlyStopping", logs))
            return
        }
        guard epoch >= startFromEpoch else { return }
        if restoreBestWeights, bestWeights == nil { try keep(epoch) }
        wait += 1
        if monitor.isImprovement(current, over: best) {
            best = current
            bestEpoch = epoch
            if restoreBestWeights { try keep(epoch) }
            if baseline == nil || monitor.isImprovement(current, over: baseline) { wait = 0 }
        } else if wait >= patience, epoch > 0 {
            stoppedEpoch = epoch
            model?.stopTraining = true
        }
    }

    private func keep(_ epoch: Int) throws {
        bestWeights = try model?.getWeights()
        bestEpoch = epoch
    }

    override public func onTrainEnd(logs: Logs) throws {
        if stoppedEpoch > 0, isVerbose { model?.trainer.console.line("Epoch \(stoppedEpoch + 1): early stopping") }
        guard restoreBestWeights, let bestWeights else { return }
        if isVerbose { model?.trainer.console.line("The weights are again those of the best epoch, \(bestEpoch + 1).") }
        try model?.setWeights(bestWeights)
    }
}
