/// The mean of the inputs, element by element.
///
/// - Input: a list of one or more of one shape, or shapes that broadcast. Output: that shape.
/// - Throws: `KerasError.incompatibleInputs` for shapes that do not suit each other; `.inputCount`.
/// - Source: `keras.layers.Average`.
///
/// ```swift
/// let z = try Average()([x, y])
/// ```
public final class Average: Merge {
    override func merge(_ inputs: [Tensor]) throws -> Tensor {
        try inputs.dropFirst().reduce(inputs[0]) { try $0 + $1 } / Double(inputs.count)
    }
}

/// The mean of the inputs, element by element. The layer ``Average`` as a function.
public func average(_ inputs: [KerasTensor], name: String? = nil, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
    try Average(name: name)(inputs, fileID: fileID, line: line)
}
