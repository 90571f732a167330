/// Settings that every optimizer has.
///
/// ```swift
/// let optimizer = try SGD(0.01, options: OptimizerOptions(clipnorm: 1))
/// ```
public struct OptimizerOptions: Sendable {
    /// Each update first shrinks the variable by `weightDecay · learningRate`.
    public var weightDecay: Double?
    /// The greatest norm of one variable's gradient.
    public var clipnorm: Double?
    /// The greatest absolute value of a gradient's element.
    public var clipvalue: Double?
    /// The greatest norm of all gradients together.
    public var globalClipnorm: Double?
    /// Whether a moving average of the variables is kept and takes their place in the end.
    public var useEMA: Bool
    /// The weight of the old average, 0 … 1.
    public var emaMomentum: Double
    /// Every how many updates the variables take the averages' values; nil: only at the end.
    public var emaOverwriteFrequency: Int?
    /// The loss is multiplied by this before gradients are taken, and the gradients divided by it.
    public var lossScaleFactor: Double?
    /// The number of batches whose mean gradient makes one update; 2 or more.
    public var gradientAccumulationSteps: Int?

    public init(
        weightDecay: Double? = nil, clipnorm: Double? = nil, clipvalue: Double? = nil, globalClipnorm: Double? = nil,
        useEMA: Bool = false, emaMomentum: Double = 0.99, emaOverwriteFrequency: Int? = nil,
        lossScaleFactor: Double? = nil, gradientAccumulationSteps: Int? = nil
    ) {
        self.weightDecay = weightDecay
        self.clipnorm = clipnorm
        self.clipvalue = clipvalue
        self.globalClipnorm = globalClipnorm
        self.useEMA = useEMA
        self.emaMomentum = emaMomentum
        self.emaOverwriteFrequency = emaOverwriteFrequency
        self.lossScaleFactor = lossScaleFactor
        self.gradientAccumulationSteps = gradientAccumulationSteps
    }

    func check() throws {
        func require(_ holds: Bool, _ option: String, _ rule: String, _ value: String) throws {
            guard holds else { throw KerasError.invalidSetting(object: "the optimizer", argument: option, expected: rule, got: value) }
        }
        for (name, value) in [("weightDecay", weightDecay), ("clipnorm", clipnorm), ("clipvalue", clipvalue), ("globalClipnorm", globalClipnorm)] {
            if let value { try require(value.isFinite && value >= 0, name, "a finite number, 0 or more", "\(value)") }
        }
        let clips = [("clipnorm", clipnorm), ("clipvalue", clipvalue), ("globalClipnorm", globalClipnorm)].filter { $0.1 != nil }
        try require(clips.count <= 1, clips.map(\.0).joined(separator: ", "), "only one of them", "\(clips.count)")
        if useEMA {
            try require((0...1).contains(emaMomentum), "emaMomentum", "within 0 … 1", "\(emaMomentum)")
            if let frequency = emaOverwriteFrequency { try require(frequency >= 1, "emaOverwriteFrequency", "1 or more", "\(frequency)") }
        }
        if let steps = gradientAccumulationSteps { try require(steps >= 2, "gradientAccumulationSteps", "2 or more", "\(steps)") }
        if let scale = lossScaleFactor { try require(scale.isFinite && scale > 0, "lossScaleFactor", "a finite number above 0", "\(scale)") }
    }

    var config: Config {
        func number(_ value: Double?) -> ConfigValue { value.map(ConfigValue.double) ?? .null }
        return [
            "weight_decay": number(weightDecay), "clipnorm": number(clipnorm), "global_clipnorm": number(globalClipnorm),
            "clipvalue": number(clipvalue), "use_ema": .bool(useEMA), "ema_momentum": .double(emaMomentum),
            "ema_overwrite_frequency": emaOverwriteFrequency.map(ConfigValue.int) ?? .null,
            "loss_scale_factor": number(lossScaleFactor),
            "gradient_accumulation_steps": gradientAccumulationSteps.map(ConfigValue.int) ?? .null,
        ]
    }

    init(config: Config) throws {
        try self.init(
            weightDecay: config.value("weight_decay", default: nil), clipnorm: config.value("clipnorm", default: nil),
            clipvalue: config.value("clipvalue", default: nil), globalClipnorm: config.value("global_clipnorm", default: nil),
            useEMA: config.value("use_ema", default: false), emaMomentum: config.value("ema_momentum", default: 0.99),
            emaOverwriteFrequency: config.value("ema_overwrite_frequency", default: nil),
            lossScaleFactor: config.value("loss_scale_factor", default: nil),
            gradientAccumulationSteps: config.value("gradient_accumulation_steps", default: nil))
    }
}

extension OptimizerOptions {
    /// The gradients, made smaller where an option says so.
    func clipped(_ gradients: [Tensor]) throws -> [Tensor] {
        if let limit = clipnorm, limit > 0 {
            return try gradients.map { gradient in
                let squares = try ops.square(gradient).sum()
                let norm = try ops.sqrt(squares)
                return try gradient * limit / ops.maximum(norm, limit)
            }
        }
        if let limit = globalClipnorm, limit > 0 {
            var total = try ops.square(gradients[0]).sum()
            for gradient in gradients.dropFirst() { total = try total + ops.square(gradient).sum() }
            let norm = try ops.sqrt(total)
            let scale = try ops.minimum(1 / norm, 1 / limit) * limit
            // A norm that is not finite makes every gradient NaN instead of zero.
            let checked = try scale + (norm - norm)
            return try gradients.map { try $0 * checked.cast(to: $0.dtype) }
        }
        if let limit = clipvalue, limit > 0 {
            return try gradients.map { try ops.clip($0, -limit, limit) }
        }
        return gradients
    }
}
