/// A plain recurrent layer, whose output is fed back: `h' = activation(x · kernel + h · recurrentKernel + bias)`.
///
/// - Input: `[batch, time, features]`. Output: `[batch, units]`, or `[batch, time, units]` with `returnSequences`; then, with
///   `returnState`, the last state `[batch, units]`.
/// - Weights: `kernel [features, units]`, `recurrent_kernel [units, units]`, `bias [units]` unless `useBias` is false.
/// - Throws: `KerasError.unknownDimension` if `features` is `nil`; `.incompatibleInput` for a rank other than 3; `.invalidArgument` for
///   `units` below 1.
/// - Source: `keras.layers.SimpleRNN`.
///
/// ```swift
/// let y = try SimpleRNN(32)(Input(shape: [nil, 8]))      // [nil, 32]
/// ```
public final class SimpleRNN: GatedRNN {
    /// - Parameters:
    ///   - kernelInitializer: `nil`: Glorot uniform.
    ///   - recurrentInitializer: `nil`: orthogonal.
    ///   - dropout: the share of the inputs that is dropped in training. recurrentDropout: that of the state.
    public init(
        _ units: Int, activation: ActivationFunction = .tanh, useBias: Bool = true, kernelInitializer: Initializer? = nil,
        recurrentInitializer: Initializer? = nil, biasInitializer: Initializer = .zeros, kernelRegularizer: Regularizer? = nil,
        recurrentRegularizer: Regularizer? = nil, biasRegularizer: Regularizer? = nil, activityRegularizer: Regularizer? = nil,
        kernelConstraint: Constraint? = nil, recurrentConstraint: Constraint? = nil, biasConstraint: Constraint? = nil,
        dropout: Double = 0, recurrentDropout: Double = 0, returnSequences: Bool = false, returnState: Bool = false,
        goBackwards: Bool = false, stateful: Bool = false, unroll: Bool = false, zeroOutputForMask: Bool = false, seed: Int? = nil,
        name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        let cell = SimpleRNNCell(
            units, activation: activation, useBias: useBias, kernelInitializer: kernelInitializer,
            recurrentInitializer: recurrentInitializer, biasInitializer: biasInitializer, kernelRegularizer: kernelRegularizer,
            recurrentRegularizer: recurrentRegularizer, biasRegularizer: biasRegularizer, kernelConstraint: kernelConstraint,
            recurrentConstraint: recurrentConstraint, biasConstraint: biasConstraint, dropout: dropout,
            recurrentDropout: recurrentDropout, seed: seed, name: "simple_rnn_cell", trainable: trainable, dtype: dtype)
        let loop = LoopSettings(
            returnSequences: returnSequences, returnState: returnState, goBackwards: goBackwards, stateful: stateful, unroll: unroll,
            zeroOutputForMask: zeroOutputForMask)
        super.init(cell, loop, name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
    }

    public required init(config: Config) throws {
        let own = Self.cellConfig(config, name: "simple_rnn_cell")
        let cell = try SimpleRNNCell(config: own)
        try cell.applyBaseConfig(own)
        try super.init(cell: cell, config: config)
    }

    /// Keras does not write the seed of this layer.
    override public var config: Config {
        var config = super.config
        config["seed"] = nil
        return config
    }
}
