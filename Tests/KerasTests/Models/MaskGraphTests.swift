import Testing

@testable import Keras

/// Masks as places in graphs, against Keras: recorded by `Tests/Fixtures/masks/make_masks.py`.
@Suite(.ownSession) struct MaskGraphTests {
    static let rows = KerasFixture.read("masks/masks.json")
    static let names = rows.compactMap { try? $0.string("name") }

    private func row(_ name: String) throws -> Config { try Self.rows.first { try $0.string("name") == name }.unwrap() }

    @Test func everyModelIsDrawn() { #expect(Set(Self.names) == Set(MaskedModels.all.keys)) }

    /// Operations and their order, summary, plot and config are Keras'.
    @Test(arguments: names) func drawn(_ name: String) throws {
        let row = try row(name)
        let model = try MaskedModels.all[name].unwrap()()
        try check(model, row)
        #expect(try model.summaryText(lineLength: 108).trimmingLines == row.string("summary").trimmingLines)
        let plot = try modelToDot(
            model, showShapes: true, showDtype: true, showLayerNames: true, showLayerActivations: true, showTrainable: true)
        #expect(try plot == row.string("plot").replacing("'", with: ""))
    }

    /// So are they for a model that is made from Keras' config.
    @Test(arguments: names) func read(_ name: String) throws {
        let row = try row(name)
        let model = try Self.model(of: row)
        try check(model, row)
        #expect(try Model.fromJSON(model.json()).json() == model.json())
    }

    private static func model(of row: Config) throws -> Model {
        let object = try row.dictionary("config"), config = try object.dictionary("config")
        return try object.string("class_name") == "Sequential" ? Sequential(config: config) : Model(config: config)
    }

    private func check(_ model: Model, _ row: Config) throws {
        #expect(model.layers.map(\.name) == (try row.value("layers")))
        if row["operations"] != nil { #expect(model.operations.map(\.name) == (try row.value("operations"))) }
        let found = differences(.dictionary(model.config), try row.dictionary("config")["config"])
        #expect(found.isEmpty)
    }

    /// What the masks do: predictions, and losses while the model learns, from Keras' initial weights.
    @Test(arguments: names) func computed(_ name: String) throws {
        setRandomSeed(7)
        try compute(MaskedModels.all[name].unwrap()(), row(name))
    }

    /// The same for the model of Keras' config, with the drawn one's weights.
    @Test(arguments: names) func computedFromConfig(_ name: String) throws {
        setRandomSeed(7)
        let weights = try MaskedModels.all[name].unwrap()().getWeights()
        clearSession()
        let model = try Self.model(of: row(name))
        try model.setWeights(weights)
        try compute(model, row(name))
    }

    private func compute(_ model: Model, _ row: Config) throws {
        let tolerance = try row.string("name") == "other_types" ? 2e-2 : 1e-5
        let x = try row.arrays("x").map { try $0.tensor() }
        let inputs: Structure<Tensor> = x.count == 1 ? .one(x[0]) : Structure(list: x)
        let outputs = try model.outputs(of: inputs).leaves, expected = try row.arrays("y")
        #expect(outputs.map(\.shape) == expected.map(\.shape))
        for (got, want) in zip(outputs, expected) { expectAgree(try got.numbers, want.values, tolerance: tolerance, "predictions") }
        let targets = try outputs.map { try ops.full($0.shape, 0.25) }
        try model.compile(optimizer: .sgd(0.1), loss: "mse")
        let losses: [Double] = try row.value("losses")
        for (step, want) in losses.enumerated() {
            let logs = try model.trainOnBatch(inputs, targets.count == 1 ? .one(targets[0]) : Structure(list: targets))
            let got = try logs["loss"].unwrap()
            #expect((got - want).magnitude <= 10 * tolerance * want.magnitude, "step \(step): the loss is \(got), Keras' \(want)")
        }
    }
}
