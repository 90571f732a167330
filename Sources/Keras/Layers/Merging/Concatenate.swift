/// The inputs joined along an axis.
///
/// - Input: a list of shapes that agree except in `axis`. Output: that shape, the sizes in `axis` added.
/// - Throws: `KerasError.incompatibleInputs` for shapes that differ elsewhere; `.inputCount`.
/// - Source: `keras.layers.Concatenate`.
///
/// ```swift
/// let z = try Concatenate()([x, y])      // [nil, 8], [nil, 4] → [nil, 12]
/// ```
public final class Concatenate: Merge {
    public let axis: Int

    public init(axis: Int = -1, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.axis = axis
        super.init(name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws {
        axis = try config.value("axis", default: -1)
        try super.init(config: config)
    }

    override func checkMergeable(_ inputs: [TensorSource]) throws {
        let rank = inputs.first?.shape.rank ?? 0
        let place = axis < 0 ? axis + rank : axis
        let isSuitable = (0..<max(rank, 0)).contains(place) && inputs.allSatisfy { input in
            input.shape.rank == rank && !(0..<rank).contains { other in
                guard other != place, let size = input.shape[other] else { return false }
                return inputs.contains { $0.shape[other] != nil && $0.shape[other] != size }
            }
        }
        if isSuitable { return }
        throw KerasError.incompatibleInputs(
            self.place, rule: "inputs of one rank whose shapes agree except in axis \(axis)",
            remedy: "Bring the other axes to one size first, or choose another axis.", inputs: inputs)
    }

    override public func call(_ inputs: [Tensor]) throws -> Tensor { try ops.concatenate(inputs, axis: axis) }

    override public func computeMasks(_ inputs: [Tensor], masks: [Tensor?]) throws -> [Tensor?] {
        if masks.allSatisfy({ $0 == nil }) { return [nil] }
        let full = try zip(inputs, masks).map { input, mask in
            guard let mask else { return try ops.onesLike(input, dtype: .bool) }
            return try ops.broadcastTo(mask.rank < input.rank ? ops.expandDims(mask, axis: -1) : mask, input.shape)
        }
        return [try ops.any(ops.concatenate(full, axis: axis), axis: -1)]
    }

    override func drawMasks(_ inputs: [KerasTensor], masks: [KerasTensor?]) throws -> [KerasTensor?]? {
        if masks.allSatisfy({ $0 == nil }) { return [nil] }
        let pen = MaskPen(), isBool: Config = ["dtype": "bool"]
        let full = try zip(inputs, masks).map { input, mask in
            guard let mask else { return try pen.draw("OnesLike", input, settings: isBool) }
            if mask.rank >= input.rank { return mask }
            return try pen.or(pen.draw("ExpandDims", mask, settings: ["axis": -1]), pen.draw("ZerosLike", input, settings: isBool))
        }
        return [try pen.any(pen.draw("Concatenate", full, settings: ["axis": .int(axis)]))]
    }

    override public var config: Config { ["axis": .int(axis)] }
}

/// The inputs joined along an axis. The layer ``Concatenate`` as a function.
public func concatenate(
    _ inputs: [KerasTensor], axis: Int = -1, name: String? = nil, fileID: String = #fileID, line: Int = #line
) throws -> KerasTensor {
    try Concatenate(axis: axis, name: name)(inputs, fileID: fileID, line: line)
}
