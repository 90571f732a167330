/// The gradient of `Σ outputs · cotangents` with respect to each input, as expressions that can be differentiated again.
///
/// Inputs are taken as independent of each other: nothing flows on from an input to what it was itself computed of.
/// Only floating-point values carry gradients; a custom gradient takes its node's place, `stopGradient` ends the way.
///
/// - Parameters:
///   - outputs: Values of any shapes. Integer and boolean ones contribute nothing.
///   - cotangents: One for each output, of its shape and type.
///   - inputs: The values to differentiate by.
/// - Returns: A value of each input's shape and type, or nil where the outputs do not depend on it.
/// - Throws: `GraphError.notDifferentiable` for an operation on the way that has no gradient, `.shapeMismatch` for a
///   cotangent of another shape than its value, and whatever a custom gradient throws.
///
/// ```swift
/// let x = Value.placeholder(TensorType([3], .float32))
/// let y = try Value.make(.unary(.exp), x)
/// let gradient = try vectorJacobian(of: [y], cotangents: [seed], withRespectTo: [x])[0]   // seed · exp(x)
/// ```
public func vectorJacobian(of outputs: [Value], cotangents: [Value], withRespectTo inputs: [Value]) throws -> [Value?] {
    guard outputs.count == cotangents.count else {
        throw GraphError.operandCount(operation: "vectorJacobian", expected: outputs.count, got: cotangents.count)
    }
    var tape = Tape(outputs: outputs, inputs: inputs)
    for (output, cotangent) in zip(outputs, cotangents) {
        try checkCotangent(cotangent, of: output.type, operation: "vectorJacobian")
        try tape.add(cotangent, to: output)
    }
    try tape.propagate()
    return inputs.map { tape.inputCotangents[$0] }
}

private func checkCotangent(_ cotangent: Value, of type: TensorType, operation: String) throws {
    guard cotangent.type != type else { return }
    guard cotangent.dtype == type.dtype else {
        throw GraphError.dtypeMismatch(operation: operation, dtypes: [cotangent.dtype, type.dtype], rule: "a cotangent is of its value's type")
    }
    throw GraphError.shapeMismatch(operation: operation, shapes: [cotangent.shape, type.shape], rule: "a cotangent has its value's shape")
}

/// Whether values depend on inputs, and the nodes that do in an order where operands come first.
struct Dependence {
    let inputs: Set<Value>
    private(set) var order: [Node] = []
    private(set) var operands: [[Value]] = []
    /// The place in `order` of each node that depends on an input; -1 for one that does not.
    private(set) var places: [ObjectIdentifier: Int] = [:]

    init(outputs: [Value], inputs: [Value]) {
        self.inputs = Set(inputs)
        for output in outputs { visit(output) }
    }

    func contains(_ value: Value) -> Bool {
        guard value.dtype.isFloatingPoint else { return false }
        return inputs.contains(value) || (places[ObjectIdentifier(value.node)] ?? -1) >= 0
    }

    /// Depth first, without recursion: chains may be long.
    private mutating func visit(_ root: Value) {
        guard isOpen(root) else { return }
        var stack: [(node: Node, operands: [Value]?)] = [(root.node, nil)]
        while let (node, expanded) = stack.popLast() {
            let key = ObjectIdentifier(node)
            if let operands = expanded {
                guard operands.contains(where: contains) else { continue }
                places[key] = order.count
                order.append(node)
                self.operands.append(operands)
                continue
            }
            guard places[key] == nil else { continue }
            places[key] = -1
            if case .stopGradient = node.primitive { continue }
            let operands = node.operands
            stack.append((node, operands))
            for operand in operands where isOpen(operand) { stack.append((operand.node, nil)) }
        }
    }

    private func isOpen(_ value: Value) -> Bool {
        value.dtype.isFloatingPoint && !inputs.contains(value) && places[ObjectIdentifier(value.node)] == nil
    }
}

/// Cotangents on their way from outputs to inputs.
private struct Tape {
    let dependence: Dependence
    /// For each node in order, for each result.
    var cotangents: [[Value?]]
    var inputCotangents: [Value: Value] = [:]

    init(outputs: [Value], inputs: [Value]) {
        dependence = Dependence(outputs: outputs, inputs: inputs)
        cotangents = Array(repeating: [], count: dependence.order.count)
    }

    mutating func add(_ cotangent: Value, to value: Value) throws {
        guard value.dtype.isFloatingPoint else { return }
        if dependence.inputs.contains(value) {
            inputCotangents[value] = try inputCotangents[value].map { try $0 + cotangent } ?? cotangent
            return
        }
        guard let place = dependence.places[ObjectIdentifier(value.node)], place >= 0 else { return }
        if cotangents[place].isEmpty { cotangents[place] = Array(repeating: nil, count: value.node.types.count) }
        cotangents[place][value.index] = try cotangents[place][value.index].map { try $0 + cotangent } ?? cotangent
    }

    mutating func propagate() throws {
        for place in dependence.order.indices.reversed() where !cotangents[place].isEmpty {
            let node = dependence.order[place]
            let operands = dependence.operands[place]
            let arrived = cotangents[place]
            cotangents[place] = []
            let rule = PullbackRule(node: node, operands: operands, cotangents: arrived, needed: operands.map(dependence.contains))
            let passed = try node.label.isEmpty ? rule.apply() : Label.$current.withValue(node.label) { try rule.apply() }
            guard passed.count == operands.count else {
                throw GraphError.operandCount(operation: "The gradient of \(node.primitive.name)", expected: operands.count, got: passed.count)
            }
            for (operand, (cotangent, needed)) in zip(operands, zip(passed, rule.needed)) where needed {
                guard let cotangent else { continue }
                try checkCotangent(cotangent, of: operand.type, operation: "The gradient of \(node.primitive.name)")
                try add(cotangent, to: operand)
            }
        }
    }
}
