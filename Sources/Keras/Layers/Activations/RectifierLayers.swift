/// A rectified linear unit: `x` where above `threshold` (`maxValue` at most), else `negativeSlope · (x - threshold)`.
///
/// - Throws: `KerasError.invalidArgument` for a negative number.
/// - Source: `keras.layers.ReLU`.
public final class ReLU: Layer {
    public let maxValue: Double?
    public let negativeSlope: Double
    public let threshold: Double

    public init(
        maxValue: Double? = nil, negativeSlope: Double = 0, threshold: Double = 0, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil
    ) {
        self.maxValue = maxValue
        self.negativeSlope = negativeSlope
        self.threshold = threshold
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        maxValue = try config.value("max_value", default: nil)
        negativeSlope = try config.value("negative_slope", default: 0)
        threshold = try config.value("threshold", default: 0)
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require((maxValue ?? 0) >= 0, "maxValue", "0 or more", got: maxValue ?? 0)
        require(negativeSlope >= 0, "negativeSlope", "0 or more", got: negativeSlope)
        require(threshold >= 0, "threshold", "0 or more", got: threshold)
        supportsMasking = true
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        try Self.rectified(inputs, negativeSlope: negativeSlope, maxValue: maxValue, threshold: threshold)
    }

    static func rectified(_ inputs: Tensor, negativeSlope: Double, maxValue: Double?, threshold: Double) throws -> Tensor {
        if threshold == 0 {
            let negative = negativeSlope == 0 ? try ops.relu(inputs) : try ops.leakyRelu(inputs, negativeSlope: negativeSlope)
            return try maxValue.map { try ops.minimum(negative, $0) } ?? negative
        }
        let below = negativeSlope == 0 ? try ops.zerosLike(inputs) : try (inputs - threshold) * negativeSlope
        let above = try maxValue.map { try ops.minimum(inputs, $0) } ?? inputs
        return try ops.where(ops.greater(inputs, threshold), above, below)
    }

    override public var config: Config {
        ["max_value": maxValue.configValue, "negative_slope": .double(negativeSlope), "threshold": .double(threshold)]
    }
}

/// `x` where above 0, else `negativeSlope · x`.
///
/// - Source: `keras.layers.LeakyReLU`.
public final class LeakyReLU: Layer {
    public let negativeSlope: Double

    public init(negativeSlope: Double = 0.3, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.negativeSlope = negativeSlope
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        // "alpha" in older files.
        negativeSlope = try config.value("negative_slope", default: nil) ?? config.value("alpha", default: 0.3)
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(negativeSlope >= 0, "negativeSlope", "0 or more", got: negativeSlope)
        supportsMasking = true
    }

    override public func call(_ inputs: Tensor) throws -> Tensor { try ops.leakyRelu(inputs, negativeSlope: negativeSlope) }

    override public var config: Config { ["negative_slope": .double(negativeSlope)] }
}

/// `x` where above 0, else `alpha · (exp(x) - 1)`.
///
/// - Source: `keras.layers.ELU`.
public final class ELU: Layer {
    public let alpha: Double

    public init(alpha: Double = 1, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.alpha = alpha
        super.init(name: name, trainable: trainable, dtype: dtype)
        supportsMasking = true
    }

    public required init(config: Config) throws {
        alpha = try config.value("alpha", default: 1)
        try super.init(config: config)
        supportsMasking = true
    }

    override public func call(_ inputs: Tensor) throws -> Tensor { try ops.elu(inputs, alpha: alpha) }

    override public var config: Config { ["alpha": .double(alpha)] }
}
