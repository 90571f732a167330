import Testing

@testable import Keras

/// How attention layers are called, and what surrounds them does.
@Suite(.ownSession) struct AttentionTests {
    private let x = Input(shape: [3, 4]), y = Input(shape: [5, 4])

    private func tensors() throws -> (Tensor, Tensor) {
        (try random.normal([2, 3, 4], seed: 1), try random.normal([2, 5, 4], seed: 2))
    }

    @Test func outputAndScores() throws {
        let layer = MultiHeadAttention(numHeads: 2, keyDim: 3)
        let drawn = try layer(x, value: y, useCausalMask: true)
        #expect(drawn.shape == [nil, 3, 4])
        let (output, scores): (KerasTensor, KerasTensor) = try layer(x, value: y, attentionMask: Input(shape: [3, 5], dtype: .bool))
        #expect(output.shape == [nil, 3, 4])
        #expect(scores.shape == [nil, 2, 3, 5])
        let (query, value) = try tensors()
        let (result, weights) = try layer(query, value: value, useCausalMask: true)
        expectAgree(try layer(query, value: value, useCausalMask: true).numbers, try result.numbers, tolerance: 1e-6)
        // No step sees those after it; what it sees adds up to 1.
        let first = try weights[0, 0, 0].numbers
        expectAgree(first, [1, 0, 0, 0, 0])
        expectAgree(try ops.sum(weights, axis: -1).numbers, [Double](repeating: 1, count: 12), tolerance: 1e-6)
        let attention = Attention()
        let (sum, shares) = try attention([query, value])
        #expect(sum.shape == [2, 3, 4])
        #expect(shares.shape == [2, 3, 5])
        #expect(try attention([x, y], useCausalMask: true).shape == [nil, 3, 4])
        let plain: Tensor = try attention([query, value])
        #expect(try plain.numbers == sum.numbers)
    }

    @Test func masksGivenInTheCall() throws {
        let (query, value) = try tensors()
        let valueMask = try Tensor([true, true, false, false, false, true, true, true, true, true], shape: [2, 5])
        let queryMask = try Tensor([true, false, true, true, true, true], shape: [2, 3])
        var (maskedQuery, maskedValue) = (query, value)
        maskedQuery.kerasMask = queryMask
        maskedValue.kerasMask = valueMask
        let attention = Attention()
        #expect(try attention([query, value], mask: [queryMask, valueMask]).numbers == attention([maskedQuery, maskedValue]).numbers)
        #expect(try attention([query, value], mask: [nil, valueMask]).numbers == attention([query, maskedValue]).numbers)
        let heads = MultiHeadAttention(numHeads: 2, keyDim: 3)
        let given = try heads(query, value: value, queryMask: queryMask, valueMask: valueMask)
        let carried = try heads(maskedQuery, value: maskedValue)
        #expect(try given.numbers == carried.numbers)
        #expect(given.kerasMask != nil && carried.kerasMask != nil)
    }

    @Test func inAModelAndBack() throws {
        let masked = try Masking()(x)
        let mask = Input(shape: [3, 5], dtype: .bool, name: "mask")
        var z = try MultiHeadAttention(numHeads: 2, keyDim: 3, name: "heads")(
            masked, value: y, key: y, attentionMask: mask, useCausalMask: true)
        #expect(z.mask?.shape == [nil, 3])
        z = try GroupQueryAttention(headDim: 2, numQueryHeads: 2, numKeyValueHeads: 1)(z, value: z)
        z = try AdditiveAttention()([z, y], mask: [nil, Input(shape: [5], dtype: .bool, name: "steps")])
        let steps = try #require(z.node?.inputTensors.last)
        let model = try Model(inputs: [x, y, mask, steps], outputs: z)
        #expect(model.layers.map(\.name).contains("grouped_query_attention"))
        let copy = try Model(config: model.config)
        // Layers that are equally far from the outputs may stand in another order.
        let order = model.layers.map(\.name)
        let layers = try order.map { try copy.layer(named: $0) }
        for (layer, same) in zip(model.layers, layers) {
            #expect(differences(LayerConfig.value(of: same), LayerConfig.value(of: layer)).isEmpty)
        }
        try copy.setWeights(model.getWeights())
        let (query, value) = try tensors()
        let inputs = [query, value, try ops.ones([2, 3, 5], dtype: .bool), try ops.ones([2, 5], dtype: .bool)]
        let result: Tensor = try model(inputs)
        #expect(try copy(inputs).numbers == result.numbers)
    }

    @Test func frozen() throws {
        let layer = MultiHeadAttention(numHeads: 2, keyDim: 3, trainable: false)
        let z = try layer(x, value: y)
        let model = try Model(inputs: [x, y], outputs: Dense(1)(z))
        #expect(layer.trainableWeights.isEmpty)
        #expect(model.trainableWeights.count == 2)
    }

    /// Losses of models with every kind of penalty, and with every layer that draws random numbers, are Keras'.
    @Test(arguments: [0, 1]) func trainsAsKerasDoes(_ index: Int) throws {
        let record = KerasFixture.read("attention/training.json")[index]
        let model = try Model(config: record.dictionary("model").dictionary("config"))
        try model.setWeights(record.arrays("weights").map { try $0.tensor() })
        let (inputs, targets) = (try RecordedArray(record.dictionary("x")).tensor(), try RecordedArray(record.dictionary("y")).tensor())
        try model.compile(optimizer: .sgd(0.05), loss: MeanSquaredError())
        func loss() throws -> Double { try model.evaluate(inputs, targets, batchSize: 4, verbose: .silent)["loss"] ?? .nan }
        expectAgree([try loss()], [try record.double("initial")], tolerance: 1e-5, "\(model.name): initial loss")
        let history = try model.fit(inputs, targets, batchSize: 4, epochs: 4, verbose: .silent, shuffle: false)
        expectAgree(history["loss"], try record.value("loss"), tolerance: 1e-4, "\(model.name): loss")
        expectAgree([try loss()], [try record.double("evaluated")], tolerance: 1e-4, "\(model.name): loss after training")
        for (weight, expected) in zip(model.weights, try record.arrays("trained")) {
            expectAgree(try weight.value.numbers, expected.values, tolerance: 1e-3, weight.path)
        }
    }
}
