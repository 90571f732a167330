/// A function with a gradient given by hand.
///
/// ```swift
/// // Passes x on, and lets through a tenth of the gradient.
/// let y = try customGradient([x]) { x in
///     (outputs: x, pullback: { try $0.map { try $0 * 0.1 } })
/// }
/// ```
///
/// - Parameters:
///   - inputs: what gradients are with respect to. Gradients do not flow to anything else that the body uses.
///   - body: gives the outputs, and a function from the gradients of the outputs to those of the inputs.
/// - Returns: the outputs.
/// - Throws: when gradients are taken, `TensorError.tensorCount` unless the pullback gives a gradient for each input.
public func customGradient(
    _ inputs: [Tensor],
    _ body: ([Tensor]) throws -> (outputs: [Tensor], pullback: @Sendable ([Tensor]) throws -> [Tensor])
) throws -> [Tensor] {
    let (outputs, pullback) = try body(inputs)
    guard !outputs.isEmpty else { return [] }
    let types = outputs.map(\.type), inputTypes = inputs.map(\.type)
    let node = Node(.identity(count: outputs.count), (outputs + inputs).map(\.value), types: types) { cotangents in
        let given = try zip(cotangents, types).map { cotangent, type in
            try cotangent.map(Tensor.init) ?? ops.zeros(type.shape, dtype: type.dtype)
        }
        let found = try pullback(given)
        guard found.map(\.type) == inputTypes else {
            guard found.count == inputTypes.count else {
                throw TensorError.tensorCount(operation: "customGradient's pullback", expected: inputTypes.count, got: found.count)
            }
            throw TensorError.bodyTypes(operation: "customGradient's pullback", expected: inputTypes, got: found.map(\.type))
        }
        return types.map { _ in nil } + found.map(\.value)
    }
    return types.indices.map { Tensor(Value(node, $0)) }
}
