import Keras

/// A dense layer of one's own.
final class CustomDense: Layer {
    let units: Int
    private var w: Variable!, b: Variable!

    init(units: Int = 32, name: String? = nil) { self.units = units; super.init(name: name) }

    override func build(inputShape: Shape) throws {
        w = try addWeight(shape: [inputShape.last, units], initializer: .randomNormal(), trainable: true)
        b = try addWeight(shape: [units], initializer: .randomNormal(), trainable: true)
    }
    override func call(_ inputs: Tensor) throws -> Tensor { try ops.matmul(inputs, w) + b }

    override var config: Config { ["units": .int(units)] }               // for saving and cloning
    required convenience init(config: Config) throws { try self.init(units: config.int("units")) }
}

/// Noise in training only: a layer whose `call` asks what it is called for.
final class TrainingNoise: Layer {
    override func call(_ inputs: Tensor, training: Bool) throws -> Tensor {
        training ? try inputs + random.normal(inputs.shape, stddev: 0.1) : inputs
    }
}

/// The mean over the steps that count: a layer that uses the mask.
final class MaskedMean: Layer {
    override func call(_ inputs: Tensor, training: Bool, mask: Tensor?) throws -> Tensor {
        guard let mask else { return try ops.mean(inputs, axis: 1) }
        let weights = try ops.expandDims(mask.cast(to: inputs.dtype), axis: -1)
        return try ops.sum(inputs * weights, axis: 1) / ops.sum(weights, axis: 1)
    }
}

/// Section 6: layers of one's own.
enum CustomLayers {
    @Sendable static func run(_ facts: Facts) throws {
        let inputs = Input(shape: [4])
        let model = try Model(inputs: inputs, outputs: CustomDense(units: 10)(inputs))
        facts.equal("the output's shape is inferred by tracing call", model.output.shape, [nil, 10])
        facts.equal("the layer has its weights", try model.countParams(), 50)

        let copy = try Model(config: model.config, customObjects: [CustomDense.self])
        facts.equal("a model of it is made again from its config", copy.output.shape, [nil, 10])
        facts.mistake("a class that nobody named is told", says: "CustomDense") { try Model(config: model.config) }
        try copy.setWeights(model.getWeights())
        let x = try random.normal([3, 4], seed: 1)
        facts.equal("with its weights it computes the same", try copy.predict(x, verbose: .silent).array(Float.self),
                    try model.predict(x, verbose: .silent).array(Float.self))
        facts.equal("it clones", try cloneModel(model).layers.last?.weights.count, 2)

        let sequential = try Sequential([CustomDense(units: 8), Dense(2)])
        facts.equal("it works in a Sequential", try sequential(x).shape, [3, 2])
        try model.compile(optimizer: .adam(), loss: .meanSquaredError())
        let history = try model.fit(random.normal([64, 4], seed: 2), ops.zeros([64, 10]), epochs: 3, verbose: .silent)
        facts.holds("and it learns", (history["loss"].last ?? 1) < (history["loss"].first ?? 0))

        let noise = TrainingNoise()
        facts.holds("call may take training", try ops.all(ops.equal(noise(x), x)).item(Bool.self))
        facts.holds("which fit turns on", try !ops.all(ops.equal(noise(x, training: true), x)).item(Bool.self))

        let words = Input(shape: [nil], dtype: .int32)
        let mean = try MaskedMean()(Embedding(10, 2, maskZero: true, name: "words")(words))
        let reader = try Model(inputs: words, outputs: mean)
        let short = try reader.predict(Tensor([[3, 5]] as [[Int32]]), verbose: .silent)
        let padded = try reader.predict(Tensor([[3, 5, 0, 0]] as [[Int32]]), verbose: .silent)
        facts.holds("or a mask, which travels with the tensor", try ops.max(ops.abs(short - padded)).item(Float.self) < 1e-6)
    }
}
