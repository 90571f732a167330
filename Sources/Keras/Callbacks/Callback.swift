/// Something that is told how a run goes, and may end it.
///
/// ```swift
/// final class Notes: Callback {
///     override func onEpochEnd(_ epoch: Int, logs: inout Logs) throws {
///         if (logs["accuracy"] ?? 0) > 0.95 { model?.stopTraining = true }
///     }
/// }
/// try model.fit(x, y, callbacks: [Notes()])
/// ```
///
/// Epochs and batches are counted from 0. The numbers of a batch are those of the epoch so far; they are read only when a
/// callback looks at them. Source: `keras.callbacks.Callback`.
open class Callback {
    /// The model of the run.
    public internal(set) weak var model: Model?
    /// What the run was started with.
    public internal(set) var parameters = RunParameters(epochs: 1, steps: nil)

    public init() {}

    open func onTrainBegin() throws {}
    open func onTrainEnd(logs: Logs) throws {}
    open func onEpochBegin(_ epoch: Int) throws {}
    /// What is changed in `logs` is seen by later callbacks and the history.
    open func onEpochEnd(_ epoch: Int, logs: inout Logs) throws {}
    open func onTrainBatchBegin(_ batch: Int) throws {}
    open func onTrainBatchEnd(_ batch: Int, logs: Logs) throws {}

    open func onTestBegin() throws {}
    open func onTestEnd(logs: Logs) throws {}
    open func onTestBatchBegin(_ batch: Int) throws {}
    open func onTestBatchEnd(_ batch: Int, logs: Logs) throws {}

    open func onPredictBegin() throws {}
    open func onPredictEnd() throws {}
    open func onPredictBatchBegin(_ batch: Int) throws {}
    open func onPredictBatchEnd(_ batch: Int) throws {}
}

/// What a run was started with.
public struct RunParameters: Sendable {
    public var epochs: Int
    /// The number of steps of an epoch, nil if it is not known.
    public var steps: Int?
}

/// A callback made of functions.
///
/// ```swift
/// let printer = LambdaCallback(onEpochEnd: { epoch, logs in print(epoch, logs) })
/// ```
///
/// Source: `keras.callbacks.LambdaCallback`.
public final class LambdaCallback: Callback {
    private let epochBegin: ((Int) throws -> Void)?
    private let epochEnd: ((Int, Logs) throws -> Void)?
    private let trainBegin: (() throws -> Void)?
    private let trainEnd: ((Logs) throws -> Void)?
    private let trainBatchBegin: ((Int) throws -> Void)?
    private let trainBatchEnd: ((Int, Logs) throws -> Void)?

    public init(
        onEpochBegin: ((Int) throws -> Void)? = nil, onEpochEnd: ((Int, Logs) throws -> Void)? = nil,
        onTrainBegin: (() throws -> Void)? = nil, onTrainEnd: ((Logs) throws -> Void)? = nil,
        onTrainBatchBegin: ((Int) throws -> Void)? = nil, onTrainBatchEnd: ((Int, Logs) throws -> Void)? = nil
    ) {
        epochBegin = onEpochBegin
        epochEnd = onEpochEnd
        trainBegin = onTrainBegin
        trainEnd = onTrainEnd
        trainBatchBegin = onTrainBatchBegin
        trainBatchEnd = onTrainBatchEnd
    }

    override public func onEpochBegin(_ epoch: Int) throws { try epochBegin?(epoch) }
    override public func onEpochEnd(_ epoch: Int, logs: inout Logs) throws { try epochEnd?(epoch, logs) }
    override public func onTrainBegin() throws { try trainBegin?() }
    override public func onTrainEnd(logs: Logs) throws { try trainEnd?(logs) }
    override public func onTrainBatchBegin(_ batch: Int) throws { try trainBatchBegin?(batch) }
    override public func onTrainBatchEnd(_ batch: Int, logs: Logs) throws { try trainBatchEnd?(batch, logs) }
}
