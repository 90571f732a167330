import Testing

@testable import Keras

/// Every layer against Keras: one row for each layer and option, recorded by `Tests/Fixtures/layers/make_layers.py`.
@Suite(.ownSession) struct LayerTableTests {
    static let rows = KerasFixture.read("layers/layers.json")
    static let names = rows.compactMap { try? $0.string("name") }

    @Test(arguments: names) func row(_ name: String) throws {
        let row = try Self.rows.first { try $0.string("name") == name }.unwrap()
        let check = try RowCheck(row)
        try check.config()
        try check.shape()
        try check.value()
        try check.gradients()
        try check.state()
    }

    /// A new layer needs a row; ends of graphs and models have tests of their own.
    @Test func everyLayerHasARow() throws {
        let covered = try Set(Self.rows.map { try $0.dictionary("layer").string("class_name") })
        let elsewhere: Set = ["Functional", "Sequential", "InputLayer"]
        let missing = LayerConfig.builtins.map { $0.registeredName }.filter { !covered.contains($0) && !elsewhere.contains($0) }
        #expect(missing.isEmpty, "layers without a row in Tests/Fixtures/layers: \(missing)")
    }
}

private struct RowCheck {
    let row: Config
    let layer: Layer
    let inputs: [Tensor]
    let training: Bool
    let tolerance: Double
    let name: String

    init(_ row: Config) throws {
        self.row = row
        name = try row.string("name")
        layer = try LayerConfig.layer(from: row.dictionary("layer"))
        training = try row.bool("training")
        let policy: String? = try row.value("policy")
        tolerance = policy == nil ? 1e-5 : policy!.hasSuffix("bfloat16") ? 2e-2 : 3e-3
        let masks: [Config?] = try row.value("masks")
        inputs = try zip(row.arrays("inputs"), masks).map { input, mask in
            var tensor = try input.tensor()
            tensor.kerasMask = try mask.map { try RecordedArray($0).tensor() }
            return tensor
        }
    }

    /// The config is Keras', and makes the same layer again.
    func config() throws {
        var expected = try row.dictionary("layer").dictionary("config")
        // Keras writes the one axis of a LayerNormalization that was built in a list.
        if case .list(let axes)? = expected["axis"], axes.count == 1 { expected["axis"] = axes[0] }
        let found = differences(.dictionary(layer.getConfig()), .dictionary(expected))
        #expect(found.isEmpty, "\(name)")
        let again = try LayerConfig.layer(from: LayerConfig.object(of: layer).dictionary)
        #expect(again.getConfig() == layer.getConfig())
        #expect(type(of: again) == type(of: layer))
    }

    /// Drawn on inputs with a batch of any size, the layer gives Keras' shape; the paths and shapes of its weights are Keras', too.
    func shape() throws {
        let places = inputs.map { Input(batchShape: [nil] + Shape(Array($0.shape.dropFirst())), dtype: $0.dtype) }
        let output = try places.count == 1 ? layer(places[0]) : layer(places)
        #expect(output.shape == (try row.value("output_shape")), "\(name)")
        let weights: [Config] = try row.value("weights")
        #expect(layer.weights.map(\.path) == (try weights.map { try $0.string("path") }))
        #expect(layer.weights.map(\.shape) == (try weights.map { try $0.ints("shape") }))
        try layer.setWeights(row.arrays("weights").map { try $0.tensor() })
    }

    private func call(_ inputs: [Tensor]) throws -> Tensor {
        try inputs.count == 1 ? layer(inputs[0], training: training) : layer(inputs, training: training)
    }

    func value() throws {
        let weights = try layer.getWeights().map { try $0.evaluate() }
        let seeds = try layer.variables.map { try $0.rawValue.evaluate() }
        let output = try call(inputs)
        let expected = try row.array("output").unwrap()
        #expect(output.dtype == expected.dtype, "\(name)")
        #expect(output.shape == expected.shape, "\(name)")
        expectAgree(try output.numbers, expected.values, tolerance: tolerance, name)
        let mask = try row.array("output_mask")
        #expect(try output.kerasMask?.array(Bool.self) == mask?.values.map { $0 != 0 }, "\(name): mask")
        // Undo what the call changed.
        for (variable, value) in zip(layer.variables, seeds) { try variable.assign(value) }
        try layer.setWeights(weights)
    }

    func gradients() throws {
        let cotangent = try row.array("cotangent").unwrap().tensor()
        let weights = layer.trainableWeights
        let trackInputs = try !row.arrays("input_gradients").isEmpty
        let sources = trackInputs ? try inputs.map { try Variable($0) } : []
        let result = try valueAndGradient(of: weights + sources) {
            let values = trackInputs ? zip(sources, inputs).map { variable, input in
                var value = variable.value
                value.kerasMask = input.kerasMask
                return value
            } : inputs
            return try ops.sum(call(values).cast(to: .float32) * cotangent)
        }
        let expected = try row.arrays("weight_gradients") + row.arrays("input_gradients")
        #expect(result.gradients.count == expected.count, "\(name)")
        for (index, (got, want)) in zip(result.gradients, expected).enumerated() {
            expectAgree(try got.numbers, want.values, tolerance: tolerance * 5, "\(name), gradient \(index)")
        }
    }

    /// Weights that the call itself changes, as moving averages.
    func state() throws {
        let expected = try row.arrays("non_trainable_after")
        #expect(layer.nonTrainableWeights.count == expected.count, "\(name)")
        for (variable, want) in zip(layer.nonTrainableWeights, expected) {
            expectAgree(try variable.rawValue.numbers, want.values, tolerance: max(tolerance, 1e-5), "\(name), \(variable.path)")
        }
    }
}
