/// Keeps the greatest singular value of a layer's kernel at 1: each call in training divides the kernel by an estimate of it.
///
/// The estimate comes from power iterations, which go on from call to call from where the last one ended.
///
/// - Input and output: the layer's.
/// - Weights: the layer's, and `vector_u [1, columns]`, which is not trained.
/// - Throws: `KerasError.invalidArgument` for a layer that has neither a weight `kernel` nor `embeddings`, or `powerIterations` below 1.
/// - Source: `keras.layers.SpectralNormalization`; Miyato et al., 2018.
///
/// ```swift
/// let y = try SpectralNormalization(Dense(10))(x)
/// ```
public final class SpectralNormalization: Wrapper {
    public let powerIterations: Int
    /// The weight that is normalised, the layer's.
    public private(set) var kernel: Variable?
    public private(set) var vectorU: Variable?

    public init(_ layer: Layer, powerIterations: Int = 1, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.powerIterations = powerIterations
        super.init(layer, name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        powerIterations = try config.value("power_iterations", default: 1)
        try super.init(config: config)
        prepare()
    }

    private func prepare() { require(powerIterations > 0, "powerIterations", "1 or more", got: powerIterations) }

    override public func build(inputShape: Shape) throws {
        try super.build(inputShape: inputShape)
        inputSpec = [InputSpec(minRank: 1, axes: inputShape.last.map { [-1: $0] } ?? [:])]
        let own = layer.ownWeights
        guard let found = own.first(where: { $0.name == "kernel" }) ?? own.first(where: { $0.name == "embeddings" }),
            let columns = found.shape.last
        else {
            throw KerasError.invalidArgument(
                place, argument: "the layer", expected: "one with a weight \"kernel\" or \"embeddings\"", got: layer.kindAndName)
        }
        kernel = found
        vectorU = try addWeight(
            "vector_u", shape: [1, columns], initializer: .truncatedNormal(stddev: 0.02), dtype: found.dtype, trainable: false)
    }

    override public func call(_ inputs: Tensor, training: Bool) throws -> Tensor {
        if training { try normalize(weight(kernel), weight(vectorU)) }
        return try layer(inputs, training: training).cast(to: inputs.dtype)
    }

    /// One step towards the kernel's greatest singular value, by which it is divided. A kernel of zeros stays.
    private func normalize(_ kernel: Variable, _ vectorU: Variable) throws {
        let (weights, start) = (kernel.value, vectorU.value)
        let results: [Tensor] = try ops.cond(ops.all(ops.equal(weights, 0))) {
            [try start.cast(to: vectorU.dtype), try weights.cast(to: kernel.dtype)]
        } else: {
            let matrix = try weights.reshaped([-1, start.shape[1]])
            var (u, v) = (start, start)
            for _ in 0..<powerIterations {
                v = try Self.unit(ops.matmul(u, ops.transpose(matrix)))
                u = try Self.unit(ops.matmul(v, matrix))
            }
            (u, v) = (try stopGradient(u), try stopGradient(v))
            let sigma = try ops.matmul(ops.matmul(v, matrix), ops.transpose(u))
            return [try u.cast(to: vectorU.dtype), try (weights / sigma.reshaped([])).cast(to: kernel.dtype)]
        }
        try vectorU.assign(results[0])
        try kernel.assign(results[1])
    }

    private static func unit(_ x: Tensor) throws -> Tensor {
        try x * ops.minimum(ops.rsqrt(ops.sum(ops.square(x))), 1 / Keras.epsilon())
    }

    override var filledArguments: FilledArguments { .training }

    override public var config: Config { super.config.merging(["power_iterations": .int(powerIterations)]) }
}
