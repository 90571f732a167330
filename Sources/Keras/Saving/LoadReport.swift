/// What a file's weights were used for.
///
/// ```swift
/// let report = try model.loadWeights(from: "other.weights.h5", skipMismatch: true)
/// report.applied.count            // weights that were set
/// for entry in report.missing { print(entry) }
/// ```
public struct LoadReport: Hashable, Sendable {
    /// The file's path.
    public var file: String
    /// Variables that were set.
    public internal(set) var applied: [Entry] = []
    /// Variables that the file does not have.
    public internal(set) var missing: [Entry] = []
    /// What the file has and the model does not.
    public internal(set) var unused: [Entry] = []
    /// Variables that the file has in another shape, number or type.
    public internal(set) var mismatched: [Entry] = []

    /// One variable.
    public struct Entry: Hashable, Sendable {
        /// Where the file has it, or would have it: `layers/dense/vars/0`.
        public var path: String
        /// The model's variable: `dense/kernel`; nil if there is none.
        public var variable: String?
        public var role: Role
        /// Why it could not be set, as far as that can be told.
        public var cause: LoadCause?
    }

    /// What a variable is for.
    public enum Role: Hashable, Sendable {
        /// A layer's: without it, predictions are others.
        case weight
        /// The optimizer's: without it, training starts afresh.
        case optimizer
        /// What Keras does not save: states of random numbers, of metrics, of stateful layers.
        case state
    }

    /// Whether all weights of layers were set, and all in the file were used.
    public var isComplete: Bool { !(missing + unused + mismatched).contains { $0.role == .weight } }
}

/// Why a variable could not be set.
public enum LoadCause: Hashable, Sendable {
    case shape(expected: [Int], got: [Int])
    /// The layer has another number of weights.
    case count(expected: Int, got: Int)
    case elementType(String)
    /// The file has nothing for the layer; `similar` has the same shapes there.
    case noGroup(similar: String?)
    /// No layer of the model has this place; `similar` is one that lacks the same shapes.
    case noLayer(similar: String?)
    /// The model is not compiled.
    case notCompiled
    /// The optimizer is another one, or for other weights.
    case optimizer(expected: Int, got: Int)
    /// The layer has no weights yet.
    case notBuilt(layer: String)
}

extension LoadCause: CustomStringConvertible {
    public var description: String {
        switch self {
        case .shape(let expected, let got): "its shape is \(expected), the file's \(got)"
        case .count(let expected, let got): "the layer has \(expected) weights, the file \(got)"
        case .elementType(let type): "the file has \(type)"
        case .noGroup(let similar): "the file has no such part\(similar.map { "; \"\($0)\" there has the same shapes" } ?? "")"
        case .noLayer(let similar): "the model has no such part\(similar.map { "; \"\($0)\" has the same shapes" } ?? "")"
        case .notCompiled: "the model is not compiled"
        case .optimizer(let expected, let got): "the optimizer has \(expected) variables, the file's \(got)"
        case .notBuilt(let layer): "\(layer) has no weights yet"
        }
    }
}

extension LoadReport.Entry: CustomStringConvertible {
    public var description: String {
        let name = variable.map { "\($0) (\(path))" } ?? path
        return cause.map { "\(name): \($0)" } ?? name
    }
}

extension LoadReport: CustomStringConvertible {
    /// Counts, then what is wrong, a line each; long lists are cut.
    public var description: String {
        let kinds = [("missing", missing), ("of another shape or number", mismatched), ("not used", unused)].filter { !$0.1.isEmpty }
        let counts = kinds.map { "\($0.1.count) \($0.1.count == 1 ? "is" : "are") \($0.0)" }
        let head = "\(applied.count) of the model's variables are in the file" + counts.map { ", \($0)" }.joined() + "."
        let lines = kinds.flatMap { kind in kind.1.map { "  \(kind.0): \($0)" } }
        let shown = 20
        let rest = lines.count > shown ? ["  and \(lines.count - shown) more"] : []
        return ([head] + lines.prefix(shown) + rest).joined(separator: "\n")
    }
}
