import Testing

@testable import Keras

/// Costs that can be counted by hand.
@Suite(.ownSession) struct ModelCostTests {
    /// Bytes of float32 numbers.
    private func floats(_ counts: Int...) -> Int { 4 * counts.reduce(0, +) }

    @Test func denseLayers() throws {
        let model = try DisplayModels.mnist()
        let perSample = 784 * 64 + 64 * 64 + 64 * 10
        #expect(try model.flops == 2 * perSample)
        #expect(try model.flops(batchSize: 32) == 64 * perSample)
        let cost = try model.cost(batchSize: 32)
        #expect(cost.multiplyAdds == 32 * perSample)
        #expect(cost.activationBytes == floats(32 * (784 + 64 + 64 + 10)))
        func part(_ name: String) throws -> ModelCost.Part { try #require(try cost.of(model.layer(named: name))) }
        #expect(try part("dense").multiplyAdds == 32 * 784 * 64)
        #expect(try part("dense_1").activationBytes == floats(32 * 64))
        #expect(try part("pixels") == ModelCost.Part(multiplyAdds: 0, activationBytes: floats(32 * 784), trainingPeak: nil))
        // Kept: the batch, both relu's outputs. The last layer's output is not needed.
        let (x, h) = (32 * 784, 32 * 64)
        #expect(try part("dense").trainingPeak == floats(x + h, h, 784 * 64 + 64))
        #expect(try part("dense_1").trainingPeak == floats(x + h + h, h + h, 64 * 64 + 64))
        #expect(try part("dense_2").trainingPeak == floats(x + h + h, h + 32 * 10, 64 * 10 + 10))
        #expect(cost.peakLayer == "dense")
        #expect(cost.trainingPeak == (try part("dense").trainingPeak))
    }

    @Test func convolutions() throws {
        let image = Input(shape: [16, 16, 3])
        let wide = Conv2D(8, 3, padding: .same, name: "wide")
        let strided = Conv2D(4, 3, strides: 2, name: "strided"), depthwise = DepthwiseConv2D(3, name: "depthwise")
        let turned = Conv2DTranspose(2, 3, strides: 2, padding: .same, name: "turned"), grouped = Conv2D(8, 3, groups: 4, name: "grouped")
        let model = try Model(inputs: image, outputs: turned(grouped(wide(image))))
        let more = try Model(inputs: image, outputs: depthwise(strided(image)))
        let cost = try model.cost(), other = try more.cost()
        #expect(cost.of(wide)?.multiplyAdds == 16 * 16 * 8 * 3 * 3 * 3)
        #expect(cost.of(grouped)?.multiplyAdds == 14 * 14 * 8 * 3 * 3 * 2)
        // Each place of the input meets the whole kernel.
        #expect(cost.of(turned)?.multiplyAdds == 14 * 3 * 14 * 3 * 8 * 2)
        #expect(other.of(strided)?.multiplyAdds == 7 * 7 * 4 * 3 * 3 * 3)
        #expect(other.of(depthwise)?.multiplyAdds == 5 * 5 * 4 * 3 * 3)
    }

    @Test func recurrentLayers() throws {
        let series = Input(shape: [nil, 5])
        let lstm = LSTM(7, name: "lstm")
        let model = try Model(inputs: series, outputs: lstm(series))
        #expect(try model.flops(batchSize: 3, inputShapes: [[11, 5]]) == 2 * 3 * 11 * (5 * 28 + 7 * 28))
        let gru = try Model(inputs: series, outputs: GRU(7)(series)), simple = try Model(inputs: series, outputs: SimpleRNN(7)(series))
        #expect(try gru.flops(batchSize: 1, inputShapes: [[11, 5]]) == 2 * 11 * (5 * 21 + 7 * 21))
        #expect(try simple.flops(batchSize: 1, inputShapes: [[11, 5]]) == 2 * 11 * (5 * 7 + 7 * 7))
    }

    @Test func attention() throws {
        let x = Input(shape: [6, 8])
        let layer = MultiHeadAttention(numHeads: 2, keyDim: 3)
        let model = try Model(inputs: x, outputs: layer(x, value: x))
        // Three projections to 2 · 3 and one back, then scores and their products for 2 heads.
        let (projections, products) = (4 * 6 * 8 * 6, 2 * 2 * 6 * 6 * 3)
        #expect(try model.cost().multiplyAdds == projections + products)
    }

    @Test func customLayersCount() throws {
        final class Bilinear: Layer {
            private var w: Variable!
            override func build(inputShape: Shape) throws { w = try addWeight("w", shape: [4, 4]) }
            override func call(_ inputs: Tensor) throws -> Tensor { try ops.matmul(ops.matmul(inputs, w), ops.transpose(inputs)) }
        }
        let x = Input(batchShape: [5, 4])
        #expect(try Model(inputs: x, outputs: Bilinear()(x)).cost().multiplyAdds == 5 * 4 * 4 + 5 * 4 * 5)
        #expect(try Model(inputs: x, outputs: x * 2 + 1).flops == 0)
    }

    @Test func knownModels() throws {
        // The figure of the field: 19.6 billion multiply-adds.
        let vgg19 = try VGG19(weights: nil)
        let cost = try vgg19.cost()
        #expect(cost.multiplyAdds == 19_632_062_464)
        #expect(cost.flops == 39_264_124_928)
    }

    // MARK: The training peak

    @Test func sharedAndBranching() throws {
        let x = Input(shape: [4])
        let shared = Dense(4, name: "shared")
        let first = try shared(x), second = try shared(first)
        let sum = Add(name: "sum")
        let model = try Model(inputs: x, outputs: sum([first, second]))
        let cost = try model.cost(batchSize: 10)
        #expect(cost.of(shared)?.multiplyAdds == 2 * 10 * 4 * 4)
        #expect(cost.of(shared)?.activationBytes == floats(2 * 40))
        // Both inputs of the shared layer are kept. At the sum: gradients of its output and both inputs.
        #expect(cost.of(sum)?.trainingPeak == floats(40 + 40, 3 * 40))
        // At the second call: kept as before, gradients of its output and its input, and of its weights.
        #expect(cost.of(shared)?.trainingPeak == floats(40 + 40, 40 + 40, 4 * 4 + 4))
    }

    @Test func gradientsThatWait() throws {
        // A way around: the gradient of `a` waits while that of the middle layer is computed.
        let x = Input(shape: [4])
        let a = try Dense(4, name: "a")(x)
        let b = try Dense(4, name: "b")(a)
        let middle = Dense(4, name: "middle")
        let model = try Model(inputs: x, outputs: Add()([a, middle(b)]))
        // Kept: x, a, b. Gradients: of middle's output and input, of a, and of middle's weights.
        #expect(try model.cost(batchSize: 1).of(middle)?.trainingPeak == floats(3 * 4, 4 + 4, 4, 20))
    }

    @Test func frozenLayersKeepNothing() throws {
        let model = try DisplayModels.mnist()
        try model.layer(named: "dense").trainable = false
        let cost = try model.cost(batchSize: 1)
        #expect(try cost.of(model.layer(named: "dense"))?.trainingPeak == nil)
        // The input of the first trained layer is kept, and gets no gradient.
        #expect(try cost.of(model.layer(named: "dense_1"))?.trainingPeak == floats(64 + 64, 64, 64 * 64 + 64))
        model.trainable = false
        #expect(try model.cost().trainingPeak == nil)
        #expect(try model.cost().peakLayer == nil)
    }

    @Test func reshapesTakeNoMemory() throws {
        let x = Input(shape: [2, 3])
        let dense = Dense(5, activation: .relu, name: "dense"), flat = Flatten(name: "flat"), last = Dense(1, name: "last")
        let model = try Model(inputs: x, outputs: last(flat(dense(x))))
        let cost = try model.cost(batchSize: 1)
        // The flattened output and its gradient are the first layer's.
        #expect(cost.of(flat)?.trainingPeak == floats(6 + 10, 10))
        #expect(cost.of(last)?.trainingPeak == floats(6 + 10, 10 + 1, 11))
    }

    @Test func activationsKeepWhatTheyNeed() throws {
        func peak(_ activation: ActivationFunction) throws -> Int? {
            let x = Input(shape: [4])
            let model = try Model(inputs: x, outputs: Dense(8, activation: activation)(x))
            return try model.cost(batchSize: 1).trainingPeak
        }
        let gradients = 8 + 4 * 8 + 8
        #expect(try peak(.linear) == floats(4, gradients))
        // Computed from the output.
        for activation in [ActivationFunction.relu, .tanh, .sigmoid, .softmax] { #expect(try peak(activation) == floats(4 + 8, gradients)) }
        // Computed from what comes before the activation, once.
        for activation in [ActivationFunction.silu, .gelu] { #expect(try peak(activation) == floats(4 + 8, gradients)) }
    }

    // MARK: Models in models

    @Test func nestedModelsAddUp() throws {
        let model = try DisplayModels.nested()
        let cost = try model.cost(batchSize: 2)
        let middle = try #require(try model.layer(named: "middle") as? Model)
        let encoder = try #require(try middle.layer(named: "encoder") as? Model)
        #expect(cost.of(encoder)?.multiplyAdds == 2 * 16 * 4)
        #expect(cost.of(middle)?.multiplyAdds == 2 * (16 * 4 + 4 * 6 + 6 * 2))
        #expect(cost.multiplyAdds == cost.of(middle)?.multiplyAdds)
        #expect(cost.of(encoder.layers[0])?.activationBytes == 0)
        #expect(cost.of(encoder.layers[1])?.activationBytes == floats(2 * 4))
        #expect(cost.trainingPeak == [middle, try model.layer(named: "probabilities")].compactMap { cost.of($0)?.trainingPeak }.max())
    }

    @Test func subclassedModels() throws {
        let model = try DisplayModels.subclassed()
        let cost = try model.cost(batchSize: 8)
        #expect(cost.multiplyAdds == 8 * (3 * 4 + 4 * 2))
        #expect(cost.of(model.layers[0]) == ModelCost.Part(multiplyAdds: 8 * 3 * 4, activationBytes: nil, trainingPeak: nil))
        #expect(cost.of(model.layers[1])?.multiplyAdds == 8 * 4 * 2)
        // One call: the batch and what relu gives are kept, all weights have gradients.
        #expect(cost.trainingPeak == floats(8 * 3 + 8 * 4, 8 * 2, 16 + 10))
        #expect(message { _ = try DisplayModels.subclassedUnbuilt().flops }.contains("counting its costs"))
        #expect(message { _ = try DisplayModels.unbuilt().flops }.contains("counting its costs"))
    }

    @Test func countingChangesNothing() throws {
        let x = Input(shape: [4])
        let y = try BatchNormalization()(Dropout(0.5)(Dense(4, kernelRegularizer: .l2(0.1), activityRegularizer: .l2(0.1))(x)))
        let model = try Model(inputs: x, outputs: y)
        let before = try model.variables.map { try $0.value.numbers }
        _ = try model.cost(batchSize: 2)
        #expect(try model.variables.map { try $0.value.numbers } == before)
        // Only the weights' penalty is left.
        #expect(try model.losses().count == 1)
    }

    @Test func mixedPrecisionHalvesActivations() throws {
        let x = Input(shape: [4])
        let dense = Dense(8, dtype: .mixedBfloat16)
        let cost = try Model(inputs: x, outputs: dense(x)).cost(batchSize: 3)
        #expect(cost.of(dense)?.activationBytes == 2 * 3 * 8)
    }

    // MARK: What is told

    @Test func unknownSizes() throws {
        let title = Input(shape: [nil], name: "title"), tags = Input(shape: [12], name: "tags")
        let words = try GlobalAveragePooling1D()(Embedding(100, 8)(title))
        let model = try Model(inputs: [title, tags], outputs: Dense(3)(Concatenate()([words, tags])), name: "router")
        #expect(message { _ = try model.flops } == """
            The costs of model "router" depend on sizes of its input "title" that are not known: [nil, nil].
            Say the inputs' shapes, without the batch: inputShapes: [[100]].
            """)
        #expect(try model.flops(batchSize: 2, inputShapes: [[100], [12]]) == 2 * 2 * 20 * 3)
        #expect(message { _ = try model.cost(inputShapes: [[100]]) }.contains("takes 2 shapes in inputShapes"))
        #expect(message { _ = try model.cost(inputShapes: [[100], [13]]) } == """
            Input "tags" of model "router" has the shape [nil, 12]; inputShapes gives it [13], without the batch.
            """)
        #expect(message { _ = try model.cost(batchSize: 0) } == "A batch has 1 sample or more; batchSize is 0.")
        #expect(message { _ = try model.cost(batchSize: .max, inputShapes: [[100], [12]]) } != "no error")
    }
}
