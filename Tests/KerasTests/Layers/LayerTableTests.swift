import Testing

@testable import Keras

/// Every layer against Keras: one row for each layer and option, recorded by `Tests/Fixtures/layers/make_layers.py`.
@Suite(.ownSession) struct LayerTableTests {
    static let groups = ["core", "convolution", "recurrent", "attention"]
    static let rows = Dictionary(
        groups.flatMap { KerasFixture.read("layers/\($0).json") }.compactMap { row in (try? row.string("name")).map { ($0, row) } },
        uniquingKeysWith: { first, _ in first })
    static let names = rows.keys.sorted()

    @Test(arguments: names) func row(_ name: String) throws {
        let check = try RowCheck(Self.rows[name].unwrap())
        try check.config()
        try check.shape()
        try check.value()
        try check.gradients()
        try check.state()
    }

    /// A new layer needs a row; ends of graphs and models have tests of their own.
    @Test func everyLayerHasARow() throws {
        let covered = try Set(Self.rows.values.map { try $0.dictionary("layer").string("class_name") })
        let elsewhere: Set = ["Functional", "Sequential", "InputLayer"]
        let missing = LayerConfig.builtins.map { $0.registeredName }.filter { !covered.contains($0) && !elsewhere.contains($0) }
        #expect(missing.isEmpty, "layers without a row in Tests/Fixtures/layers: \(missing)")
    }

    /// The name of a row says which it is, so that no row hides another.
    @Test func namesAreUnique() throws {
        let count = Self.groups.reduce(0) { $0 + KerasFixture.read("layers/\($1).json").count }
        #expect(count == Self.rows.count)
    }
}

private struct RowCheck {
    let row: Config
    let layer: Layer
    let inputs: [Tensor]
    let keywords: [(name: String, listed: Bool, values: [Tensor])]
    let tolerance: Double
    let name: String

    init(_ row: Config) throws {
        self.row = row
        name = try row.string("name")
        LambdaFunctions.register()
        layer = try LayerConfig.layer(from: row.dictionary("layer"))
        let policy: String? = try row.value("policy")
        tolerance = policy == nil ? 1e-5 : policy!.hasSuffix("bfloat16") ? 2e-2 : 3e-3
        let masks: [Config?] = try row.value("masks")
        inputs = try zip(row.arrays("inputs"), masks).map { input, mask in
            var tensor = try input.tensor()
            tensor.kerasMask = try mask.map { try RecordedArray($0).tensor() }
            return tensor
        }
        let words: [Config] = try row.value("keywords")
        keywords = try words.map { try ($0.string("name"), $0.bool("listed"), $0.arrays("values").map { try $0.tensor() }) }
    }

    /// The config is Keras', and makes the same layer again.
    func config() throws {
        var expected = try row.dictionary("layer").dictionary("config")
        // Keras writes the one axis of a LayerNormalization that was built in a list.
        if layer is LayerNormalization, case .list(let axes)? = expected["axis"], axes.count == 1 { expected["axis"] = axes[0] }
        let found = differences(.dictionary(layer.getConfig()), .dictionary(expected))
        #expect(found.isEmpty, "\(name)")
        let again = try LayerConfig.layer(from: LayerConfig.object(of: layer).dictionary)
        #expect(again.getConfig() == layer.getConfig())
        #expect(type(of: again) == type(of: layer))
    }

    /// Drawn on inputs with a batch of any size, the layer gives Keras' shapes; the paths and shapes of its weights are Keras', too.
    func shape() throws {
        func place(_ tensor: Tensor) -> KerasTensor { Input(batchShape: [nil] + Shape(Array(tensor.shape.dropFirst())), dtype: tensor.dtype) }
        let node = try layer.draw(
            arguments(inputs.map(place), keywords.map { $0.values.map(place) }), at: CallPlace())
        let shapes: [Shape] = try row.value("output_shapes")
        if layer is EinsumDense {
            // Keras leaves a nil in the output's shape unknown, where its own documentation has the input's size, as here.
            #expect(zip(node.outputTensors, shapes).allSatisfy { $0.shape.isCompatible(with: $1) }, "\(name)")
        } else {
            #expect(node.outputTensors.map(\.shape) == shapes, "\(name)")
        }
        try builtConfig()
        let weights: [Config] = try row.value("weights")
        #expect(layer.weights.map(\.path) == (try weights.map { try $0.string("path") }))
        #expect(layer.weights.map(\.shape) == (try weights.map { try $0.ints("shape") }))
        try layer.setWeights(row.arrays("weights").map { try $0.tensor() })
    }

    /// What building adds to the config: shapes, also those of layers inside.
    private func builtConfig() throws {
        guard let shapes = row["build_config"] else { return }
        let object = LayerConfig.object(of: layer).dictionary
        #expect(differences(object["build_config"] ?? .null, shapes).isEmpty, "\(name): build_config")
        if layer is LayerNormalization { return }
        if let config = row["built_config"], config != .null { #expect(differences(object["config"], config).isEmpty, "\(name): config when built") }
    }

    /// The arguments of the row's call, of other leaves.
    private func arguments<Leaf>(_ inputs: [Leaf], _ words: [[Leaf]]) throws -> CallArguments<Leaf> {
        let named = zip(keywords, words).map { keyword, values in
            (name: keyword.name, value: keyword.listed ? Structure(list: values) : .one(values[0]))
        }
        return try CallArguments(
            inputs: row.bool("listed") ? Structure(list: inputs) : .one(inputs[0]), keywords: named,
            training: row.bool("training") ? true : nil, options: row.dictionary("options"))
    }

    private func call(_ inputs: [Tensor], _ words: [[Tensor]]) throws -> [Tensor] {
        try layer.invoke(arguments(inputs, words), at: nil).leaves
    }

    func value() throws {
        let weights = try layer.getWeights().map { try $0.evaluate() }
        let seeds = try layer.variables.map { try $0.rawValue.evaluate() }
        let outputs = try call(inputs, keywords.map(\.values))
        let expected = try row.arrays("outputs")
        #expect(outputs.count == expected.count, "\(name)")
        let masks: [Config?] = try row.value("output_masks")
        for ((output, expected), mask) in zip(zip(outputs, expected), masks) {
            #expect(output.dtype == expected.dtype, "\(name)")
            #expect(output.shape == expected.shape, "\(name)")
            expectAgree(try output.numbers, expected.values, tolerance: tolerance, name)
            let mask = try mask.map(RecordedArray.init)
            #expect(try output.kerasMask?.array(Bool.self) == mask?.values.map { $0 != 0 }, "\(name): mask")
        }
        // Undo what the call changed.
        for (variable, value) in zip(layer.variables, seeds) { try variable.assign(value) }
        try layer.setWeights(weights)
    }

    func gradients() throws {
        let cotangents = try row.arrays("cotangents").map { try $0.tensor() }
        let weights = layer.trainableWeights
        let trackInputs = try !row.arrays("input_gradients").isEmpty
        let sources = trackInputs ? try inputs.map { try Variable($0) } : []
        let smoothWords = try keywords.flatMap(\.values).filter { $0.dtype.isFloatingPoint }.map { try Variable($0) }
        let result = try valueAndGradient(of: weights + sources + smoothWords) {
            let values = trackInputs ? zip(sources, inputs).map { variable, input in
                var value = variable.value
                value.kerasMask = input.kerasMask
                return value
            } : inputs
            var words = smoothWords[...]
            let tracked = keywords.map { keyword in
                keyword.values.map { $0.dtype.isFloatingPoint ? words.removeFirst().value : $0 }
            }
            let terms = try zip(call(values, tracked), cotangents).map { try ops.sum($0.cast(to: .float32) * $1) }
            return try terms.dropFirst().reduce(terms[0]) { try $0 + $1 }
        }
        let expected = try row.arrays("weight_gradients") + row.arrays("input_gradients") + row.arrays("keyword_gradients")
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
