import GuideModels
import Keras

/// A model whose layers are stored properties.
final class MLP: Model {
    let hidden = Dense(64, activation: .relu), scores = Dense(10)

    override func call(_ inputs: Tensor) throws -> Tensor { try scores(hidden(inputs)) }
}

/// A subclassed model that holds a functional one and a Sequential.
final class Mixed: Model {
    let features: Model
    let head = try! Sequential([Dense(8, activation: .relu), Dense(1)])

    init(features: Model) {
        self.features = features
        super.init(name: "mixed")
    }

    required init(config: Config) throws { throw KerasError.notConfigurable(object: "Mixed", reason: "it is made of a model that is given") }

    override func call(_ inputs: Tensor) throws -> Tensor { try head(features(inputs)) }
}

/// Section 7: subclassing, mixing styles, dynamic models.
enum Subclassing {
    @Sendable static func run(_ facts: Facts) throws {
        let mlp = MLP()
        let x = try random.normal([16, 32], seed: 1)
        facts.equal("layers in stored properties need no registration", try mlp(x).shape, [16, 10])
        facts.equal("they are found with their weights", mlp.layers.map(\.name), ["dense", "dense_1"])
        try mlp.compile(optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
        let history = try mlp.fit(x, random.randint([16], minval: 0, maxval: 10, seed: 2), epochs: 5, verbose: .silent)
        facts.holds("a subclassed model trains", (history["loss"].last ?? 1) < (history["loss"].first ?? 0))

        let inputs = Input(shape: [32])
        let functional = try Model(inputs: inputs, outputs: Dense(16)(inputs))
        facts.equal("functional and Sequential models work inside subclassed ones", try Mixed(features: functional)(x).shape, [16, 1])
        clearSession()
        let outer = try Model(inputs: inputs, outputs: MLP()(Sequential([Dense(8)])(inputs)))
        facts.equal("and the other way round", outer.output.shape, [nil, 10])
        facts.holds("such a mixture is plotted", try Guide.plot(outer, "mixed.png"))

        clearSession()
        let rnn = try GuideModels.customRNN()
        facts.equal("a custom RNN stands in a functional model", rnn.output.shape, [nil, 8, 1])
        let again = try Model(config: rnn.config, customObjects: [CustomRNN.self])
        facts.equal("and is made again from its config", try again.countParams(), try rnn.countParams())
        facts.holds("the custom RNN is plotted", try Guide.plot(rnn, "custom_rnn.png"))

        try trees(facts)
    }

    /// Trees of different shapes, and a loop written by hand: is the first word greater than the last?
    private static func trees(_ facts: Facts) throws {
        let words = 8
        let model = TreeRNN(words: words, units: 12)
        let optimizer = try Optimizer.adam(0.02)
        let lossFunction = BinaryCrossentropy(fromLogits: true)
        var generator = SmallGenerator(state: 7)
        let samples = (0..<24).map { _ in
            let leaves = (0..<(2 + generator.next(4))).map { _ in generator.next(words) }
            return (tree: generator.tree(of: leaves), target: leaves[0] > leaves[leaves.count - 1] ? Float(1) : 0)
        }
        facts.holds("trees have different shapes", Set(samples.map(\.tree.wordCount)).count > 2)
        _ = try model(samples[0].tree)

        func mean() throws -> Double {
            try samples.reduce(0) { sum, sample in
                try sum + Double(lossFunction(Tensor([[sample.target]]), model(sample.tree)).item(Float.self))
            } / Double(samples.count)
        }
        let before = try mean()
        for _ in 0..<6 {
            for (tree, label) in samples {
                let target = try Tensor([[label]])
                let (_, gradients) = try valueAndGradient(of: model.trainableVariables) { try lossFunction(target, model(tree)) }
                try optimizer.apply(gradients, to: model.trainableVariables)
            }
        }
        let after = try mean()
        print("    the loss over \(samples.count) trees: \(before) at first, \(after) after six passes")
        facts.holds("a Tree-RNN learns from trees of any shape", after < before * 0.7)
    }
}

/// Whole numbers that are the same on every run.
private struct SmallGenerator {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    /// A tree over leaves, split anywhere.
    mutating func tree(of leaves: [Int]) -> Tree {
        if leaves.count == 1 { return .leaf(word: leaves[0]) }
        let cut = 1 + next(leaves.count - 1)
        return .branch(tree(of: Array(leaves[..<cut])), tree(of: Array(leaves[cut...])))
    }
}
