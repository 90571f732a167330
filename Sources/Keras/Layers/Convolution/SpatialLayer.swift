/// A layer over the one, two or three spatial axes of `[batch, spatial…, channels]`; of `[batch, channels, spatial…]` with channels
/// first.
///
/// Convolutions, poolings, paddings and their like: each class says how many spatial axes it has.
public class SpatialLayer: Layer {
    public let dataFormat: DataFormat

    /// The number of spatial axes.
    class var spatialRank: Int { 0 }
    /// Whether the order of axes is one of the layer's options.
    class var hasDataFormat: Bool { true }

    init(
        dataFormat: DataFormat?, name: String?, trainable: Bool, dtype: DTypePolicy?, activityRegularizer: Regularizer? = nil
    ) {
        self.dataFormat = Self.hasDataFormat ? dataFormat ?? imageDataFormat() : .channelsLast
        super.init(name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
        inputSpec = [spec()]
    }

    public required init(config: Config) throws {
        dataFormat = Self.hasDataFormat ? try config.dataFormat() : .channelsLast
        try super.init(config: config)
        inputSpec = [spec()]
    }

    var spatialRank: Int { Self.spatialRank }
    var channelAxis: Int { dataFormat == .channelsLast ? -1 : 1 }
    var spatialAxes: Range<Int> {
        let first = dataFormat == .channelsLast ? 1 : 2
        return first..<(first + spatialRank)
    }

    /// What the layer takes, once its weights are made with a number of channels.
    func spec(channels: Int? = nil) -> InputSpec {
        let spatial = spatialRank == 1 ? ["steps"] : ["depth", "height", "width"].suffix(spatialRank)
        let axes: [String] = dataFormat == .channelsLast ? ["batch"] + spatial + ["channels"] : ["batch", "channels"] + spatial
        return InputSpec(
            rank: spatialRank + 2, axes: channels.map { [channelAxis: $0] } ?? [:],
            layout: "[\(axes.joined(separator: ", "))]")
    }

    /// The least spatial sizes that give an output, what asks for them, and what to do about smaller ones.
    var leastSizes: (sizes: [Int], reason: String, remedy: String)? { nil }

    override func check(_ sources: Structure<TensorSource>) throws {
        try super.check(sources)
        guard let source = sources.single, let least = leastSizes else { return }
        let isLess = zip(spatialAxes, least.sizes).contains { axis, size in source.shape[axis].map { $0 < size } ?? false }
        if !isLess { return }
        let sizes = least.sizes.map(String.init).joined(separator: " × ")
        throw incompatible(source, "inputs of \(sizes) or more in its spatial axes, for \(least.reason)", remedy: least.remedy)
    }

    func incompatible(_ source: TensorSource, _ need: String, remedy: String) -> KerasError {
        .incompatibleInput(place, requirement: .other(need, remedy: remedy), index: nil, name: nil, input: source)
    }

    /// One number for each channel, so that it meets the channels of an output.
    func alongChannels(_ values: Tensor) throws -> Tensor {
        dataFormat == .channelsLast ? values : try values.reshaped(values.shape + [Int](repeating: 1, count: spatialRank))
    }

    override public var config: Config { Self.hasDataFormat ? ["data_format": .string(dataFormat.rawValue)] : [:] }
}
