/// The first input minus the second, element by element.
///
/// - Input: a list of two of one shape, or shapes that broadcast. Output: that shape.
/// - Throws: `KerasError.incompatibleInputs` for shapes that do not suit each other; `.inputCount`.
/// - Source: `keras.layers.Subtract`.
///
/// ```swift
/// let z = try Subtract()([x, y])
/// ```
public final class Subtract: Merge {
    override var inputCount: Int? { 2 }

    override func merge(_ inputs: [Tensor]) throws -> Tensor { try inputs[0] - inputs[1] }
}

/// The first input minus the second, element by element. The layer ``Subtract`` as a function.
public func subtract(_ inputs: [KerasTensor], name: String? = nil, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
    try Subtract(name: name)(inputs, fileID: fileID, line: line)
}
