/// A layer over sequences that can be told which states to start from, and may give its last states: `RNN` with what is made of it, and
/// `Bidirectional`.
///
/// ```swift
/// let encoder = LSTM(64, returnState: true)
/// let (summary, states) = try encoder(source)
/// let words = try LSTM(64, returnSequences: true)(target, initialState: states)
/// ```
public protocol SequenceLayer: Layer {}

extension SequenceLayer {
    // MARK: On places in a graph

    /// Draws a call that starts from given states.
    public func callAsFunction(
        _ sequences: KerasTensor, initialState: [KerasTensor], training: Bool? = nil, mask: KerasTensor? = nil, fileID: String = #fileID,
        line: Int = #line
    ) throws -> KerasTensor {
        let place = CallPlace(fileID: fileID, line: line)
        let outputs = try draw(arguments(sequences, initialState, training, mask), at: place).outputs
        return try CurrentPlace.$current.withValue(place) { try single(outputs) }
    }

    /// Draws a call that gives the last states, too.
    @_disfavoredOverload
    public func callAsFunction(
        _ sequences: KerasTensor, initialState: [KerasTensor] = [], training: Bool? = nil, mask: KerasTensor? = nil,
        fileID: String = #fileID, line: Int = #line
    ) throws -> (output: KerasTensor, states: [KerasTensor]) {
        let place = CallPlace(fileID: fileID, line: line)
        return try outputAndStates(draw(arguments(sequences, initialState, training, mask), at: place).outputTensors, at: place)
    }

    /// Draws a call that starts from given states, and gives all results in one list.
    @_disfavoredOverload
    public func callAsFunction(
        _ sequences: KerasTensor, initialState: [KerasTensor], training: Bool? = nil, mask: KerasTensor? = nil, fileID: String = #fileID,
        line: Int = #line
    ) throws -> [KerasTensor] {
        try draw(arguments(sequences, initialState, training, mask), at: CallPlace(fileID: fileID, line: line)).outputTensors
    }

    // MARK: On tensors

    /// Applies the layer, starting from given states.
    public func callAsFunction(
        _ sequences: Tensor, initialState: [Tensor], training: Bool? = nil, mask: Tensor? = nil, fileID: String = #fileID,
        line: Int = #line
    ) throws -> Tensor {
        try single(invoke(arguments(sequences, initialState, training, mask), at: CallPlace(fileID: fileID, line: line)))
    }

    /// Applies the layer, and gives the last states, too.
    @_disfavoredOverload
    public func callAsFunction(
        _ sequences: Tensor, initialState: [Tensor] = [], training: Bool? = nil, mask: Tensor? = nil, fileID: String = #fileID,
        line: Int = #line
    ) throws -> (output: Tensor, states: [Tensor]) {
        let place = CallPlace(fileID: fileID, line: line)
        return try outputAndStates(invoke(arguments(sequences, initialState, training, mask), at: place).leaves, at: place)
    }

    /// Applies the layer, starting from given states, and gives all results in one list.
    @_disfavoredOverload
    public func callAsFunction(
        _ sequences: Tensor, initialState: [Tensor], training: Bool? = nil, mask: Tensor? = nil, fileID: String = #fileID,
        line: Int = #line
    ) throws -> [Tensor] {
        try invoke(arguments(sequences, initialState, training, mask), at: CallPlace(fileID: fileID, line: line)).leaves
    }

    private func arguments<Leaf>(_ sequences: Leaf, _ states: [Leaf], _ training: Bool?, _ mask: Leaf?) -> CallArguments<Leaf> {
        var result = arguments(.one(sequences), training, mask)
        if !states.isEmpty { result.keywords.insert((name: "initial_state", value: Structure(list: states)), at: 0) }
        return result
    }

    private func outputAndStates<Leaf>(_ results: [Leaf], at callPlace: CallPlace) throws -> (output: Leaf, states: [Leaf]) {
        guard results.count > 1, let output = results.first else {
            throw CurrentPlace.$current.withValue(callPlace) {
                KerasError.outputArrangement(place, expected: "an output and states: make it with returnState: true")
            }
        }
        return (output, Array(results.dropFirst()))
    }
}

extension LayerCall {
    /// The mask of the sequences. One that comes with them counts only where they are the call's only tensor, as in Keras.
    var sequenceMask: Tensor? { keywords["initial_state"] == nil || keywords["mask"] != nil ? masks.first ?? nil : nil }
}
