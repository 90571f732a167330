/// The largest of the inputs, element by element. Masked places do not count.
///
/// - Input: a list of one or more of one shape, or shapes that broadcast. Output: that shape.
/// - Throws: `KerasError.incompatibleInputs` for shapes that do not suit each other; `.inputCount`.
/// - Source: `keras.layers.Maximum`.
///
/// ```swift
/// let z = try Maximum()([x, y])
/// ```
public final class Maximum: Merge {
    override func merge(_ inputs: [Tensor]) throws -> Tensor { try extremum(inputs) { try ops.maximum($0, $1) } }
}

/// The largest of the inputs, element by element. Masked places do not count. The layer ``Maximum`` as a function.
public func maximum(_ inputs: [KerasTensor], name: String? = nil, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
    try Maximum(name: name)(inputs, fileID: fileID, line: line)
}
