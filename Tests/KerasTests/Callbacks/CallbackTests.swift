import Foundation
import Testing

@testable import Keras

@Suite(.serialized, .ownSession) struct CallbackTests {
    let x, y: Tensor

    init() throws {
        x = try TrainingFixture.pattern([32, 3], 1)
        y = try TrainingFixture.pattern([32, 1], 2)
    }

    private func model(_ rate: Double = 0.1, _ printed: Printed = Printed()) throws -> Model {
        let inputs = Input(shape: [3])
        let model = try Model(inputs: inputs, outputs: Dense(1)(inputs))
        try model.compile(optimizer: .sgd(rate), loss: "mse", metrics: ["mae"])
        model.trainer.console = printed.console()
        return model
    }

    /// Puts numbers of its own into the logs, for callbacks after it.
    private final class Script: Callback {
        let values: [Double]
        init(_ values: [Double]) { self.values = values }
        override func onEpochEnd(_ epoch: Int, logs: inout Logs) { logs["val_loss"] = values[epoch] }
    }

    private func run(_ callback: Callback, _ values: [Double], _ model: Model? = nil) throws -> History {
        let model = try model ?? self.model()
        return try model.fit(x, y, epochs: values.count, verbose: .silent, callbacks: [Script(values), callback])
    }

    @Test func orderOfCalls() throws {
        final class Recorder: Callback {
            var calls: [String] = []
            override func onTrainBegin() { calls.append("train") }
            override func onTrainEnd(logs: Logs) { calls.append("end \(logs.names)") }
            override func onEpochBegin(_ epoch: Int) { calls.append("epoch \(epoch)") }
            override func onEpochEnd(_ epoch: Int, logs: inout Logs) { calls.append("epoch end \(logs.names)") }
            override func onTrainBatchBegin(_ batch: Int) { calls.append("batch \(batch)") }
            override func onTrainBatchEnd(_ batch: Int, logs: Logs) { calls.append("batch end \(logs.names)") }
            override func onTestBegin() { calls.append("test") }
            override func onTestEnd(logs: Logs) { calls.append("test end") }
            override func onTestBatchEnd(_ batch: Int, logs: Logs) { calls.append("test batch \(batch)") }
        }
        let recorder = Recorder()
        try model().fit(x, y, batchSize: 16, verbose: .silent, callbacks: [recorder], validationSplit: 0.25)
        #expect(recorder.calls == [
            "train", "epoch 0", "batch 0", "batch end [\"loss\", \"mae\"]", "batch 1", "batch end [\"loss\", \"mae\"]", "test", "test batch 0", "test end",
            "epoch end [\"loss\", \"mae\", \"val_loss\", \"val_mae\"]", "end [\"loss\", \"mae\", \"val_loss\", \"val_mae\"]",
        ])
        #expect(recorder.parameters.steps == 2)
    }

    @Test func batchNumbersAreThoseOfTheEpochSoFar() throws {
        var seen: [Double] = []
        let callback = LambdaCallback(onTrainBatchEnd: { _, logs in seen.append(logs["loss"] ?? .nan) })
        let model = try model()
        let history = try model.fit(x, y, batchSize: 8, verbose: .silent, callbacks: [callback], shuffle: false)
        #expect(seen.count == 4)
        #expect(seen.last == history["loss"].last)
    }

    @Test func stoppingByACallback() throws {
        let model = try model()
        var batches = 0
        let callback = LambdaCallback(onTrainBatchEnd: { batch, _ in
            batches += 1
            if batch == 1 { model.stopTraining = true }
        })
        let history = try model.fit(x, y, batchSize: 8, epochs: 5, verbose: .silent, callbacks: [callback])
        #expect(batches == 2)
        #expect(history.epoch == [0])
    }

    @Test func earlyStopping() throws {
        let stop = EarlyStopping(patience: 2)
        #expect(try run(stop, [1, 0.5, 0.6, 0.7, 0.4]).epoch == [0, 1, 2, 3])
        #expect(stop.stoppedEpoch == 3)
        #expect(stop.best == 0.5)
        #expect(stop.bestEpoch == 1)
        #expect(try run(EarlyStopping(), [1, 0.5, 0.6, 0.4]).epoch.count == 3)
        #expect(try run(EarlyStopping(minDelta: 0.2), [1, 0.9, 0.6]).epoch.count == 2)
        #expect(try run(EarlyStopping(mode: .max), [1, 2, 1.5]).epoch.count == 3)
        #expect(try run(EarlyStopping(patience: 1, baseline: 0.5), [1, 0.9, 0.8]).epoch.count == 3)
        #expect(try run(EarlyStopping(startFromEpoch: 3), [1, 2, 3, 4, 5]).epoch.count == 5)
    }

    @Test func earlyStoppingRestoresTheBestWeights() throws {
        let model = try model()
        var weights: [[Double]] = []
        let keeper = LambdaCallback(onEpochEnd: { _, _ in weights.append(try model.getWeights().flatMap { try $0.numbers }) })
        let stop = EarlyStopping(patience: 1, restoreBestWeights: true)
        try model.fit(x, y, epochs: 4, verbose: .silent, callbacks: [keeper, Script([1, 0.5, 0.6, 0.7]), stop])
        #expect(try model.getWeights().flatMap { try $0.numbers } == weights[1])
        #expect(weights[1] != weights[2])
    }

    @Test func monitors() throws {
        let printed = Printed()
        _ = try model(0.1, printed).fit(x, y, verbose: .silent, callbacks: [EarlyStopping()])
        #expect(printed.text == "EarlyStopping looks at \"val_loss\", which is not there. There are: loss, mae.\n")
        #expect(message { _ = try model().fit(x, y, verbose: .silent, callbacks: [EarlyStopping(monitor: "weight")]) }
            == "EarlyStopping cannot tell whether \"weight\" is to grow or to shrink.\nGive it mode: .max or mode: .min.")
        _ = try model().fit(x, y, verbose: .silent, callbacks: [EarlyStopping(monitor: "mae")])
    }

    @Test func terminateOnNaN() throws {
        let printed = Printed()
        let model = try model(1e30, printed)
        let history = try model.fit(x, y, batchSize: 4, epochs: 5, verbose: .silent, callbacks: [TerminateOnNaN()])
        #expect(history.epoch == [0])
        #expect(printed.text.contains("training ends"))
        #expect(message { _ = try self.model(1e30).fit(x, y, batchSize: 4, epochs: 5, verbose: .silent, callbacks: [TerminateOnNaN(raiseError: true)]) }
            .hasPrefix("The loss became "))
    }

    @Test func csv() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("keras-csv-\(getpid()).csv").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let model = try model()
        let history = try model.fit(x, y, epochs: 2, verbose: .silent, callbacks: [CSVLogger(path)])
        var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\r\n").map(String.init)
        #expect(lines[0] == "epoch,loss,mae,val_loss,val_mae")
        #expect(lines[1] == "0,\(history["loss"][0]),\(history["mae"][0]),NA,NA")
        #expect(lines.count == 3)
        try model.fit(x, y, verbose: .silent, callbacks: [CSVLogger(path, append: true)])
        lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\r\n").map(String.init)
        #expect(lines.count == 4)
        #expect(message { try model.fit(x, y, verbose: .silent, callbacks: [CSVLogger("/nowhere/run.csv")]) } == "/nowhere/run.csv cannot be written: No such file or directory.")
    }

    @Test func learningRates() throws {
        let model = try model(0.5)
        let history = try model.fit(x, y, epochs: 3, verbose: .silent, callbacks: [LearningRateScheduler { epoch, rate in epoch == 0 ? rate : rate / 2 }])
        #expect(history["learning_rate"] == [0.5, 0.25, 0.125])
        let reduce = try ReduceLROnPlateau(factor: 0.5, patience: 1, minDelta: 0, cooldown: 1, minLR: 0.1)
        let other = try self.model(0.5)
        expectAgree(try run(reduce, [1, 1, 1, 1, 1, 1], other)["learning_rate"], [0.5, 0.5, 0.25, 0.125, 0.1, 0.1])
        #expect(abs(try other.optimizer!.learningRate - 0.1) < 1e-7)
        #expect(message { _ = try ReduceLROnPlateau(factor: 1) } == "ReduceLROnPlateau needs factor to be 0 or more and below 1; it got 1.0.")
    }

    @Test func historyKeepsOnlyItsRun() throws {
        let model = try model()
        let first = try model.fit(x, y, epochs: 2, verbose: .silent)
        let second = try model.fit(x, y, verbose: .silent)
        #expect(first["loss"].count == 2)
        #expect(second["loss"].count == 1)
        #expect(model.history === second)
        #expect(second["nothing"] == [])
    }
}
