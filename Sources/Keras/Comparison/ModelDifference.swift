/// What two models differ in: architecture, weights, and what `compile` was given.
///
/// ```swift
/// let difference = try ModelDifference(loadModel("a.keras"), loadModel("b.keras"))
/// difference.isEmpty
/// for weight in difference.weights { print(weight) }      // dense/kernel: up to 0.0125 in 640 of 50176 numbers
/// ```
///
/// Layers belong together by their names. Those that are left belong together in their order if they are of the same classes: then only
/// their names differ.
public struct ModelDifference: Hashable, Sendable {
    /// Layers that only one of the models has, settings that differ, and other connections.
    public internal(set) var architecture: [Setting] = []
    /// Weights, and an optimizer's variables, that differ. Those that only one model has are among them.
    public internal(set) var weights: [Weight] = []
    /// What `compile` was given.
    public internal(set) var compile: [Setting] = []
    /// The number of weights, and of an optimizer's variables, that are equal.
    public internal(set) var equalWeights = 0

    /// Something that a config has.
    public struct Setting: Hashable, Sendable {
        /// The layer's names from outside in, and the setting's: `dense/units`. For compile settings `optimizer/learning_rate`.
        public var path: String
        /// The value as JSON; for an object, a layer for one, its class. `nil` if the model has none.
        public var first, second: String?
    }

    /// A weight, or a variable of an optimizer.
    public struct Weight: Hashable, Sendable {
        /// The variable's path in the first model; in the second, if only that has it.
        public var path: String
        public var kind: Kind

        public enum Kind: Hashable, Sendable {
            case onlyInFirst, onlyInSecond
            case shape([Int], [Int])
            /// The largest difference (NaN, if one number is NaN and the other is not), and how many of the numbers differ.
            case values(largest: Double, differing: Int, count: Int)
        }
    }

    public var isEmpty: Bool { architecture.isEmpty && weights.isEmpty && compile.isEmpty }

    /// Compares two models.
    ///
    /// - Parameter tolerance: numbers in weights that differ by so much or less count as equal.
    public init(_ first: Model, _ second: Model, tolerance: Double = 0) throws {
        var comparison = ModelComparison(tolerance: tolerance)
        try comparison.compare(first, second)
        self = comparison.difference
    }

    init() {}
}

extension ModelDifference: CustomStringConvertible {
    public var description: String { text() }

    /// The differences, a line each under what they belong to; empty if there are none.
    ///
    /// - Parameters:
    ///   - first: what the first model is called.
    ///   - second: what the second model is called.
    public func text(first: String = "the first", second: String = "the second") -> String {
        let total = equalWeights + weights.count
        let parts = [
            ("Architecture", architecture.map { $0.text(first, second) }),
            ("Weights (\(equalWeights) of \(total) are equal)", weights.map { $0.text(first, second) }),
            ("Compile settings", compile.map { $0.text(first, second) }),
        ]
        return parts.filter { !$0.1.isEmpty }.map { title, lines in
            "\(title):\n" + lines.map { "  \($0)\n" }.joined()
        }.joined()
    }
}

extension ModelDifference.Setting: CustomStringConvertible {
    public var description: String { text("the first", "the second") }

    fileprivate func text(_ a: String, _ b: String) -> String { "\(path): \(first ?? "none") in \(a), \(second ?? "none") in \(b)" }
}

extension ModelDifference.Weight: CustomStringConvertible {
    public var description: String { text("the first", "the second") }

    fileprivate func text(_ a: String, _ b: String) -> String {
        switch kind {
        case .onlyInFirst: "\(path): only in \(a)"
        case .onlyInSecond: "\(path): only in \(b)"
        case .shape(let first, let second): "\(path): \(Shape(first)) in \(a), \(Shape(second)) in \(b)"
        case .values(let largest, let differing, let count): "\(path): up to \(Float(largest)) in \(differing) of \(count) numbers"
        }
    }
}
