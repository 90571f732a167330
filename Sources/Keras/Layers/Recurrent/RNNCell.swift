/// What a recurrent layer does in one step: from the step's input and the states to an output and the next states.
///
/// `RNN` runs a cell over all steps. A cell of one's own says how large its states are and what a step computes; it may have weights
/// and layers inside, as any layer. Source: the cells of `keras.layers.RNN`.
///
/// ```swift
/// final class MinimalCell: RNNCell {
///     let units: Int
///     private var kernel: Variable!, recurrentKernel: Variable!
///
///     init(_ units: Int) { self.units = units; super.init() }
///     required init(config: Config) throws { units = try config.int("units"); try super.init(config: config) }
///     override var config: Config { ["units": .int(units)] }
///     override var stateSize: [Int] { [units] }
///
///     override func build(inputShape: Shape) throws {
///         kernel = try addWeight("kernel", shape: [inputShape.last, units])
///         recurrentKernel = try addWeight("recurrent_kernel", shape: [units, units])
///     }
///     override func call(_ inputs: Tensor, states: [Tensor]) throws -> (output: Tensor, states: [Tensor]) {
///         let output = try ops.matmul(inputs, kernel) + ops.matmul(states[0], recurrentKernel)
///         return (output, [output])
///     }
/// }
/// let y = try RNN(MinimalCell(32))(Input(shape: [nil, 5]))      // [nil, 32]
/// ```
open class RNNCell: Layer {
    // MARK: To be overridden

    /// The size of each state, `[batch, size]`.
    open var stateSize: [Int] { [] }

    /// The size of the output, `[batch, size]`; the first state's, unless overridden.
    open var outputSize: Int? { stateSize.first }

    /// The states before the first step: zeros, unless overridden.
    open func initialState(batchSize: Int) throws -> [Tensor] {
        try stateSize.map { try ops.zeros([batchSize, $0], dtype: computeDType) }
    }

    /// Computes one step.
    ///
    /// - Parameters:
    ///   - inputs: `[batch, features]`, or what else a step's input is.
    ///   - states: one tensor for each number in ``stateSize``.
    /// - Returns: the output, and the next states, of the shapes and types of those given.
    open func call(_ inputs: Tensor, states: [Tensor]) throws -> (output: Tensor, states: [Tensor]) {
        throw KerasError.callNotImplemented(place, signature: "call(_ inputs: Tensor, states: [Tensor])")
    }

    /// Computes one step of a cell that does something else in training.
    open func call(_ inputs: Tensor, states: [Tensor], training: Bool) throws -> (output: Tensor, states: [Tensor]) {
        try call(inputs, states: states)
    }

    // MARK: Calling

    /// Computes one step.
    public func callAsFunction(
        _ inputs: Tensor, states: [Tensor], training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> (output: Tensor, states: [Tensor]) {
        let results = try invoke(step(inputs, states, training), at: CallPlace(fileID: fileID, line: line)).leaves
        return (results[0], Array(results.dropFirst()))
    }

    /// Draws one step.
    public func callAsFunction(
        _ inputs: KerasTensor, states: [KerasTensor], training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> (output: KerasTensor, states: [KerasTensor]) {
        let results = try draw(step(inputs, states, training), at: CallPlace(fileID: fileID, line: line)).outputTensors
        return (results[0], Array(results.dropFirst()))
    }

    private func step<Leaf>(_ inputs: Leaf, _ states: [Leaf], _ training: Bool?) -> CallArguments<Leaf> {
        CallArguments(inputs: .one(inputs), keywords: [(name: "states", value: Structure(list: states))], training: training)
    }

    override open func call(_ inputs: Structure<Tensor>, _ call: LayerCall) throws -> Structure<Tensor> {
        guard let input = inputs.single else {
            throw KerasError.inputCount(place, expected: "1 input", names: [], got: inputs.leafCount)
        }
        let states = try call.keywords["states"]?.leaves ?? startStates(input.shape)
        try checkCount(of: states)
        let (output, next) = try self.call(input, states: states, training: call.training)
        return .list([.one(output), Structure(list: next)])
    }

    func checkCount(of states: [Tensor]) throws {
        if states.count == stateCount { return }
        throw KerasError.inputCount(place, expected: "\(stateCount) state\(stateCount == 1 ? "" : "s")", names: [], got: states.count)
    }

    override var positionalKeywords: [String] { ["states"] }

    // MARK: In a recurrent layer

    /// How many states there are.
    var stateCount: Int { stateSize.count }

    /// The cells that are run one after the other over all steps: this one, or those of a stack.
    var chain: [RNNCell] { [self] }

    /// The states before the first step.
    ///
    /// - Parameter stepShape: of one step's input, batch included.
    func startStates(_ stepShape: [Int]) throws -> [Tensor] { try initialState(batchSize: stepShape.first ?? 1) }

    /// Runs the cell over all steps.
    ///
    /// - Parameter sequences: `[batch, time, …]`.
    func run(_ sequences: Tensor, states: [Tensor], _ loop: RecurrentLoop, training: Bool) throws -> RecurrentLoop.Results {
        let body = { (slices: [Tensor], states: [Tensor]) throws -> (output: Tensor, states: [Tensor]) in
            let results = try self.invoke(self.step(slices[0], states, training), at: nil).leaves
            return (results[0], try zip(results.dropFirst(), states).map { try $0.cast(to: $1.dtype) })
        }
        var stepShape = sequences.shape
        let time = stepShape.remove(at: 1)
        let types = [TensorType(stepShape, sequences.dtype)] + states.map(\.type)
        let probe = try StepProbe(self, types) { parameters in
            let (output, next) = try body([parameters[0]], Array(parameters.dropFirst()))
            return [output] + next
        }
        try check(Array(probe.types.dropFirst()), are: states.map(\.type))
        let outputType = probe.types[0]
        if CallContext.current?.standIn != nil {
            // Only shapes are asked for.
            let shape = loop.returnSequences ? [stepShape[0], time] + outputType.shape.dropFirst() : outputType.shape
            return .init(output: .placeholder(TensorType(shape, outputType.dtype)), states: states.map { .placeholder($0.type) })
        }
        var loop = loop
        if !probe.isRepeatable { loop.unroll = true }
        return try loop.run([RecurrentLoop.timeMajor(sequences)], states: states, outputType: outputType, step: body)
    }

    /// Throws unless a step's states are such that the next step can start from them.
    private func check(_ given: [TensorType], are expected: [TensorType]) throws {
        guard given.count == expected.count, zip(given, expected).allSatisfy({ $0.shape == $1.shape }) else {
            func sources(_ types: [TensorType]) -> [TensorSource] {
                types.map { TensorSource(shape: CallContext.current?.shape(of: $0.shape) ?? Shape($0.shape), dtype: $0.dtype) }
            }
            let wanted = sources(expected).map { "\($0.shape)" }.joined(separator: ", ")
            throw KerasError.incompatibleInputs(
                place, rule: "its call to give states of the shapes it takes: \(wanted)",
                remedy: "Let stateSize and the states that call returns agree.", inputs: sources(given))
        }
    }
}
