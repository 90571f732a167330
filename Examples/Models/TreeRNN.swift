import Keras

/// A tree whose leaves are words: the form of a sentence, which differs from one to the next.
public indirect enum Tree {
    case leaf(word: Int)
    case branch(Tree, Tree)

    public var wordCount: Int {
        switch self {
        case .leaf: 1
        case .branch(let left, let right): left.wordCount + right.wordCount
        }
    }
}

/// A network over trees: each branch's vector comes from its two children's, by one layer for all branches.
///
/// The computation has the form of its argument, so there is nothing to draw beforehand: the model is called on a `Tree`.
public final class TreeRNN: Model {
    public let words: Int
    public let units: Int
    private let embedding: Embedding
    private let combine: Dense
    private let score = Dense(1)

    public init(words: Int, units: Int) {
        self.words = words
        self.units = units
        embedding = Embedding(words, units)
        combine = Dense(units, activation: .tanh)
        super.init(name: "tree_rnn")
    }

    public required convenience init(config: Config) throws { try self.init(words: config.int("words"), units: config.int("units")) }

    override public var config: Config { ["words": .int(words), "units": .int(units)] }

    /// The score of a tree, `[1, 1]`.
    public func callAsFunction(_ tree: Tree) throws -> Tensor { try score(vector(of: tree)) }

    private func vector(of tree: Tree) throws -> Tensor {
        switch tree {
        case .leaf(let word): try embedding(Tensor([Int32(word)]))
        case .branch(let left, let right): try combine(ops.concatenate([vector(of: left), vector(of: right)], axis: -1))
        }
    }
}
