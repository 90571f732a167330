/// What the poolings with windows share: ``MaxPooling2D``, ``AveragePooling2D`` and those of one and three axes.
public class PoolingLayer: SpatialLayer {
    public let poolSize: [Int]
    public let strides: [Int]
    public let padding: PaddingMode

    class var pooling: Pooling { .max }

    /// - Parameters:
    ///   - poolSize: the window's size, for each spatial axis or for all.
    ///   - strides: how far windows are moved; `nil`: by their size.
    ///   - padding: `.valid`: windows lie inside the input; `.same`: the output has the input's size divided by the strides.
    ///   - dataFormat: the order of axes; `nil`: `imageDataFormat()`.
    public init(
        _ poolSize: any SpatialSizesConvertible = 2, strides: (any SpatialSizesConvertible)? = nil, padding: PaddingMode = .valid,
        dataFormat: DataFormat? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.poolSize = Self.sizes(poolSize)
        self.strides = Self.sizes(strides ?? poolSize)
        self.padding = padding
        super.init(dataFormat: dataFormat, name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    /// The same, with the window's size by name.
    public convenience init(
        poolSize: any SpatialSizesConvertible, strides: (any SpatialSizesConvertible)? = nil, padding: PaddingMode = .valid,
        dataFormat: DataFormat? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.init(poolSize, strides: strides, padding: padding, dataFormat: dataFormat, name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws {
        poolSize = try Self.sizes(config, "pool_size", default: [2])
        strides = try Self.sizes(config, "strides", default: poolSize)
        padding = try config.paddingMode()
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        requireSizes(poolSize, "poolSize")
        requireSizes(strides, "strides")
        require(padding != .causal, "padding", ".valid or .same", got: ".\(padding)")
    }

    override var leastSizes: (sizes: [Int], reason: String, remedy: String)? {
        let remedy = "Give larger inputs, a smaller poolSize, or padding: .same."
        return (padding == .valid ? poolSize : poolSize.map { _ in 1 }, "its windows", remedy)
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        let (size, steps) = (SpatialSizes(poolSize), SpatialSizes(strides))
        return switch Self.pooling {
        case .max: try ops.maxPool(inputs, size, strides: steps, padding: padding, dataFormat: dataFormat)
        case .average: try ops.averagePool(inputs, size, strides: steps, padding: padding, dataFormat: dataFormat)
        }
    }

    override public var config: Config {
        super.config.merging([
            "pool_size": poolSize.configValue, "strides": strides.configValue, "padding": .string(padding.rawValue),
        ])
    }
}

/// What a pooling takes of its windows.
enum Pooling { case max, average }
