/// In training, multiplies by normally distributed numbers of mean 1 and standard deviation `√(rate / (1 - rate))`; else gives what it
/// gets.
///
/// - Input and output: any shape.
/// - Throws: `KerasError.invalidArgument` unless `rate` is 0 or more and below 1.
/// - Source: `keras.layers.GaussianDropout`; Srivastava et al., 2014.
///
/// ```swift
/// let y = try GaussianDropout(0.3)(x)
/// ```
public final class GaussianDropout: NoiseLayer {
    public var rate: Double { amount }

    public init(_ rate: Double, seed: Int? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        super.init(amount: rate, seed: seed, name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws { try super.init(config: config) }

    override class var amounts: (range: ClosedRange<Double>, words: String) { (0...1.0.nextDown, "0 or more, and below 1") }

    override func changed(_ inputs: Tensor, _ seed: RandomSeed) throws -> Tensor {
        let stddev = (rate / (1 - rate)).squareRoot()
        return try inputs * random.normal(inputs.shape, mean: 1, stddev: stddev, dtype: computeDType, seed: seed)
    }
}
