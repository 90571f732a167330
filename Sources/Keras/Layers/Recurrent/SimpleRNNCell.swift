/// One step of a plain recurrent layer: `h' = activation(x · kernel + h · recurrentKernel + bias)`.
///
/// - Input: `[batch, features]`. State and output: `[batch, units]`.
/// - Weights: `kernel [features, units]`, `recurrent_kernel [units, units]`, `bias [units]` unless `useBias` is false.
/// - Throws: `KerasError.invalidArgument` for `units` below 1.
/// - Source: `keras.layers.SimpleRNNCell`.
///
/// ```swift
/// let y = try RNN([SimpleRNNCell(32), SimpleRNNCell(16)])(Input(shape: [nil, 8]))      // [nil, 16]
/// ```
public final class SimpleRNNCell: GatedCell {
    /// - Parameters:
    ///   - kernelInitializer: `nil`: Glorot uniform.
    ///   - recurrentInitializer: `nil`: orthogonal.
    ///   - dropout: the share of the inputs that is dropped in training. recurrentDropout: that of the state.
    public init(
        _ units: Int, activation: ActivationFunction = .tanh, useBias: Bool = true, kernelInitializer: Initializer? = nil,
        recurrentInitializer: Initializer? = nil, biasInitializer: Initializer = .zeros, kernelRegularizer: Regularizer? = nil,
        recurrentRegularizer: Regularizer? = nil, biasRegularizer: Regularizer? = nil, kernelConstraint: Constraint? = nil,
        recurrentConstraint: Constraint? = nil, biasConstraint: Constraint? = nil, dropout: Double = 0, recurrentDropout: Double = 0,
        seed: Int? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        let settings = CellSettings(
            activation: activation, useBias: useBias, kernelInitializer: kernelInitializer, recurrentInitializer: recurrentInitializer,
            biasInitializer: biasInitializer, kernelRegularizer: kernelRegularizer, recurrentRegularizer: recurrentRegularizer,
            biasRegularizer: biasRegularizer, kernelConstraint: kernelConstraint, recurrentConstraint: recurrentConstraint,
            biasConstraint: biasConstraint, dropout: dropout, recurrentDropout: recurrentDropout, seed: seed)
        super.init(units, settings, name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws {
        try super.init(config.int("units"), CellSettings(config: config, seedFirst: true), config: config)
    }

    override public var stateSize: [Int] { [units] }
    override var masksPerGate: Bool { false }
    override var dropsEverything: Bool { true }
    override var inputsKeyword: String { "sequence" }

    override func stepper(_ masks: DropoutMasks) throws -> (Tensor, [Tensor]) throws -> (output: Tensor, states: [Tensor]) {
        let recurrent = try recurrentTerm(masks)
        return { product, states in
            let h = try self.activation(product + recurrent(states[0]))
            return (h, [h])
        }
    }

    override public var config: Config { settings.config(["units": .int(units)]) }
}
