/// Long short-term memory: a recurrent layer with a carry that gates protect. Hochreiter and Schmidhuber, 1997.
///
/// - Input: `[batch, time, features]`. Output: `[batch, units]`, or `[batch, time, units]` with `returnSequences`; then, with
///   `returnState`, the last states h and c, `[batch, units]`.
/// - Weights: `kernel [features, 4 · units]`, `recurrent_kernel [units, 4 · units]`, `bias [4 · units]` unless `useBias` is false; gates
///   in the order i, f, c, o.
/// - Throws: `KerasError.unknownDimension` if `features` is `nil`; `.incompatibleInput` for a rank other than 3; `.invalidArgument` for
///   `units` below 1.
/// - Source: `keras.layers.LSTM`.
///
/// ```swift
/// let title = Input(shape: [nil])
/// let y = try LSTM(128)(Embedding(10_000, 64)(title))      // [nil, 128]
/// ```
public final class LSTM: GatedRNN {
    /// - Parameters:
    ///   - unitForgetBias: whether the forget gate's bias starts at 1.
    ///   - dropout: the share of the inputs that is dropped in training. recurrentDropout: that of the state.
    public init(
        _ units: Int, activation: ActivationFunction = .tanh, recurrentActivation: ActivationFunction = .sigmoid, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform(), recurrentInitializer: Initializer = .orthogonal(),
        biasInitializer: Initializer = .zeros, unitForgetBias: Bool = true, kernelRegularizer: Regularizer? = nil,
        recurrentRegularizer: Regularizer? = nil, biasRegularizer: Regularizer? = nil, activityRegularizer: Regularizer? = nil,
        kernelConstraint: Constraint? = nil, recurrentConstraint: Constraint? = nil, biasConstraint: Constraint? = nil,
        dropout: Double = 0, recurrentDropout: Double = 0, seed: Int? = nil, returnSequences: Bool = false, returnState: Bool = false,
        goBackwards: Bool = false, stateful: Bool = false, unroll: Bool = false, zeroOutputForMask: Bool = false, name: String? = nil,
        trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        let cell = LSTMCell(
            units, activation: activation, recurrentActivation: recurrentActivation, useBias: useBias, kernelInitializer: kernelInitializer,
            recurrentInitializer: recurrentInitializer, biasInitializer: biasInitializer, unitForgetBias: unitForgetBias,
            kernelRegularizer: kernelRegularizer, recurrentRegularizer: recurrentRegularizer, biasRegularizer: biasRegularizer,
            kernelConstraint: kernelConstraint, recurrentConstraint: recurrentConstraint, biasConstraint: biasConstraint, dropout: dropout,
            recurrentDropout: recurrentDropout, seed: seed, name: "lstm_cell", trainable: trainable, dtype: dtype)
        let loop = LoopSettings(
            returnSequences: returnSequences, returnState: returnState, goBackwards: goBackwards, stateful: stateful, unroll: unroll,
            zeroOutputForMask: zeroOutputForMask)
        super.init(cell, loop, name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
    }

    public required init(config: Config) throws {
        let own = Self.cellConfig(config, name: "lstm_cell")
        let cell = try LSTMCell(config: own)
        try cell.applyBaseConfig(own)
        try super.init(cell: cell, config: config)
    }
}
