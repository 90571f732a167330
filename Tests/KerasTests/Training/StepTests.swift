import Foundation
import Testing

@testable import Keras

/// Steps of one's own: the cases of Keras' guide "Customizing what happens in fit()", beside what `make_steps.py` recorded.
@Suite(.serialized, .ownSession) struct StepTests {
    struct Row: Decodable {
        let order: [String]
        let history: [String: [Double]]
        let scores: [String: Double]
        let weights: [[Double]]
    }

    static let rows: [String: Row] = {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/training/steps.json")
        return (try? JSONDecoder().decode([String: Row].self, from: Data(contentsOf: url))) ?? [:]
    }()

    let x, y, weights: Tensor

    init() throws {
        x = try TrainingFixture.pattern([50, 3], 90)
        y = try TrainingFixture.pattern([50, 2], 92)
        weights = try TrainingFixture.pattern([50], 93, 0, 2)
    }

    /// A small model of a class, with the fixture's weights.
    private func functional<M: Model>(_ make: (KerasTensor, KerasTensor) throws -> M) throws -> M {
        let inputs = Input(shape: [3], name: "x")
        let hidden = Dense(4, activation: .tanh, name: "h"), output = Dense(2, name: "a")
        let model = try make(inputs, output(hidden(inputs)))
        try hidden.setWeights([TrainingFixture.pattern([3, 4], 70), TrainingFixture.pattern([4], 80)])
        try output.setWeights([TrainingFixture.pattern([4, 2], 71), TrainingFixture.pattern([2], 81)])
        return model
    }

    private func expectKeras(_ name: String, _ model: Model, _ history: History, scores: Logs? = nil) throws {
        let row = try #require(Self.rows[name])
        #expect(Set(history.names) == Set(row.order), "\(name)")
        for (key, expected) in row.history { expectAgree(history[key], expected, tolerance: 5e-6, "\(name) \(key)") }
        for (key, expected) in scores == nil ? [:] : row.scores {
            expectAgree([scores?[key] ?? .nan], [expected], tolerance: 5e-6, "\(name) evaluate \(key)")
        }
        for (weight, expected) in zip(try model.getWeights(), row.weights) { expectAgree(try weight.numbers, expected, tolerance: 1e-5, name) }
    }

    // MARK: The guide's cases

    /// The plain step, written out: gives what the plain step gives.
    final class Written: Model {
        override func trainStep(_ data: TrainingBatch) throws -> StepLogs {
            let (loss, yPred, gradients) = try valueAndGradient(of: trainableVariables) {
                let yPred = try self.outputs(of: data.x, training: true)
                return (try self.computeLoss(data, yPred: yPred), yPred)
            }
            try optimizer?.apply(gradients, to: trainableVariables)
            try trackLoss(loss, of: data)
            return try computeMetrics(data, yPred: yPred)
        }
    }

    @Test(arguments: [false, true])
    func aStepWrittenOut(_ eagerly: Bool) throws {
        let model = try functional { try Written(inputs: $0, outputs: $1) }
        try model.compile(optimizer: .sgd(0.1), loss: "mse", weightedMetrics: ["mae"], runEagerly: eagerly)
        let history = try model.fit(x, y, batchSize: 8, epochs: 3, verbose: .silent, shuffle: false, sampleWeight: weights)
        try expectKeras("sample weights", model, history, scores: model.evaluate(x, y, batchSize: 8, verbose: .silent))
        #expect(try eagerly || model.trainer.step(.train, BatchTemplate(TrainingBatch(x: x, y: y, sampleWeight: weights)), [
            TensorType([8, 3], .float32), TensorType([8, 2], .float32), TensorType([8], .float32),
        ], model: model).logNames == nil)
    }

    /// A loss and metrics of one's own, besides those of `compile`.
    class LowLevel: Model {
        let lossTracker = Mean(name: "loss"), distance = MeanAbsoluteErrorMetric(name: "mae")
        let lossFunction = MeanSquaredError()

        override var metrics: [Metric] { [lossTracker, distance] }

        override func trainStep(_ data: TrainingBatch) throws -> StepLogs {
            let (x, y) = (try data.input, try data.target)
            let (loss, yPred, gradients) = try valueAndGradient(of: trainableVariables) {
                let yPred: Tensor = try self(x, training: true)
                return (try self.lossFunction(y, yPred), yPred)
            }
            try optimizer?.apply(gradients, to: trainableVariables)
            try lossTracker.update(loss)
            return try ["loss": lossTracker.result(), "mae": distance(y, yPred)]
        }

        override func testStep(_ data: TrainingBatch) throws -> StepLogs {
            let yPred: Tensor = try self(data.input, training: false)
            try lossTracker.update(lossFunction(data.target, yPred))
            try distance(data.target, yPred)
            return try metricResults()
        }
    }

    @Test(arguments: [false, true])
    func lossAndMetricsOfOnesOwn(_ eagerly: Bool) throws {
        let model = try functional { try LowLevel(inputs: $0, outputs: $1) }
        try model.compile(optimizer: .sgd(0.1), runEagerly: eagerly)
        let history = try model.fit(x, y, batchSize: 8, epochs: 3, verbose: .silent, shuffle: false)
        try expectKeras("low level", model, history, scores: model.evaluate(x, y, batchSize: 8, verbose: .silent))
    }

    @Test func validationWithATestStep() throws {
        let model = try functional { try LowLevel(inputs: $0, outputs: $1) }
        try model.compile(optimizer: .sgd(0.1))
        let first = try (TrainingFixture.rowRange(x, 0..<20), TrainingFixture.rowRange(y, 0..<20))
        let history = try model.fit(x, y, batchSize: 8, epochs: 3, verbose: .silent, validationData: first, shuffle: false)
        // As in Keras, validation data are batched as the training data.
        try expectKeras("low level, validated", model, history)
    }

    /// Numbers that are no metrics.
    final class OwnLogs: LowLevel {
        override func trainStep(_ data: TrainingBatch) throws -> StepLogs {
            let (loss, yPred, gradients) = try valueAndGradient(of: trainableVariables) {
                let yPred: Tensor = try self(data.input, training: true)
                return (try self.lossFunction(data.target, yPred), yPred)
            }
            try optimizer?.apply(gradients, to: trainableVariables)
            // Two dimensions: reported as their mean.
            return ["loss_now": loss, "size": try ops.abs(yPred)]
        }
    }

    @Test func numbersOfOnesOwn() throws {
        let model = try functional { try OwnLogs(inputs: $0, outputs: $1) }
        try model.compile(optimizer: .sgd(0.1))
        var seen: [[String]] = []
        let callback = LambdaCallback(onTrainBatchEnd: { _, logs in seen.append(logs.names) })
        let history = try model.fit(x, y, batchSize: 8, epochs: 3, verbose: .silent, callbacks: [callback], shuffle: false)
        try expectKeras("own logs", model, history)
        #expect(Set(seen) == [["loss_now", "size"]])
        #expect(try model.trainOnBatch(x, y).names == ["loss_now", "size"])
        #expect(try model.testOnBatch(x, y).names == ["loss", "mae"])
    }

    final class OwnLoss: Model {
        override func computeLoss(
            x: Structure<Tensor>, y: Structure<Tensor>?, yPred: Structure<Tensor>, sampleWeight: Structure<Tensor>?, training: Bool
        ) throws -> Tensor {
            let compiled = try super.computeLoss(x: x, y: y, yPred: yPred, sampleWeight: sampleWeight, training: training)
            guard let target = y?.single, let output = yPred.single else { return compiled }
            return try ops.mean(ops.power(ops.abs(target - output), 3)) + 0.1 * compiled
        }
    }

    @Test func lossOfOnesOwn() throws {
        let model = try functional { try OwnLoss(inputs: $0, outputs: $1) }
        try model.compile(optimizer: .sgd(0.1), loss: "mae", metrics: ["mse"])
        let history = try model.fit(x, y, epochs: 3, batchSize: 8, verbose: .silent, shuffle: false)
        try expectKeras("own loss", model, history, scores: model.evaluate(x, y, batchSize: 8, verbose: .silent))
    }

    /// The guide's first example: all metrics of the model, compiled ones too, fed by hand.
    final class Looping: Model {
        override func trainStep(_ data: TrainingBatch) throws -> StepLogs {
            let (loss, yPred, gradients) = try valueAndGradient(of: trainableVariables) {
                let yPred: Tensor = try self(data.input, training: true)
                return (try self.computeLoss(data, yPred: yPred), yPred)
            }
            try optimizer?.apply(gradients, to: trainableVariables)
            for metric in metrics {
                if metric.name == "loss" { try trackLoss(loss, of: data) } else { try metric(data.target, yPred) }
            }
            return StepLogs(try metrics.map { (name: $0.name, value: try $0.result()) })
        }
    }

    @Test func compiledMetricsByHand() throws {
        let plain = try functional { try Model(inputs: $0, outputs: $1) }, looping = try functional { try Looping(inputs: $0, outputs: $1) }
        var histories: [History] = []
        for model in [plain, looping] {
            try model.compile(optimizer: .adam(0.01), loss: "mse", metrics: [.accuracy, "mae"])
            histories.append(try model.fit(x, y, batchSize: 8, epochs: 2, verbose: .silent, shuffle: false))
        }
        #expect(Set(histories[0].names) == ["loss", "accuracy", "mae"])
        for name in histories[0].names { expectAgree(histories[1][name], histories[0][name], name) }
    }

    /// Two models, two optimizers, random numbers.
    final class GAN: Model {
        let generator, critic: Sequential
        let criticLoss = Mean(name: "d_loss"), generatorLoss = Mean(name: "g_loss")
        private let seeds: SeedGenerator
        private var criticOptimizer: Optimizer!, generatorOptimizer: Optimizer!, lossFunction: Loss!

        init(generator: Sequential, critic: Sequential) throws {
            self.generator = generator
            self.critic = critic
            seeds = try SeedGenerator(seed: 1337)
            super.init()
        }

        required init(config: Config) throws { throw KerasError.notConfigurable(object: "GAN", reason: "it is a test's") }

        func compile(critic: Optimizer, generator: Optimizer, loss: Loss) throws {
            try compile()
            (criticOptimizer, generatorOptimizer, lossFunction) = (critic, generator, loss)
        }

        override var metrics: [Metric] { [criticLoss, generatorLoss] }

        override func trainStep(_ data: TrainingBatch) throws -> StepLogs {
            let real = try data.input
            let count = real.shape[0]
            let made: Tensor = try generator(random.normal([count, 4], seed: .generator(seeds)))
            let both = try ops.concatenate([made, real], axis: 0)
            let labels = try ops.concatenate([ops.ones([count, 1]), ops.zeros([count, 1])], axis: 0)
            let noisy = try labels + 0.05 * random.uniform([2 * count, 1], seed: .generator(seeds))
            let (lossOfCritic, gradients) = try valueAndGradient(of: critic.trainableVariables) { try lossFunction(noisy, critic(both) as Tensor) }
            try criticOptimizer.apply(gradients, to: critic.trainableVariables)

            let latent = try random.normal([count, 4], seed: .generator(seeds))
            let (lossOfGenerator, more) = try valueAndGradient(of: generator.trainableVariables) {
                try lossFunction(ops.zeros([count, 1]), critic(generator(latent) as Tensor) as Tensor)
            }
            try generatorOptimizer.apply(more, to: generator.trainableVariables)
            try criticLoss.update(lossOfCritic)
            try generatorLoss.update(lossOfGenerator)
            return try metricResults()
        }
    }

    @Test(arguments: [false, true])
    func twoModelsTwoOptimizers(_ eagerly: Bool) throws {
        let generator = try Sequential { Input(shape: [4]); Dense(3, name: "g") }
        let critic = try Sequential { Input(shape: [3]); Dense(5, activation: .relu, name: "d1"); Dense(1, name: "d2") }
        func p(_ shape: [Int], _ salt: UInt64) throws -> Tensor { try TrainingFixture.pattern(shape, salt) }
        try generator.setWeights([p([4, 3], 60), p([3], 61)])
        try critic.setWeights([p([3, 5], 62), p([5], 63), p([5, 1], 64), p([1], 65)])
        let gan = try GAN(generator: generator, critic: critic)
        try gan.compile(critic: Adam(0.02, epsilon: 1e-3), generator: Adam(0.05, epsilon: 1e-3), loss: BinaryCrossentropy(fromLogits: true))
        if eagerly { try gan.compile(runEagerly: true) }
        let history = try gan.fit(x, batchSize: 8, epochs: 3, verbose: .silent, shuffle: false)
        try expectKeras("gan", gan, history)
        #expect(eagerly || gan.trainer.stepCount == 2)
        #expect(message { _ = try gan.predict(x, verbose: .silent) as Tensor }.contains("has no call for what it was given"))
    }

    // MARK: Predicting

    @Test(arguments: [false, true])
    func predictionOfOnesOwn(_ eagerly: Bool) throws {
        final class Doubling: Model {
            override func predictStep(_ data: TrainingBatch) throws -> Structure<Tensor> {
                let outputs: Tensor = try self(data.input, training: false)
                return .dictionary([("double", .one(try outputs * 2)), ("plain", .one(outputs))])
            }
        }
        let model = try functional { try Doubling(inputs: $0, outputs: $1) }
        if eagerly { try model.compile(runEagerly: true) }
        let outputs: [String: Tensor] = try model.predict(x, batchSize: 7, verbose: .silent)
        let plain: Tensor = try model(x)
        expectAgree(try outputs["plain"]?.numbers ?? [], try plain.numbers)
        expectAgree(try outputs["double"]?.numbers ?? [], try (plain * 2).numbers)
    }

    // MARK: What is told

    @Test func mistakes() throws {
        final class Silent: Model {
            let inner = Dense(2, name: "inner")
            override func trainStep(_ data: TrainingBatch) throws -> StepLogs { ["loss": try ops.mean(inner(data.input))] }
        }
        let silent = Silent(name: "quiet")
        #expect(message { try silent.fit(x, verbose: .silent) }.hasPrefix("Model \"quiet\" is not compiled, so fit is not possible."))
        try silent.compile()
        #expect(message { try silent.fit(x, verbose: .silent) } == """
            Model "quiet" has layers without weights, "inner", and no call that would make them.
            Override call, or make the weights first: give the layers an Input, or use build(for:).
            """)
        try silent.inner.build(for: [nil, 3])
        #expect(try silent.fit(x, verbose: .silent).names == ["loss"])

        let lowLevel = try functional { try LowLevel(inputs: $0, outputs: $1) }
        try lowLevel.compile()
        #expect(message { try lowLevel.fit(x, verbose: .silent) } == """
            The batch has no targets, so "the target" is not clear.
            Its y has them all.
            """)
        #expect(message { _ = try TrainingBatch(x: [x, x]).input } == """
            The batch has 2 inputs, so "the input" is not clear.
            Its x has them all.
            """)
    }

    @Test func logsAreEdited() throws {
        var logs: StepLogs = ["a": Tensor(1.0), "b": Tensor(2.0)]
        logs["c"] = Tensor(3.0)
        logs["a"] = nil
        logs["b"] = Tensor(4.0)
        #expect(logs.names == ["b", "c"])
        #expect(try logs.map { try $0.value.item(Float.self) } == [4, 3])
        #expect(logs["a"] == nil && logs.count == 2)
        var metrics = StepLogs(metrics: [("m", Tensor(1.0))])
        #expect(metrics.areMetrics)
        metrics["extra"] = Tensor(0.0)
        #expect(!metrics.areMetrics)
    }
}
