/// `exp(x) / Σ exp(x)` along one axis or several.
///
/// - Input and output: any shape. A mask that can be broadcast to it leaves places out: they become 0.
/// - Source: `keras.layers.Softmax`.
public final class Softmax: Layer {
    public let axes: [Int]

    public init(axis: Int = -1, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        axes = [axis]
        super.init(name: name, trainable: trainable, dtype: dtype)
        supportsMasking = true
    }

    public init(axes: [Int], name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.axes = axes
        super.init(name: name, trainable: trainable, dtype: dtype)
        require(!axes.isEmpty, "axes", "one or more", got: axes)
        supportsMasking = true
    }

    public required init(config: Config) throws {
        axes = try config.axes("axis", default: [-1])
        try super.init(config: config)
        supportsMasking = true
    }

    override public func call(_ inputs: Tensor, training: Bool, mask: Tensor?) throws -> Tensor {
        guard let mask else { return try softmax(inputs) }
        let fits = zip(mask.shape.reversed(), inputs.shape.reversed()).allSatisfy { $0 == 1 || $0 == $1 }
        guard mask.rank <= inputs.rank, fits else {
            func source(_ tensor: Tensor) -> TensorSource {
                TensorSource(shape: CallContext.current?.shape(of: tensor.shape) ?? Shape(tensor.shape), dtype: tensor.dtype)
            }
            throw KerasError.incompatibleInputs(
                place, rule: "a mask whose sizes are the input's or 1", remedy: "", inputs: [source(inputs), source(mask)])
        }
        let kept = mask.dtype == .bool ? mask : try ops.greater(mask, 0.5)
        let outputs = try softmax(ops.where(kept, inputs, inputs.dtype == .float16 ? -3e4 : -1e9))
        return try ops.where(kept, outputs, 0)
    }

    private func softmax(_ x: Tensor) throws -> Tensor { axes.count == 1 ? try ops.softmax(x, axis: axes[0]) : try ops.softmax(x, axes: axes) }

    override var filledArguments: FilledArguments { .mask }

    override public var config: Config { ["axis": Config.axesValue(axes)] }
}
