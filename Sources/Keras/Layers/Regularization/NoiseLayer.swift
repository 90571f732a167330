/// What layers that change their inputs at random in training have in common: how much, and where the random numbers come from.
///
/// They draw the numbers that Keras draws on JAX from the same seed.
public class NoiseLayer: Layer {
    /// The seed of the random numbers; `nil`: one is drawn.
    public let seed: Int?
    /// How much is changed, Keras' `rate` or `stddev`.
    let amount: Double
    private var generator: SeedGenerator?

    init(amount: Double, seed: Int?, name: String?, trainable: Bool, dtype: DTypePolicy?) {
        self.amount = amount
        self.seed = seed
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        amount = try config.double(Self.amountKey)
        seed = try config.seed()
        try super.init(config: config)
        prepare()
    }

    /// Keras' name of ``amount``.
    class var amountKey: String { "rate" }
    /// The amounts that there are, and in words.
    class var amounts: (range: ClosedRange<Double>, words: String) { (0...1, "within 0 … 1") }

    private func prepare() {
        require(Self.amounts.range.contains(amount), Self.amountKey, Self.amounts.words, got: amount)
        supportsMasking = true
        guard amount > 0 else { return }
        remember { generator = try addSeedGenerator(seed: seed) }
    }

    override public func call(_ inputs: Tensor, training: Bool) throws -> Tensor {
        guard training, let generator else { return inputs }
        return try changed(inputs, .generator(generator))
    }

    /// The inputs as training changes them.
    func changed(_ inputs: Tensor, _ seed: RandomSeed) throws -> Tensor { inputs }

    override var filledArguments: FilledArguments { .training }

    override public var config: Config { [Self.amountKey: .double(amount), "seed": seed.configValue] }
}
