extension Attention {
    /// Draws attention of a query to a value: `[query, value]` or `[query, value, key]`.
    ///
    /// - Parameters:
    ///   - mask: the masks of query and value; empty: those that come with the inputs.
    ///   - useCausalMask: whether no step sees those after it.
    public func callAsFunction(
        _ inputs: [KerasTensor], mask: [KerasTensor?] = [], useCausalMask: Bool, training: Bool? = nil, fileID: String = #fileID,
        line: Int = #line
    ) throws -> KerasTensor {
        try single(draw(arguments(inputs, mask, useCausalMask, training), at: CallPlace(fileID: fileID, line: line)).outputs)
    }

    /// Draws attention with masks of its own.
    public func callAsFunction(
        _ inputs: [KerasTensor], mask: [KerasTensor?], training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try single(draw(arguments(inputs, mask, false, training), at: CallPlace(fileID: fileID, line: line)).outputs)
    }

    /// Draws attention, and gives the scores `[batch, Tq, Tv]` too.
    @_disfavoredOverload
    public func callAsFunction(
        _ inputs: [KerasTensor], mask: [KerasTensor?] = [], useCausalMask: Bool = false, training: Bool? = nil, fileID: String = #fileID,
        line: Int = #line
    ) throws -> (output: KerasTensor, scores: KerasTensor) {
        let arguments = arguments(inputs, mask, useCausalMask, training, scores: true)
        let outputs = try draw(arguments, at: CallPlace(fileID: fileID, line: line)).outputTensors
        return (outputs[0], outputs[1])
    }

    /// Attention of a query to a value: `[query, value]` or `[query, value, key]`.
    ///
    /// - Parameters:
    ///   - mask: the masks of query and value; empty: those that come with the inputs.
    ///   - useCausalMask: whether no step sees those after it.
    public func callAsFunction(
        _ inputs: [Tensor], mask: [Tensor?] = [], useCausalMask: Bool, training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> Tensor {
        try single(invoke(arguments(inputs, mask, useCausalMask, training), at: CallPlace(fileID: fileID, line: line)))
    }

    /// Attention with masks of its own.
    public func callAsFunction(
        _ inputs: [Tensor], mask: [Tensor?], training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> Tensor {
        try single(invoke(arguments(inputs, mask, false, training), at: CallPlace(fileID: fileID, line: line)))
    }

    /// Attention, and the scores `[batch, Tq, Tv]` too.
    @_disfavoredOverload
    public func callAsFunction(
        _ inputs: [Tensor], mask: [Tensor?] = [], useCausalMask: Bool = false, training: Bool? = nil, fileID: String = #fileID,
        line: Int = #line
    ) throws -> (output: Tensor, scores: Tensor) {
        let arguments = arguments(inputs, mask, useCausalMask, training, scores: true)
        let outputs = try invoke(arguments, at: CallPlace(fileID: fileID, line: line)).leaves
        return (outputs[0], outputs[1])
    }

    private func arguments<Leaf>(
        _ inputs: [Leaf], _ masks: [Leaf?], _ causal: Bool, _ training: Bool?, scores: Bool = false
    ) -> CallArguments<Leaf> {
        var arguments = CallArguments(inputs: Structure(list: inputs), training: training)
        // An empty list stands for no mask.
        if masks.contains(where: { $0 != nil }) {
            arguments.keywords = [(name: "mask", value: .list(masks.map { $0.map(Structure.one) ?? .list([]) }))]
        }
        if scores { arguments.options["return_attention_scores"] = true }
        if causal { arguments.options["use_causal_mask"] = true }
        return arguments
    }
}
