/// The product of the inputs, element by element. Masked places count as 1, and are 0 where all are masked.
///
/// - Input: a list of one or more of one shape, or shapes that broadcast. Output: that shape.
/// - Throws: `KerasError.incompatibleInputs` for shapes that do not suit each other; `.inputCount`.
/// - Source: `keras.layers.Multiply`.
///
/// ```swift
/// let z = try Multiply()([x, y])
/// ```
public final class Multiply: Merge {
    override func merge(_ inputs: [Tensor]) throws -> Tensor {
        let masks = try broadcastMasks(inputs)
        let factors = try zip(inputs, masks).map { input, mask in try mask.map { try ops.where($0, input, 1) } ?? input }
        let product = try factors.dropFirst().reduce(factors[0]) { try $0 * $1 }
        let given = masks.compactMap { $0 }
        guard let first = given.first, given.count == inputs.count else { return product }
        let any = try given.dropFirst().reduce(first) { try ops.logicalOr($0, $1) }
        var output = try ops.where(any, product, 0)
        output.kerasMask = try ops.any(any, axis: -1)
        return output
    }
}

/// The product of the inputs, element by element. Masked places count as 1, and are 0 where all are masked. The layer ``Multiply`` as a function.
public func multiply(_ inputs: [KerasTensor], name: String? = nil, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
    try Multiply(name: name)(inputs, fileID: fileID, line: line)
}
