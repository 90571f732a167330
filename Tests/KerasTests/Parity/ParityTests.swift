import Foundation
import Keras
import Testing

/// Training meets Keras: from one set of initial weights, the loss of each of 200 steps within 1e-4 of Keras' (relative).
@Suite(.serialized, .ownSession) struct ParityTests {
    private static let batch = 64, steps = 200
    private static let tolerance = 1e-4

    // MARK: The guide's model on Fashion-MNIST

    private static let hasFashionMNIST = (try? fashion()) != nil

    /// The first images, in their order.
    private static func fashion() throws -> (x: Tensor, y: Tensor) {
        let train = try FashionMNIST.load().train
        let x = try train.x[0..<(steps * batch)].reshaped([steps * batch, 784]).cast(to: .float32) / 255
        return (try x.evaluate(), try train.y[0..<(steps * batch)].cast(to: .int32).evaluate())
    }

    @Test("the guide's model", .enabled(if: hasFashionMNIST, "Fashion-MNIST is not installed"), arguments: ["sgd", "adam", "adamw", "rmsprop"])
    func guideModel(optimizer: String) throws {
        let data = try Self.fashion()
        let run = try #require(try ParityFixture.recorded().mnist[optimizer])
        let model = try ParityModels.mnist()
        try check(model, optimizer, .sparseCategoricalCrossentropy(fromLogits: true), [data.x], data.y, run)
    }

    /// The loop of `fit`, not shuffled: the running mean that it shows is that of Keras' steps.
    @Test("fit, not shuffled", .enabled(if: hasFashionMNIST, "Fashion-MNIST is not installed"), arguments: ["adam", "rmsprop"])
    func fitWithoutShuffling(optimizer: String) throws {
        let data = try Self.fashion()
        let run = try #require(try ParityFixture.recorded().mnist[optimizer])
        let model = try ParityModels.mnist()
        let makeOptimizer = try #require(ParityOptimizers.make[optimizer])
        try model.compile(optimizer: makeOptimizer(), loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
        let history = try model.fit(data.x, data.y, batchSize: Self.batch, epochs: 1, verbose: .silent, shuffle: false)
        let loss = try #require(history.history["loss"]?.first), mean = run.losses.reduce(0, +) / Double(run.losses.count)
        #expect((loss - mean).magnitude <= Self.tolerance * mean, "the epoch's loss is \(loss), Keras' \(mean)")
        let accuracy = try #require(history.history["accuracy"]?.first)
        #expect((accuracy - run.accuracy).magnitude <= 3.5 / Double(Self.batch * Self.steps), "the epoch's accuracy is \(accuracy), Keras' \(run.accuracy)")
    }

    // MARK: Small models on numbers made here

    @Test("every optimizer", arguments: ParityOptimizers.make.keys.sorted())
    func optimizers(name: String) throws {
        let run = try #require(try ParityFixture.recorded().small[name])
        let y = try Tensor(Pattern.classes(640, 2, 5))
        try check(ParityModels.small(), name, .sparseCategoricalCrossentropy(fromLogits: true), [Pattern.tensor([640, 12], 1)], y, run)
    }

    @Test func everyRecordedRunIsChecked() throws {
        let recorded = try ParityFixture.recorded()
        #expect(Set(recorded.small.keys) == Set(ParityOptimizers.make.keys))
    }

    @Test("layers", arguments: ["sgd momentum", "adam", "rmsprop"])
    func branchingModel(optimizer: String) throws {
        let run = try #require(try ParityFixture.recorded().branching[optimizer])
        let words = try Tensor(Pattern.classes(640 * 4, 4, 20), shape: [640, 4]), y = try Tensor(Pattern.classes(640, 5, 4))
        try check(ParityModels.branching(), optimizer, .sparseCategoricalCrossentropy(), [Pattern.tensor([640, 10], 3), words], y, run)
    }

    @Test("losses", arguments: ["mse", "categorical", "binary"])
    func losses(name: String) throws {
        let run = try #require(try ParityFixture.recorded().losses[name])
        let oneHot = try ops.oneHot(Tensor(Pattern.classes(640, 2, 5)), 5)
        let (loss, target): (Loss, Tensor) = switch name {
        case "mse": (.meanSquaredError(), try Pattern.tensor([640, 5], 6))
        case "categorical": (.categoricalCrossentropy(fromLogits: true, labelSmoothing: 0.1), oneHot)
        default: (.binaryCrossentropy(fromLogits: true), oneHot)
        }
        let model = try ParityModels.small()
        try model.compile(optimizer: .adam(3e-3), loss: loss)
        try check(model, [Pattern.tensor([640, 12], 1)], target, run)
    }

    // MARK: The recording

    /// The recorded numbers are what the Keras of the set-up gives: two runs, made again now.
    @Test(.enabled(if: ParityFixture.python != nil, "there is no .venv with Keras"))
    func recordingIsWhatKerasGives() throws {
        let python = try #require(ParityFixture.python)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("parity-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = python
        process.arguments = [ParityFixture.folder.appendingPathComponent("make_parity.py").path, "--quick", "--output", file.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let live = try ParityFixture.load(file), recorded = try ParityFixture.recorded()
        for (now, then) in [(live.mnist, recorded.mnist), (live.small, recorded.small)] {
            for (name, run) in now {
                let other = try #require(then[name])
                for (step, (a, b)) in zip(run.losses, other.losses).enumerated() where (a - b).magnitude > Self.tolerance * b {
                    Issue.record("\(name), step \(step): Keras gives \(a) now, \(b) is recorded")
                    break
                }
            }
        }
    }

    // MARK: Checks

    private func check(_ model: Model, _ optimizer: String, _ loss: Loss, _ x: [Tensor], _ y: Tensor, _ run: ParityFixture.Run) throws {
        let makeOptimizer = try #require(ParityOptimizers.make[optimizer])
        try model.compile(optimizer: makeOptimizer(), loss: loss, metrics: [.accuracy])
        try check(model, x, y, run)
    }

    private func check(_ model: Model, _ x: [Tensor], _ y: Tensor, _ run: ParityFixture.Run) throws {
        let count = y.shape[0]
        var worst = (step: -1, error: 0.0, got: 0.0, want: 0.0), accuracy = 0.0
        for (step, want) in run.losses.enumerated() {
            let start = step * Self.batch % count, rows = start..<(start + Self.batch)
            let logs = try model.trainOnBatch(x.map { try $0[rows] }, y[rows])
            let got = try #require(logs["loss"])
            accuracy += logs["accuracy"] ?? 0
            let error = (got - want).magnitude / want.magnitude
            if !(error <= worst.error) { worst = (step, error, got, want) }
        }
        #expect(run.losses.count == Self.steps)
        #expect(worst.error <= Self.tolerance, "step \(worst.step): the loss is \(worst.got), Keras' \(worst.want) (relative difference \(worst.error))")
        // A prediction near a tie may fall to the other side.
        #expect((accuracy / Double(Self.steps) - run.accuracy).magnitude <= 3.5 / Double(Self.steps * Self.batch), "accuracy \(accuracy / Double(Self.steps)), Keras' \(run.accuracy)")
        let predictions: [Double] = try model.predictOnBatch(x.map { try $0[0..<4] }).array()
        let scale = run.predictions.map(\.magnitude).max() ?? 1
        for (index, (a, b)) in zip(predictions, run.predictions).enumerated() where (a - b).magnitude > 2e-3 * scale {
            Issue.record("prediction \(index) is \(a), Keras' \(b)")
            break
        }
        #expect(predictions.count == run.predictions.count)
    }
}
