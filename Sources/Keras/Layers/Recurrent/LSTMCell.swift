/// One step of a long short-term memory: see ``MemoryCell``.
///
/// - Input: `[batch, features]`. States, h and c, and output: `[batch, units]`.
/// - Weights: `kernel [features, 4 · units]`, `recurrent_kernel [units, 4 · units]`, `bias [4 · units]` unless `useBias` is false; gates
///   in the order i, f, c, o.
/// - Throws: `KerasError.invalidArgument` for `units` below 1.
/// - Source: `keras.layers.LSTMCell`.
///
/// ```swift
/// let y = try RNN([LSTMCell(64), LSTMCell(32)], returnSequences: true)(Input(shape: [nil, 8]))      // [nil, nil, 32]
/// ```
public final class LSTMCell: MemoryCell {
    public init(
        _ units: Int, activation: ActivationFunction = .tanh, recurrentActivation: ActivationFunction = .sigmoid, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform(), recurrentInitializer: Initializer = .orthogonal(),
        biasInitializer: Initializer = .zeros, unitForgetBias: Bool = true, kernelRegularizer: Regularizer? = nil,
        recurrentRegularizer: Regularizer? = nil, biasRegularizer: Regularizer? = nil, kernelConstraint: Constraint? = nil,
        recurrentConstraint: Constraint? = nil, biasConstraint: Constraint? = nil, dropout: Double = 0, recurrentDropout: Double = 0,
        seed: Int? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        let settings = CellSettings(
            activation: activation, recurrentActivation: recurrentActivation, useBias: useBias, kernelInitializer: kernelInitializer,
            recurrentInitializer: recurrentInitializer, biasInitializer: biasInitializer, kernelRegularizer: kernelRegularizer,
            recurrentRegularizer: recurrentRegularizer, biasRegularizer: biasRegularizer, kernelConstraint: kernelConstraint,
            recurrentConstraint: recurrentConstraint, biasConstraint: biasConstraint, dropout: dropout,
            recurrentDropout: recurrentDropout, seed: seed)
        super.init(units, settings, unitForgetBias: unitForgetBias, name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws {
        try super.init(config.int("units"), CellSettings(config: config, seedFirst: false), memoryConfig: config)
    }

    override public var stateSize: [Int] { [units, units] }

    override func runWhole(_ sequences: Tensor, states: [Tensor], _ loop: RecurrentLoop) throws -> RecurrentLoop.Results? {
        guard activation == .tanh, recurrentActivation == .sigmoid else { return nil }
        let (outputs, h, c) = try ops.lstm(
            sequences, h: states[0], c: states[1], kernel: weight(kernel).value, recurrentKernel: weight(recurrentKernel).value,
            bias: bias?.value, reverse: loop.goBackwards)
        return .init(output: try loop.output(ofPlaces: outputs, last: h), states: [h, c])
    }

    override public var config: Config { (["units": .int(units)] as Config).merging(memoryConfig) }
}
