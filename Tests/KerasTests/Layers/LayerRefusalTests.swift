import Testing

@testable import Keras

/// What Keras' layers refuse is refused here, and what they take is taken: recorded by `Tests/Fixtures/mistakes/make_mistakes.py`.
@Suite(.ownSession) struct LayerRefusalTests {
    static let facts = KerasFixture.read("mistakes/mistakes.json")
    static let names = facts.compactMap { try? $0.string("row") }

    @Test(arguments: names) func layer(_ name: String) throws {
        let facts = try Self.facts.first { try $0.string("row") == name }.unwrap()
        let cases: [Config] = try facts.value("cases")
        for mistake in cases {
            let change = try mistake.string("change"), keras = try mistake.string("keras")
            let shapes: [Shape] = try mistake.value("shapes")
            let problem = try problem(name, shapes, isBuilt: mistake.bool("built"))
            if let problem {
                // Keras makes one array of a list given to a layer of one input; here that is a mistake.
                if change.hasSuffix(" inputs"), problem.contains("takes 1 input; it got ") { continue }
                if Self.stricter["\(name), \(change)"] != nil { continue }
                #expect(keras != "runs", "\(name), \(change), \(shapes): Keras takes it, here: \(problem)")
            } else {
                #expect(keras == "runs", "\(name), \(change), \(shapes): Keras \(keras), here it is drawn")
            }
        }
    }

    /// What Keras takes without meaning to, and why it is refused here.
    private static let stricter = [
        "adaptive average pooling 2d, plain, rank 3": "it has no channels", "adaptive max pooling 2d, plain, rank 3": "it has no channels",
        "adaptive average pooling 3d, plain, rank 3": "it has no channels", "adaptive max pooling 3d, plain, rank 3": "it has no channels",
        "masking, rank 1": "there are no steps", "prelu, rank 0": "there is no batch",
        "prelu, axis 2 changed by -1": "one size is not the slopes' number of sizes, though it broadcasts",
    ]

    /// What is listed as stricter is so.
    @Test func stricterOnes() throws {
        for (name, reason) in Self.stricter {
            let found = try Self.facts.contains { facts in
                let row = try facts.string("row"), cases: [Config] = try facts.value("cases")
                return try cases.contains { try "\(row), \($0.string("change"))" == name && $0.string("keras") == "runs" }
            }
            #expect(found, "\(name): \(reason)")
        }
    }

    /// What drawing the layer says, if it does not suit.
    private func problem(_ name: String, _ shapes: [Shape], isBuilt: Bool) throws -> String? {
        let row = try LayerTableTests.rows[name].unwrap()
        let layer = try LayerConfig.layer(from: row.dictionary("layer"))
        let place = CallPlace(fileID: "Program/Here.swift", line: 7)
        let own = try row.arrays("inputs")
        if isBuilt { try layer.draw(LayerMistakes.arguments(row, own.map { LayerMistakes.place($0) }), at: place) }
        let inputs = shapes.enumerated().map { index, shape in
            Input(batchShape: shape, dtype: own[min(index, own.count - 1)].dtype, name: "given")
        }
        do {
            try layer.draw(LayerMistakes.arguments(row, inputs), at: place)
            return nil
        } catch let error as KerasError {
            return "\(error)"
        }
    }
}

/// Calls of the layer table's rows on other inputs than the row's.
enum LayerMistakes {
    static func place(_ array: RecordedArray) -> KerasTensor {
        Input(batchShape: [nil] + Shape(Array(array.shape.dropFirst())), dtype: array.dtype)
    }

    static func arguments(_ row: Config, _ inputs: [KerasTensor]) throws -> CallArguments<KerasTensor> {
        let words: [Config] = try row.value("keywords")
        let keywords = try words.map { word in
            let values = try word.arrays("values").map { place($0) }
            return (name: try word.string("name"), value: try word.bool("listed") ? Structure(list: values) : .one(values[0]))
        }
        let isListed = try row.bool("listed") || inputs.count > 1
        return try CallArguments(
            inputs: isListed ? Structure(list: inputs) : .one(inputs[0]), keywords: keywords, options: row.dictionary("options"))
    }
}
