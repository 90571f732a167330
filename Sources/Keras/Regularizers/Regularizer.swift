/// A penalty on a weight or on a layer's outputs, added to the loss.
///
/// Source: `keras.regularizers`.
///
/// ```swift
/// let layer = Dense(64, kernelRegularizer: .l2(1e-4), activityRegularizer: .l1(1e-5))
/// let cubes = Regularizer(name: "Cubes") { x in try ops.sum(ops.power(ops.abs(x), 3)) * 0.01 }
/// ```
public struct Regularizer: Sendable {
    /// The class's name in Keras.
    public let className: String
    /// Its settings under Keras' names.
    public let config: Config
    private let penalty: @Sendable (Tensor) throws -> Tensor

    /// A regularizer of one's own.
    ///
    /// - Parameter penalty: gives a scalar.
    public init(name: String, config: Config = [:], _ penalty: @escaping @Sendable (Tensor) throws -> Tensor) {
        self.init(builtin: name, config, penalty)
        Self.custom.register(self, name: name, config: config)
    }

    init(builtin name: String, _ config: Config = [:], _ penalty: @escaping @Sendable (Tensor) throws -> Tensor) {
        className = name
        self.config = config
        self.penalty = penalty
    }

    /// The regularizer of a name as Keras takes it: `"l1"`, `"l2"`, `"l1_l2"`, `"orthogonal_regularizer"`.
    ///
    /// - Throws: `KerasError.unknownName`.
    public init(named name: String) throws { self = try Self.named(name) }

    /// The penalty, a scalar.
    public func callAsFunction(_ x: some TensorConvertible) throws -> Tensor { try penalty(x.tensor()) }

    /// `l1 · Σ|x|`.
    public static func l1(_ l1: Double = 0.01) -> Regularizer {
        Regularizer(builtin: "L1", ["l1": .double(l1)]) { x in
            try check("L1", "l1", l1)
            return try ops.sum(ops.abs(x)) * l1
        }
    }

    /// `l2 · Σx²`.
    public static func l2(_ l2: Double = 0.01) -> Regularizer {
        Regularizer(builtin: "L2", ["l2": .double(l2)]) { x in
            try check("L2", "l2", l2)
            return try ops.sum(ops.square(x)) * l2
        }
    }

    /// `l1 · Σ|x| + l2 · Σx²`.
    public static func l1l2(l1: Double = 0, l2: Double = 0) -> Regularizer {
        Regularizer(builtin: "L1L2", ["l1": .double(l1), "l2": .double(l2)]) { x in
            try check("L1L2", "l1", l1)
            try check("L1L2", "l2", l2)
            return try ops.sum(ops.abs(x)) * l1 + ops.sum(ops.square(x)) * l2
        }
    }

    /// What ``orthogonal(factor:mode:)`` makes orthogonal to each other.
    public enum Vectors: String, CaseIterable, Sendable { case rows, columns }

    /// `factor` times the mean of the absolute products of different rows (or columns) of a matrix, each of length 1.
    public static func orthogonal(factor: Double = 0.01, mode: Vectors = .rows) -> Regularizer {
        Regularizer(builtin: "OrthogonalRegularizer", ["factor": .double(factor), "mode": .string(mode.rawValue)]) { x in
            try check("OrthogonalRegularizer", "factor", factor)
            guard x.rank == 2 else {
                throw KerasError.invalidSetting(
                    object: "The OrthogonalRegularizer", argument: "its weight", expected: "a matrix", got: "shape \(x.shape)")
            }
            let rows = try ops.normalize(mode == .rows ? x : ops.transpose(x), axis: 1)
            let products = try ops.matmul(rows, ops.transpose(rows))
            let size = Double(rows.shape[0])
            let others = try ops.abs(products * (1 - ops.eye(rows.shape[0], dtype: rows.dtype)))
            return try ops.sum(others) * (0.5 * factor) / max(size * (size - 1) / 2, 1)
        }
    }

    private static func check(_ name: String, _ argument: String, _ value: Double) throws {
        guard value >= 0, value.isFinite else {
            throw KerasError.invalidSetting(
                object: "The \(name) regularizer", argument: argument, expected: "a finite number, 0 or more", got: "\(value)")
        }
    }
}

extension Regularizer: Hashable {
    public static func == (a: Regularizer, b: Regularizer) -> Bool { a.className == b.className && a.config == b.config }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(className)
        hasher.combine(config)
    }
}

extension Regularizer: NamedFunction {
    static let custom = CustomFunctions<Regularizer>()
    static let kind = "regularizer"
    static let module = "keras.regularizers"
    static let aliases = ["l1": "L1", "l2": "L2", "l1l2": "L1L2", "l1_l2": "L1L2"]
    static var builtins: [(className: String, make: (Config) throws -> Regularizer)] {
        [
            ("L1", { .l1(try $0.value("l1", default: 0.01)) }),
            ("L2", { .l2(try $0.value("l2", default: 0.01)) }),
            ("L1L2", { .l1l2(l1: try $0.value("l1", default: 0), l2: try $0.value("l2", default: 0)) }),
            ("OrthogonalRegularizer", { config in
                let name = try config.value("mode", default: Vectors.rows.rawValue)
                guard let mode = Vectors(rawValue: name) else {
                    throw KerasError.unknownName(kind: "mode of OrthogonalRegularizer", name: name, known: Vectors.allCases.map(\.rawValue))
                }
                return .orthogonal(factor: try config.value("factor", default: 0.01), mode: mode)
            }),
        ]
    }
}
