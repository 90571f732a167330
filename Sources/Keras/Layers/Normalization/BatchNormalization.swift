/// Brings each channel of a batch to mean 0 and variance 1, then scales and shifts it by learned amounts.
///
/// In training, mean and variance are the batch's, and moving averages of them are kept; else (also while `trainable` is false) the
/// averages are used: `gamma · (x - mean) / √(variance + epsilon) + beta`.
///
/// - Input and output: any shape with a channel axis, the last unless `axis` says otherwise.
/// - Weights: `gamma`, `beta`, `moving_mean`, `moving_variance`, each `[channels]`; the last two are not trained.
/// - Throws: `KerasError.unknownDimension` if the number of channels is `nil`; `.incompatibleInput` if there is no such axis.
/// - Source: `keras.layers.BatchNormalization`; Ioffe and Szegedy, 2015.
public final class BatchNormalization: Layer {
    public let axis: Int
    public let momentum: Double
    public let epsilon: Double
    public let center: Bool
    public let scale: Bool
    /// Batch renormalisation, if it is wanted.
    public let renorm: BatchRenormalization?
    private let settings: Settings
    public private(set) var gamma: Variable?
    public private(set) var beta: Variable?
    public private(set) var movingMean: Variable?
    public private(set) var movingVariance: Variable?
    private var renormState: BatchRenormalization.State?

    private struct Settings {
        var betaInitializer, gammaInitializer, movingMeanInitializer, movingVarianceInitializer: Initializer
        var betaRegularizer, gammaRegularizer: Regularizer?
        var betaConstraint, gammaConstraint: Constraint?
    }

    public init(
        axis: Int = -1, momentum: Double = 0.99, epsilon: Double = 1e-3, center: Bool = true, scale: Bool = true,
        betaInitializer: Initializer = .zeros, gammaInitializer: Initializer = .ones, movingMeanInitializer: Initializer = .zeros,
        movingVarianceInitializer: Initializer = .ones, betaRegularizer: Regularizer? = nil, gammaRegularizer: Regularizer? = nil,
        betaConstraint: Constraint? = nil, gammaConstraint: Constraint? = nil, renorm: BatchRenormalization? = nil, name: String? = nil,
        trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.axis = axis
        self.momentum = momentum
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
        self.renorm = renorm
        settings = Settings(
            betaInitializer: betaInitializer, gammaInitializer: gammaInitializer, movingMeanInitializer: movingMeanInitializer,
            movingVarianceInitializer: movingVarianceInitializer, betaRegularizer: betaRegularizer, gammaRegularizer: gammaRegularizer,
            betaConstraint: betaConstraint, gammaConstraint: gammaConstraint)
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        axis = try config.axes("axis", default: [-1]).first ?? -1
        momentum = try config.value("momentum", default: 0.99)
        epsilon = try config.value("epsilon", default: 1e-3)
        center = try config.value("center", default: true)
        scale = try config.value("scale", default: true)
        settings = Settings(
            betaInitializer: try config.function("beta_initializer", default: .zeros),
            gammaInitializer: try config.function("gamma_initializer", default: .ones),
            movingMeanInitializer: try config.function("moving_mean_initializer", default: .zeros),
            movingVarianceInitializer: try config.function("moving_variance_initializer", default: .ones),
            betaRegularizer: try config.function("beta_regularizer"), gammaRegularizer: try config.function("gamma_regularizer"),
            betaConstraint: try config.function("beta_constraint"), gammaConstraint: try config.function("gamma_constraint"))
        renorm = try BatchRenormalization(config)
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(momentum >= 0 && momentum <= 1, "momentum", "within 0 … 1", got: momentum)
        require(epsilon >= 0 && epsilon.isFinite, "epsilon", "a finite number, 0 or more", got: epsilon)
        inputSpec = [InputSpec(minRank: max(axis < 0 ? -axis : axis + 1, 2), layout: "[batch, …] with channels in axis \(axis)")]
        supportsMasking = true
        renorm?.check { require($0, $1, $2, got: $3) }
    }

    override public func build(inputShape: Shape) throws {
        let channels = try inputShape.known(axis: axis, for: self)
        func add(
            _ name: String, _ initializer: Initializer, trainable: Bool = true, regularizer: Regularizer? = nil, constraint: Constraint? = nil
        ) throws -> Variable {
            try addWeight(
                name, shape: [channels], initializer: initializer, trainable: trainable, autocast: false, regularizer: regularizer,
                constraint: constraint)
        }
        if scale {
            gamma = try add(
                "gamma", settings.gammaInitializer, regularizer: settings.gammaRegularizer, constraint: settings.gammaConstraint)
        }
        if center {
            beta = try add("beta", settings.betaInitializer, regularizer: settings.betaRegularizer, constraint: settings.betaConstraint)
        }
        movingMean = try add("moving_mean", settings.movingMeanInitializer, trainable: false)
        movingVariance = try add("moving_variance", settings.movingVarianceInitializer, trainable: false)
        if renorm != nil {
            let deviation = Initializer(builtin: "MovingDeviation") { [settings] shape, dtype in
                try ops.sqrt(settings.movingVarianceInitializer(shape, dtype: dtype))
            }
            renormState = .init(
                movingDeviation: try add("moving_stddev", deviation, trainable: false),
                mean: try add("renorm_mean", settings.movingMeanInitializer, trainable: false),
                deviation: try add("renorm_stddev", deviation, trainable: false))
        }
        inputSpec = [InputSpec(rank: inputShape.rank, axes: [axis: channels])]
    }

    override public func call(_ inputs: Tensor, training: Bool, mask: Tensor?) throws -> Tensor {
        // Short types would overflow in the sums.
        let wide = inputs.dtype == .float64 ? inputs : try inputs.cast(to: .float32)
        let movingMean = try weight(movingMean), movingVariance = try weight(movingVariance)
        let gamma = try gamma?.value.cast(to: wide.dtype), beta = try beta?.value.cast(to: wide.dtype)
        guard training, trainable else {
            let outputs = try ops.batchNormalization(
                wide, movingMean.value.cast(to: wide.dtype), movingVariance.value.cast(to: wide.dtype), axis: axis, offset: beta,
                scale: gamma, epsilon: epsilon)
            return try outputs.cast(to: computeDType)
        }
        let outputs: Tensor, mean: Tensor, variance: Tensor
        if let renorm, let renormState {
            (mean, variance) = try moments(wide, mask)
            let corrected = try renorm.corrected(renormState, mean, variance, gamma, beta, epsilon: epsilon)
            outputs = try ops.batchNormalization(
                wide, mean, variance, axis: axis, offset: corrected.beta, scale: corrected.gamma, epsilon: epsilon)
            try renorm.update(renormState, mean, variance, epsilon: epsilon, momentum: momentum, movingVariance: movingVariance)
            try movingMean.move(to: mean, momentum: momentum)
            return try outputs.cast(to: computeDType)
        }
        if let mask {
            (mean, variance) = try moments(wide, mask)
            outputs = try ops.batchNormalization(wide, mean, variance, axis: axis, offset: beta, scale: gamma, epsilon: epsilon)
        } else {
            (outputs, mean, variance) = try ops.batchNormalizationTraining(wide, gamma: gamma, beta: beta, axis: axis, epsilon: epsilon)
        }
        try movingMean.move(to: mean, momentum: momentum)
        try movingVariance.move(to: variance, momentum: momentum)
        return try outputs.cast(to: computeDType)
    }

    /// Mean and variance of the places that count.
    private func moments(_ x: Tensor, _ mask: Tensor?) throws -> (Tensor, Tensor) {
        let channelAxis = axis < 0 ? axis + x.rank : axis
        let axes = x.shape.indices.filter { $0 != channelAxis }
        guard let mask else { return try ops.moments(x, axes: axes) }
        let counts = try ops.broadcastTo(ops.expandDims(mask.cast(to: .bool), axis: -1), x.shape)
        let total = try ops.sum(counts.cast(to: x.dtype), axes: axes, keepdims: true) + Keras.epsilon()
        let mean = try ops.sum(ops.where(counts, x, 0), axes: axes, keepdims: true) / total
        let deviation = try ops.where(counts, x - mean, 0)
        let variance = try ops.sum(ops.square(deviation), axes: axes, keepdims: true) / total
        return (try mean.reshaped([x.shape[channelAxis]]), try variance.reshaped([x.shape[channelAxis]]))
    }

    override var filledArguments: FilledArguments { .mask }

    override public var config: Config {
        let own: Config = [
            "axis": .int(axis), "momentum": .double(momentum), "epsilon": .double(epsilon), "center": .bool(center), "scale": .bool(scale),
            "beta_initializer": settings.betaInitializer.configValue, "gamma_initializer": settings.gammaInitializer.configValue,
            "moving_mean_initializer": settings.movingMeanInitializer.configValue,
            "moving_variance_initializer": settings.movingVarianceInitializer.configValue,
            "beta_regularizer": settings.betaRegularizer.configValue, "gamma_regularizer": settings.gammaRegularizer.configValue,
            "beta_constraint": settings.betaConstraint.configValue, "gamma_constraint": settings.gammaConstraint.configValue,
            "synchronized": false,
        ]
        return own.merging(BatchRenormalization.config(of: renorm))
    }
}
