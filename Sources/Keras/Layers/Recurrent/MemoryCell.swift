/// Four gates and a carry: what a long short-term memory computes in a step, with plain products or convolutions.
///
/// `i, f, o = σ(z)`, `c' = f · c + i · activation(z)`, `h' = o · activation(c')`, where `z` is each gate's part of the products; the
/// gates' order is i, f, c, o. Hochreiter and Schmidhuber, 1997.
public class MemoryCell: GatedCell {
    /// Whether the forget gate's bias starts at 1. Jozefowicz et al., 2015.
    public let unitForgetBias: Bool

    public var recurrentActivation: ActivationFunction { settings.recurrentActivation }

    init(_ units: Int, _ settings: CellSettings, unitForgetBias: Bool, name: String?, trainable: Bool, dtype: DTypePolicy?) {
        self.unitForgetBias = unitForgetBias
        super.init(units, settings, name: name, trainable: trainable, dtype: dtype)
    }

    init(_ units: Int, _ settings: CellSettings, memoryConfig config: Config) throws {
        unitForgetBias = try config.value("unit_forget_bias", default: true)
        try super.init(units, settings, config: config)
    }

    public required init(config: Config) throws {
        throw KerasError.notConfigurable(object: Self.registeredName, reason: "it is a base class")
    }

    override var gates: Int { 4 }

    override var makeBias: Initializer {
        guard unitForgetBias else { return settings.bias.initializer }
        let (make, units) = (settings.bias.initializer, units)
        return Initializer(builtin: "UnitForgetBias") { _, dtype in
            try ops.concatenate([make([units], dtype: dtype), ops.ones([units], dtype: dtype), make([2 * units], dtype: dtype)])
        }
    }

    override func stepper(_ masks: DropoutMasks) throws -> (Tensor, [Tensor]) throws -> (output: Tensor, states: [Tensor]) {
        let recurrent = try recurrentTerm(masks)
        let (activation, gate) = (settings.activation, settings.recurrentActivation)
        return { product, states in
            let z = try ops.split(product + recurrent(states[0]), 4, axis: self.channelAxis)
            let c = try gate(z[1]) * states[1] + gate(z[0]) * activation(z[2])
            let h = try gate(z[3]) * activation(c)
            return (h, [h, c])
        }
    }

    /// The settings, without the number of units.
    var memoryConfig: Config {
        settings.config([
            "recurrent_activation": settings.recurrentActivation.configValue, "unit_forget_bias": .bool(unitForgetBias),
        ])
    }
}
