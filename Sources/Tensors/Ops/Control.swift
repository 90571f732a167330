extension ops {
    /// The tensor, through which no gradient flows.
    public static func stopGradient(_ x: some TensorConvertible) throws -> Tensor { try .apply(.stopGradient, x.tensor()) }

    /// Runs one of two branches. Both give tensors of the same types, and assign no variable.
    ///
    /// Outside a traced function only the branch that is taken is looked at.
    ///
    /// - Parameter predicate: one element; not 0 takes `then`.
    public static func cond(
        _ predicate: some TensorConvertible, _ then: () throws -> [Tensor], else otherwise: () throws -> [Tensor]
    ) throws -> [Tensor] {
        let predicate = try predicate.tensor(dtype: .bool)
        guard predicate.count == 1 else { throw TensorError.notOneElement(shape: predicate.shape) }
        if Trace.current == nil, !ClosureConversion.isInBody { return try predicate.item(Bool.self) ? then() : otherwise() }
        let first = try ClosureConversion.record([]) { _ in try then() }
        let second = try ClosureConversion.record([]) { _ in try otherwise() }
        guard first.types == second.types else {
            throw TensorError.bodyTypes(operation: "cond", expected: first.types, got: second.types)
        }
        var seen: Set<Value> = []
        let constants = (first.constants + second.constants).filter { seen.insert($0).inserted }
        return try Tensor.applyAll(
            .conditional(first.graph(constants: constants), second.graph(constants: constants)),
            [predicate.reshaped([])] + constants.map(Tensor.init))
    }

    /// Runs one of two branches that give one tensor each.
    public static func cond(
        _ predicate: some TensorConvertible, _ then: () throws -> Tensor, else otherwise: () throws -> Tensor
    ) throws -> Tensor {
        let results: [Tensor] = try cond(predicate, { try [then()] }, else: { try [otherwise()] })
        return results[0]
    }

    /// A loop over the slices of sequences along axis 0, with values carried from step to step.
    ///
    /// ```swift
    /// let (carry, sums) = try ops.scan(initial: [Tensor(0.0)], sequences: [x]) { carry, x in
    ///     let sum = try carry[0] + x[0]
    ///     return ([sum], [sum])
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - length: the number of steps; from the sequences unless there are none.
    ///   - reverse: from the last slice to the first; outputs keep the slices' places.
    ///   - body: next carries (of the carries' types) and outputs, which are stacked. It is recorded once, and assigns no
    ///     variable.
    public static func scan(
        initial: [Tensor], sequences: [Tensor] = [], length: Int? = nil, reverse: Bool = false,
        _ body: (_ carry: [Tensor], _ slices: [Tensor]) throws -> (carry: [Tensor], outputs: [Tensor])
    ) throws -> (carry: [Tensor], outputs: [Tensor]) {
        guard let steps = length ?? sequences.first?.shape.first, steps >= 0 else {
            throw TensorError.argument(operation: "scan", detail: "give a length of 0 or more, or sequences")
        }
        for sequence in sequences where sequence.shape.first != steps {
            throw GraphError.shapeMismatch(operation: "scan", shapes: sequences.map(\.shape), rule: "all sequences have \(steps) slices along axis 0")
        }
        let types = initial.map(\.type) + sequences.map { TensorType(Array($0.shape.dropFirst()), $0.dtype) }
        var carried = 0
        let recorded = try ClosureConversion.record(types) { parameters in
            let (carry, outputs) = try body(Array(parameters.prefix(initial.count)), Array(parameters.dropFirst(initial.count)))
            carried = carry.count
            return carry + outputs
        }
        let carryTypes = Array(recorded.types.prefix(carried))
        guard carryTypes == initial.map(\.type) else {
            throw TensorError.bodyTypes(operation: "scan", expected: initial.map(\.type), got: carryTypes)
        }
        let constants = recorded.constants
        let scan = Scan(
            body: try recorded.graph(constants: constants, sequencesLast: sequences.count), carries: initial.count,
            constants: constants.count, sequences: sequences.count, length: steps, reverse: reverse)
        let results = try Tensor.applyAll(.scan(scan), initial + constants.map(Tensor.init) + sequences)
        return (Array(results.prefix(initial.count)), Array(results.dropFirst(initial.count)))
    }

    /// Calls the body with `lower`, `lower + 1`, … up to but not including `upper` and the values of the step before.
    ///
    /// - Parameter body: takes the step's number (int32 scalar) and the values, and gives the next values.
    public static func foriLoop(
        _ lower: Int, _ upper: Int, initial: [Tensor], _ body: (_ step: Tensor, _ values: [Tensor]) throws -> [Tensor]
    ) throws -> [Tensor] {
        guard upper > lower else { return initial }
        let steps = try arange(lower, upper)
        return try scan(initial: initial, sequences: [steps]) { carry, slices in (try body(slices[0], carry), []) }.carry
    }

    /// Applies a function to each slice along axis 0 and stacks the results. Keras: `ops.map`.
    public static func map(_ x: Tensor, _ body: (Tensor) throws -> Tensor) throws -> Tensor {
        try scan(initial: [], sequences: [x]) { _, slices in ([], [try body(slices[0])]) }.outputs[0]
    }

    /// Calls the body while the condition holds. The condition is read in each step, so that this cannot be traced.
    ///
    /// - Throws: `TensorError.readWhileTracing` in a traced function.
    public static func whileLoop(
        _ condition: ([Tensor]) throws -> Tensor, _ body: ([Tensor]) throws -> [Tensor], _ values: [Tensor], maximumIterations: Int? = nil
    ) throws -> [Tensor] {
        var values = values
        var step = 0
        while try step < maximumIterations ?? .max && condition(values).item(Bool.self) {
            let next = try body(values)
            guard next.map(\.type) == values.map(\.type) else {
                throw TensorError.bodyTypes(operation: "whileLoop", expected: values.map(\.type), got: next.map(\.type))
            }
            values = next
            try evaluate(values)
            step += 1
        }
        return values
    }
}

/// The tensor, through which no gradient flows.
public func stopGradient(_ x: some TensorConvertible) throws -> Tensor { try ops.stopGradient(x) }
