/// A rectified linear unit with a learned slope below 0: `max(x, 0) + alpha · min(x, 0)`.
///
/// - Input and output: `[batch, …]`.
/// - Weights: `alpha`, of the input's shape without the batch, 1 in `sharedAxes`.
/// - Throws: `KerasError.unknownDimension` for a `nil` size that is not shared.
/// - Source: `keras.layers.PReLU`.
public final class PReLU: Layer {
    public let alphaInitializer: Initializer
    public let alphaRegularizer: Regularizer?
    public let alphaConstraint: Constraint?
    /// The axes, counted with the batch as 0, along which one slope is shared.
    public let sharedAxes: [Int]?
    public private(set) var alpha: Variable?

    public init(
        alphaInitializer: Initializer = .zeros, alphaRegularizer: Regularizer? = nil, alphaConstraint: Constraint? = nil,
        sharedAxes: [Int]? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.alphaInitializer = alphaInitializer
        self.alphaRegularizer = alphaRegularizer
        self.alphaConstraint = alphaConstraint
        self.sharedAxes = sharedAxes
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        alphaInitializer = try config.function("alpha_initializer", default: .zeros)
        alphaRegularizer = try config.function("alpha_regularizer")
        alphaConstraint = try config.function("alpha_constraint")
        sharedAxes = try config.value("shared_axes", default: nil)
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require((sharedAxes ?? []).allSatisfy { $0 > 0 }, "sharedAxes", "axes from 1 on (0 is the batch)", got: sharedAxes ?? [])
        inputSpec = [InputSpec(minRank: max(1, (sharedAxes?.max() ?? 0) + 1), layout: "[batch, …]")]
        supportsMasking = true
    }

    override public func build(inputShape: Shape) throws {
        let shared = Set(sharedAxes ?? [])
        let sizes = try (1..<max(inputShape.rank, 1)).map { try shared.contains($0) ? 1 : inputShape.known(axis: $0, for: self) }
        alpha = try addWeight(
            "alpha", shape: Shape(sizes), initializer: alphaInitializer, regularizer: alphaRegularizer, constraint: alphaConstraint)
        let axes = (1..<max(inputShape.rank, 1)).filter { !shared.contains($0) }.map { ($0, sizes[$0 - 1]) }
        inputSpec = [InputSpec(rank: inputShape.rank, axes: Dictionary(uniqueKeysWithValues: axes))]
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        try ops.relu(inputs) - weight(alpha).value * ops.relu(ops.negative(inputs))
    }

    override public var config: Config {
        [
            "alpha_initializer": alphaInitializer.configValue, "alpha_regularizer": alphaRegularizer.configValue,
            "alpha_constraint": alphaConstraint.configValue, "shared_axes": sharedAxes.configValue,
        ]
    }
}
