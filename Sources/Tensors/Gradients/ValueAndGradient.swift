/// The value of a function of variables, and its gradient with respect to each of them.
///
/// ```swift
/// let (loss, gradients) = try valueAndGradient(of: model.trainableVariables) { try lossFunction(target, model(x)) }
/// try optimizer.apply(gradients, to: model.trainableVariables)
/// ```
///
/// Outside traced functions and other gradients, value and gradients are computed together, now.
///
/// - Parameters:
///   - variables: floating-point variables.
///   - body: gives one floating-point number.
/// - Returns: gradients of the variables' types; zeros where the value does not depend on a variable.
/// - Throws: `TensorError.lossNotScalar`, `.notDifferentiable`, what `body` throws.
public func valueAndGradient(of variables: [Variable], _ body: () throws -> Tensor) throws -> (value: Tensor, gradients: [Tensor]) {
    let result = try valueAndGradient(of: variables) { (try body(), ()) }
    return (result.value, result.gradients)
}

/// The value of a function of variables, its gradient, and something else that the function gives.
///
/// A tensor or an array of tensors among the extras is computed together with the gradients.
public func valueAndGradient<Extra>(
    of variables: [Variable], _ body: () throws -> (Tensor, Extra)
) throws -> (value: Tensor, extra: Extra, gradients: [Tensor]) {
    for variable in variables where !variable.dtype.isFloatingPoint {
        throw TensorError.notDifferentiable(name: "variable \"\(variable.path)\"", dtype: variable.dtype)
    }
    return try differentiate(inputs: variables.map(\.rawValue), body)
}

/// The gradient of a function of one tensor.
///
/// ```swift
/// try gradient(of: { try ($0 * $0).sum() }, at: x)      // 2x
/// ```
///
/// - Throws: `TensorError.lossNotScalar`, `.notDifferentiable`.
public func gradient(of body: (Tensor) throws -> Tensor, at x: Tensor) throws -> Tensor {
    try gradient(of: { try body($0[0]) }, at: [x])[0]
}

/// The gradients of a function of two tensors.
public func gradient(of body: (Tensor, Tensor) throws -> Tensor, at x: Tensor, _ y: Tensor) throws -> (Tensor, Tensor) {
    let gradients = try gradient(of: { try body($0[0], $0[1]) }, at: [x, y])
    return (gradients[0], gradients[1])
}

/// The gradients of a function of several tensors.
public func gradient(of body: ([Tensor]) throws -> Tensor, at arguments: [Tensor]) throws -> [Tensor] {
    try valueAndGradient(of: body, at: arguments).gradients
}

/// The value and the gradients of a function of several tensors.
public func valueAndGradient(
    of body: ([Tensor]) throws -> Tensor, at arguments: [Tensor]
) throws -> (value: Tensor, gradients: [Tensor]) {
    for (index, argument) in arguments.enumerated() where !argument.dtype.isFloatingPoint {
        throw TensorError.notDifferentiable(name: "argument \(index)", dtype: argument.dtype)
    }
    // Places of their own: an argument given twice has two gradients.
    let places = arguments.map { Tensor(Value(Node(.identity(count: 1), [$0.value], types: [$0.type]))) }
    let result = try differentiate(inputs: places) { (try body(places), ()) }
    return (result.value, result.gradients)
}

/// The value and the gradient of a function of one tensor.
public func valueAndGradient(of body: (Tensor) throws -> Tensor, at x: Tensor) throws -> (value: Tensor, gradient: Tensor) {
    let result = try valueAndGradient(of: { try body($0[0]) }, at: [x])
    return (result.value, result.gradients[0])
}

private func differentiate<Extra>(
    inputs: [Tensor], _ body: () throws -> (Tensor, Extra)
) throws -> (value: Tensor, extra: Extra, gradients: [Tensor]) {
    let (value, extra, gradients) = try GradientScope.$isActive.withValue(true) {
        let (value, extra) = try body()
        guard value.count == 1, value.dtype.isFloatingPoint else { throw TensorError.lossNotScalar(value.type) }
        let found = try vectorJacobian(
            of: [value.value], cotangents: [value.filled(1).value], withRespectTo: inputs.map(\.value))
        let gradients = try zip(found, inputs).map { try $0.map(Tensor.init) ?? $1.filled(0) }
        return (value, extra, gradients)
    }
    if GradientScope.isActive { return (value, extra, gradients) }
    if Trace.current == nil, !ClosureConversion.isInBody {
        let more = (extra as? Tensor).map { [$0] } ?? extra as? [Tensor] ?? []
        try evaluate([value] + gradients + more)
        return (value, extra, gradients)
    }
    // In a traced function too they are numbers: a later gradient does not flow back through an update that was made with them.
    return (try ops.stopGradient(value), extra, try gradients.map { try ops.stopGradient($0) })
}
