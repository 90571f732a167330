/// Sets the learning rate at the beginning of each epoch.
///
/// ```swift
/// let slower = LearningRateScheduler { epoch, rate in epoch < 10 ? rate : rate * 0.9 }
/// ```
///
/// The rate is logged as `learning_rate`. Source: `keras.callbacks.LearningRateScheduler`.
public final class LearningRateScheduler: Callback {
    private let isVerbose: Bool
    private let schedule: (Int, Double) throws -> Double

    /// - Parameter schedule: from the epoch (from 0) and the rate now to the new rate.
    public init(verbose: Bool = false, _ schedule: @escaping (_ epoch: Int, _ rate: Double) throws -> Double) {
        isVerbose = verbose
        self.schedule = schedule
    }

    override public func onEpochBegin(_ epoch: Int) throws {
        guard let optimizer = model?.optimizer else { return }
        let rate = try schedule(epoch, optimizer.learningRate)
        try optimizer.setLearningRate(rate)
        if isVerbose { model?.trainer.console.line("\nEpoch \(epoch + 1): the learning rate is \(rate).") }
    }

    override public func onEpochEnd(_ epoch: Int, logs: inout Logs) throws {
        logs["learning_rate"] = try model?.optimizer?.learningRate
    }
}

/// Makes the learning rate smaller when a number has stopped getting better.
///
/// The rate is logged as `learning_rate`. Source: `keras.callbacks.ReduceLROnPlateau`.
public final class ReduceLROnPlateau: Callback {
    private let factor, minLR: Double
    private let patience, cooldown: Int
    private let isVerbose: Bool
    private var monitor: Monitor
    private var best: Double?
    private var wait = 0
    private var cooling = 0

    /// - Parameters:
    ///   - factor: what the rate is multiplied by; 0 or more and below 1.
    ///   - patience: how many epochs without improvement are borne.
    ///   - cooldown: how many epochs after a change are not counted.
    ///   - minLR: the least rate.
    /// - Throws: `KerasError.invalidSetting` for a factor out of range.
    public init(
        monitor: String = "val_loss", factor: Double = 0.1, patience: Int = 10, verbose: Bool = false, mode: MonitorMode = .auto,
        minDelta: Double = 0.0001, cooldown: Int = 0, minLR: Double = 0
    ) throws {
        guard (0..<1).contains(factor) else {
            throw KerasError.invalidSetting(object: "ReduceLROnPlateau", argument: "factor", expected: "0 or more and below 1", got: "\(factor)")
        }
        self.monitor = Monitor(monitor, mode, minDelta: minDelta)
        self.factor = factor
        self.patience = patience
        isVerbose = verbose
        self.cooldown = cooldown
        self.minLR = minLR
    }

    override public func onTrainBegin() { (best, wait, cooling) = (nil, 0, 0) }

    override public func onEpochEnd(_ epoch: Int, logs: inout Logs) throws {
        try monitor.resolve(model, callback: "ReduceLROnPlateau")
        guard let optimizer = model?.optimizer else { return }
        let rate = try optimizer.learningRate
        logs["learning_rate"] = rate
        guard let current = logs[monitor.name] else {
            model?.trainer.console.line(monitor.warning("ReduceLROnPlateau", logs))
            return
        }
        if cooling > 0 {
            cooling -= 1
            wait = 0
        }
        if monitor.isImprovement(current, over: best) {
            best = current
            wait = 0
        } else if cooling == 0 {
            wait += 1
            guard wait >= patience, rate > Double(Float(minLR)) else { return }
            let lower = max(rate * factor, minLR)
            try optimizer.setLearningRate(lower)
            if isVerbose { model?.trainer.console.line("\nEpoch \(epoch + 1): the learning rate becomes \(lower).") }
            cooling = cooldown
            wait = 0
        }
    }
}
