import GuideModels
import Testing

@testable import Keras

/// The guide's models against Keras: summary, parameters, config, and the loss of each of 50 steps from Keras' own initial weights,
/// recorded by `Tests/Fixtures/guide/make_guide.py`.
@Suite(.ownSession) struct GuideParityTests {
    private static let steps = 50
    private static let tolerance = 1e-3

    /// The models as they are documented, by the recording's names.
    static let models: [String: @Sendable () throws -> Model] = [
        "mnist": GuideModels.mnist, "encoder": GuideModels.encoder, "autoencoder": GuideModels.autoencoder,
        "chained": GuideModels.chainedAutoencoder, "ensemble": GuideModels.ensemble, "router": GuideModels.router,
        "toy_resnet": { try GuideModels.toyResNet() }, "shared_embedding": GuideModels.sharedEmbedding,
        "operations": GuideModels.operations, "masked": GuideModels.masked, "custom_rnn": GuideModels.customRNN,
    ]

    private func recorded(_ name: String) throws -> Config { try KerasFixture.read("guide/\(name).json").first.unwrap() }

    @Test(arguments: models.keys.sorted()) func facts(_ name: String) throws {
        let model = try Self.models[name].unwrap()()
        let row = try recorded(name)
        #expect(try model.countParams() == row.int("parameters"))
        #expect(model.summaryText().trimmingLines == (try row.string("summary")).trimmingLines)
    }

    /// Keras' config makes the model here, and what this writes is the same.
    @Test(arguments: models.keys.sorted().filter { $0 != "custom_rnn" }) func config(_ name: String) throws {
        let expected = try recorded(name).dictionary("config").dictionary("config")
        let model = try Self.models[name].unwrap()()
        let found = differences(.dictionary(model.config), .dictionary(expected))
        #expect(found.isEmpty)
        let again = try Model(config: expected)
        #expect(again.config == model.config)
    }

    // MARK: Training

    private typealias Data = (x: Structure<Tensor>, y: Structure<Tensor>)

    @Test(arguments: models.keys.sorted().filter { $0 != "encoder" }) func losses(_ name: String) throws {
        setRandomSeed(7)
        let (model, batch, data) = try compiled(name)
        let expected: [Double] = try recorded(name).value("losses")
        #expect(expected.count == Self.steps)
        for (step, want) in expected.enumerated() {
            let rows = (step * batch)..<((step + 1) * batch)
            let logs = try model.trainOnBatch(data.x.map { try $0[rows] }, data.y.map { try $0[rows] })
            let got = try logs["loss"].unwrap()
            guard (got - want).magnitude <= Self.tolerance * want.magnitude else {
                Issue.record("\(name), step \(step): the loss is \(got), Keras' \(want)")
                return
            }
        }
    }

    private func compiled(_ name: String) throws -> (model: Model, batch: Int, data: Data) {
        let n = Self.steps
        switch name {
        case "mnist":
            let model = try GuideModels.mnist()
            try model.compile(optimizer: .rmsprop(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
            return (model, 16, (try Pattern.tensor([n * 16, 784], 1).structure, try Tensor(Pattern.classes(n * 16, 2, 10)).structure))
        case "autoencoder", "chained":
            let model = try name == "autoencoder" ? GuideModels.autoencoder() : GuideModels.chainedAutoencoder()
            try model.compile(optimizer: .adam(), loss: .meanSquaredError())
            let images = try images(n * 4, 28, 1, 3).structure
            return (model, 4, (images, images))
        case "ensemble":
            let model = try GuideModels.ensemble()
            try model.compile(optimizer: .sgd(), loss: .meanSquaredError())
            return (model, 8, (try Pattern.tensor([n * 8, 128], 4).structure, try Pattern.tensor([n * 8, 1], 5).structure))
        case "router": return (try router(), 4, try tickets(n * 4))
        case "toy_resnet":
            let model = try GuideModels.toyResNet(dropout: 0)
            try model.compile(optimizer: .sgd(0.01), loss: .categoricalCrossentropy(fromLogits: true))
            return (model, 4, (try images(n * 4, 32, 3, 11).structure, try oneHot(n * 4, 12, 10).structure))
        case "shared_embedding":
            let model = try GuideModels.sharedEmbedding()
            try model.compile(optimizer: .adam(), loss: .meanSquaredError())
            let words = [try Tensor(Pattern.classes(n * 20, 13, 1000), shape: [n * 4, 5]), try Tensor(Pattern.classes(n * 28, 14, 1000), shape: [n * 4, 7])]
            return (model, 4, (words.structure, try Pattern.tensor([n * 4, 1], 15).structure))
        case "operations":
            let model = try GuideModels.operations()
            try model.compile(optimizer: .sgd(), loss: .meanSquaredError())
            return (model, 8, (try Pattern.tensor([n * 8, 16], 16).structure, try Pattern.tensor([n * 8, 3], 17).structure))
        case "masked":
            let model = try GuideModels.masked()
            try model.compile(optimizer: .adam(), loss: .meanSquaredError())
            return (model, 4, ([try sentences(n * 4, 6, 20), try sentences(n * 4, 9, 22)].structure, try Pattern.tensor([n * 4, 1], 24).structure))
        default:
            let model = try GuideModels.customRNN()
            try model.compile(optimizer: .rmsprop(), loss: .meanSquaredError())
            return (model, 8, (try Pattern.tensor([n * 8, 10, 5], 18).structure, try Pattern.tensor([n * 8, 8, 1], 19).structure))
        }
    }

    private func router() throws -> Model {
        let model = try GuideModels.router()
        try model.compile(
            optimizer: .rmsprop(1e-3),
            loss: ["priority": .binaryCrossentropy(fromLogits: true), "department": .categoricalCrossentropy(fromLogits: true)],
            lossWeights: ["priority": 1.0, "department": 0.2])
        return model
    }

    private func tickets(_ count: Int) throws -> Data {
        let titles = try Tensor(Pattern.classes(count * 6, 6, 10_000), shape: [count, 6]).cast(to: .float32)
        let bodies = try Tensor(Pattern.classes(count * 9, 7, 10_000), shape: [count, 9]).cast(to: .float32)
        let x = ["title": titles, "body": bodies, "tags": try Pattern.positive([count, 12], 8)]
        return (x.structure, ["priority": try Pattern.positive([count, 1], 9), "department": try oneHot(count, 10, 4)].structure)
    }

    private func images(_ count: Int, _ size: Int, _ channels: Int, _ salt: Int) throws -> Tensor {
        try (Pattern.tensor([count, size, size, channels], salt) + 1) / 2
    }

    /// Words, of which only the first ones of each sentence count.
    private func sentences(_ count: Int, _ length: Int, _ salt: Int) throws -> Tensor {
        let lengths = try Tensor(Pattern.classes(count, salt + 1, length), shape: [count, 1]).cast(to: .int32) + 1
        let words = try Tensor(Pattern.classes(count * length, salt, 1000), shape: [count, length]).cast(to: .int32)
        return try ops.where(ops.less(ops.arange(length), lengths), words, 0)
    }

    private func oneHot(_ count: Int, _ salt: Int, _ number: Int) throws -> Tensor {
        try ops.oneHot(Tensor(Pattern.classes(count, salt, number)), number)
    }
}

extension Pattern {
    /// 1 where the pattern is above 0, else 0.
    static func positive(_ shape: [Int], _ salt: Int) throws -> Tensor {
        try ops.greater(tensor(shape, salt), 0).cast(to: .float32)
    }
}

extension String {
    /// The lines without spaces at their ends, and without empty ones at the end.
    var trimmingLines: String {
        split(separator: "\n", omittingEmptySubsequences: true).map { line in
            var line = line
            while line.last == " " { line.removeLast() }
            return String(line)
        }.joined(separator: "\n")
    }
}
