/// One step of a gated recurrent unit: `h' = z · h + (1 - z) · activation(x · W + r · (h · U))`, with the update gate `z` and the reset
/// gate `r`, which are `recurrentActivation` of products of their own.
///
/// - Input: `[batch, features]`. State and output: `[batch, units]`.
/// - Weights: `kernel [features, 3 · units]`, `recurrent_kernel [units, 3 · units]`, `bias [2, 3 · units]` (the input's and the recurrent
///   one), or `[3 · units]` if `resetAfter` is false; none if `useBias` is. Gates in the order z, r, h.
/// - Throws: `KerasError.invalidArgument` for `units` below 1.
/// - Source: `keras.layers.GRUCell`; Cho et al., 2014.
///
/// ```swift
/// let y = try RNN(GRUCell(32))(Input(shape: [nil, 8]))      // [nil, 32]
/// ```
public final class GRUCell: GatedCell {
    /// Whether the reset gate acts after the product of state and recurrent kernel, else on the state before it.
    public let resetAfter: Bool

    public var recurrentActivation: ActivationFunction { settings.recurrentActivation }

    public init(
        _ units: Int, activation: ActivationFunction = .tanh, recurrentActivation: ActivationFunction = .sigmoid, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform(), recurrentInitializer: Initializer = .orthogonal(),
        biasInitializer: Initializer = .zeros, kernelRegularizer: Regularizer? = nil, recurrentRegularizer: Regularizer? = nil,
        biasRegularizer: Regularizer? = nil, kernelConstraint: Constraint? = nil, recurrentConstraint: Constraint? = nil,
        biasConstraint: Constraint? = nil, dropout: Double = 0, recurrentDropout: Double = 0, resetAfter: Bool = true, seed: Int? = nil,
        name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        let settings = CellSettings(
            activation: activation, recurrentActivation: recurrentActivation, useBias: useBias, kernelInitializer: kernelInitializer,
            recurrentInitializer: recurrentInitializer, biasInitializer: biasInitializer, kernelRegularizer: kernelRegularizer,
            recurrentRegularizer: recurrentRegularizer, biasRegularizer: biasRegularizer, kernelConstraint: kernelConstraint,
            recurrentConstraint: recurrentConstraint, biasConstraint: biasConstraint, dropout: dropout,
            recurrentDropout: recurrentDropout, seed: seed)
        self.resetAfter = resetAfter
        super.init(units, settings, name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws {
        resetAfter = try config.value("reset_after", default: true)
        try super.init(config.int("units"), CellSettings(config: config, seedFirst: false), config: config)
    }

    override public var stateSize: [Int] { [units] }
    override var gates: Int { 3 }
    override var biasShape: [Int] { resetAfter ? [2, 3 * units] : [3 * units] }

    override func inputBias() throws -> Tensor? { try biases().input }

    private func biases() throws -> (input: Tensor?, recurrent: Tensor?) {
        guard let bias else { return (nil, nil) }
        guard resetAfter else { return (bias.value, nil) }
        let parts = try ops.unstack(bias.value, axis: 0)
        return (parts[0], parts[1])
    }

    override func stepper(_ masks: DropoutMasks) throws -> (Tensor, [Tensor]) throws -> (output: Tensor, states: [Tensor]) {
        let (activation, gate) = (settings.activation, settings.recurrentActivation)
        let recurrent = try resetAfter ? afterProduct(masks) : beforeProduct(masks)
        return { product, states in
            let x = try ops.split(product, 3, axis: -1)
            let (z, r, h) = try recurrent(states[0])
            let update = try gate(x[0] + z)
            let candidate = try activation(x[2] + h(gate(x[1] + r)))
            let next = try update * states[0] + (1 - update) * candidate
            return (next, [next])
        }
    }

    /// The state's parts of the gates z and r, and of the candidate for a reset gate.
    private typealias Recurrent = (_ h: Tensor) throws -> (z: Tensor, r: Tensor, candidate: (_ reset: Tensor) throws -> Tensor)

    private func afterProduct(_ masks: DropoutMasks) throws -> Recurrent {
        let product = try recurrentTerm(masks), bias = try biases().recurrent
        return { h in
            let plain = try product(h)
            let parts = try ops.split(bias.map { try plain + $0 } ?? plain, 3, axis: -1)
            return (parts[0], parts[1], { reset in try reset * parts[2] })
        }
    }

    private func beforeProduct(_ masks: DropoutMasks) throws -> Recurrent {
        let kernel = try weight(recurrentKernel).value
        let kernels = try ops.split(kernel, 3, axis: -1)
        func dropped(_ h: Tensor, _ gate: Int) throws -> Tensor { masks.state.isEmpty ? h : try h * masks.state[gate] }
        let (gateKernel, plain) = (try ops.split(kernel, at: [2 * units], axis: -1)[0], masks.state.isEmpty)
        return { h in
            let gates = try plain
                ? ops.split(ops.matmul(h, gateKernel), 2, axis: -1)
                : (0..<2).map { try ops.matmul(dropped(h, $0), kernels[$0]) }
            return (gates[0], gates[1], { reset in try ops.matmul(reset * dropped(h, 2), kernels[2]) })
        }
    }

    override func runWhole(_ sequences: Tensor, states: [Tensor], _ loop: RecurrentLoop) throws -> RecurrentLoop.Results? {
        guard resetAfter, activation == .tanh, recurrentActivation == .sigmoid else { return nil }
        let (outputs, h) = try ops.gru(
            sequences, h: states[0], kernel: weight(kernel).value, recurrentKernel: weight(recurrentKernel).value, bias: bias?.value,
            reverse: loop.goBackwards)
        return .init(output: try loop.output(ofPlaces: outputs, last: h), states: [h])
    }

    override public var config: Config {
        settings.config([
            "units": .int(units), "recurrent_activation": settings.recurrentActivation.configValue, "reset_after": .bool(resetAfter),
        ])
    }
}
