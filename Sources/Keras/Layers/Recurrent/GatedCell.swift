/// What Keras' own cells have in common: one product for the input and one for the state, for all gates at once, and dropout on both.
///
/// The input's product does not depend on the states, so that a recurrent layer takes it for all steps before the loop.
///
/// - Weights: `kernel`, `recurrent_kernel`, and `bias` unless `useBias` is false; the gates stand side by side in their last axis.
public class GatedCell: RNNCell {
    /// The number of units or filters.
    public let units: Int
    let settings: CellSettings
    public private(set) var kernel: Variable?
    public private(set) var recurrentKernel: Variable?
    public private(set) var bias: Variable?
    private var seedGenerator: SeedGenerator?

    public var activation: ActivationFunction { settings.activation }
    public var useBias: Bool { settings.useBias }
    public var dropout: Double { settings.dropout }
    public var recurrentDropout: Double { settings.recurrentDropout }
    public var seed: Int? { settings.seed }

    init(_ units: Int, _ settings: CellSettings, name: String?, trainable: Bool, dtype: DTypePolicy?) {
        self.units = units
        self.settings = settings
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    init(_ units: Int, _ settings: CellSettings, config: Config) throws {
        self.units = units
        self.settings = settings
        try super.init(config: config)
        prepare()
    }

    public required init(config: Config) throws {
        throw KerasError.notConfigurable(object: Self.registeredName, reason: "it is a base class")
    }

    private func prepare() {
        require(units > 0, unitsName, "1 or more", got: units)
        require(!settings.dropout.isNaN && !settings.recurrentDropout.isNaN, "dropout", "a number", got: settings.dropout)
        inputSpec = [InputSpec(rank: stepRank, layout: stepLayout)]
        remember { seedGenerator = try addSeedGenerator(seed: settings.drawnSeed) }
    }

    // MARK: What the cells differ in

    var gates: Int { 1 }
    /// What the number of units is called in the initialiser.
    var unitsName: String { "units" }
    /// Whether each gate has a dropout mask of its own.
    var masksPerGate: Bool { settings.recurrentDropout != 0 }
    /// Whether a rate of 1 drops everything; the other cells take no notice of it.
    var dropsEverything: Bool { false }
    /// The rank of a step's input, and what its axes are.
    var stepRank: Int { 2 }
    var stepLayout: String { "[batch, features]" }
    /// The axis of channels in what a step computes, counted from the end.
    var channelAxis: Int { -1 }
    /// The windows of both kernels, before their axes of inputs and units; empty for plain products.
    var window: [Int] { [] }
    var biasShape: [Int] { [gates * units] }
    var makeBias: Initializer { settings.bias.initializer }

    func inputProduct(_ x: Tensor, _ kernel: Tensor) throws -> Tensor { try ops.matmul(x, kernel) }
    func recurrentProduct(_ h: Tensor, _ kernel: Tensor) throws -> Tensor { try ops.matmul(h, kernel) }
    /// What is added to the input's product.
    func inputBias() throws -> Tensor? { bias?.value }

    /// One step, from the input's product (with its bias) and the states. What does not change from step to step is computed here.
    func stepper(_ masks: DropoutMasks) throws -> (_ product: Tensor, _ states: [Tensor]) throws -> (output: Tensor, states: [Tensor]) {
        throw KerasError.callNotImplemented(place, signature: "stepper(_ masks: DropoutMasks)")
    }

    /// All steps in one operation of the engine's, where there is one for these settings.
    func runWhole(_ sequences: Tensor, states: [Tensor], _ loop: RecurrentLoop) throws -> RecurrentLoop.Results? { nil }

    // MARK: Weights

    override public func build(inputShape: Shape) throws {
        let channels = try inputShape.known(axis: channelAxis, for: self)
        kernel = try addWeight("kernel", shape: Shape(window + [channels, gates * units]), settings.kernel)
        recurrentKernel = try addWeight("recurrent_kernel", shape: Shape(window + [units, gates * units]), settings.recurrent)
        if settings.useBias {
            var bias = settings.bias
            bias.initializer = makeBias
            self.bias = try addWeight("bias", shape: Shape(biasShape), bias)
        }
        inputSpec = [InputSpec(rank: stepRank, axes: [channelAxis: channels], layout: stepLayout)]
    }

    // MARK: Steps

    override public func call(_ inputs: Tensor, states: [Tensor], training: Bool) throws -> (output: Tensor, states: [Tensor]) {
        try checkCount(of: states)
        let masks = try dropoutMasks(inputs.type, states[0].type, training: training)
        return try stepper(masks)(product(inputs, masks), states)
    }

    override func run(_ sequences: Tensor, states: [Tensor], _ loop: RecurrentLoop, training: Bool) throws -> RecurrentLoop.Results {
        var stepShape = sequences.shape
        stepShape.remove(at: 1)
        let masks = try dropoutMasks(TensorType(stepShape, sequences.dtype), states[0].type, training: training)
        if masks.inputs.count < 2, masks.state.isEmpty, loop.mask == nil, !loop.unroll {
            let dropped = try masks.inputs.first.map { try sequences * ops.expandDims($0, axis: 1) } ?? sequences
            if let results = try runWhole(dropped, states: states, loop) { return results }
        }
        let step = try stepper(masks)
        let products = try product(RecurrentLoop.timeMajor(sequences), masks)
        return try loop.run([products], states: states) { try step($0[0], $1) }
    }

    /// `x · kernel + bias`, with dropout, for one step `[batch, …]` or all `[time, batch, …]`.
    private func product(_ x: Tensor, _ masks: DropoutMasks) throws -> Tensor {
        let kernel = try weight(kernel).value
        func rows(_ x: Tensor, _ kernel: Tensor) throws -> Tensor {
            guard x.rank > stepRank else { return try inputProduct(x, kernel) }
            let (time, batch) = (x.shape[0], x.shape[1])
            let y = try inputProduct(x.reshaped([time * batch] + x.shape.dropFirst(2)), kernel)
            return try y.reshaped([time, batch] + y.shape.dropFirst())
        }
        let y: Tensor
        if masks.inputs.count > 1 {
            let kernels = try ops.split(kernel, gates, axis: -1)
            y = try ops.concatenate(zip(masks.inputs, kernels).map { try rows(x * $0, $1) }, axis: channelAxis)
        } else {
            y = try rows(masks.inputs.first.map { try x * $0 } ?? x, kernel)
        }
        return try inputBias().map { try y + $0 } ?? y
    }

    /// `h · recurrentKernel`, with dropout.
    func recurrentTerm(_ masks: DropoutMasks) throws -> (Tensor) throws -> Tensor {
        let kernel = try weight(recurrentKernel).value
        switch masks.state.count {
        case 0: return { try self.recurrentProduct($0, kernel) }
        case 1: return { try self.recurrentProduct($0 * masks.state[0], kernel) }
        default:
            let pairs = try Array(zip(masks.state, ops.split(kernel, gates, axis: -1)))
            return { h in try ops.concatenate(pairs.map { try self.recurrentProduct(h * $0, $1) }, axis: self.channelAxis) }
        }
    }

    // MARK: Dropout

    /// What is multiplied by the inputs and by the first state in every step of a call: nothing, one mask, or one for each gate.
    struct DropoutMasks {
        var inputs: [Tensor] = []
        var state: [Tensor] = []
    }

    private func dropoutMasks(_ input: TensorType, _ state: TensorType, training: Bool) throws -> DropoutMasks {
        guard training, let seedGenerator else { return DropoutMasks() }
        func masks(_ type: TensorType, _ rate: Double) throws -> [Tensor] {
            guard rate > 0, rate < 1 || dropsEverything else { return [] }
            let ones = try ops.ones(type.shape, dtype: type.dtype)
            return try (0..<(masksPerGate ? gates : 1)).map { _ in
                try random.dropout(ones, rate: rate, seed: .generator(seedGenerator))
            }
        }
        return try DropoutMasks(inputs: masks(input, settings.dropout), state: masks(state, settings.recurrentDropout))
    }
}
