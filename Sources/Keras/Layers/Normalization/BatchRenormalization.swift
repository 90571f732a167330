/// Batch renormalisation: in training, the batch's mean and deviation are corrected towards moving ones, so that training and inference
/// compute nearly the same. For ``BatchNormalization``; Ioffe, 2017.
public struct BatchRenormalization: Hashable, Sendable {
    /// Limits of the correction of the deviation; `nil`: none.
    public var rMin: Double?
    public var rMax: Double?
    /// The limit of the correction of the mean, both ways; `nil`: none.
    public var dMax: Double?
    /// How slowly the moving mean and deviation move.
    public var momentum: Double

    public init(rMin: Double? = nil, rMax: Double? = nil, dMax: Double? = nil, momentum: Double = 0.99) {
        self.rMin = rMin
        self.rMax = rMax
        self.dMax = dMax
        self.momentum = momentum
    }

    /// The weights that belong to it.
    struct State {
        let movingDeviation: Variable
        let mean: Variable
        let deviation: Variable
    }

    /// Scale and shift with the corrections `r = σ / σ'` and `d = (μ - μ') / σ'` in them: `(x̂ · r + d) · gamma + beta`.
    func corrected(
        _ state: State, _ mean: Tensor, _ variance: Tensor, _ gamma: Tensor?, _ beta: Tensor?, epsilon: Double
    ) throws -> (gamma: Tensor, beta: Tensor) {
        let deviation = try ops.maximum(state.deviation.value.cast(to: mean.dtype), epsilon.squareRoot())
        var r = try stopGradient(ops.sqrt(variance + epsilon) / deviation)
        var d = try stopGradient((mean - state.mean.value.cast(to: mean.dtype)) / deviation)
        if let rMin { r = try ops.maximum(r, rMin) }
        if let rMax { r = try ops.minimum(r, rMax) }
        if let dMax { d = try ops.clip(d, -dMax, dMax) }
        let shift = try gamma.map { try d * $0 } ?? d
        return (try gamma.map { try r * $0 } ?? r, try beta.map { try shift + $0 } ?? shift)
    }

    /// Moves the averages. The moving variance follows from the moving deviation.
    func update(
        _ state: State, _ mean: Tensor, _ variance: Tensor, epsilon: Double, momentum layerMomentum: Double, movingVariance: Variable
    ) throws {
        let deviation = try ops.sqrt(variance + epsilon)
        try state.mean.move(to: mean, momentum: momentum)
        try state.deviation.move(to: deviation, momentum: momentum)
        try state.movingDeviation.move(to: deviation, momentum: layerMomentum)
        try movingVariance.assign(ops.relu(ops.square(state.movingDeviation.value) - epsilon))
    }

    func check(_ require: (_ condition: Bool, _ argument: String, _ expected: String, _ got: Any) -> Void) {
        require(momentum >= 0 && momentum <= 1, "renorm.momentum", "within 0 … 1", momentum)
        require((rMin ?? 0) <= (rMax ?? .infinity), "renorm.rMin", "no greater than rMax", rMin ?? 0)
        require((dMax ?? 0) >= 0, "renorm.dMax", "0 or more", dMax ?? 0)
    }

    /// From a layer's config, where it is switched on.
    init?(_ config: Config) throws {
        guard try config.value("renorm", default: false) else { return nil }
        let clipping: Config = try config.value("renorm_clipping", default: nil) ?? [:]
        self.init(
            rMin: try clipping.value("rmin", default: nil), rMax: try clipping.value("rmax", default: nil),
            dMax: try clipping.value("dmax", default: nil), momentum: try config.value("renorm_momentum", default: 0.99))
    }

    static func config(of renorm: BatchRenormalization?) -> Config {
        guard let renorm else { return ["renorm": false, "renorm_clipping": nil, "renorm_momentum": 0.99] }
        var clipping = Config()
        for (key, value) in [("rmax", renorm.rMax), ("rmin", renorm.rMin), ("dmax", renorm.dMax)] {
            if let value { clipping[key] = .double(value) }
        }
        return ["renorm": true, "renorm_clipping": .dictionary(clipping), "renorm_momentum": .double(renorm.momentum)]
    }
}

extension Variable {
    /// Moves an average towards a value: `average · momentum + value · (1 - momentum)`.
    func move(to value: Tensor, momentum: Double) throws {
        // In the value's type, which may be wider than the variable's.
        try assign(self.value.cast(to: value.dtype) * momentum + stopGradient(value) * (1 - momentum))
    }
}
