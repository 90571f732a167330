/// What can be given as a loss: a ``Loss``, or Keras' name of one (`"mse"`, `"SparseCategoricalCrossentropy"`).
public protocol LossConvertible {
    /// - Throws: `KerasError.unknownName` for a name that is not known.
    func makeLoss() throws -> LossChoice
}

/// A loss, or the wish for the cross-entropy that suits the shapes of targets and predictions.
public enum LossChoice {
    case loss(Loss)
    case crossentropyByShapes
}

extension Loss: LossConvertible {
    public func makeLoss() -> LossChoice { .loss(self) }

    /// The losses that are known by name. A test asks each of them for recorded Keras numbers.
    package static var known: [Loss.Type] {
        [
            BinaryCrossentropy.self, BinaryFocalCrossentropy.self, CategoricalCrossentropy.self, CategoricalFocalCrossentropy.self,
            SparseCategoricalCrossentropy.self, KLDivergence.self, Poisson.self, MeanSquaredError.self, MeanAbsoluteError.self,
            MeanAbsolutePercentageError.self, MeanSquaredLogarithmicError.self, CosineSimilarity.self, LogCosh.self, Huber.self,
            Hinge.self, SquaredHinge.self, CategoricalHinge.self, Dice.self, Tversky.self, CategoricalGeneralizedCrossEntropy.self,
        ]
    }

    /// Keras' short names.
    package static let aliases = [
        "bce": "binary_crossentropy", "kld": "kl_divergence", "mae": "mean_absolute_error", "mse": "mean_squared_error",
        "mape": "mean_absolute_percentage_error", "msle": "mean_squared_logarithmic_error",
    ]
}

extension String: LossConvertible {
    public func makeLoss() throws -> LossChoice {
        if ["crossentropy", "ce"].contains(lowercased()) { return .crossentropyByShapes }
        let wanted = Loss.aliases[lowercased()] ?? self
        for type in Loss.known where type.registeredName == wanted || Naming.snakeCase(type.registeredName) == wanted {
            return .loss(try type.init(config: ["name": .string(self)]))
        }
        if let function = Session.current.losses.function(named: self) { return .loss(LossFunction(name: self, function)) }
        let custom = CustomObjects.type(named: self, as: Loss.Type.self)
        if let custom { return .loss(try custom.init(config: [:])) }
        let names = Loss.known.map { Naming.snakeCase($0.registeredName) } + Loss.aliases.keys.sorted() + ["crossentropy"]
        throw KerasError.unknownName(kind: "loss", name: self, known: names)
    }
}

extension LossConvertible where Self == Loss {
    /// ``BinaryCrossentropy``.
    public static func binaryCrossentropy(
        fromLogits: Bool = false, labelSmoothing: Double = 0, axis: Int = -1, reduction: LossReduction = .sumOverBatchSize
    ) -> Loss {
        BinaryCrossentropy(fromLogits: fromLogits, labelSmoothing: labelSmoothing, axis: axis, reduction: reduction)
    }

    /// ``CategoricalCrossentropy``.
    public static func categoricalCrossentropy(
        fromLogits: Bool = false, labelSmoothing: Double = 0, axis: Int = -1, reduction: LossReduction = .sumOverBatchSize
    ) -> Loss {
        CategoricalCrossentropy(fromLogits: fromLogits, labelSmoothing: labelSmoothing, axis: axis, reduction: reduction)
    }

    /// ``SparseCategoricalCrossentropy``.
    public static func sparseCategoricalCrossentropy(
        fromLogits: Bool = false, ignoreClass: Int? = nil, axis: Int = -1, reduction: LossReduction = .sumOverBatchSize
    ) -> Loss {
        SparseCategoricalCrossentropy(fromLogits: fromLogits, ignoreClass: ignoreClass, axis: axis, reduction: reduction)
    }

    /// ``BinaryFocalCrossentropy``.
    public static func binaryFocalCrossentropy(
        applyClassBalancing: Bool = false, alpha: Double = 0.25, gamma: Double = 2, fromLogits: Bool = false
    ) -> Loss {
        BinaryFocalCrossentropy(applyClassBalancing: applyClassBalancing, alpha: alpha, gamma: gamma, fromLogits: fromLogits)
    }

    /// ``CategoricalFocalCrossentropy``.
    public static func categoricalFocalCrossentropy(alpha: Double = 0.25, gamma: Double = 2, fromLogits: Bool = false) -> Loss {
        CategoricalFocalCrossentropy(alpha: alpha, gamma: gamma, fromLogits: fromLogits)
    }

    /// ``MeanSquaredError``.
    public static func meanSquaredError(reduction: LossReduction = .sumOverBatchSize) -> Loss { MeanSquaredError(reduction: reduction) }
    /// ``MeanAbsoluteError``.
    public static func meanAbsoluteError(reduction: LossReduction = .sumOverBatchSize) -> Loss { MeanAbsoluteError(reduction: reduction) }
    /// ``MeanAbsolutePercentageError``.
    public static func meanAbsolutePercentageError() -> Loss { MeanAbsolutePercentageError() }
    /// ``MeanSquaredLogarithmicError``.
    public static func meanSquaredLogarithmicError() -> Loss { MeanSquaredLogarithmicError() }
    /// ``Huber``.
    public static func huber(delta: Double = 1) -> Loss { Huber(delta: delta) }
    /// ``LogCosh``.
    public static func logCosh() -> Loss { LogCosh() }
    /// ``CosineSimilarity``.
    public static func cosineSimilarity(axis: Int = -1) -> Loss { CosineSimilarity(axis: axis) }
    /// ``KLDivergence``.
    public static func klDivergence() -> Loss { KLDivergence() }
    /// ``Poisson``.
    public static func poisson() -> Loss { Poisson() }
    /// ``Hinge``.
    public static func hinge() -> Loss { Hinge() }
    /// ``SquaredHinge``.
    public static func squaredHinge() -> Loss { SquaredHinge() }
    /// ``CategoricalHinge``.
    public static func categoricalHinge() -> Loss { CategoricalHinge() }
    /// ``Dice``.
    public static func dice(axes: [Int]? = nil) -> Loss { Dice(axes: axes) }
    /// ``Tversky``.
    public static func tversky(alpha: Double = 0.5, beta: Double = 0.5) -> Loss { Tversky(alpha: alpha, beta: beta) }
}

/// Losses for several outputs: a list by position, or a dictionary by name. Where there is none, an output has no loss.
///
/// ```swift
/// try model.compile(optimizer: .adam(), loss: ["priority": .binaryCrossentropy(fromLogits: true), "department": "mse"])
/// ```
public struct Losses: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    enum Content {
        case single((any LossConvertible)?)
        case list([(any LossConvertible)?])
        case dictionary([(key: String, value: (any LossConvertible)?)])
    }
    let content: Content

    init(_ content: Content) { self.content = content }
    public init(_ list: [Loss?]) { content = .list(list.map { $0 }) }
    public init(_ dictionary: [String: Loss]) { content = .dictionary(dictionary.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) }
    public init(arrayLiteral elements: (any LossConvertible)?...) { content = .list(elements) }
    public init(dictionaryLiteral elements: (String, (any LossConvertible)?)...) {
        content = .dictionary(elements.map { (key: $0.0, value: $0.1) })
    }
}

/// How much each output's loss counts: a list by position, or a dictionary by name.
public enum LossWeights: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    case list([Double])
    case dictionary([String: Double])

    public init(arrayLiteral elements: Double...) { self = .list(elements) }
    public init(dictionaryLiteral elements: (String, Double)...) {
        self = .dictionary(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }
}
