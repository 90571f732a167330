/// The smallest of the inputs, element by element. Masked places do not count.
///
/// - Input: a list of one or more of one shape, or shapes that broadcast. Output: that shape.
/// - Throws: `KerasError.incompatibleInputs` for shapes that do not suit each other; `.inputCount`.
/// - Source: `keras.layers.Minimum`.
///
/// ```swift
/// let z = try Minimum()([x, y])
/// ```
public final class Minimum: Merge {
    override func merge(_ inputs: [Tensor]) throws -> Tensor { try extremum(inputs) { try ops.minimum($0, $1) } }
}

/// The smallest of the inputs, element by element. Masked places do not count. The layer ``Minimum`` as a function.
public func minimum(_ inputs: [KerasTensor], name: String? = nil, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
    try Minimum(name: name)(inputs, fileID: fileID, line: line)
}
