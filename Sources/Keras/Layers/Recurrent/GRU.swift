/// A gated recurrent unit: a recurrent layer whose gates say how much of the state is replaced. Cho et al., 2014.
///
/// - Input: `[batch, time, features]`. Output: `[batch, units]`, or `[batch, time, units]` with `returnSequences`; then, with
///   `returnState`, the last state `[batch, units]`.
/// - Weights: `kernel [features, 3 · units]`, `recurrent_kernel [units, 3 · units]`, `bias [2, 3 · units]` (the input's and the recurrent
///   one), or `[3 · units]` if `resetAfter` is false; none if `useBias` is. Gates in the order z, r, h.
/// - Throws: `KerasError.unknownDimension` if `features` is `nil`; `.incompatibleInput` for a rank other than 3; `.invalidArgument` for
///   `units` below 1.
/// - Source: `keras.layers.GRU`.
///
/// ```swift
/// let (output, states) = try GRU(32, returnSequences: true, returnState: true)(Input(shape: [nil, 8]))      // [nil, nil, 32], [[nil, 32]]
/// ```
public final class GRU: GatedRNN {
    /// - Parameters:
    ///   - dropout: the share of the inputs that is dropped in training. recurrentDropout: that of the state.
    ///   - resetAfter: whether the reset gate acts after the product of state and recurrent kernel, else on the state before it.
    public init(
        _ units: Int, activation: ActivationFunction = .tanh, recurrentActivation: ActivationFunction = .sigmoid, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform(), recurrentInitializer: Initializer = .orthogonal(),
        biasInitializer: Initializer = .zeros, kernelRegularizer: Regularizer? = nil, recurrentRegularizer: Regularizer? = nil,
        biasRegularizer: Regularizer? = nil, activityRegularizer: Regularizer? = nil, kernelConstraint: Constraint? = nil,
        recurrentConstraint: Constraint? = nil, biasConstraint: Constraint? = nil, dropout: Double = 0, recurrentDropout: Double = 0,
        seed: Int? = nil, returnSequences: Bool = false, returnState: Bool = false, goBackwards: Bool = false, stateful: Bool = false,
        unroll: Bool = false, zeroOutputForMask: Bool = false, resetAfter: Bool = true, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil
    ) {
        let cell = GRUCell(
            units, activation: activation, recurrentActivation: recurrentActivation, useBias: useBias, kernelInitializer: kernelInitializer,
            recurrentInitializer: recurrentInitializer, biasInitializer: biasInitializer, kernelRegularizer: kernelRegularizer,
            recurrentRegularizer: recurrentRegularizer, biasRegularizer: biasRegularizer, kernelConstraint: kernelConstraint,
            recurrentConstraint: recurrentConstraint, biasConstraint: biasConstraint, dropout: dropout,
            recurrentDropout: recurrentDropout, resetAfter: resetAfter, seed: seed, name: "gru_cell", trainable: trainable, dtype: dtype)
        let loop = LoopSettings(
            returnSequences: returnSequences, returnState: returnState, goBackwards: goBackwards, stateful: stateful, unroll: unroll,
            zeroOutputForMask: zeroOutputForMask)
        super.init(cell, loop, name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
    }

    public required init(config: Config) throws {
        let own = Self.cellConfig(config, name: "gru_cell")
        let cell = try GRUCell(config: own)
        try cell.applyBaseConfig(own)
        try super.init(cell: cell, config: config)
    }
}
