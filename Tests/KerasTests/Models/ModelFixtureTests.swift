import Testing

@testable import Keras

/// Whole models against Keras: layers, names, paths, counts, configs and predictions, recorded by
/// `Tests/Fixtures/models/make_models.py`.
@Suite(.ownSession) struct ModelFixtureTests {
    static let rows = KerasFixture.read("models/models.json")
    static let names = rows.compactMap { try? $0.string("name") }

    private func row(_ name: String) throws -> Config { try Self.rows.first { try $0.string("name") == name }.unwrap() }

    /// A model made from Keras' config has Keras' layers, weights and config.
    @Test(arguments: names) func config(_ name: String) throws {
        let row = try row(name)
        let expected = try row.dictionary("config")
        let isStack = try row.string("class") == "Sequential"
        let model: Model = try isStack ? Sequential(config: expected) : Model(config: expected)
        #expect(model.layers.map(\.name) == (try row.value("layers")))
        let found = differences(.dictionary(model.config), .dictionary(expected))
        #expect(found.isEmpty)
        let again = try Model.fromJSON(model.json())
        #expect(again.config == model.config)
        #expect(again.json() == model.json())
        guard row["paths"] != nil else { return }
        let paths: [String] = try row.value("paths")
        #expect(model.weights.map(\.path) == paths)
        #expect(try model.countParams() == row.int("params"))
        if let outputs: [String] = try row.value("outputs") { #expect(model.outputNames == outputs) }
    }

    /// Initial weights follow from the global seed as Keras' do, and so do predictions.
    @Test(arguments: names) func predictions(_ name: String) throws {
        let row = try row(name)
        guard row["x"] != nil, let make = Self.builders[name] else { return }
        setRandomSeed(7)
        let model = try make()
        let inputs = try row.arrays("x").map { try $0.tensor() }
        let outputs = try model.outputs(of: Structure(list: inputs)).leaves
        let expected = try row.arrays("y")
        #expect(outputs.map(\.shape) == expected.map(\.shape))
        for (index, (got, want)) in zip(outputs, expected).enumerated() {
            expectAgree(try got.numbers, want.values, tolerance: 1e-5, "\(name), output \(index)")
        }
    }

    /// The same models drawn here; dictionaries of inputs in the order of their keys.
    private static let builders: [String: @Sendable () throws -> Model] = [
        "chain": {
            let inputs = Input(shape: [784])
            let first = Dense(64, activation: .relu), second = Dense(64, activation: .relu), last = Dense(10)
            return try Model(inputs: inputs, outputs: last(second(first(inputs))), name: "mnist_model")
        },
        "branches": {
            let a = Input(shape: [4], name: "a"), b = Input(shape: [3], name: "b")
            let x = try Dense(5)(a)
            let y = try Dense(5, activation: .tanh)(b)
            let z = try add([x, y])
            return try Model(inputs: [a, b], outputs: [Dense(2, name: "first")(z), concatenate([z, y], name: "second")])
        },
        "named_ends": {
            let title = Input(shape: [6], name: "title"), body = Input(shape: [6], name: "body")
            let shared = Embedding(20, 4)
            let x = try Flatten()(concatenate([shared(title), shared(body)], axis: 1))
            let priority = try Dense(1, name: "priority")(x)
            return try Model(inputs: ["title": title, "body": body], outputs: ["priority": priority, "department": Dense(4)(x)])
        },
        "shared_at_two_depths": {
            let inputs = Input(shape: [4])
            let a = Dense(4), b = Dense(4)
            return try Model(inputs: inputs, outputs: a(b(a(inputs))))
        },
        "nested": {
            let i = Input(shape: [4])
            let inner = try Model(inputs: i, outputs: Dense(4)(i), name: "inner")
            let j = Input(shape: [4])
            let x = try inner(Activation(.relu)(inner(j)))
            let stack = try Sequential([Input(shape: [4]), Dense(3), BatchNormalization()], name: "stack")
            return try Model(inputs: j, outputs: stack(x), name: "outer")
        },
        "extra_calls": {
            let dense = Dense(4)
            _ = try dense(Input(shape: [4]))
            let x = Input(shape: [4])
            return try Model(inputs: x, outputs: multiply([dense(x), x]))
        },
        "from_the_middle": {
            let h = try Dense(3)(Input(shape: [4]))
            return try Model(inputs: h, outputs: Dense(2)(Activation(.relu)(h)))
        },
        "shapes": {
            let x = Input(shape: [2, 6])
            let y = try Reshape([3, 4])(x)
            let z = try Permute([2, 1])(x)
            let w = try Dot(axes: 2, 1)([Permute([2, 1])(z), Reshape([6, 2])(y)])
            return try Model(inputs: x, outputs: [RepeatVector(2)(Flatten()(w)), w])
        },
        "stack": { try Sequential([Input(shape: [8]), Dense(4, activation: .relu), Dropout(0.2), Dense(2)]) },
        "stack_of_a_model": {
            let i = Input(shape: [5])
            return try Sequential([Model(inputs: i, outputs: Dense(3)(i), name: "first"), Dense(2)])
        },
    ]
}
