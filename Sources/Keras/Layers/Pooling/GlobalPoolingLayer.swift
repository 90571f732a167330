/// What the poolings over all spatial axes share: ``GlobalMaxPooling2D``, ``GlobalAveragePooling2D`` and those of one and three axes.
public class GlobalPoolingLayer: SpatialLayer {
    /// Whether the spatial axes stay, with size 1.
    public let keepdims: Bool

    class var pooling: Pooling { .max }

    /// - Parameters:
    ///   - dataFormat: the order of axes; `nil`: `imageDataFormat()`.
    ///   - keepdims: whether the spatial axes stay, with size 1.
    public init(
        dataFormat: DataFormat? = nil, keepdims: Bool = false, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.keepdims = keepdims
        super.init(dataFormat: dataFormat, name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws {
        keepdims = try config.value("keepdims", default: false)
        try super.init(config: config)
    }

    override var leastSizes: (sizes: [Int], reason: String, remedy: String)? {
        Self.pooling == .max ? (spatialAxes.map { _ in 1 }, "there is no greatest of no elements", "") : nil
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        switch Self.pooling {
        case .max: try ops.max(inputs, axes: Array(spatialAxes), keepdims: keepdims)
        case .average: try ops.mean(inputs, axes: Array(spatialAxes), keepdims: keepdims)
        }
    }

    override public var config: Config { super.config.merging(["keepdims": .bool(keepdims)]) }
}
