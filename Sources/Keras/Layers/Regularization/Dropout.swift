/// In training, sets a share of the inputs to 0 at random and scales the others up by `1 / (1 - rate)`; else gives what it gets.
///
/// - Input and output: any shape.
/// - Throws: `KerasError.invalidArgument` unless `rate` is in 0 … 1.
/// - Source: `keras.layers.Dropout`; Srivastava et al., 2014.
///
/// ```swift
/// let y = try Dropout(0.5)(x)                     // as the model is called
/// let z = try Dropout(0.5)(x, training: true)     // always
/// ```
public final class Dropout: Layer {
    public let rate: Double
    public let seed: Int?
    /// The shape of the mask, 1 where one decision is taken for a whole axis, `nil` for the input's own size.
    public let noiseShape: Shape?
    private var seedGenerator: SeedGenerator?

    public init(
        _ rate: Double, noiseShape: Shape? = nil, seed: Int? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.rate = rate
        self.seed = seed
        self.noiseShape = noiseShape
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        rate = try config.double("rate")
        seed = try config.seed()
        noiseShape = try config.value("noise_shape", default: nil)
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(rate >= 0 && rate <= 1, "rate", "within 0 … 1", got: rate)
        require((noiseShape ?? []).sizes.allSatisfy { ($0 ?? 1) > 0 }, "noiseShape", "of sizes that are nil or 1 or more", got: noiseShape ?? [])
        supportsMasking = true
        guard rate > 0 else { return }
        remember { seedGenerator = try addSeedGenerator(seed: seed) }
    }

    override public func call(_ inputs: Tensor, training: Bool) throws -> Tensor {
        guard training, let seedGenerator else { return inputs }
        return try random.dropout(inputs, rate: rate, noiseShape: noiseShape?.sizes, seed: .generator(seedGenerator))
    }

    override var filledArguments: FilledArguments { .training }

    override public var config: Config { ["rate": .double(rate), "seed": seed.configValue, "noise_shape": noiseShape.configValue] }
}
