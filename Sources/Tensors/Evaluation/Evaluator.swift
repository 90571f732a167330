/// Computes the tensors now, all in one program: what they share is computed once.
///
/// - Throws: `TensorError.readWhileTracing` for a tensor that depends on a traced function's arguments.
public func evaluate(_ tensors: [Tensor]) throws {
    try Evaluator.evaluate(tensors.map(\.value))
}

/// Turns expressions into numbers.
enum Evaluator {
    static func buffer(of value: Value) throws -> any Buffer {
        if let buffer = value.buffer { return buffer }
        try evaluate([value])
        guard let buffer = value.buffer else { throw GraphError.engine("The engine gave no result for \(value.type).") }
        return buffer
    }

    /// Computes the values that have no numbers yet, and with them the variables' values that wait to be computed:
    /// they would be computed again and again otherwise.
    static func evaluate(_ values: [Value]) throws {
        let missing = try withoutNumbers(values)
        guard !missing.isEmpty else { return }
        let pending = Trace.current == nil ? PendingVariables.take() : []
        guard !pending.isEmpty else { return try run(missing) }
        let more = try withoutNumbers(missing + pending.map(\.storedValue))
        do {
            try run(more)
        } catch {
            // What waits may be wrong by itself; then it is for its own reader to hear of.
            try run(missing)
        }
    }

    /// The values that need a program, each once. Constants get their numbers here.
    private static func withoutNumbers(_ values: [Value]) throws -> [Value] {
        var seen: Set<Value> = []
        var missing: [Value] = []
        for value in values where value.buffer == nil && seen.insert(value).inserted {
            if case .constant(let literal) = value.node.primitive {
                value.node.fulfil(value.index, with: try makeBuffer(literal), keepingOperands: false)
            } else {
                missing.append(value)
            }
        }
        return missing
    }

    private static func run(_ values: [Value]) throws {
        let captured: CapturedGraph
        do {
            captured = try Graph.capture(values, liftingConstants: true)
        } catch GraphError.leakedPlaceholder(let type) where Trace.current != nil || ClosureConversion.isInBody {
            throw TensorError.readWhileTracing(type)
        }
        let graph = captured.graph
        let inputs = try captured.captured.map { value in
            if let buffer = value.buffer { return buffer }
            guard case .constant(let literal) = value.node.primitive else { throw GraphError.leakedPlaceholder(value.type) }
            return try makeBuffer(literal)
        }
        // Results that are inputs unchanged get memory of their own, so that two nodes never share a buffer.
        let places = ProgramOutputs(graph)
        let results: [any Buffer] = places.graph.outputs.isEmpty
            ? [] : try ExecutableCache.shared.executable(for: places.graph).run(inputs)
        // Somebody is about to read. What cannot be computed is to be known before nodes hold it.
        try Backend.engine.wait(for: results)
        for (value, source) in zip(values, places.sources) {
            let buffer: any Buffer = switch source {
            case .output(let index, let isFirst): isFirst ? results[index] : try results[index].copied()
            case .parameter(let index): try inputs[index].copied()
            }
            value.node.fulfil(value.index, with: buffer, keepingOperands: GradientScope.isActive)
        }
    }

    static func makeBuffer(_ literal: Literal) throws -> any Buffer {
        try literal.bytes.withUnsafeBytes { try Backend.engine.makeBuffer(literal.type, copying: $0) }
    }
}

extension Buffer {
    func copied() throws -> any Buffer { try Backend.engine.copy(self) }
}

/// A graph whose outputs are all different and none a parameter, and where the wanted results are found.
struct ProgramOutputs {
    enum Source {
        /// Output number; `isFirst` for one of the results that share it.
        case output(Int, isFirst: Bool)
        case parameter(Int)
    }

    let graph: Graph
    let sources: [Source]

    init(_ original: Graph) {
        var graph = original
        var outputs: [Graph.Operand] = []
        var indices: [Graph.Operand: Int] = [:]
        var sources: [Source] = []
        var parameterNumbers: [Int: Int] = [:]
        for (number, instruction) in original.parameters.enumerated() { parameterNumbers[instruction] = number }
        for operand in original.outputs {
            if let number = parameterNumbers[Int(operand.instruction)] {
                sources.append(.parameter(number))
            } else if let index = indices[operand] {
                sources.append(.output(index, isFirst: false))
            } else {
                indices[operand] = outputs.count
                sources.append(.output(outputs.count, isFirst: true))
                outputs.append(operand)
            }
        }
        graph.outputs = outputs
        self.graph = graph
        self.sources = sources
    }
}
