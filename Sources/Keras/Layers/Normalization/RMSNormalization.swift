/// Divides by the root of the mean square over some axes, then scales by learned amounts: `x / √(mean(x²) + epsilon) · scale`.
///
/// - Input and output: any shape.
/// - Weights: `scale`, of the sizes of the axes, along which it is laid (Keras lays it along the last ones whatever they are).
/// - Throws: `KerasError.unknownDimension` if the size of such an axis is `nil`; `.incompatibleInput` if there is no such axis.
/// - Source: `keras.layers.RMSNormalization`; Zhang and Sennrich, 2019.
///
/// ```swift
/// let y = try RMSNormalization()(x)
/// ```
public final class RMSNormalization: Layer {
    /// The axes, in ascending order, as the weight has them.
    public let axes: [Int]
    public let epsilon: Double
    public private(set) var scale: Variable?
    private let listsAxes: Bool

    public init(axes: [Int] = [-1], epsilon: Double = 1e-6, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.axes = axes.sorted()
        self.epsilon = epsilon
        listsAxes = axes.count != 1
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        axes = try config.axes("axis", default: [-1]).sorted()
        epsilon = try config.value("epsilon", default: 1e-6)
        listsAxes = if case .list = config["axis"] { true } else { false }
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(!axes.isEmpty && Set(axes).count == axes.count, "axes", "one or more different axes", got: axes)
        require(epsilon >= 0 && epsilon.isFinite, "epsilon", "a finite number, 0 or more", got: epsilon)
        inputSpec = [InputSpec(minRank: axes.map { $0 < 0 ? -$0 : $0 + 1 }.max() ?? 1, layout: "with axes \(axes)")]
    }

    override public func build(inputShape: Shape) throws {
        let sizes = try axes.map { try inputShape.known(axis: $0, for: self) }
        scale = try addWeight("scale", shape: Shape(sizes), initializer: .ones)
        inputSpec = [InputSpec(rank: inputShape.rank, axes: Dictionary(zip(axes, sizes), uniquingKeysWith: { $1 }))]
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        let x = inputs.dtype == .float64 ? inputs : try inputs.cast(to: .float32)
        let inverse = try ops.rsqrt(ops.mean(ops.square(x), axes: axes, keepdims: true) + epsilon)
        let places = axes.map { $0 < 0 ? $0 + x.rank : $0 }
        let shape = x.shape.indices.map { places.contains($0) ? x.shape[$0] : 1 }
        return try (x * inverse * weight(scale).value.cast(to: x.dtype).reshaped(shape)).cast(to: inputs.dtype)
    }

    /// Keras writes a single axis as a list once the layer is built.
    override public var config: Config {
        ["axis": built || listsAxes ? axes.configValue : Config.axesValue(axes), "epsilon": .double(epsilon)]
    }
}
