import Testing

@testable import Keras

/// What two models differ in, difference by difference.
@Suite(.ownSession) struct ModelDifferenceTests {
    /// A model of which one thing at a time can be another.
    private struct Recipe {
        var units = 4
        var activation = ActivationFunction.relu
        var initializer = Initializer.glorotUniform(seed: 1)
        var hidden = "hidden", scores = "scores", extra = false
        /// Which of the two branches comes first.
        var isSwapped = false
        var inputSize = 3
        var factor = 2.0

        func model(_ name: String = "model") throws -> Model {
            let inputs = Input(shape: [inputSize], name: "numbers")
            var x = try Dense(units, activation: activation, kernelInitializer: initializer, name: hidden)(inputs)
            if extra { x = try Dropout(0.25, name: "drop")(x) }
            let a = try Dense(2, kernelInitializer: .ones, name: "left")(x), b = try Dense(2, kernelInitializer: .ones, name: "right")(x)
            let joined = try concatenate(isSwapped ? [b, a] : [a, b], name: "joined")
            let scaled = try joined * factor
            scaled.history?.layer.name = "scaled"
            let scores = try Dense(1, kernelInitializer: .ones, name: scores)(scaled)
            return try Model(inputs: inputs, outputs: scores, name: name)
        }
    }

    private func lines(_ change: (inout Recipe) -> Void) throws -> [String] {
        var other = Recipe()
        change(&other)
        let difference = try ModelDifference(Recipe().model(), other.model())
        return difference.text(first: "A", second: "B").split(separator: "\n").map(String.init)
    }

    @Test func equal() throws {
        let difference = try ModelDifference(Recipe().model(), Recipe().model())
        #expect(difference.isEmpty)
        #expect(difference.equalWeights == 8)
        #expect(difference.text() == "")
    }

    @Test func architecture() throws {
        #expect(try lines { $0.activation = .tanh } == ["Architecture:", #"  hidden/activation: "relu" in A, "tanh" in B"#])
        #expect(
            try lines { $0.hidden = "renamed" } == ["Architecture:", "  hidden/name: hidden in A, renamed in B"])
        #expect(
            try lines { $0.isSwapped = true } == [
                "Architecture:", "  joined/called on: left[0][0], right[0][0] in A, right[0][0], left[0][0] in B",
            ])
        #expect(try lines { $0.factor = 3 } == ["Architecture:", "  scaled/calls/0/args/1: 2.0 in A, 3.0 in B"])
        #expect(
            try lines { $0.extra = true } == [
                "Architecture:", "  drop: none in A, Dropout in B", "  left/called on: hidden[0][0] in A, drop[0][0] in B",
                "  right/called on: hidden[0][0] in A, drop[0][0] in B",
            ])
        #expect(
            try lines { $0.units = 5 } == [
                "Architecture:", "  hidden/units: 4 in A, 5 in B", "Weights (4 of 8 are equal):", "  hidden/kernel: [3, 4] in A, [3, 5] in B",
                "  hidden/bias: [4] in A, [5] in B", "  left/kernel: [4, 2] in A, [5, 2] in B", "  right/kernel: [4, 2] in A, [5, 2] in B",
            ])
        #expect(
            try lines { $0.inputSize = 2 } == [
                "Architecture:", "  numbers/batch_shape: [null, 3] in A, [null, 2] in B", "Weights (7 of 8 are equal):",
                "  hidden/kernel: [3, 4] in A, [2, 4] in B",
            ])
        let initializers = try lines { $0.initializer = .zeros }
        #expect(initializers.prefix(3) == [
            "Architecture:", "  hidden/kernel_initializer: GlorotUniform in A, Zeros in B", "Weights (7 of 8 are equal):",
        ])
    }

    @Test func namesOfModels() throws {
        #expect(try ModelDifference(Recipe().model("one"), Recipe().model("other")).architecture.map(\.description) == [
            "name: one in the first, other in the second"
        ])
    }

    /// Stacks have an order.
    @Test func sequential() throws {
        func stack(_ names: [String]) throws -> Sequential {
            try Sequential([Input(shape: [3], name: "row").layersToAdd[0]] + names.map { Dense(3, kernelInitializer: .ones, name: $0) }, name: "stack")
        }
        let difference = try ModelDifference(stack(["a", "b"]), stack(["b", "a"]))
        #expect(difference.architecture.map(\.description) == [
            #"layers: ["row", "a", "b"] in the first, ["row", "b", "a"] in the second"#
        ])
    }

    /// Models in models: places are paths.
    @Test func nested() throws {
        func model(rate: Double, weight: Double) throws -> Model {
            let inner = Input(shape: [3], name: "inner_place")
            let hidden = try Dense(2, kernelInitializer: .constant(weight), name: "dense")(inner)
            let encoder = try Model(inputs: inner, outputs: Dropout(rate, name: "drop")(hidden), name: "encoder")
            let place = Input(shape: [3], name: "place")
            return try Model(inputs: place, outputs: encoder(place), name: "outer")
        }
        let difference = try ModelDifference(model(rate: 0.5, weight: 1), model(rate: 0.1, weight: 1.5))
        #expect(difference.architecture.map(\.description) == [
            "encoder/dense/kernel_initializer/value: 1.0 in the first, 1.5 in the second", "encoder/drop/rate: 0.5 in the first, 0.1 in the second",
        ])
        #expect(difference.weights.map(\.kind) == [.values(largest: 0.5, differing: 6, count: 6)])
    }

    @Test func weights() throws {
        let first = try Recipe().model(), second = try Recipe().model()
        let a = first.weights[1], b = second.weights[1]
        try b.assign([0, 0.5, -0.25, 0])
        #expect(try ModelDifference(first, second).weights == [.init(path: a.path, kind: .values(largest: 0.5, differing: 2, count: 4))])
        #expect(try ModelDifference(first, second, tolerance: 0.25).weights.map(\.kind) == [.values(largest: 0.5, differing: 1, count: 4)])
        #expect(try ModelDifference(first, second, tolerance: 0.5).isEmpty)
        try b.assign(try Tensor([0, .nan, 0, 0] as [Float]))
        let kind = try #require(try ModelDifference(first, second).weights.first?.kind)
        guard case .values(let largest, 1, 4) = kind else { return #expect(Bool(false), "\(kind)") }
        #expect(largest.isNaN)
        // NaN where the other has NaN is no difference; nor is the sign of zero.
        try a.assign(try Tensor([-0.0, .nan, 0, 0] as [Float]))
        #expect(try ModelDifference(first, second).isEmpty)
    }

    @Test func compileSettings() throws {
        let plain = try Recipe().model()
        func compiled(_ optimizer: Optimizer, _ loss: any LossConvertible, _ metrics: Metrics) throws -> Model {
            let model = try Recipe().model()
            try model.compile(optimizer: optimizer, loss: loss, metrics: metrics)
            return model
        }
        let first = try compiled(.sgd(0.5, momentum: 0.5), MeanSquaredError(), [.meanAbsoluteError])
        #expect(try ModelDifference(first, compiled(.sgd(0.5, momentum: 0.5), MeanSquaredError(), [.meanAbsoluteError])).isEmpty)
        #expect(try ModelDifference(plain, first).compile.map(\.description) == ["compiled: false in the first, true in the second"])
        let other = try compiled(.sgd(0.25, momentum: 0.5), MeanSquaredError(), [.meanAbsoluteError])
        #expect(try ModelDifference(first, other).compile.map(\.path) == ["optimizer/learning_rate"])
        let adam = try compiled(.adam(0.5), MeanAbsoluteError(), [])
        #expect(try ModelDifference(first, adam).compile.map(\.path) == ["optimizer", "loss", "metrics"])
        // An optimizer's variables are compared, too.
        try other.optimizer?.iterations.assign(7)
        #expect(try ModelDifference(first, other).weights.map(\.kind).contains(.values(largest: 7, differing: 1, count: 1)))
    }
}
