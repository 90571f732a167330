/// What the recurrent layers with a cell of Keras' own have in common: their settings are their cell's.
public class GatedRNN: RNN {
    private let gated: GatedCell

    /// The number of units, or of filters.
    public var units: Int { gated.units }
    public var activation: ActivationFunction { gated.activation }
    public var useBias: Bool { gated.useBias }
    public var dropout: Double { gated.dropout }
    public var recurrentDropout: Double { gated.recurrentDropout }
    public var seed: Int? { gated.seed }

    init(_ cell: GatedCell, _ loop: LoopSettings, name: String?, trainable: Bool, dtype: DTypePolicy?, activityRegularizer: Regularizer?) {
        gated = cell
        super.init(
            cell, returnSequences: loop.returnSequences, returnState: loop.returnState, goBackwards: loop.goBackwards,
            stateful: loop.stateful, unroll: loop.unroll, zeroOutputForMask: loop.zeroOutputForMask, name: name, trainable: trainable,
            dtype: dtype, activityRegularizer: activityRegularizer)
        argumentProblem = cell.argumentProblem
    }

    init(cell: GatedCell, config: Config) throws {
        gated = cell
        try super.init(cell, config: config)
        argumentProblem = cell.argumentProblem
    }

    public required convenience init(config: Config) throws {
        throw KerasError.notConfigurable(object: Self.registeredName, reason: "it is a base class")
    }

    /// How the steps are gone through.
    struct LoopSettings {
        var returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask: Bool
    }

    override public func build(inputShape: Shape) throws {
        _ = try inputShape.known(axis: gated.channelAxis, for: self)
        try super.build(inputShape: inputShape)
    }

    /// The settings of a layer's cell, from the layer's.
    static func cellConfig(_ config: Config, name: String) -> Config {
        var result = config
        result["name"] = .string(name)
        result["activity_regularizer"] = nil
        return result
    }

    override public var config: Config {
        loopConfig.merging(gated.config).merging(["activity_regularizer": activityRegularizer.configValue])
    }
}
