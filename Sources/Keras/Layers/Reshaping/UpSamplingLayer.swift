/// What ``UpSampling1D`` and ``UpSampling3D`` share with ``UpSampling2D``: elements repeated along the spatial axes.
public class UpSamplingLayer: SpatialLayer {
    /// How often elements are repeated along each spatial axis.
    public let size: [Int]

    /// - Parameters:
    ///   - size: how often elements are repeated, along each spatial axis or along all.
    ///   - dataFormat: the order of axes (of images and volumes); `nil`: `imageDataFormat()`.
    public init(
        _ size: any SpatialSizesConvertible = 2, dataFormat: DataFormat? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil
    ) {
        self.size = Self.sizes(size)
        super.init(dataFormat: dataFormat, name: name, trainable: trainable, dtype: dtype)
        requireSizes(self.size, "size")
    }

    /// The same, with the size by name.
    public convenience init(
        size: any SpatialSizesConvertible, dataFormat: DataFormat? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil
    ) {
        self.init(size, dataFormat: dataFormat, name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws {
        size = try Self.sizes(config, "size", default: [2])
        try super.init(config: config)
        requireSizes(size, "size")
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        try zip(spatialAxes, size).reduce(inputs) { try ops.repeat($0, $1.1, axis: $1.0) }
    }

    override var buildConfig: Config? { buildShapes.map { ["input_shape": $0.configValue] } }

    override public var config: Config {
        super.config.merging(["size": spatialRank == 1 ? Config.axesValue(size) : size.configValue])
    }
}
