import Testing

@testable import Keras

@Suite(.ownSession) struct LossTests {
    @Test func everyKnownLossHasARow() {
        let rows = Set(TrainingFixture.file.losses.map(\.class))
        for type in Loss.known { #expect(rows.contains(type.registeredName), "\(type.registeredName) has no recorded numbers") }
    }

    @Test func valuesAndReductionsAreKeras() throws {
        for (number, row) in TrainingFixture.file.losses.enumerated() {
            let type = try #require(Loss.known.first { $0.registeredName == row.class })
            let (yTrue, yPred) = (try row.true.tensor(), try row.pred.tensor())
            let label = "\(row.class) \(number)"
            func loss(_ reduction: String) throws -> Loss {
                var config = row.config.config
                config["reduction"] = .string(reduction)
                return try type.init(config: config)
            }
            #expect(try loss("sum").name == row.name)
            expectAgree(try loss("none")(yTrue, yPred).numbers, row.none.values, tolerance: 5e-6, label)
            for (reduction, expected) in row.reductions {
                expectAgree(try loss(reduction)(yTrue, yPred).numbers, expected.plain, tolerance: 5e-6, "\(label) \(reduction)")
                if let weights = try row.weights?.tensor() {
                    expectAgree(
                        try loss(reduction)(yTrue, yPred, sampleWeight: weights).numbers, expected.weighted, tolerance: 5e-6,
                        "\(label) \(reduction), weighted")
                }
            }
        }
    }

    @Test func configsMakeTheSameLossAgain() throws {
        for row in TrainingFixture.file.losses {
            let type = try #require(Loss.known.first { $0.registeredName == row.class })
            let loss = try type.init(config: row.config.config)
            #expect(try type.init(config: loss.config).config == loss.config)
            for entry in row.config.config.entries {
                if let expected = Double(configValue: entry.value) {
                    #expect(loss.config[entry.key].flatMap(Double.init(configValue:)) == expected, "\(row.class) \(entry.key)")
                } else {
                    #expect(loss.config[entry.key] == entry.value, "\(row.class) \(entry.key)")
                }
            }
        }
    }

    @Test func namesAndAliases() throws {
        for name in ["mse", "MSE", "mean_squared_error", "MeanSquaredError"] {
            guard case .loss(let loss) = try name.makeLoss() else { return #expect(Bool(false)) }
            #expect(loss is MeanSquaredError)
            #expect(loss.name == name)
        }
        let text = message { _ = try "mean_squerd_error".makeLoss() }
        #expect(text == "There is no loss named \"mean_squerd_error\".\nDid you mean \"mean_squared_error\"?")
    }

    @Test func masksLeaveValuesOut() throws {
        let yTrue = try Tensor([[1.0, 2], [3, 4]])
        let yPred = try Tensor([[2.0, 2], [0, 0]])
        let mask = try Tensor([true, false])
        #expect(try MeanSquaredError()(yTrue, yPred, mask: mask).item(Float.self) == 0.5)
        #expect(try MeanSquaredError(reduction: .sum)(yTrue, yPred, mask: mask).item(Float.self) == 0.5)
        #expect(try MeanSquaredError()(yTrue, yPred, mask: Tensor([false, false])).item(Float.self) == 0)
    }

    @Test func unsuitableShapesAreSaid() throws {
        let text = message { _ = try MeanSquaredError()(ops.zeros([4, 3]), ops.zeros([4, 2])) }
        #expect(text.hasPrefix("Loss \"mean_squared_error\" cannot compare targets of shape [4, 3] with predictions of shape [4, 2]."))
        let sparse = message { _ = try SparseCategoricalCrossentropy()(ops.zeros([5], dtype: .int32), ops.zeros([4, 2])) }
        #expect(sparse.hasPrefix("Loss \"sparse_categorical_crossentropy\" cannot compare targets of shape [5] with predictions of shape [4, 2]."))
    }

    @Test func functionsAndSubclasses() throws {
        final class Cubic: Loss {
            override func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try ops.mean(ops.power(ops.abs(yTrue - yPred), 3), axis: -1) }
        }
        let (a, b) = (try Tensor([[1.0, 3]]), try Tensor([[0.0, 1]]))
        #expect(try Cubic()(a, b).item(Float.self) == 4.5)
        #expect(try LossFunction { try ops.sum($0 - $1, axis: -1) }(a, b).item(Float.self) == 3)
        #expect(message { _ = try Loss()(a, b) } == "Loss has no call.\nOverride call(_ yTrue: Tensor, _ yPred: Tensor).")
    }

    @Test func unknownReduction() {
        #expect(message { _ = try MeanSquaredError(config: ["reduction": "summ"]) } == "There is no reduction named \"summ\".\nDid you mean \"sum\"?")
    }
}
