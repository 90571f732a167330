/// In training, adds normally distributed noise of mean 0; else gives what it gets.
///
/// - Input and output: any shape.
/// - Throws: `KerasError.invalidArgument` unless `stddev` is within 0 … 1.
/// - Source: `keras.layers.GaussianNoise`.
///
/// ```swift
/// let y = try GaussianNoise(0.1)(x)
/// ```
public final class GaussianNoise: NoiseLayer {
    /// The noise's standard deviation.
    public var stddev: Double { amount }

    public init(_ stddev: Double, seed: Int? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        super.init(amount: stddev, seed: seed, name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws { try super.init(config: config) }

    override class var amountKey: String { "stddev" }

    override func changed(_ inputs: Tensor, _ seed: RandomSeed) throws -> Tensor {
        try inputs + random.normal(inputs.shape, stddev: stddev, dtype: computeDType, seed: seed)
    }
}
