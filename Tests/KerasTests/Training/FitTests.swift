import Testing

@testable import Keras

/// The recorded runs of `make_training.py`, and what `fit` does around them.
@Suite(.serialized, .ownSession) struct FitTests {
    let x, labels, values, weights: Tensor

    init() throws {
        x = try TrainingFixture.pattern([50, 3], 90)
        labels = try TrainingFixture.classes([50], 91, 2)
        values = try TrainingFixture.pattern([50, 2], 92)
        weights = try TrainingFixture.pattern([50], 93, 0, 2)
    }

    private func model(_ outputs: [String] = ["a"]) throws -> Model {
        let inputs = Input(shape: [3], name: "x")
        let layers = outputs.map { Dense(2, name: $0) }
        let places = try layers.map { try $0(inputs) }
        let model = try places.count == 1 ? Model(inputs: inputs, outputs: places[0]) : Model(inputs: inputs, outputs: places)
        for (n, layer) in layers.enumerated() {
            try layer.setWeights([TrainingFixture.pattern([3, 2], UInt64(70 + n)), TrainingFixture.pattern([2], UInt64(80 + n))])
        }
        model.trainer.console = Printed().console()
        return model
    }

    private func expectKeras(_ name: String, _ model: Model, _ history: History, _ y: any Structured<Tensor>) throws {
        let row = try #require(TrainingFixture.file.fits[name])
        #expect(history.names == row.order, "\(name)")
        #expect(history.epoch == row.epochs, "\(name)")
        for (key, expected) in row.history { expectAgree(history[key], expected, tolerance: 5e-6, "\(name) \(key)") }
        let scores = try model.evaluate(x, y, verbose: .silent)
        #expect(Set(scores.names) == Set(row.scores.keys))
        #expect(scores.names.first == "loss")
        for (key, expected) in row.scores { expectAgree([scores[key] ?? .nan], [expected], tolerance: 5e-6, "\(name) evaluate \(key)") }
        if name != "sample weight" { expectAgree(scores.values, row.flat, tolerance: 5e-6, "\(name) evaluate") }
    }

    private func crossentropy() -> Loss { SparseCategoricalCrossentropy(fromLogits: true) }

    @Test func plain() throws {
        let model = try model()
        try model.compile(optimizer: .sgd(0.1), loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
        try expectKeras("plain", model, model.fit(x, labels, batchSize: 8, epochs: 3, verbose: .silent, shuffle: false), labels)
    }

    @Test func eagerlyTheSame() throws {
        let model = try model()
        try model.compile(optimizer: .sgd(0.1), loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy], runEagerly: true)
        try expectKeras("plain", model, model.fit(x, labels, batchSize: 8, epochs: 3, verbose: .silent, shuffle: false), labels)
    }

    @Test func severalStepsPerExecution() throws {
        let model = try model()
        try model.compile(optimizer: .sgd(0.1), loss: crossentropy(), metrics: [.accuracy], stepsPerExecution: 4)
        var batches: [Int] = []
        let callback = LambdaCallback(onTrainBatchEnd: { batch, _ in batches.append(batch) })
        let history = try model.fit(x, labels, batchSize: 8, epochs: 3, verbose: .silent, callbacks: [callback], shuffle: false)
        try expectKeras("plain", model, history, labels)
        #expect(batches == [3, 6, 3, 6, 3, 6])
    }

    @Test func datasetsTheSame() throws {
        let model = try model()
        try model.compile(optimizer: .sgd(0.1), loss: crossentropy(), metrics: [.accuracy])
        let data = try Dataset(x: x, y: labels).batch(8).prefetch()
        try expectKeras("plain", model, model.fit(data, epochs: 3, verbose: .silent), labels)
        expectAgree(try model.evaluate(data, verbose: .silent).values, try model.evaluate(x, labels, verbose: .silent).values)
        expectAgree(try model.predict(data, verbose: .silent).numbers, try model.predict(x, verbose: .silent).numbers)
    }

    @Test func validationSplit() throws {
        let model = try model()
        try model.compile(optimizer: .sgd(0.1), loss: crossentropy(), metrics: ["accuracy"])
        let history = try model.fit(x, labels, batchSize: 8, epochs: 3, verbose: .silent, validationSplit: 0.2, shuffle: false)
        try expectKeras("validation split", model, history, labels)
    }

    @Test func validationEveryTwo() throws {
        let model = try model()
        try model.compile(optimizer: .sgd(0.1), loss: crossentropy())
        let history = try model.fit(
            x, labels, batchSize: 8, epochs: 4, verbose: .silent,
            validationData: (TrainingFixture.rowRange(x, 0..<20), TrainingFixture.rowRange(labels, 0..<20)), shuffle: false, validationFreq: 2)
        try expectKeras("validation every two", model, history, labels)
    }

    @Test func sampleWeight() throws {
        let model = try model()
        try model.compile(optimizer: .sgd(0.1), loss: crossentropy(), metrics: [.accuracy], weightedMetrics: [.accuracy])
        let history = try model.fit(x, labels, batchSize: 8, epochs: 2, verbose: .silent, shuffle: false, sampleWeight: weights)
        try expectKeras("sample weight", model, history, labels)
    }

    @Test func classWeight() throws {
        let model = try model()
        try model.compile(optimizer: .sgd(0.1), loss: crossentropy(), weightedMetrics: [.accuracy])
        let history = try model.fit(x, labels, batchSize: 8, epochs: 2, verbose: .silent, shuffle: false, classWeight: [0: 0.5, 1: 2])
        try expectKeras("class weight", model, history, labels)
    }

    @Test func regression() throws {
        let model = try model()
        try model.compile(optimizer: SGD(0.1), loss: "mse", metrics: ["mae", RootMeanSquaredError()])
        try expectKeras("mse and mae", model, model.fit(x, values, batchSize: 8, epochs: 2, verbose: .silent, shuffle: false), values)
    }

    @Test func initialEpoch() throws {
        let model = try model()
        try model.compile(optimizer: .sgd(0.1), loss: "mse")
        let history = try model.fit(x, values, batchSize: 8, epochs: 4, verbose: .silent, shuffle: false, initialEpoch: 2)
        try expectKeras("initial epoch", model, history, values)
    }

    @Test func stepsPerEpoch() throws {
        let model = try model()
        try model.compile(optimizer: .sgd(0.1), loss: "mse")
        let history = try model.fit(x, values, batchSize: 8, epochs: 3, verbose: .silent, shuffle: false, stepsPerEpoch: 3)
        try expectKeras("steps per epoch", model, history, values)
    }

    @Test func twoOutputs() throws {
        let model = try model(["a", "b"])
        try model.compile(
            optimizer: .sgd(0.1), loss: [.sparseCategoricalCrossentropy(fromLogits: true), "mse"], metrics: .perOutput([[.accuracy], ["mae", "mse"]]),
            lossWeights: [1.0, 0.3])
        let history = try model.fit(x, [labels, values], batchSize: 8, epochs: 2, verbose: .silent, shuffle: false)
        try expectKeras("two outputs", model, history, [labels, values])
    }

    @Test func twoOutputsByName() throws {
        let model = try model(["a", "b"])
        try model.compile(
            optimizer: .sgd(0.1), loss: ["a": .sparseCategoricalCrossentropy(fromLogits: true), "b": "mse"], metrics: ["b": ["mae"]])
        let history = try model.fit(x, ["a": labels, "b": values], batchSize: 8, epochs: 2, verbose: .silent, shuffle: false)
        try expectKeras("two outputs by name", model, history, ["a": labels, "b": values])
    }

    @Test func oneLossForTwo() throws {
        let model = try model(["a", "b"])
        try model.compile(optimizer: .sgd(0.1), loss: "mae")
        let history = try model.fit(x, [values, values], batchSize: 8, epochs: 2, verbose: .silent, shuffle: false)
        try expectKeras("one loss for two", model, history, [values, values])
    }

    // MARK: Shuffling and repetition

    @Test func seedsMakeRunsRepeat() throws {
        func run(_ seed: Int) throws -> [Double] {
            setRandomSeed(seed)
            let model = try model()
            try model.compile(optimizer: .sgd(0.1), loss: "mse")
            return try model.fit(x, values, batchSize: 8, epochs: 2, verbose: .silent)["loss"]
        }
        #expect(try run(1) == run(1))
        #expect(try run(1) != run(2))
    }

    @Test func regularizersCount() throws {
        let inputs = Input(shape: [3])
        let model = try Model(inputs: inputs, outputs: Dense(1, kernelInitializer: .ones, kernelRegularizer: .l2(0.5))(inputs))
        try model.compile(optimizer: .sgd(0.0), loss: "mse")
        let zeros = try ops.zeros([4, 3])
        expectAgree(try model.testOnBatch(zeros, ops.zeros([4, 1])).values, [1.5])
    }

    @Test func evaluateWithShortLastBatch() throws {
        let model = try model()
        try model.compile(optimizer: .sgd(0.1), loss: "mse", metrics: ["mse"])
        let whole = try model.evaluate(x, values, batchSize: 50, verbose: .silent)
        for size in [1, 7, 32, 64] {
            let scores = try model.evaluate(x, values, batchSize: size, verbose: .silent)
            expectAgree(scores.values, whole.values, "batch size \(size)")
        }
    }

    @Test func predictInAnyBatchSize() throws {
        let model = try model()
        let whole = try model.predict(x, batchSize: 50, verbose: .silent)
        #expect(whole.shape == [50, 2])
        for size in [1, 7, 32, 64] { expectAgree(try model.predict(x, batchSize: size, verbose: .silent).numbers, try whole.numbers, tolerance: 1e-6) }
        expectAgree(try model.predictOnBatch(x).numbers, try whole.numbers)
        let pair: [Tensor] = try self.model(["a", "b"]).predict(x, verbose: .silent)
        #expect(pair.map(\.shape) == [[50, 2], [50, 2]])
    }

    @Test func predictGivesTheModelsArrangement() throws {
        let inputs = Input(shape: [3])
        let model = try Model(inputs: inputs, outputs: ["p": Dense(1)(inputs), "q": Dense(2)(inputs)])
        let outputs: [String: Tensor] = try model.predict(x, verbose: .silent)
        #expect(outputs.mapValues(\.shape) == ["p": [50, 1], "q": [50, 2]])
        #expect(message { let _: Tensor = try model.predict(x, verbose: .silent) }.contains("gives 2 outputs where one is asked for"))
    }

    @Test func batchesOnTheirOwn() throws {
        let model = try model()
        try model.compile(optimizer: .sgd(0.1), loss: "mse", metrics: ["mae"])
        let before = try model.testOnBatch(x, values)
        let during = try model.trainOnBatch(x, values)
        #expect(before.names == ["loss", "mae"])
        expectAgree(during.values, before.values)
        #expect(try model.testOnBatch(x, values)["loss"]! < before["loss"]!)
    }

    @Test func subclassedModels() throws {
        final class Two: Model {
            let first = Dense(4, activation: .relu), second = Dense(2)
            override func call(_ inputs: Tensor) throws -> Tensor { try second(first(inputs)) }
        }
        setRandomSeed(3)
        let model = Two()
        try model.compile(optimizer: .adam(0.05), loss: "mse")
        let history = try model.fit(x, values, epochs: 5, verbose: .silent)
        #expect(history["loss"][4] < history["loss"][0])
    }

    @Test func layersMayKeepMetrics() throws {
        final class Watched: Layer {
            let norm = Mean(name: "norm")
            override func call(_ inputs: Tensor) throws -> Tensor {
                try norm.update(ops.abs(inputs))
                return inputs
            }
        }
        let inputs = Input(shape: [3])
        let model = try Model(inputs: inputs, outputs: Dense(2)(Watched()(inputs)))
        try model.compile(optimizer: .sgd(0.1), loss: "mse")
        let history = try model.fit(x, values, epochs: 2, verbose: .silent)
        #expect(history.names == ["loss", "norm"])
        expectAgree(history["norm"], [Double](repeating: try ops.mean(ops.abs(x)).item(Double.self), count: 2), tolerance: 1e-5)
    }

    @Test func statefulLayersInTraining() throws {
        setRandomSeed(5)
        let model = try Sequential {
            Input(shape: [3])
            Dense(8)
            BatchNormalization()
            Dropout(0.5)
            Dense(2)
        }
        try model.compile(optimizer: .adam(), loss: "mse")
        let before = try model.weights.filter { $0.name == "moving_mean" }.map { try $0.value.numbers }
        try model.fit(x, values, epochs: 2, verbose: .silent)
        #expect(try model.weights.filter { $0.name == "moving_mean" }.map { try $0.value.numbers } != before)
        expectAgree(try model.predict(x, verbose: .silent).numbers, try model.predict(x, verbose: .silent).numbers)
    }

    @Test func frozenLayersStay() throws {
        let model = try model()
        let layer = try model.layer(named: "a")
        layer.trainable = false
        try model.compile(optimizer: .sgd(0.1), loss: "mse")
        #expect(message { try model.fit(x, values, verbose: .silent) }.contains("has no trainable weights"))
    }

    @Test func oneStepIsTracedOnceForEachShape() throws {
        let model = try model()
        try model.compile(optimizer: .sgd(0.1), loss: "mse")
        try model.fit(x, values, batchSize: 8, epochs: 3, verbose: .silent)
        #expect(model.trainer.stepCount == 2)
    }
}
