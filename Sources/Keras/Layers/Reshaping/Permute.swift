/// Puts the axes of each sample into another order.
///
/// - Input: `[batch, …]`. Output: axis `i` is the input's axis `dims[i - 1]`; axes count from 1, 0 is the batch.
/// - Throws: `KerasError.invalidArgument` unless `dims` names 1 … n once each; `.incompatibleInput` for another rank.
/// - Source: `keras.layers.Permute`.
///
/// ```swift
/// let y = try Permute([2, 1])(Input(shape: [10, 64]))     // [nil, 64, 10]
/// ```
public final class Permute: Layer {
    public let dims: [Int]

    public init(_ dims: [Int], name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.dims = dims
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        dims = try config.ints("dims")
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(dims.sorted() == Array(1..<(dims.count + 1)), "dims", "the axes 1 … \(dims.count), each once", got: dims)
        inputSpec = [InputSpec(rank: dims.count + 1)]
    }

    override public func call(_ inputs: Tensor) throws -> Tensor { try ops.transpose(inputs, axes: [0] + dims) }

    override var buildConfig: Config? { buildShapes.map { ["input_shape": $0.configValue] } }

    override public var config: Config { ["dims": dims.configValue] }
}
