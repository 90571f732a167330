/// Dropout of whole feature maps: what ``SpatialDropout1D``, ``SpatialDropout2D`` and ``SpatialDropout3D`` have in common.
///
/// In training, sets a share of the channels of each sample to 0 at random and scales the others up by `1 / (1 - rate)`.
public class SpatialDropout: NoiseLayer {
    public var rate: Double { amount }
    /// Where the channels stand.
    public let dataFormat: DataFormat

    init(rate: Double, dataFormat: DataFormat, seed: Int?, name: String?, dtype: DTypePolicy?) {
        self.dataFormat = dataFormat
        super.init(amount: rate, seed: seed, name: name, trainable: true, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        dataFormat = Self.hasDataFormat ? try config.dataFormat() : .channelsLast
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        let steps = [[], ["time"], ["rows", "columns"], ["depth", "rows", "columns"]][Self.dimensions]
        let axes = dataFormat == .channelsFirst ? ["channels"] + steps : steps + ["channels"]
        inputSpec = [InputSpec(rank: Self.dimensions + 2, layout: "[batch, \(axes.joined(separator: ", "))]")]
    }

    /// The number of axes that are no batch and no channels, 1 to 3.
    class var dimensions: Int { 1 }
    /// Whether the config tells where the channels stand.
    class var hasDataFormat: Bool { true }

    override func changed(_ inputs: Tensor, _ seed: RandomSeed) throws -> Tensor {
        let channels = dataFormat == .channelsFirst ? 1 : inputs.rank - 1
        let noise = inputs.shape.indices.map { $0 == 0 || $0 == channels ? inputs.shape[$0] : 1 }
        return try random.dropout(inputs, rate: rate, noiseShape: noise, seed: seed)
    }

    /// Keras writes no more than name and weight type here.
    override var baseConfig: Config { ["name": .string(name), "dtype": .string(variableDType.rawValue)] }

    override public var config: Config {
        Self.hasDataFormat ? super.config.merging(["data_format": .string(dataFormat.rawValue)]) : super.config
    }
}
