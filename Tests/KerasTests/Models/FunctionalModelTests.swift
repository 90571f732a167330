import Testing

@testable import Keras

@Suite(.ownSession) struct FunctionalModelTests {
    @Test func theGuidesFirstModel() throws {
        let inputs = Input(shape: [784])
        #expect(inputs.shape == [nil, 784])
        #expect(inputs.dtype == .float32)
        let dense = Dense(64, activation: .relu)
        var x = try dense(inputs)
        x = try Dense(64, activation: .relu)(x)
        let outputs = try Dense(10)(x)
        let model = try Model(inputs: inputs, outputs: outputs, name: "mnist_model")
        #expect(try model.countParams() == 55_050)
        #expect(model.layers.map { $0 is InputLayer } == [true, false, false, false])
        #expect(model.input == inputs)
        #expect(model.output == outputs)
        #expect(outputs.node?.layer.name == model.layers[3].name)
        #expect(dense.input == inputs)
        #expect(dense.outboundNodes.count == 1)
    }

    @Test func modelsShareLayers() throws {
        let x = Input(shape: [8])
        let code = try Dense(3)(x)
        let encoder = try Model(inputs: x, outputs: code)
        let autoencoder = try Model(inputs: x, outputs: Dense(8)(code))
        #expect(encoder.weights[0] === autoencoder.weights[0])
        let y = Input(shape: [3])
        let decoder = try Model(inputs: y, outputs: Dense(8)(y))
        let image = Input(shape: [8])
        let chained = try Model(inputs: image, outputs: decoder(encoder(image)))
        #expect(chained.weights.count == 4)
        let data = try ops.ones([2, 8])
        #expect(try chained(data).array(Float.self) == decoder(encoder(data)).array(Float.self))
        let mean = try Model(inputs: image, outputs: average([encoder(image), encoder(image)]))
        #expect(try mean(data).array(Float.self) == encoder(data).array(Float.self))
        #expect(mean.layers.count == 3)
    }

    @Test func intermediateResults() throws {
        let x = Input(shape: [4])
        let model = try Model(inputs: x, outputs: Dense(2)(Dense(3)(x)))
        let features = try Model(inputs: model.input, outputs: model.layers.map(\.output))
        let values: [Tensor] = try features(ops.ones([1, 4]))
        #expect(values.map(\.shape) == [[1, 4], [1, 3], [1, 2]])
    }

    @Test func freezing() throws {
        let x = Input(shape: [4])
        let normalised = BatchNormalization()
        let model = try Model(inputs: x, outputs: Dense(2)(normalised(x)))
        #expect(model.trainableWeights.count == 4)
        #expect(model.nonTrainableWeights.count == 2)
        normalised.trainable = false
        #expect(model.trainableWeights.count == 2)
        #expect(model.nonTrainableWeights.count == 4)
        let before = try normalised.getWeights().map { try $0.array(Float.self) }
        _ = try model(ops.ones([3, 4]), training: true).evaluate()
        #expect(try normalised.getWeights().map { try $0.array(Float.self) } == before)
        model.trainable = false
        #expect(model.trainableWeights.isEmpty)
    }

    @Test func unknownAndKnownSizesMeet() throws {
        let a = Input(shape: [nil, 8]), b = Input(shape: [5, 8]), c = Input(shape: [nil, 8])
        #expect(try add([a, b]).shape == [nil, 5, 8])
        #expect(try add([a, c]).shape == [nil, nil, 8])
        #expect(try concatenate([a, b], axis: 1).shape == [nil, nil, 8])
        #expect(try Reshape([-1, 4])(a).shape == [nil, nil, 4])
        #expect(try Permute([2, 1])(a).shape == [nil, 8, nil])
        #expect(try RepeatVector(3)(Input(shape: [2], batchSize: 7)).shape == [7, 3, 2])
    }

    /// Drawing computes nothing, not even weights.
    @Test func drawingIsLazy() throws {
        var x = Input(shape: [64])
        let first = x
        for _ in 0..<20 { x = try Dropout(0.1)(Dense(64, activation: .relu)(x), training: true) }
        let model = try Model(inputs: first, outputs: x)
        #expect(model.weights.allSatisfy { !$0.rawValue.isEvaluated })
    }

    @Test func weightsGoWithTheirModel() throws {
        weak var variable: Variable?
        weak var layer: Layer?
        do {
            let x = Input(shape: [4])
            let dense = Dense(2)
            let model = try Model(inputs: x, outputs: dense(x))
            variable = dense.kernel
            layer = dense
            _ = try model(ops.ones([1, 4])).evaluate()
            #expect(variable != nil)
        }
        #expect(layer == nil)
        #expect(variable == nil)
    }

    @Test func deepGraphs() throws {
        let x = Input(shape: [1])
        var y = x
        for _ in 0..<3000 { y = try Identity()(y) }
        let model = try Model(inputs: x, outputs: y)
        #expect(model.layers.count == 3001)
    }
}

@Suite(.ownSession) struct SequentialTests {
    @Test func inputFirst() throws {
        let model = try Sequential {
            Input(shape: [4])
            Dense(3, activation: .relu)
            Dense(2)
        }
        #expect(model.layers.count == 2)
        #expect(model.weights.count == 4)
        #expect(model.output.shape == [nil, 2])
        try model.add(Dense(5))
        #expect(model.output.shape == [nil, 5])
        #expect(try model(ops.ones([2, 4])).shape == [2, 5])
        let last = try model.pop()
        #expect(last is Dense)
        #expect(model.output.shape == [nil, 2])
        #expect(model.weights.count == 4)
    }

    @Test func deferred() throws {
        let model = try Sequential([Dense(3), Dense(2)])
        #expect(model.weights.isEmpty)
        #expect(try model(ops.ones([2, 4])).shape == [2, 2])
        #expect(model.weights.count == 4)
        #expect(try model(ops.ones([5, 4])).shape == [5, 2])
        let other = try Sequential([Dense(3)])
        try other.build(for: [nil, 7])
        #expect(try other.countParams() == 24)
        let drawn = try Sequential([Dense(3)])
        #expect(try drawn(Input(shape: [6])).shape == [nil, 3])
    }

    @Test func builderControlFlow() throws {
        let deep = true
        let model = try Sequential {
            Input(shape: [4])
            for units in [8, 6] { Dense(units) }
            if deep { Dense(3) } else { Dense(1) }
            if !deep { Dropout(0.5) }
        }
        #expect(model.layers.compactMap { ($0 as? Dense)?.units } == [8, 6, 3])
    }

    @Test func refusals() throws {
        let model = try Sequential([Input(shape: [4]), Dense(3)], name: "s")
        #expect(message { try model.add(Input(shape: [2])) }.contains("an Input can only come first"))
        #expect(message { try model.add(Dense(2)(Input(shape: [2]))) }.contains("only an Input can stand for its layer"))
        #expect(message { _ = try Sequential(name: "e").pop() }.contains("Model \"e\" has no layers"))
        #expect(message { _ = try Sequential(name: "e")(ops.ones([1])) }.contains("Model \"e\" has no layers"))
        #expect(message { try model.add(Reshape([5, 5])) }.contains("25 elements a sample"))
        #expect(model.layers.count == 1)
        #expect(message { _ = try model(ops.ones([2, 5])) }.contains("needs input \"input_layer"))
    }
}

@Suite(.ownSession) struct SubclassedModelTests {
    final class MLP: Model {
        let hidden = Dense(4, activation: .relu), scores = Dense(2)
        override func call(_ inputs: Tensor) throws -> Tensor { try scores(hidden(inputs)) }
    }

    @Test func calls() throws {
        let model = MLP()
        #expect(model.name == "mlp")
        #expect(model.layers.count == 2)
        #expect(try model(ops.ones([3, 5])).shape == [3, 2])
        #expect(model.weights.map(\.path) == ["mlp/dense/kernel", "mlp/dense/bias", "mlp/dense_1/kernel", "mlp/dense_1/bias"])
        #expect(try model.countParams() == 34)
    }

    @Test func mixes() throws {
        let x = Input(shape: [5])
        let inner = MLP(name: "inner")
        let outer = try Model(inputs: x, outputs: Sequential([Dense(3), Activation(.tanh)])(inner(x)))
        #expect(outer.output.shape == [nil, 3])
        #expect(outer.weights.count == 6)
        final class Around: Model {
            let body: Model
            let head = Dense(1)
            init(_ body: Model) { self.body = body; super.init() }
            required init(config: Config) throws { throw KerasError.notConfigurable(object: "Around", reason: "it holds a model") }
            override func call(_ inputs: Tensor) throws -> Tensor { try head(body(inputs)) }
        }
        let around = Around(outer)
        #expect(try around(ops.ones([2, 5])).shape == [2, 1])
        #expect(around.weights.count == 8)
        let clone = try cloneModel(outer)
        #expect(clone.weights.map(\.shape) == outer.weights.map(\.shape))
        #expect(clone.weights[0] !== outer.weights[0])
    }

    @Test func buildsFromAShape() throws {
        let model = MLP()
        try model.build(for: [nil, 7])
        #expect(try model.countParams() == 7 * 4 + 4 + 10)
    }

    /// Weights that are made while a function is traced are real ones.
    @Test func weightsMadeInATrace() throws {
        let model = MLP()
        let function = TracedFunction(name: "f") { arguments in [try model(arguments[0])] }
        let x = try ops.ones([2, 3])
        let first = try function([x])[0].array(Float.self)
        #expect(try model(x).array(Float.self) == first)
        #expect(try model.getWeights().allSatisfy { try !$0.array(Float.self).isEmpty })
    }

    /// The hand-written loop of the guide.
    @Test func gradients() throws {
        let model = MLP()
        let x = try ops.ones([2, 3])
        let (loss, gradients) = try { () -> (Tensor, [Tensor]) in
            try model.build(for: [nil, 3])
            let result = try valueAndGradient(of: model.trainableVariables) { try ops.mean(ops.square(model(x))) }
            return (result.value, result.gradients)
        }()
        #expect(try loss.item(Float.self) >= 0)
        #expect(gradients.map(\.shape) == model.trainableVariables.map(\.shape))
    }
}
