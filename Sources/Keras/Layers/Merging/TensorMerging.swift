// The merging functions on tensors, as they are on places in a graph.

/// The sum of the inputs, element by element. The layer ``Add`` as a function.
public func add(_ inputs: [Tensor], fileID: String = #fileID, line: Int = #line) throws -> Tensor {
    try Add()(inputs, fileID: fileID, line: line)
}

/// The first input minus the second, element by element. The layer ``Subtract`` as a function.
public func subtract(_ inputs: [Tensor], fileID: String = #fileID, line: Int = #line) throws -> Tensor {
    try Subtract()(inputs, fileID: fileID, line: line)
}

/// The product of the inputs, element by element. The layer ``Multiply`` as a function.
public func multiply(_ inputs: [Tensor], fileID: String = #fileID, line: Int = #line) throws -> Tensor {
    try Multiply()(inputs, fileID: fileID, line: line)
}

/// The mean of the inputs, element by element. The layer ``Average`` as a function.
public func average(_ inputs: [Tensor], fileID: String = #fileID, line: Int = #line) throws -> Tensor {
    try Average()(inputs, fileID: fileID, line: line)
}

/// The greatest of the inputs, element by element. The layer ``Maximum`` as a function.
public func maximum(_ inputs: [Tensor], fileID: String = #fileID, line: Int = #line) throws -> Tensor {
    try Maximum()(inputs, fileID: fileID, line: line)
}

/// The least of the inputs, element by element. The layer ``Minimum`` as a function.
public func minimum(_ inputs: [Tensor], fileID: String = #fileID, line: Int = #line) throws -> Tensor {
    try Minimum()(inputs, fileID: fileID, line: line)
}

/// The inputs joined along an axis. The layer ``Concatenate`` as a function.
public func concatenate(_ inputs: [Tensor], axis: Int = -1, fileID: String = #fileID, line: Int = #line) throws -> Tensor {
    try Concatenate(axis: axis)(inputs, fileID: fileID, line: line)
}

/// The products of the samples of two inputs, summed over one axis of each. The layer ``Dot`` as a function.
public func dot(
    _ inputs: [Tensor], axes: Int..., normalize: Bool = false, fileID: String = #fileID, line: Int = #line
) throws -> Tensor {
    try Dot(axisList: axes.isEmpty ? [-1] : axes, normalize: normalize, name: nil)(inputs, fileID: fileID, line: line)
}
