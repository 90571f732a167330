/// In training, sets a share of the inputs at random to the value at which ``ActivationFunction/selu`` saturates, then scales and shifts
/// all so that mean 0 and variance 1 are kept; else gives what it gets.
///
/// - Input and output: any shape.
/// - Throws: `KerasError.invalidArgument` unless `rate` is 0 or more and below 1; `.incompatibleInput` unless the input's rank is that of
///   `noiseShape`.
/// - Source: `keras.layers.AlphaDropout`; Klambauer et al., 2017.
///
/// ```swift
/// let y = try AlphaDropout(0.2)(Dense(64, activation: .selu)(x))
/// ```
public final class AlphaDropout: NoiseLayer {
    public var rate: Double { amount }
    /// The shape of the mask, 1 where one decision is taken for a whole axis, `nil` for the input's own size.
    public let noiseShape: Shape?

    public init(
        _ rate: Double, noiseShape: Shape? = nil, seed: Int? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.noiseShape = noiseShape
        super.init(amount: rate, seed: seed, name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        noiseShape = try config.value("noise_shape", default: nil)
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        guard let noiseShape else { return }
        require(noiseShape.sizes.allSatisfy { ($0 ?? 1) > 0 }, "noiseShape", "of sizes that are nil or 1 or more", got: noiseShape)
        inputSpec = [InputSpec(rank: noiseShape.rank)]
    }

    override class var amounts: (range: ClosedRange<Double>, words: String) { (0...1.0.nextDown, "0 or more, and below 1") }

    /// What selu tends to for great negative inputs: `-alpha · scale` of the paper.
    private static let saturation = -1.6732632423543772848170429916717 * 1.0507009873554804934193349852946

    override func changed(_ inputs: Tensor, _ seed: RandomSeed) throws -> Tensor {
        let sizes = noiseShape.map { zip($0.sizes, inputs.shape).map { $0 ?? $1 } } ?? inputs.shape
        let kept = try ops.greaterEqual(random.uniform(sizes, seed: seed), rate).cast(to: inputs.dtype)
        let factor = 1 / ((1 - rate) * (1 + rate * Self.saturation * Self.saturation)).squareRoot()
        let mixed = try inputs * kept + (1 - kept) * Self.saturation
        return try mixed * factor - factor * Self.saturation * rate
    }

    override public var config: Config { super.config.merging(["noise_shape": noiseShape.configValue]) }
}
