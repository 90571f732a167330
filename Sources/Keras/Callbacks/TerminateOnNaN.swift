/// Ends training when the loss is NaN or infinite.
///
/// Source: `keras.callbacks.TerminateOnNaN`.
public final class TerminateOnNaN: Callback {
    private let throwsError: Bool

    /// - Parameter raiseError: whether `fit` throws `KerasError.training(.invalidLoss)` rather than returning.
    public init(raiseError: Bool = false) { throwsError = raiseError }

    override public func onTrainBatchEnd(_ batch: Int, logs: Logs) throws {
        guard let loss = logs["loss"], !loss.isFinite else { return }
        if throwsError { throw KerasError.training(.invalidLoss(batch: batch, value: "\(loss)")) }
        model?.trainer.console.line("\nBatch \(batch): the loss is \(loss); training ends.")
        model?.stopTraining = true
    }
}
