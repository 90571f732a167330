/// A graph drawn off expressions, and what it needs besides its parameters.
public struct CapturedGraph: Sendable {
    public var graph: Graph
    /// Values with numbers that the graph reads, as its parameters after those that were named.
    public var captured: [Value]
}

extension Graph {
    /// Draws the graph that computes `outputs` from `parameters`.
    ///
    /// Values that already have numbers become parameters too, after the named ones. Equal computations are written
    /// once, moves that change nothing are left out, what no output needs does not appear.
    ///
    /// - Parameter liftingConstants: scalar constants become captured parameters, so that expressions that differ in a
    ///   number share one graph (and its executable).
    /// - Parameter keepingStops: `stopGradient` stays, for the bodies of loops and branches, whose gradients are asked
    ///   for later. (``simplified()`` takes it away.)
    /// - Throws: `GraphError.leakedPlaceholder` for a placeholder that is not among `parameters`.
    public static func capture(
        _ outputs: [Value], parameters: [Value] = [], liftingConstants: Bool = false, keepingStops: Bool = false
    ) throws -> CapturedGraph {
        var capture = Capture(liftingConstants: liftingConstants, keepingStops: keepingStops)
        for parameter in parameters { capture.addParameter(parameter) }
        for output in outputs { try capture.visit(output) }
        capture.writer.graph.outputs = outputs.map { capture.places[$0]! }
        return CapturedGraph(graph: capture.writer.graph.pruned(), captured: capture.captured)
    }

    /// The expression of this graph's outputs on the given arguments.
    public func instantiate(_ arguments: [Value]) throws -> [Value] {
        let values = instantiateAll(arguments)
        return outputs.map { values[Int($0.instruction)][Int($0.result)] }
    }

    /// Without the instructions that no output needs. Parameters stay.
    public func pruned() -> Graph {
        var needed = [Bool](repeating: false, count: instructions.count)
        for output in outputs { needed[Int(output.instruction)] = true }
        for parameter in parameters { needed[parameter] = true }
        for index in instructions.indices.reversed() where needed[index] {
            for operand in instructions[index].operands { needed[Int(operand.instruction)] = true }
        }
        if needed.allSatisfy({ $0 }) { return self }
        var result = Graph()
        var places = [Int](repeating: -1, count: instructions.count)
        for (index, instruction) in instructions.enumerated() where needed[index] {
            let operands = instruction.operands.map { Operand(places[Int($0.instruction)], Int($0.result)) }
            places[index] = result.append(instruction.primitive, operands, results: instruction.results, label: labels[index])
        }
        result.outputs = outputs.map { Operand(places[Int($0.instruction)], Int($0.result)) }
        return result
    }
}

private struct Capture {
    let liftingConstants: Bool
    let keepingStops: Bool
    var writer = GraphWriter()
    var places: [Value: Graph.Operand] = [:]
    var captured: [Value] = []

    mutating func addParameter(_ value: Value) {
        let index = writer.graph.parameters.count
        let place = writer.graph.append(.parameter(index, value.type), [], results: [value.type])
        places[value] = Graph.Operand(place)
    }

    /// Writes `root` and all it needs, operands first, without recursion (chains may be long).
    mutating func visit(_ root: Value) throws {
        var stack: [(value: Value, operands: [Value]?)] = [(root, nil)]
        while let (value, expanded) = stack.popLast() {
            if places[value] != nil { continue }
            if let operands = expanded {
                write(value.node, operands)
                continue
            }
            if value.buffer != nil {
                captured.append(value)
                addParameter(value)
                continue
            }
            switch value.node.primitive {
            case .parameter(_, let type): throw GraphError.leakedPlaceholder(type)
            case .constant(let literal) where liftingConstants && literal.type.isScalar:
                captured.append(value)
                addParameter(value)
                continue
            default: break
            }
            let operands = value.node.operands
            stack.append((value, operands))
            for operand in operands where places[operand] == nil { stack.append((operand, nil)) }
        }
    }

    mutating func write(_ node: Node, _ operands: [Value]) {
        let operandPlaces = operands.map { places[$0]! }
        switch node.primitive {
        case .identity(let count):
            for index in 0..<count { places[Value(node, index)] = operandPlaces[index] }
        case .stopGradient where !keepingStops:
            places[Value(node)] = operandPlaces[0]
        default:
            let results = writer.write(node.primitive, operandPlaces, node.types, label: node.label)
            for (index, place) in results.enumerated() where places[Value(node, index)] == nil { places[Value(node, index)] = place }
        }
    }
}

/// Appends instructions to a graph; equal ones once, and none for moves that change nothing.
package struct GraphWriter {
    package var graph = Graph()
    private var written: [Graph.Instruction: Int] = [:]

    package init() {}

    package mutating func write(_ primitive: Primitive, _ operands: [Graph.Operand], _ results: [TensorType], label: String = "") -> [Graph.Operand] {
        if let same = simplified(primitive, operands, results) { return [same] }
        let instruction = Graph.Instruction(primitive: primitive, operands: operands, results: results)
        let place: Int
        if let known = written[instruction] {
            place = known
        } else {
            place = graph.append(primitive, operands, results: results, label: label)
            written[instruction] = place
        }
        return results.indices.map { Graph.Operand(place, $0) }
    }

    private func scalarConstant(_ operand: Graph.Operand) -> Double? {
        let instruction = graph.instructions[Int(operand.instruction)]
        return switch instruction.primitive {
        case .constant(let literal): literal.scalar
        case .broadcast: scalarConstant(instruction.operands[0])
        default: nil
        }
    }

    /// An operand that the instruction's result equals.
    private func simplified(_ primitive: Primitive, _ operands: [Graph.Operand], _ results: [TensorType]) -> Graph.Operand? {
        guard let first = operands.first, results.count == 1 else { return nil }
        switch primitive {
        case .reshape, .convert, .bitcast, .slice, .broadcast:
            return graph.type(first) == results[0] ? first : nil
        case .transpose(let permutation):
            return permutation == Array(permutation.indices) ? first : nil
        case .reduce(_, let axes), .reverse(let axes):
            return axes.isEmpty ? first : nil
        case .pad(let padding):
            return (padding.low + padding.high + padding.interior).allSatisfy { $0 == 0 } ? first : nil
        case .concatenate:
            return operands.count == 1 ? first : nil
        case .binary(.multiply):
            if scalarConstant(operands[1]) == 1 { return first }
            return scalarConstant(first) == 1 ? operands[1] : nil
        case .binary(.divide):
            return scalarConstant(operands[1]) == 1 ? first : nil
        case .binary(.subtract):
            return scalarConstant(operands[1]).map { $0 == 0 && $0.sign == .plus } == true ? first : nil
        default:
            return nil
        }
    }
}
