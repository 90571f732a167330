/// Puts all axes but the batch into one.
///
/// - Input: `[batch, …]`. Output: `[batch, elements]`; elements of a `nil` size are `nil`.
/// - Source: `keras.layers.Flatten`.
///
/// ```swift
/// let y = try Flatten()(Input(shape: [28, 28]))     // [nil, 784]
/// ```
public final class Flatten: Layer {
    /// With channels first, channels are moved last before flattening, so that weights fit either order.
    public let dataFormat: DataFormat

    public init(dataFormat: DataFormat? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.dataFormat = dataFormat ?? imageDataFormat()
        super.init(name: name, trainable: trainable, dtype: dtype)
        inputSpec = [InputSpec(minRank: 1, layout: "[batch, …]")]
    }

    public required init(config: Config) throws {
        dataFormat = try config.dataFormat()
        try super.init(config: config)
        inputSpec = [InputSpec(minRank: 1, layout: "[batch, …]")]
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        var x = inputs
        if dataFormat == .channelsFirst, x.rank > 2 { x = try ops.moveaxis(x, 1, -1) }
        return try x.reshaped([x.shape[0], x.shape.dropFirst().reduce(1, *)])
    }

    override var buildConfig: Config? { buildShapes.map { ["input_shape": $0.configValue] } }

    override public var config: Config { ["data_format": .string(dataFormat.rawValue)] }
}
