/// Brings the vectors along some axes to length 1: `x / √Σx²`.
///
/// - Input and output: any shape.
/// - Throws: `KerasError.incompatibleInput` if there is no such axis.
/// - Source: `keras.layers.UnitNormalization`.
///
/// ```swift
/// let y = try UnitNormalization()(x)
/// ```
public final class UnitNormalization: Layer {
    public let axes: [Int]
    /// Whether a config has a list of axes, which may be of one.
    private let listsAxes: Bool

    public init(axes: [Int] = [-1], name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.axes = axes
        listsAxes = axes.count != 1
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        axes = try config.axes("axis", default: [-1])
        listsAxes = if case .list = config["axis"] { true } else { false }
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(!axes.isEmpty && Set(axes).count == axes.count, "axes", "one or more different axes", got: axes)
        inputSpec = [InputSpec(minRank: axes.map { $0 < 0 ? -$0 : $0 + 1 }.max() ?? 1, layout: "with axes \(axes)")]
        supportsMasking = true
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        let inverse = try ops.rsqrt(ops.sum(ops.square(inputs), axes: axes, keepdims: true))
        // Keras' limit, so that zeros stay zeros.
        return try inputs * ops.minimum(inverse, 1e12)
    }

    override public var config: Config { ["axis": listsAxes ? axes.configValue : Config.axesValue(axes)] }
}
