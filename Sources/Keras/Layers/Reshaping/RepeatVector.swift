/// Repeats a vector along a new axis.
///
/// - Input: `[batch, features]`. Output: `[batch, n, features]`.
/// - Throws: `KerasError.invalidArgument` for `n` below 0.
/// - Source: `keras.layers.RepeatVector`.
public final class RepeatVector: Layer {
    public let n: Int

    public init(_ n: Int, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.n = n
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        n = try config.int("n")
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(n >= 0, "n", "0 or more", got: n)
        inputSpec = [InputSpec(rank: 2, layout: "[batch, features]")]
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        try ops.broadcastTo(ops.expandDims(inputs, axis: 1), [inputs.shape[0], n, inputs.shape[1]])
    }

    override var buildConfig: Config? { buildShapes.map { ["input_shape": $0.configValue] } }

    override public var config: Config { ["n": .int(n)] }
}
