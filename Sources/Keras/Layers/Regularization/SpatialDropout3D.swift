/// In training, sets whole feature maps of volumes to 0 at random and scales the others up; else gives what it gets.
///
/// - Input and output: `[batch, depth, rows, columns, channels]`, or with channels after the batch for `channelsFirst`.
/// - Throws: `KerasError.invalidArgument` unless `rate` is within 0 … 1; `.incompatibleInput` for another rank.
/// - Source: `keras.layers.SpatialDropout3D`; Tompson et al., 2014.
///
/// ```swift
/// let y = try SpatialDropout3D(0.3)(x)
/// ```
public final class SpatialDropout3D: SpatialDropout {
    public init(
        _ rate: Double, dataFormat: DataFormat = imageDataFormat(), seed: Int? = nil, name: String? = nil, dtype: DTypePolicy? = nil
    ) {
        super.init(rate: rate, dataFormat: dataFormat, seed: seed, name: name, dtype: dtype)
    }

    public required init(config: Config) throws { try super.init(config: config) }

    override class var dimensions: Int { 3 }
}
