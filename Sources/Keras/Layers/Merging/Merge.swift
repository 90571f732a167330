/// What the layers that make one tensor of several have in common.
///
/// The inputs' shapes must be equal, or broadcast to each other; batches must be equal. Inputs of lower rank get axes of size 1 after
/// the batch. The result's mask, where every input has one, is true where any of theirs is. Source: `keras.layers.Merge`.
public class Merge: Layer {
    override public init(name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil, activityRegularizer: Regularizer? = nil) {
        super.init(name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
        supportsMasking = true
    }

    public required init(config: Config) throws {
        try super.init(config: config)
        supportsMasking = true
    }

    override var buildConfig: Config? { buildShapes.map { ["input_shape": $0.configValue] } }

    /// How many inputs the layer takes; `nil`: one or more.
    var inputCount: Int? { nil }

    /// The result, from inputs of one rank.
    func merge(_ inputs: [Tensor]) throws -> Tensor { throw KerasError.callNotImplemented(place, signature: "merge(_ inputs: [Tensor])") }

    /// Throws unless the shapes suit each other.
    func checkMergeable(_ inputs: [TensorSource]) throws {
        if inputs.contains(where: { $0.shape.rank == 0 }) {
            throw KerasError.incompatibleInputs(place, rule: "inputs of rank 1 or more, [batch, …]", remedy: "", inputs: inputs)
        }
        let batches = Set(inputs.compactMap { $0.shape.rank > 0 ? $0.shape.first : nil })
        if batches.count > 1 {
            throw KerasError.incompatibleInputs(place, rule: "inputs of one batch size", remedy: "", inputs: inputs)
        }
        let rank = inputs.map(\.shape.rank).max() ?? 0
        for axis in 1..<max(rank, 1) {
            let sizes = Set(inputs.compactMap { input in axis < input.shape.rank ? input.shape[input.shape.rank - axis] : nil })
            if sizes.subtracting([1]).count > 1 {
                throw KerasError.incompatibleInputs(
                    place, rule: "inputs of one shape, or with size 1 where they differ",
                    remedy: "Bring them to one shape first, for example with Dense or Reshape; or join them with concatenate.", inputs: inputs)
            }
        }
    }

    override func check(_ sources: Structure<TensorSource>) throws {
        let expected = inputCount.map { "a list of \($0) inputs" } ?? "a list of inputs"
        guard case .list(let items) = sources, !items.isEmpty, inputCount == nil || items.count == inputCount else {
            throw KerasError.inputCount(place, expected: expected, names: [], got: sources.leafCount)
        }
        try checkMergeable(sources.leaves)
    }

    override public func call(_ inputs: [Tensor]) throws -> Tensor {
        try check(Structure(list: inputs.map { TensorSource(shape: CallContext.shape(of: $0), dtype: $0.dtype) }))
        let rank = inputs.map(\.rank).max() ?? 0
        return try merge(inputs.map { input in
            guard input.rank < rank, input.rank > 0 else { return input }
            let missing = [Int](repeating: 1, count: rank - input.rank)
            var widened = try input.reshaped([input.shape[0]] + missing + input.shape.dropFirst())
            widened.kerasMask = input.kerasMask
            return widened
        })
    }

    override public func computeMasks(_ inputs: [Tensor], masks: [Tensor?]) throws -> [Tensor?] {
        let given = masks.compactMap { $0 }
        guard let first = given.first, given.count == masks.count else { return [nil] }
        return [try given.dropFirst().reduce(first) { try ops.logicalOr($0, $1) }]
    }

    override func drawMasks(_ inputs: [KerasTensor], masks: [KerasTensor?]) throws -> [KerasTensor?]? {
        let given = masks.compactMap { $0 }, pen = MaskPen()
        guard let first = given.first, given.count == masks.count else { return [nil] }
        return [try given.dropFirst().reduce(first) { try pen.or($0, $1) }]
    }

    /// The inputs' masks, as far as there are any, with the inputs' shapes.
    func broadcastMasks(_ inputs: [Tensor]) throws -> [Tensor?] {
        try inputs.map { input in
            try input.kerasMask.map { mask in
                let widened = mask.rank < input.rank ? try ops.expandDims(mask, axis: -1) : mask
                return try ops.broadcastTo(widened, input.shape)
            }
        }
    }
}

extension Merge {
    /// The inputs merged one after the other; a masked place takes the value that it meets.
    func extremum(_ inputs: [Tensor], _ operation: (Tensor, Tensor) throws -> Tensor) throws -> Tensor {
        let masks = try broadcastMasks(inputs)
        var output = inputs[0]
        var outputMask = masks[0]
        for (input, mask) in zip(inputs, masks).dropFirst() {
            let value = try mask.map { try ops.where($0, input, output) } ?? input
            if let outputMask { output = try ops.where(outputMask, output, value) }
            if let own = outputMask, let mask { outputMask = try ops.logicalOr(own, mask) } else { outputMask = nil }
            output = try operation(output, value)
        }
        if let outputMask { output.kerasMask = try ops.any(outputMask, axis: -1) }
        return output
    }
}
