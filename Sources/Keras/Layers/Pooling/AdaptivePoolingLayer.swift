/// What the poolings to a given size share: ``AdaptiveMaxPooling2D``, ``AdaptiveAveragePooling2D`` and those of one and three axes.
///
/// Part `i` of `n` of an axis runs from `⌊i · size / n⌋` up to `⌈(i + 1) · size / n⌉`.
public class AdaptivePoolingLayer: SpatialLayer {
    public let outputSize: [Int]

    class var pooling: Pooling { .max }

    /// - Parameters:
    ///   - outputSize: the output's size, for each spatial axis or for all.
    ///   - dataFormat: the order of axes; `nil`: `imageDataFormat()`.
    public init(
        _ outputSize: any SpatialSizesConvertible, dataFormat: DataFormat? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil
    ) {
        self.outputSize = Self.sizes(outputSize)
        super.init(dataFormat: dataFormat, name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    /// The same, with the size by name.
    public convenience init(
        outputSize: any SpatialSizesConvertible, dataFormat: DataFormat? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil
    ) {
        self.init(outputSize, dataFormat: dataFormat, name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws {
        outputSize = try Self.sizes(config, "output_size", default: [])
        try super.init(config: config)
        prepare()
    }

    private func prepare() { requireSizes(outputSize, "outputSize") }

    override var leastSizes: (sizes: [Int], reason: String, remedy: String)? { (outputSize.map { _ in 1 }, "its windows", "") }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        switch Self.pooling {
        case .max: try ops.adaptiveMaxPool(inputs, SpatialSizes(outputSize), dataFormat: dataFormat)
        case .average: try ops.adaptiveAveragePool(inputs, SpatialSizes(outputSize), dataFormat: dataFormat)
        }
    }

    override var buildConfig: Config? { buildShapes.map { ["input_shape": $0.configValue] } }

    override public var config: Config { super.config.merging(["output_size": outputSize.configValue]) }
}
