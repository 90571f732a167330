import Testing

@testable import Keras

/// What users are told when data, settings and model do not suit each other.
@Suite(.serialized, .ownSession) struct TrainingErrorTests {
    let x, y: Tensor

    init() throws {
        x = try ops.zeros([10, 3])
        y = try ops.zeros([10], dtype: .int32)
    }

    private func model(compiled: Bool = true) throws -> Model {
        let inputs = Input(shape: [3], name: "features")
        let model = try Model(inputs: inputs, outputs: Dense(2, name: "scores")(inputs), name: "m")
        if compiled { try model.compile(optimizer: .sgd(), loss: .sparseCategoricalCrossentropy(fromLogits: true)) }
        return model
    }

    private func two() throws -> Model {
        let (a, b) = (Input(shape: [3], name: "left"), Input(shape: [nil], name: "right"))
        let model = try Model(inputs: [a, b], outputs: [Dense(2, name: "u")(a), Dense(1, name: "v")(a)], name: "two")
        try model.compile(optimizer: .sgd(), loss: "mse")
        return model
    }

    @Test func notCompiled() throws {
        let model = try model(compiled: false)
        #expect(message { try model.fit(x, y) } == "Model \"m\" is not compiled, so fit is not possible.\nCall compile(optimizer:loss:metrics:) first.")
        #expect(message { try model.evaluate(x, y) }.contains("so evaluate is not possible"))
        #expect(message { try model.trainOnBatch(x, y) }.contains("so trainOnBatch is not possible"))
        #expect(message { try model.testOnBatch(x, y) }.contains("so testOnBatch is not possible"))
        #expect(message { _ = try model.predict(x, verbose: .silent) as Tensor } == "no error")
    }

    @Test func emptyAndUneven() throws {
        let model = try model()
        #expect(message { try model.fit(ops.zeros([0, 3]), ops.zeros([0])) } == "x has no samples.")
        #expect(message { _ = try model.predict(ops.zeros([0, 3])) as Tensor } == "x has no samples.")
        #expect(message { try model.fit([Tensor](), y) } == "x has no samples.")
        #expect(message { try model.fit(Tensor(1.0), y) } == "x is a scalar; data has a first axis that counts samples.")
        #expect(message { try model.fit(x, ops.zeros([9])) } == "All data is to have the same number of samples; x has 10, y has 9.")
        #expect(message { try model.evaluate(x, y, sampleWeight: ops.zeros([3])) } == "All data is to have the same number of samples; x has 10, y has 10, sampleWeight has 3.")
    }

    @Test func shapesOfInputs() throws {
        let model = try model()
        #expect(message { try model.fit(ops.zeros([10, 4]), y) } == "Input \"features\" of model \"m\" takes data of shape [nil, 3]; it got [10, 4].")
        #expect(message { _ = try model.predict(ops.zeros([10, 3, 3])) as Tensor } == "Input \"features\" of model \"m\" takes data of shape [nil, 3]; it got [10, 3, 3].")
        #expect(message { try model.fit([x, x], y) } == "Model \"m\" takes 1 input, \"features\"; it got 2.")
        #expect(message { try model.fit(["feature": x], y) } == "Model \"m\" has the inputs \"features\"; it got \"feature\".")
        let two = try two()
        #expect(message { try two.fit([x], [x, x]) } == "Model \"two\" takes 2 inputs, \"left\", \"right\"; it got 1.")
        #expect(message { try two.fit(["left": x, "wrong": x], [x, x]) } == "Model \"two\" has the inputs \"left\", \"right\"; it got \"left\", \"wrong\".")
    }

    @Test func targets() throws {
        let model = try model()
        #expect(message { try model.fit(x) }.contains("needs targets for its loss; y is missing"))
        #expect(message { try model.fit(x, [y, y], verbose: .silent) } == "Model \"m\" has the outputs \"scores\"; y has 2 parts.")
        #expect(message { try model.fit(x, ["score": y], verbose: .silent) } == "Model \"m\" has the outputs \"scores\"; y names \"score\".")
        #expect(message { try model.fit(x, ops.zeros([10, 5]), verbose: .silent) }.hasPrefix("Loss \"sparse_categorical_crossentropy\" cannot compare targets of shape [10, 5] with predictions of shape [10, 2]."))
    }

    @Test func numbers() throws {
        let model = try model()
        #expect(message { try model.fit(x, y, batchSize: 0) } == "fit needs batchSize to be 1 or more; it got 0.")
        #expect(message { try model.fit(x, y, batchSize: -3) } == "fit needs batchSize to be 1 or more; it got -3.")
        #expect(message { try model.fit(x, y, epochs: -1) } == "fit needs epochs to be 0 or more; it got -1.")
        #expect(message { try model.fit(x, y, initialEpoch: -1) } == "fit needs initialEpoch to be 0 or more; it got -1.")
        #expect(message { try model.fit(x, y, stepsPerEpoch: 0) } == "fit needs stepsPerEpoch to be 1 or more; it got 0.")
        #expect(message { try model.fit(x, y, validationSplit: 0.2, validationFreq: 0) } == "fit needs validationFreq to be 1 or more; it got 0.")
        #expect(message { try model.fit(x, y, validationBatchSize: 0) } == "fit needs validationBatchSize to be 1 or more; it got 0.")
        #expect(message { try model.evaluate(x, y, batchSize: 0) } == "evaluate needs batchSize to be 1 or more; it got 0.")
        #expect(message { _ = try model.predict(x, batchSize: -1) as Tensor } == "predict needs batchSize to be 1 or more; it got -1.")
        #expect(message { try model.compile(stepsPerExecution: 0) } == "compile needs stepsPerExecution to be 1 or more; it got 0.")
        #expect(try model.fit(x, y, epochs: 0, verbose: .silent).epoch == [])
    }

    @Test(arguments: [-0.1, 1.0, 1.5, .nan]) func validationSplit(split: Double) throws {
        #expect(message { try model().fit(x, y, validationSplit: split) } == "validationSplit is to be within 0 ..< 1; it got \(split).")
    }

    @Test func validationSplitTooSmall() throws {
        #expect(message { try model().fit(x, y, validationSplit: 0.99) } == "10 samples cannot be split by validationSplit 0.99: one of the parts would be empty.")
    }

    @Test func unknownNames() throws {
        let model = try model()
        #expect(message { try model.compile(optimizer: "rmsporp") } == "There is no optimizer named \"rmsporp\".\nDid you mean \"rmsprop\"?")
        #expect(message { try model.compile(loss: "binary_crossentrpy") } == "There is no loss named \"binary_crossentrpy\".\nDid you mean \"binary_crossentropy\"?")
        #expect(message { try model.compile(loss: "mse", metrics: ["acuracy"]) } == "There is no metric named \"acuracy\".\nDid you mean \"accuracy\"?")
        #expect(message { try model.compile(loss: ["mss"]) }.hasPrefix("There is no loss named \"mss\"."))
        // What failed changed nothing.
        #expect(try model.fit(x, y, verbose: .silent).epoch == [0])
    }

    @Test func badLearningRates() throws {
        for rate in [Double.nan, .infinity, -1] {
            #expect(message { try model().compile(optimizer: .rmsprop(rate), loss: "mse") } == "A learning rate is a finite number, 0 or more; it got \(rate).")
        }
    }

    @Test func outputs() throws {
        let two = try two()
        #expect(message { try two.compile(loss: ["mse"]) } == "loss has 1 entries, but the model has 2 outputs: \"u\", \"v\".")
        #expect(message { try two.compile(loss: ["u": "mse", "w": "mse"]) } == "loss names \"u\", \"w\", but the model's outputs are \"u\", \"v\".")
        #expect(message { try two.compile(loss: ["mse", "mse"], lossWeights: [1.0]) } == "lossWeights has 1 entries for 2 losses.")
        #expect(message { try two.compile(loss: "mse", metrics: ["w": ["mae"]]) } == "metrics names \"w\", but the model's outputs are \"u\", \"v\".")
        #expect(message { try two.compile(loss: "mse", metrics: ["mae"]) } == "metrics has 1 entries, but the model has 2 outputs: \"u\", \"v\".")
    }

    @Test func nothingToMakeSmall() throws {
        let model = try model()
        try model.compile(optimizer: .sgd())
        #expect(message { try model.fit(x, y, verbose: .silent) }.hasPrefix("Model \"m\" has nothing to make small"))
    }

    @Test func weights() throws {
        let model = try model()
        #expect(message { try model.fit(x, y, classWeight: [0: 1], sampleWeight: ops.ones([10])) } == "classWeight and sampleWeight cannot be given at the same time.")
        let two = try two()
        #expect(message { try two.fit([x, x], [x, x], classWeight: [0: 1]) }.hasPrefix("classWeight is for models with one output."))
    }

    @Test func dataSets() throws {
        let model = try model()
        let endless = try Dataset(x: x, y: y).batch(2).repeat()
        #expect(message { try model.fit(endless) }.hasPrefix("An epoch would never end"))
        #expect(message { try model.evaluate(endless) }.hasPrefix("Evaluation would never end"))
        #expect(message { _ = try model.predict(endless) as Tensor }.hasPrefix("Prediction would never end"))
        #expect(try model.fit(endless, epochs: 2, verbose: .silent, stepsPerEpoch: 3).epoch == [0, 1])
        #expect(message { try model.fit(Dataset([]), verbose: .silent) } == "The data set has no samples.")
        #expect(message { try model.fit(Dataset(x: x, y: y), verbose: .silent) } == "y is a scalar; data has a first axis that counts samples.")
        #expect(message { _ = try model.predict(Dataset(x: x), verbose: .silent) as Tensor }.contains("takes data of shape [nil, 3]; it got [3]"))
    }

    @Test func errorsInCallbacksEndTheRun() throws {
        struct Stop: Error {}
        let callback = LambdaCallback(onEpochEnd: { _, _ in throw Stop() })
        #expect(throws: Stop.self) { try model().fit(x, y, verbose: .silent, callbacks: [callback]) }
    }
}
