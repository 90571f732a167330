/// A rule that a weight is made to keep after every update.
///
/// Source: `keras.constraints`.
///
/// ```swift
/// let layer = Dense(64, kernelConstraint: .maxNorm(3))
/// ```
public struct Constraint: Sendable {
    /// The class's name in Keras.
    public let className: String
    /// Its settings under Keras' names.
    public let config: Config
    private let project: @Sendable (Tensor) throws -> Tensor

    /// A constraint of one's own.
    ///
    /// - Parameter project: gives the nearest weight that keeps the rule.
    public init(name: String, config: Config = [:], _ project: @escaping @Sendable (Tensor) throws -> Tensor) {
        self.init(builtin: name, config, project)
        Self.custom.register(self, name: name, config: config)
    }

    init(builtin name: String, _ config: Config = [:], _ project: @escaping @Sendable (Tensor) throws -> Tensor) {
        className = name
        self.config = config
        self.project = project
    }

    /// The constraint of a name as Keras takes it: `"max_norm"`, `"non_neg"`, `"unit_norm"`, `"min_max_norm"`.
    ///
    /// - Throws: `KerasError.unknownName`.
    public init(named name: String) throws { self = try Self.named(name) }

    /// The weight as the rule wants it.
    public func callAsFunction(_ weight: some TensorConvertible) throws -> Tensor { try project(weight.tensor()) }

    /// Norms along `axes` are `maxValue` at most.
    public static func maxNorm(_ maxValue: Double = 2, axes: [Int] = [0]) -> Constraint {
        Constraint(builtin: "MaxNorm", ["max_value": .double(maxValue), "axis": Config.axesValue(axes)]) { w in
            let norms = try norms(w, axes)
            return try w * (ops.clip(norms, 0, maxValue) / (norms + epsilon()))
        }
    }

    /// No number is below 0.
    public static let nonNeg = Constraint(builtin: "NonNeg") { w in try ops.maximum(w, 0) }

    /// Norms along `axes` are 1.
    public static func unitNorm(axes: [Int] = [0]) -> Constraint {
        Constraint(builtin: "UnitNorm", ["axis": Config.axesValue(axes)]) { w in try w / (norms(w, axes) + epsilon()) }
    }

    /// Norms along `axes` move into `minValue … maxValue`, by the share `rate` at each update.
    public static func minMaxNorm(minValue: Double = 0, maxValue: Double = 1, rate: Double = 1, axes: [Int] = [0]) -> Constraint {
        let config: Config = [
            "min_value": .double(minValue), "max_value": .double(maxValue), "rate": .double(rate), "axis": Config.axesValue(axes),
        ]
        return Constraint(builtin: "MinMaxNorm", config) { w in
            let norms = try norms(w, axes)
            let desired = try ops.clip(norms, minValue, maxValue) * rate + norms * (1 - rate)
            return try w * (desired / (norms + epsilon()))
        }
    }

    private static func norms(_ w: Tensor, _ axes: [Int]) throws -> Tensor {
        try ops.sqrt(ops.sum(ops.square(w), axes: axes, keepdims: true))
    }
}

extension Constraint: Hashable {
    public static func == (a: Constraint, b: Constraint) -> Bool { a.className == b.className && a.config == b.config }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(className)
        hasher.combine(config)
    }
}

extension Constraint: NamedFunction {
    static let custom = CustomFunctions<Constraint>()
    static let kind = "constraint"
    static let module = "keras.constraints"
    static let aliases = ["nonneg": "NonNeg", "unitnorm": "UnitNorm", "maxnorm": "MaxNorm", "minmaxnorm": "MinMaxNorm"]
    static var builtins: [(className: String, make: (Config) throws -> Constraint)] {
        [
            ("MaxNorm", { .maxNorm(try $0.value("max_value", default: 2), axes: try $0.axes("axis", default: [0])) }),
            ("NonNeg", { _ in .nonNeg }),
            ("UnitNorm", { .unitNorm(axes: try $0.axes("axis", default: [0])) }),
            ("MinMaxNorm", {
                .minMaxNorm(
                    minValue: try $0.value("min_value", default: 0), maxValue: try $0.value("max_value", default: 1),
                    rate: try $0.value("rate", default: 1), axes: try $0.axes("axis", default: [0]))
            }),
        ]
    }
}
