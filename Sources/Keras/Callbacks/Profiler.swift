/// Records where the time of a few steps goes, kernel by kernel under the names of layers, and writes it to a file.
///
/// ```swift
/// try model.fit(x, y, callbacks: [Profiler(to: "trace.json", batches: 2..<5)])
/// ```
///
/// A file whose name ends in `.txt` gets a table of kernels by time; any other a trace for Perfetto (ui.perfetto.dev) or Chrome
/// (chrome://tracing). `KERAS_PROFILE=trace.json` in the environment records a whole program without a callback. Steps that run on
/// another engine than the processor's show as a whole.
///
/// Source: the idea of `profile_batch` of `keras.callbacks.TensorBoard`.
public final class Profiler: Callback {
    private enum Run { case training, test, prediction }

    /// Where the record is written.
    public let path: String
    /// The steps that are recorded, counted from 0 over all epochs of a run.
    public let batches: Range<Int>
    private let profile = RunProfile()
    /// The run that the callback was given to; tests within training do not count.
    private var run: Run?
    private var seen = 0
    private var isRecording = false

    /// - Parameters:
    ///   - path: the file to write.
    ///   - batches: the steps to record. The first two are slower than others: they are planned, and memory is new.
    public init(to path: String = "trace.json", batches: Range<Int> = 2..<5) {
        self.path = path
        self.batches = batches
    }

    override public func onTrainBegin() { begin(.training) }
    override public func onTestBegin() { begin(.test) }
    override public func onPredictBegin() { begin(.prediction) }
    override public func onTrainBatchBegin(_ batch: Int) { beginBatch(.training) }
    override public func onTestBatchBegin(_ batch: Int) { beginBatch(.test) }
    override public func onPredictBatchBegin(_ batch: Int) { beginBatch(.prediction) }
    override public func onTrainBatchEnd(_ batch: Int, logs: Logs) throws { try endBatch(.training) }
    override public func onTestBatchEnd(_ batch: Int, logs: Logs) throws { try endBatch(.test) }
    override public func onPredictBatchEnd(_ batch: Int) throws { try endBatch(.prediction) }
    override public func onTrainEnd(logs: Logs) throws { try end(.training) }
    override public func onTestEnd(logs: Logs) throws { try end(.test) }
    override public func onPredictEnd() throws { try end(.prediction) }

    private func begin(_ kind: Run) {
        guard run == nil else { return }
        run = kind
        seen = 0
    }

    private func beginBatch(_ kind: Run) {
        guard kind == run, batches.contains(seen), !isRecording else { return }
        profile.start()
        isRecording = true
    }

    private func endBatch(_ kind: Run) throws {
        guard kind == run else { return }
        seen += 1
        if seen >= batches.upperBound { try finish() }
    }

    private func end(_ kind: Run) throws {
        guard kind == run else { return }
        run = nil
        try finish()
    }

    private func finish() throws {
        guard isRecording else { return }
        profile.stop()
        isRecording = false
        try profile.write(to: path)
    }

    // A run that an error ends never says that it ends.
    deinit { profile.stop() }
}
