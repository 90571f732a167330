/// Runs a cell over the steps of sequences.
///
/// The output is the last step's, or all steps' with `returnSequences`; with `returnState` the last states come after it. A masked step
/// (mask `[batch, time]`) leaves the states as they were and repeats the output of the step before; with `zeroOutputForMask` its output is
/// 0. With `goBackwards` the steps are taken, and all outputs given, from last to first. With `stateful` each batch starts from the states
/// that the one before ended with, until ``resetState()``. A call that is given an initial state takes no notice of the mask that comes
/// with its input, only of one given as `mask`: so Keras has it.
///
/// - Input: `[batch, time, …]`. Output: `[batch, …]`, or `[batch, time, …]` with `returnSequences`.
/// - Weights: the cell's.
/// - Throws: `KerasError.incompatibleInput` for a rank below 2, no steps, an unknown number of steps with `unroll` or of samples with
///   `stateful`; what the cell throws.
/// - Source: `keras.layers.RNN`.
///
/// ```swift
/// let x = Input(shape: [nil, 8])
/// let y = try RNN([LSTMCell(64), LSTMCell(32)], returnSequences: true)(x)      // [nil, nil, 32]
/// let (last, states) = try RNN(GRUCell(16), returnState: true)(x)              // [nil, 16], 1 state
/// ```
open class RNN: Layer, SequenceLayer {
    public let cell: RNNCell
    public let returnSequences: Bool
    public let returnState: Bool
    public let goBackwards: Bool
    public let stateful: Bool
    public let unroll: Bool
    public internal(set) var zeroOutputForMask: Bool
    private var kept: KeptStates?

    /// - Parameters:
    ///   - returnSequences: whether the output holds all steps.
    ///   - returnState: whether the last states are given, too.
    ///   - goBackwards: whether the last step is taken first.
    ///   - stateful: whether a batch starts from the states that the one before ended with.
    ///   - unroll: whether the steps are written out rather than looped over.
    ///   - zeroOutputForMask: whether the output of a masked step is 0.
    public init(
        _ cell: RNNCell, returnSequences: Bool = false, returnState: Bool = false, goBackwards: Bool = false, stateful: Bool = false,
        unroll: Bool = false, zeroOutputForMask: Bool = false, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil,
        activityRegularizer: Regularizer? = nil
    ) {
        self.cell = cell
        self.returnSequences = returnSequences
        self.returnState = returnState
        self.goBackwards = goBackwards
        self.stateful = stateful
        self.unroll = unroll
        self.zeroOutputForMask = zeroOutputForMask
        super.init(name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
        prepare()
    }

    /// Runs several cells, each on the output of the one before.
    public convenience init(
        _ cells: [RNNCell], returnSequences: Bool = false, returnState: Bool = false, goBackwards: Bool = false, stateful: Bool = false,
        unroll: Bool = false, zeroOutputForMask: Bool = false, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil,
        activityRegularizer: Regularizer? = nil
    ) {
        self.init(
            StackedRNNCells(cells), returnSequences: returnSequences, returnState: returnState, goBackwards: goBackwards,
            stateful: stateful, unroll: unroll, zeroOutputForMask: zeroOutputForMask, name: name, trainable: trainable, dtype: dtype,
            activityRegularizer: activityRegularizer)
    }

    public required convenience init(config: Config) throws { try self.init(RNNCell.from(config.dictionary("cell")), config: config) }

    init(_ cell: RNNCell, config: Config) throws {
        self.cell = cell
        returnSequences = try config.value("return_sequences", default: false)
        returnState = try config.value("return_state", default: false)
        goBackwards = try config.value("go_backwards", default: false)
        stateful = try config.value("stateful", default: false)
        unroll = try config.value("unroll", default: false)
        zeroOutputForMask = try config.value("zero_output_for_mask", default: false)
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        supportsMasking = true
        takeInputSpec()
    }

    /// What the first cell expects of a step, with a time axis.
    private func takeInputSpec() {
        guard var spec = cell.chain.first?.inputSpec.first else {
            inputSpec = [InputSpec(minRank: 2, layout: "[batch, time, …]")]
            return
        }
        spec.rank = spec.rank.map { $0 + 1 }
        spec.minRank = spec.minRank.map { $0 + 1 } ?? 2
        spec.maxRank = spec.maxRank.map { $0 + 1 }
        spec.shape = spec.shape.map { Shape([$0.first, nil] + $0.sizes.dropFirst()) }
        spec.axes = Dictionary(uniqueKeysWithValues: spec.axes.map { ($0.key > 0 ? $0.key + 1 : $0.key, $0.value) })
        spec.layout = spec.layout?.replacing("[batch, ", with: "[batch, time, ")
        inputSpec = [spec]
    }

    override open func build(_ shapes: Structure<Shape>, keywords: [String: Structure<Shape>]) throws {
        stateShapes = keywords["initial_state"]
        try super.build(shapes, keywords: keywords)
    }

    override open func build(inputShape: Shape) throws {
        let stepShape = Shape([inputShape.first] + inputShape.sizes.dropFirst(2))
        try buildPart(cell, for: stepShape)
        takeInputSpec()
        guard stateful else { return }
        guard let batch = inputShape.first else {
            throw KerasError.incompatibleInput(
                place, requirement: .other(
                    "a batch size that is known, because it is stateful",
                    remedy: "Give it where the input is made: Input(shape: …, batchSize: 32)."),
                index: nil, name: nil, input: Building.sources.first ?? TensorSource(shape: inputShape, dtype: computeDType))
        }
        let sizes = [batch] + stepShape.sizes.dropFirst().map { $0 ?? 1 }
        kept = try Trace.suspended {
            try KeptStates(cell.startStates(sizes), batch: batch, dtype: variableDType, path: path ?? name)
        }
    }

    private var stateShapes: Structure<Shape>?

    override var keptVariables: [Variable] { kept?.variables ?? [] }

    override var buildConfig: Config? { Self.buildConfig(buildShapes, states: stateShapes) }

    /// The shapes that a layer was built for: the sequences', and those of the states to start from, if these were given.
    static func buildConfig(_ sequences: Structure<Shape>?, states: Structure<Shape>?) -> Config? {
        guard let sequences else { return nil }
        guard let states else { return ["input_shape": sequences.configValue] }
        return ["shapes_dict": ["sequences_shape": sequences.configValue, "initial_state_shape": states.configValue]]
    }

    override var inputsKeyword: String { "sequences" }
    override var positionalKeywords: [String] { ["initial_state", "mask"] }
    override var writesPositionally: Bool { false }

    // MARK: The call

    override open func call(_ inputs: Structure<Tensor>, _ call: LayerCall) throws -> Structure<Tensor> {
        guard let sequences = inputs.single else {
            throw KerasError.inputCount(place, expected: "1 input", names: [], got: inputs.leafCount)
        }
        let mask = call.sequenceMask
        try check(sequences, mask: mask)
        let states = try firstStates(sequences, given: call.keywords["initial_state"]?.leaves)
        let loop = RecurrentLoop(
            mask: mask, goBackwards: goBackwards, unroll: unroll, zeroOutputForMask: zeroOutputForMask, returnSequences: returnSequences)
        let results = try run(sequences, states, loop, training: call.training)
        let output = try results.output.cast(to: computeDType)
        let last = try results.states.map { try $0.cast(to: computeDType) }
        if let kept { try kept.assign(last) }
        return returnState ? .list([.one(output)] + last.map(Structure.one)) : .one(output)
    }

    /// Runs the cells one after the other, each over all steps: in a stack, no cell needs the next one's states.
    private func run(
        _ sequences: Tensor, _ states: [Tensor], _ loop: RecurrentLoop, training: Bool
    ) throws -> RecurrentLoop.Results {
        let chain = cell.chain
        var loop = loop
        var results = RecurrentLoop.Results(output: sequences, states: [])
        if chain.count > 1, loop.goBackwards {
            results.output = try ops.flip(sequences, axis: 1)
            loop.mask = try loop.mask.map { try ops.flip($0, axis: 1) }
            loop.goBackwards = false
        }
        var rest = states[...]
        for (index, cell) in chain.enumerated() {
            var own = loop
            if index + 1 < chain.count { (own.returnSequences, own.zeroOutputForMask) = (true, false) }
            let count = cell.stateCount
            let next = try cell.withAutocast {
                try cell.run(cell.autocasted(results.output), states: Array(rest.prefix(count)), own, training: training)
            }
            rest = rest.dropFirst(count)
            results = .init(output: next.output, states: results.states + next.states)
        }
        return results
    }

    /// The states to start from: those given, those kept from the last batch, or the cell's own.
    private func firstStates(_ sequences: Tensor, given: [Tensor]?) throws -> [Tensor] {
        var stepShape = sequences.shape
        stepShape.remove(at: 1)
        if let kept, kept.batch != sequences.shape[0] {
            throw unsuitable(
                sequences, "batches of \(kept.batch), the size that its states were made for",
                remedy: "A stateful layer takes batches of one size. Use a new layer for another one.")
        }
        let own = try kept?.values ?? cell.startStates(stepShape)
        let states = given ?? own
        guard states.count == own.count else {
            let expected = "\(own.count) initial state\(own.count == 1 ? "" : "s")"
            throw KerasError.inputCount(place, expected: expected, names: [], got: states.count)
        }
        for (index, (state, wanted)) in zip(states, own).enumerated() where state.shape != wanted.shape {
            throw unsuitable(state, "initial state \(index) of shape \(shown(wanted.shape))")
        }
        return try states.map { try $0.cast(to: cell.computeDType) }
    }

    private func check(_ sequences: Tensor, mask: Tensor?) throws {
        let sizes = shown(sequences.shape)
        if sizes[1] == 0 { throw unsuitable(sequences, "one step or more") }
        if unroll, sizes[1] == nil {
            throw unsuitable(
                sequences, "a number of steps that is known, because it is unrolled",
                remedy: "Give it where the input is made, Input(shape: [10, …]), or leave unroll out.")
        }
        if let mask, mask.rank < 2 || mask.shape.prefix(2) != sequences.shape.prefix(2) {
            throw unsuitable(mask, "a mask of shape \(sizes[..<2])")
        }
    }

    private func shown(_ sizes: [Int]) -> Shape { CallContext.current?.shape(of: sizes) ?? Shape(sizes) }

    private func unsuitable(_ tensor: Tensor, _ need: String, remedy: String = "") -> KerasError {
        .incompatibleInput(
            place, requirement: .other(need, remedy: remedy), index: nil, name: nil,
            input: TensorSource(shape: shown(tensor.shape), dtype: tensor.dtype))
    }

    override open func computeMasks(_ inputs: [Tensor], masks: [Tensor?]) throws -> [Tensor?] {
        [returnSequences ? masks.first ?? nil : nil]
    }

    // MARK: States

    /// The states that the next batch starts from, if the layer is stateful and built.
    public var states: [Variable] { kept?.variables ?? [] }

    /// Lets the next batch start from zeros.
    public func resetState() throws { try kept?.reset() }

    // MARK: Config

    override var filledArguments: FilledArguments { [.training, .mask] }

    override open var config: Config { loopConfig.merging(["cell": LayerConfig.value(of: cell)]) }

    var loopConfig: Config {
        [
            "return_sequences": .bool(returnSequences), "return_state": .bool(returnState), "go_backwards": .bool(goBackwards),
            "stateful": .bool(stateful), "unroll": .bool(unroll), "zero_output_for_mask": .bool(zeroOutputForMask),
        ]
    }
}
