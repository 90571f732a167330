import GuideModels
import Keras

/// Section 5: residual connections, shared layers, nodes, features of a large network, operations, masks.
enum GraphsOfLayers {
    @Sendable static func run(_ facts: Facts) throws {
        for part in [residual, shared, features, operations, masks, surgery] {
            clearSession()
            try part(facts)
        }
    }

    private static func residual(_ facts: Facts) throws {
        let model = try GuideModels.toyResNet()
        model.summary()
        facts.equal("the toy ResNet has 223,242 parameters", try model.countParams(), 223_242)
        facts.holds("it is plotted", try Guide.plot(model, "toy_resnet.png"))

        // A few steps on Fashion-MNIST, padded to 32×32 and repeated for 3 channels; `make story STORY=resnet` trains it for real.
        let (train, _) = try FashionMNIST.load()
        let pictures = try train.x[0..<640].reshaped([-1, 28, 28, 1]).cast(to: .float32) / 255
        let x = try ops.repeat(ops.pad(pictures, [(0, 0), (2, 2), (2, 2), (0, 0)]), 3, axis: -1)
        let y = try ops.oneHot(train.y[0..<640], 10)
        try model.compile(optimizer: .rmsprop(1e-3), loss: .categoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
        let history = try model.fit(x, y, batchSize: 64, epochs: 2, verbose: .line)
        let losses = history["loss"]
        facts.holds("its loss falls while it trains", losses.count == 2 && losses[1] < losses[0])
    }

    private static func shared(_ facts: Facts) throws {
        let shared = Embedding(1000, 128)
        let first = Input(shape: [nil], dtype: .int32, name: "first")
        let second = Input(shape: [nil], dtype: .int32, name: "second")
        let a = try shared(first)
        let b = try shared(second)
        facts.equal("a layer called twice has two nodes", shared.inboundNodes.count, 2)
        facts.mistake("its output says which node it wants to know of", says: "first", "second", "GraphsOfLayers.swift") {
            try Model(inputs: [first, second], outputs: shared.output)
        }
        facts.equal("output(at:) answers", try shared.output(at: 1), b)
        let model = try Model(inputs: [first, second], outputs: ops.mean(ops.concatenate([a, b], axis: 1), axis: 1))
        facts.equal("there is one set of weights", model.weights.count, 1)
        clearSession()
        facts.holds("the shared layer is plotted", try Guide.plot(GuideModels.sharedEmbedding(), "shared_embedding.png"))
    }

    private static func features(_ facts: Facts) throws {
        let vgg = try VGG19(weights: .none)
        facts.equal("VGG19 has 143,667,240 parameters", try vgg.countParams(), 143_667_240)
        facts.equal("and 26 layers", vgg.layers.count, 26)
        let features = try Model(inputs: vgg.input, outputs: vgg.layers.map(\.output))
        facts.equal("every intermediate activation is an output", features.outputs.count, 26)
        facts.equal("of known shape", features.outputs[2].shape, [nil, 224, 224, 64])
        facts.holds("VGG19 is plotted", try Guide.plot(vgg, "vgg19.png"))

        let small = try VGG19(includeTop: false, weights: .none, inputShape: [64, 64, 3])
        let extractor = try Model(inputs: small.input, outputs: small.layers.map(\.output))
        let activations: [Tensor] = try extractor.predict(random.uniform([1, 64, 64, 3], seed: 1), verbose: .silent)
        facts.equal("they come out for a picture", activations.last?.shape, [1, 2, 2, 512])
    }

    private static func operations(_ facts: Facts) throws {
        let x = Input(shape: [16], name: "numbers")
        let y = try x * 2 + 1
        let grid = try ops.reshape(y, [-1, 4, 4])
        let first = try grid[.all, 0]
        facts.equal("operators, ops and subscripts work on symbolic tensors", first.shape, [nil, 4])
        let model = try Model(inputs: x, outputs: first)
        facts.equal("they become nodes of the graph", model.operations.map(\.name), ["numbers", "multiply", "add", "reshape", "get_item"])
        let values = try model.predict(Tensor((0..<32).map(Float.init), shape: [2, 16]), verbose: .silent)
        facts.equal("and compute", try values.array(Float.self), [1, 3, 5, 7, 33, 35, 37, 39])
        let copy = try Model(config: model.config)
        facts.equal("and stand in the config", copy.output.shape, [nil, 4])
        clearSession()
        facts.holds("operations are plotted", try Guide.plot(GuideModels.operations(), "operations.png"))
    }

    private static func masks(_ facts: Facts) throws {
        let words = Input(shape: [nil], dtype: .int32, name: "words")
        let vectors = try Embedding(1000, 16, maskZero: true)(words)
        facts.equal("a mask comes with a tensor", vectors.mask?.shape, [nil, nil])
        facts.equal("and is an operation's result", vectors.mask?.node?.layer.name, "not_equal")
        let read = try LSTM(8, returnSequences: true)(vectors)
        facts.equal("layers that can pass it on", read.mask, vectors.mask)
        let model = try Model(inputs: words, outputs: GlobalAveragePooling1D()(read))
        facts.equal(
            "it is a node of the model", model.operations.map(\.name),
            ["words", "embedding", "not_equal", "lstm", "global_average_pooling1d"])
        facts.equal("and no layer", model.layers.count, 4)
        let padded = try model.predict(Tensor([[5, 7, 0, 0]], dtype: .int32), verbose: .silent)
        let short = try model.predict(Tensor([[5, 7]], dtype: .int32), verbose: .silent)
        facts.holds("what is padded does not count", try ops.allclose(padded, short).item(Bool.self))
        clearSession()
        facts.holds("masks are plotted", try Guide.plot(GuideModels.masked(), "masks.png"))
    }

    private static func surgery(_ facts: Facts) throws {
        let model = try GuideModels.mnist()
        facts.equal("every layer is found", try model.layer(named: "dense_1").name, model.layers[2].name)
        facts.equal("with its input and weights", try model.layer(named: "dense_1").input.shape, [nil, 64])
        model.layers[1].trainable = false
        facts.equal("freezing a layer", model.trainableWeights.count, 4)
        let cut = try Model(inputs: model.input, outputs: Dense(3, name: "classes")(model.layer(at: -2).output))
        facts.equal("new outputs on old layers", cut.output.shape, [nil, 3])
        let clone = try cloneModel(model)
        facts.equal("a clone has the same layers", clone.layers.map(\.name), model.layers.map(\.name))
        facts.holds("and weights of its own", clone.weights[0] !== model.weights[0])
        facts.equal("frozen as the original", clone.trainableWeights.count, 4)
    }
}
