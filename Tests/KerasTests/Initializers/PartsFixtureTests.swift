import Testing

@testable import Keras

/// Initializers, regularizers and constraints against Keras, recorded by `Tests/Fixtures/parts/make_parts.py`.
@Suite(.ownSession) struct PartsFixtureTests {
    static let file = KerasFixture.read("parts/parts.json").first ?? Config()

    private func rows(_ key: String) throws -> [Config] { try Self.file.value(key) }
    private func weight() throws -> Tensor { try RecordedArray(Self.file.dictionary("weight")).tensor() }

    @Test func initializers() throws {
        for row in try rows("initializers") {
            let expected = try RecordedArray(row)
            let initializer = try Initializer(config: row["object"].unwrap())
            #expect(differences(initializer.configValue, row["object"]).isEmpty)
            let value = try initializer(expected.shape, dtype: .float32)
            #expect(value.shape == expected.shape)
            expectAgree(try value.numbers, expected.values, tolerance: 2e-6, initializer.className)
        }
    }

    /// Keras forgets the gain of its Identity in configs; here it stays.
    @Test func identityKeepsItsGain() throws {
        let copy = try Initializer(config: Initializer.identity(gain: 2).configValue)
        #expect(try copy([2, 2]).array(Float.self) == [2, 0, 0, 2])
    }

    @Test func everyInitializerHasARow() throws {
        let covered = try Set(rows("initializers").map { try $0.dictionary("object").string("class_name") })
        #expect(Set(Initializer.builtins.map(\.className)).subtracting(covered).isEmpty)
    }

    /// The initial weights of a whole model follow from the global seed as Keras' do.
    @Test func seededWeights() throws {
        setRandomSeed(1)
        let x = Input(shape: [6])
        var y = try Dense(5, activation: .relu)(x)
        y = try Dropout(0.5)(y)
        y = try Dense(4, kernelInitializer: .heNormal(), biasInitializer: .randomNormal())(y)
        y = try Dense(3, kernelInitializer: .orthogonal())(y)
        let model = try Model(inputs: x, outputs: y)
        for (got, want) in zip(try model.getWeights(), try Self.file.arrays("seeded_weights")) {
            #expect(got.shape == want.shape)
            expectAgree(try got.numbers, want.values, tolerance: 2e-6, "weights of \(want.shape)")
        }
    }

    /// Kernels whose inputs are counted by an equation, and layers that clone their initializers.
    @Test func seededAttentionWeights() throws {
        let expected: Config = try Self.file.dictionary("seeded_attention")
        setRandomSeed(2)
        let x = Input(shape: [3, 4])
        var y = try EinsumDense("abc,cde->abde", outputShape: [nil, 2, 3], kernelInitializer: .heUniform())(x)
        y = try EinsumDense(
            "abde,dec->abc", outputShape: [nil, 4], biasAxes: "c", kernelInitializer: .glorotUniform(), biasInitializer: .randomNormal())(y)
        y = try MultiHeadAttention(numHeads: 2, keyDim: 3, dropout: 0.5, useGate: true)(y, value: y)
        y = try Dropout(0.5)(y)
        y = try GroupQueryAttention(headDim: 2, numQueryHeads: 4, numKeyValueHeads: 2, biasInitializer: .randomUniform())(y, value: y)
        y = try SpectralNormalization(Dense(2))(y)
        let model = try Model(inputs: x, outputs: y)
        #expect(try model.layers.map(\.name) == expected.value("names"))
        for ((got, want), path) in zip(zip(try model.getWeights(), try expected.arrays("weights")), model.weights.map(\.path)) {
            #expect(got.shape == want.shape)
            expectAgree(try got.numbers, want.values, tolerance: 2e-6, path)
        }
    }

    @Test func regularizers() throws {
        for row in try rows("regularizers") {
            let regularizer = try Regularizer(config: row["object"].unwrap())
            #expect(differences(regularizer.configValue, row["object"]).isEmpty)
            expectAgree([try regularizer(weight()).item(Double.self)], [try row.double("penalty")], tolerance: 1e-5, regularizer.className)
        }
        for row in try rows("named_regularizers") {
            let regularizer = try Regularizer(named: row.string("name"))
            expectAgree([try regularizer(weight()).item(Double.self)], [try row.double("penalty")], tolerance: 1e-5, regularizer.className)
        }
    }

    @Test func constraints() throws {
        for row in try rows("constraints") {
            let constraint = try Constraint(config: row["object"].unwrap())
            #expect(differences(constraint.configValue, row["object"]).isEmpty)
            expectAgree(try constraint(weight()).numbers, try RecordedArray(row).values, tolerance: 2e-6, constraint.className)
        }
    }

    @Test func unknownNamesSuggestTheNearest() {
        #expect(message { _ = try Initializer(named: "he_norml") }.contains("Did you mean \"he_normal\"?"))
        #expect(message { _ = try Regularizer(named: "l3") }.contains("There is no regularizer named \"l3\"."))
        #expect(message { _ = try Constraint(named: "max_nrm") }.contains("Did you mean \"max_norm\"?"))
        #expect(message { _ = try ActivationFunction(named: "sofmax") }.contains("Did you mean \"softmax\"?"))
    }

    @Test func badSettings() {
        #expect(
            message { _ = try Initializer.varianceScaling(scale: -1)([2, 2]) }
                == "The VarianceScaling initializer needs scale to be a finite number above 0; it got -1.0.")
        #expect(message { _ = try Initializer.orthogonal()([3]) }.contains("needs the weight's shape to be of rank 2 or more; it got [3]."))
        #expect(message { _ = try Initializer.identity()([3]) }.contains("of rank 2"))
        #expect(
            message { _ = try Initializer.heNormal(inputAxes: [0], outputAxes: [2])([3, 2]) }
                .contains("needs outputAxes to be axes of the weight's shape [3, 2]; it got [2]."))
        #expect(
            message { _ = try Initializer.stft()([3, 2]) }
                .contains("needs the weight's shape to be [steps, 1, frequencies]; it got [3, 2]."))
        #expect(
            message { _ = try Initializer.stft(window: .weights([1, 2]))([3, 1, 2]) }
                .contains("needs window to be 3 weights, one for each step; it got 2."))
        #expect(
            message { _ = try Initializer(config: ["class_name": "STFT", "config": ["window": "han"]]) }
                .contains("Did you mean \"hann\"?"))
        #expect(message { _ = try Regularizer.l2(-1)(Tensor(1.0)) }.contains("needs l2 to be a finite number, 0 or more; it got -1.0."))
        #expect(message { _ = try Regularizer.l1(.nan)(Tensor(1.0)) }.contains("needs l1"))
    }

    /// Functions of one's own are found again by name.
    @Test func customFunctionsSurviveAConfig() throws {
        let halves = Initializer(name: "Halves") { shape, dtype in try ops.full(shape, 0.5, dtype: dtype) }
        let cube = ActivationFunction(name: "cube") { x in try ops.power(x, 3) }
        let layer = Dense(2, activation: cube, kernelInitializer: halves)
        let copy = try Dense(config: layer.getConfig())
        let output = try copy(Tensor([[1, 1]] as [[Float]]))
        #expect(try output.array(Float.self) == [1, 1])
    }
}
