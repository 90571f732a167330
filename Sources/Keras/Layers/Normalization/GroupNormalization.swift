/// Brings each group of channels of each sample to mean 0 and variance 1, then scales and shifts the channels by learned amounts.
///
/// - Input and output: any shape with a channel axis, the last unless `axis` says otherwise.
/// - Weights: `gamma` if `scale`, `beta` if `center`, each `[channels]`.
/// - Throws: `KerasError.unknownDimension` if the number of channels is `nil`; `.incompatibleInput` if it is no multiple of `groups`;
///   `.invalidArgument` for other `groups` than -1 or 1 and more.
/// - Source: `keras.layers.GroupNormalization`; Wu and He, 2018.
///
/// ```swift
/// let y = try GroupNormalization(groups: 8)(x)
/// let z = try GroupNormalization(groups: -1)(x)      // as many groups as channels
/// ```
public final class GroupNormalization: Layer {
    /// The number of groups; -1, until the layer is built, for one group for each channel.
    public private(set) var groups: Int
    public let axis: Int
    public let epsilon: Double
    public let center: Bool
    public let scale: Bool
    public let betaInitializer: Initializer
    public let gammaInitializer: Initializer
    public let betaRegularizer: Regularizer?
    public let gammaRegularizer: Regularizer?
    public let betaConstraint: Constraint?
    public let gammaConstraint: Constraint?
    public private(set) var gamma: Variable?
    public private(set) var beta: Variable?

    public init(
        groups: Int = 32, axis: Int = -1, epsilon: Double = 1e-3, center: Bool = true, scale: Bool = true,
        betaInitializer: Initializer = .zeros, gammaInitializer: Initializer = .ones, betaRegularizer: Regularizer? = nil,
        gammaRegularizer: Regularizer? = nil, betaConstraint: Constraint? = nil, gammaConstraint: Constraint? = nil, name: String? = nil,
        trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.groups = groups
        self.axis = axis
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
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
        groups = try config.value("groups", default: 32)
        axis = try config.value("axis", default: -1)
        epsilon = try config.value("epsilon", default: 1e-3)
        center = try config.value("center", default: true)
        scale = try config.value("scale", default: true)
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
        require(groups > 0 || groups == -1, "groups", "1 or more, or -1 for one group for each channel", got: groups)
        require(axis != 0, "axis", "another axis than the batch's", got: axis)
        require(epsilon >= 0 && epsilon.isFinite, "epsilon", "a finite number, 0 or more", got: epsilon)
        inputSpec = [InputSpec(minRank: max(axis < 0 ? 1 - axis : axis + 1, 2), layout: "[batch, …] with channels in axis \(axis)")]
        supportsMasking = true
        autocast = false
    }

    override var buildConfig: Config? { buildShapes.map { ["input_shape": $0.configValue] } }

    override public func build(inputShape: Shape) throws {
        let channels = try inputShape.known(axis: axis, for: self)
        if groups == -1 { groups = channels }
        guard groups > 0, channels >= groups, channels % groups == 0 else {
            throw KerasError.incompatibleInput(
                place, requirement: .other("a multiple of \(groups) channels in axis \(axis)", remedy: "Choose another number of groups."),
                index: nil, name: nil, input: Building.sources.first ?? TensorSource(shape: inputShape, dtype: computeDType))
        }
        if scale {
            gamma = try addWeight(
                "gamma", shape: [channels], initializer: gammaInitializer, autocast: false, regularizer: gammaRegularizer,
                constraint: gammaConstraint)
        }
        if center {
            beta = try addWeight(
                "beta", shape: [channels], initializer: betaInitializer, autocast: false, regularizer: betaRegularizer,
                constraint: betaConstraint)
        }
        inputSpec = [InputSpec(rank: inputShape.rank, axes: [axis: channels])]
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        // Short types would overflow in the sums.
        let x = inputs.dtype == .float64 ? inputs : try inputs.cast(to: .float32)
        let place = axis < 0 ? axis + x.rank : axis
        let size = x.shape[place] / groups
        let grouped = try x.reshaped(x.shape[..<place] + [groups, size] + x.shape[(place + 1)...])
        let (mean, variance) = try ops.moments(grouped, axes: (1..<grouped.rank).filter { $0 != place }, keepdims: true)
        let perChannel = grouped.shape.indices.map { $0 == place ? groups : $0 == place + 1 ? size : 1 }
        var factor = try ops.rsqrt(variance + epsilon)
        if let gamma { factor = try factor * gamma.value.cast(to: x.dtype).reshaped(perChannel) }
        var shift = try ops.negative(mean) * factor
        if let beta { shift = try shift + beta.value.cast(to: x.dtype).reshaped(perChannel) }
        let outputs = try (grouped * factor + shift).reshaped(x.shape)
        return try outputs.cast(to: inputs.dtype.isFloatingPoint ? inputs.dtype : x.dtype).cast(to: computeDType)
    }

    override public var config: Config {
        [
            "groups": .int(groups), "axis": .int(axis), "epsilon": .double(epsilon), "center": .bool(center), "scale": .bool(scale),
            "beta_initializer": betaInitializer.configValue, "gamma_initializer": gammaInitializer.configValue,
            "beta_regularizer": betaRegularizer.configValue, "gamma_regularizer": gammaRegularizer.configValue,
            "beta_constraint": betaConstraint.configValue, "gamma_constraint": gammaConstraint.configValue,
        ]
    }
}
