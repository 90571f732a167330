/// The sum of the inputs, element by element.
///
/// - Input: a list of one or more of one shape, or shapes that broadcast. Output: that shape.
/// - Throws: `KerasError.incompatibleInputs` for shapes that do not suit each other; `.inputCount`.
/// - Source: `keras.layers.Add`.
///
/// ```swift
/// let z = try Add()([x, y])
/// ```
public final class Add: Merge {
    override func merge(_ inputs: [Tensor]) throws -> Tensor { try inputs.dropFirst().reduce(inputs[0]) { try $0 + $1 } }
}

/// The sum of the inputs, element by element. The layer ``Add`` as a function.
public func add(_ inputs: [KerasTensor], name: String? = nil, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
    try Add(name: name)(inputs, fileID: fileID, line: line)
}
