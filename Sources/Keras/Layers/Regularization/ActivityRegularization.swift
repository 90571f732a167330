/// Gives what it gets, and adds a penalty on it to the loss: `l1 · Σ|x| + l2 · Σx²`, divided by the batch's size.
///
/// - Input and output: any shape.
/// - Throws: `KerasError.invalidArgument` unless `l1` and `l2` are 0 or more.
/// - Source: `keras.layers.ActivityRegularization`.
///
/// ```swift
/// let y = try ActivityRegularization(l1: 1e-4)(x)
/// ```
public final class ActivityRegularization: Layer {
    public let l1: Double
    public let l2: Double

    public init(l1: Double = 0, l2: Double = 0, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.l1 = l1
        self.l2 = l2
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        l1 = try config.value("l1", default: 0)
        l2 = try config.value("l2", default: 0)
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(l1 >= 0 && l1.isFinite, "l1", "a finite number, 0 or more", got: l1)
        require(l2 >= 0 && l2.isFinite, "l2", "a finite number, 0 or more", got: l2)
        activityRegularizer = .l1l2(l1: l1, l2: l2)
        supportsMasking = true
    }

    override public func call(_ inputs: Tensor) throws -> Tensor { inputs }

    /// The factors stand for the penalty.
    override var baseConfig: Config {
        var base = super.baseConfig
        base["activity_regularizer"] = nil
        return base
    }

    override public var config: Config { ["l1": .double(l1), "l2": .double(l2)] }
}
