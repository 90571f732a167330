extension HeadAttention {
    /// Draws attention of a query to a value.
    ///
    /// - Parameters:
    ///   - value: what is attended to.
    ///   - key: what the query is compared with; `nil`: the value.
    ///   - queryMask: the query's steps that count; `nil`: the mask that comes with it. The same for `valueMask` and `keyMask`.
    ///   - attentionMask: which keys each query sees, `[batch, Tq, Tv]`.
    ///   - useCausalMask: whether no step sees those after it.
    public func callAsFunction(
        _ query: KerasTensor, value: KerasTensor, key: KerasTensor? = nil, queryMask: KerasTensor? = nil, valueMask: KerasTensor? = nil,
        keyMask: KerasTensor? = nil, attentionMask: KerasTensor? = nil, useCausalMask: Bool = false, training: Bool? = nil,
        fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        let arguments = arguments(query, [value, key, queryMask, valueMask, keyMask, attentionMask], useCausalMask, training)
        return try single(draw(arguments, at: CallPlace(fileID: fileID, line: line)).outputs)
    }

    /// Draws attention of a query to a value, and gives the scores `[batch, heads, Tq, Tv]` too.
    @_disfavoredOverload
    public func callAsFunction(
        _ query: KerasTensor, value: KerasTensor, key: KerasTensor? = nil, queryMask: KerasTensor? = nil, valueMask: KerasTensor? = nil,
        keyMask: KerasTensor? = nil, attentionMask: KerasTensor? = nil, useCausalMask: Bool = false, training: Bool? = nil,
        fileID: String = #fileID, line: Int = #line
    ) throws -> (output: KerasTensor, scores: KerasTensor) {
        let words = [value, key, queryMask, valueMask, keyMask, attentionMask]
        let arguments = arguments(query, words, useCausalMask, training, scores: true)
        let outputs = try draw(arguments, at: CallPlace(fileID: fileID, line: line)).outputTensors
        return (outputs[0], outputs[1])
    }

    /// Attention of a query to a value.
    ///
    /// - Parameters:
    ///   - value: what is attended to.
    ///   - key: what the query is compared with; `nil`: the value.
    ///   - queryMask: the query's steps that count; `nil`: the mask that comes with it. The same for `valueMask` and `keyMask`.
    ///   - attentionMask: which keys each query sees, `[batch, Tq, Tv]`.
    ///   - useCausalMask: whether no step sees those after it.
    public func callAsFunction(
        _ query: Tensor, value: Tensor, key: Tensor? = nil, queryMask: Tensor? = nil, valueMask: Tensor? = nil, keyMask: Tensor? = nil,
        attentionMask: Tensor? = nil, useCausalMask: Bool = false, training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> Tensor {
        let arguments = arguments(query, [value, key, queryMask, valueMask, keyMask, attentionMask], useCausalMask, training)
        return try single(invoke(arguments, at: CallPlace(fileID: fileID, line: line)))
    }

    /// Attention of a query to a value, and the scores `[batch, heads, Tq, Tv]` too.
    @_disfavoredOverload
    public func callAsFunction(
        _ query: Tensor, value: Tensor, key: Tensor? = nil, queryMask: Tensor? = nil, valueMask: Tensor? = nil, keyMask: Tensor? = nil,
        attentionMask: Tensor? = nil, useCausalMask: Bool = false, training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> (output: Tensor, scores: Tensor) {
        let words = [value, key, queryMask, valueMask, keyMask, attentionMask]
        let arguments = arguments(query, words, useCausalMask, training, scores: true)
        let outputs = try invoke(arguments, at: CallPlace(fileID: fileID, line: line)).leaves
        return (outputs[0], outputs[1])
    }

    /// - Parameter words: value, key, their masks and the attention mask, in the order of the names below.
    private func arguments<Leaf>(
        _ query: Leaf, _ words: [Leaf?], _ causal: Bool, _ training: Bool?, scores: Bool = false
    ) -> CallArguments<Leaf> {
        let names = ["value", "key", "query_mask", "value_mask", "key_mask", "attention_mask"]
        var arguments = CallArguments(inputs: .one(query), training: training)
        arguments.keywords = zip(names, words).compactMap { name, leaf in leaf.map { (name: name, value: .one($0)) } }
        if scores { arguments.options["return_attention_scores"] = true }
        if causal { arguments.options["use_causal_mask"] = true }
        return arguments
    }
}
