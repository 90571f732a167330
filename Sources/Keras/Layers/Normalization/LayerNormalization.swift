/// Brings each sample to mean 0 and variance 1 over some axes, then scales and shifts it by learned amounts:
/// `gamma · (x - mean) / √(variance + epsilon) + beta`.
///
/// - Input and output: any shape.
/// - Weights: `gamma` and `beta`, of the sizes of the axes.
/// - Throws: `KerasError.unknownDimension` if the size of such an axis is `nil`; `.incompatibleInput` if there is no such axis.
/// - Source: `keras.layers.LayerNormalization`; Ba et al., 2016.
public final class LayerNormalization: Layer {
    /// The axes, in ascending order, as the weights have them.
    public let axes: [Int]
    public let epsilon: Double
    public let center: Bool
    public let scale: Bool
    /// Divides by the deviation only: no mean is taken away, and there is no `beta`.
    public let rmsScaling: Bool
    public let betaInitializer: Initializer
    public let gammaInitializer: Initializer
    public let betaRegularizer: Regularizer?
    public let gammaRegularizer: Regularizer?
    public let betaConstraint: Constraint?
    public let gammaConstraint: Constraint?
    public private(set) var gamma: Variable?
    public private(set) var beta: Variable?

    public init(
        axes: [Int] = [-1], epsilon: Double = 1e-3, center: Bool = true, scale: Bool = true, rmsScaling: Bool = false,
        betaInitializer: Initializer = .zeros, gammaInitializer: Initializer = .ones, betaRegularizer: Regularizer? = nil, gammaRegularizer: Regularizer? = nil,
        betaConstraint: Constraint? = nil, gammaConstraint: Constraint? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil
    ) {
        self.axes = axes.sorted()
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
        self.rmsScaling = rmsScaling
        self.betaInitializer = betaInitializer
        self.gammaInitializer = gammaInitializer
        self.betaRegularizer = betaRegularizer
        self.gammaRegularizer = gammaRegularizer
        self.betaConstraint = betaConstraint
        self.gammaConstraint = gammaConstraint
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        axes = try config.axes("axis", default: [-1]).sorted()
        epsilon = try config.value("epsilon", default: 1e-3)
        center = try config.value("center", default: true)
        scale = try config.value("scale", default: true)
        rmsScaling = try config.value("rms_scaling", default: false)
        betaInitializer = try config.function("beta_initializer", default: .zeros)
        gammaInitializer = try config.function("gamma_initializer", default: .ones)
        betaRegularizer = try config.function("beta_regularizer")
        gammaRegularizer = try config.function("gamma_regularizer")
        betaConstraint = try config.function("beta_constraint")
        gammaConstraint = try config.function("gamma_constraint")
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(!axes.isEmpty && Set(axes).count == axes.count, "axes", "one or more different axes", got: axes)
        require(epsilon >= 0 && epsilon.isFinite, "epsilon", "a finite number, 0 or more", got: epsilon)
        let rank = axes.map { $0 < 0 ? -$0 : $0 + 1 }.max() ?? 1
        inputSpec = [InputSpec(minRank: rank, layout: "with axes \(axes)")]
        supportsMasking = true
    }

    override var buildConfig: Config? { buildShapes.map { ["input_shape": $0.configValue] } }

    override public func build(inputShape: Shape) throws {
        let shape = Shape(try axes.map { try inputShape.known(axis: $0, for: self) })
        if scale || rmsScaling {
            gamma = try addWeight(
                "gamma", shape: shape, initializer: gammaInitializer, autocast: false, regularizer: gammaRegularizer, constraint: gammaConstraint)
        }
        if center, !rmsScaling {
            beta = try addWeight(
                "beta", shape: shape, initializer: betaInitializer, autocast: false, regularizer: betaRegularizer, constraint: betaConstraint)
        }
        inputSpec = [InputSpec(rank: inputShape.rank, axes: Dictionary(uniqueKeysWithValues: zip(axes, shape.known ?? [])))]
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        if rmsScaling { return try scaled(inputs).cast(to: computeDType) }
        return try ops.layerNormalization(inputs, gamma: gamma, beta: beta, axes: axes, epsilon: epsilon).cast(to: computeDType)
    }

    private func scaled(_ inputs: Tensor) throws -> Tensor {
        let x = inputs.dtype == .float64 ? inputs : try inputs.cast(to: .float32)
        let normalised = try x * ops.rsqrt(ops.variance(x, axes: axes, keepdims: true) + epsilon)
        guard let gamma else { return normalised }
        let places = axes.map { $0 < 0 ? $0 + x.rank : $0 }
        let shape = x.shape.indices.map { places.contains($0) ? x.shape[$0] : 1 }
        return try normalised * gamma.value.cast(to: x.dtype).reshaped(shape)
    }

    override public var config: Config {
        [
            // Keras makes a list of a single axis when the layer is built.
            "axis": built ? axes.configValue : Config.axesValue(axes), "epsilon": .double(epsilon), "center": .bool(center), "scale": .bool(scale), "rms_scaling": .bool(rmsScaling),
            "beta_initializer": betaInitializer.configValue, "gamma_initializer": gammaInitializer.configValue,
            "beta_regularizer": betaRegularizer.configValue, "gamma_regularizer": gammaRegularizer.configValue,
            "beta_constraint": betaConstraint.configValue, "gamma_constraint": gammaConstraint.configValue,
        ]
    }
}
