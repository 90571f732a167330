/// In training, sets whole feature maps of time series to 0 at random and scales the others up; else gives what it gets.
///
/// - Input and output: `[batch, time, channels]`.
/// - Throws: `KerasError.invalidArgument` unless `rate` is within 0 … 1; `.incompatibleInput` for another rank.
/// - Source: `keras.layers.SpatialDropout1D`; Tompson et al., 2014.
///
/// ```swift
/// let y = try SpatialDropout1D(0.3)(x)
/// ```
public final class SpatialDropout1D: SpatialDropout {
    public init(_ rate: Double, seed: Int? = nil, name: String? = nil, dtype: DTypePolicy? = nil) {
        super.init(rate: rate, dataFormat: .channelsLast, seed: seed, name: name, dtype: dtype)
    }

    public required init(config: Config) throws { try super.init(config: config) }

    override class var dimensions: Int { 1 }
    override class var hasDataFormat: Bool { false }
}
