/// Copies a graph instruction by instruction, so that a rewrite says only what it changes.
///
/// Equal instructions become one, moves that change nothing go (see `GraphWriter`).
struct GraphRewriter {
    let source: Graph
    private(set) var writer = GraphWriter()
    /// For each instruction of the source, where its results are now.
    private var places: [[Graph.Operand]] = []

    init(_ source: Graph) { self.source = source }

    var written: Graph { writer.graph }

    func place(_ operand: Graph.Operand) -> Graph.Operand { places[Int(operand.instruction)][Int(operand.result)] }

    /// The instruction that makes an operand of the copy.
    func instruction(_ operand: Graph.Operand) -> Graph.Instruction { writer.graph.instructions[Int(operand.instruction)] }

    /// Rewrites every instruction by `rule`, which gives the places of its results.
    static func rewrite(
        _ source: Graph, by rule: (_ rewriter: inout GraphRewriter, _ index: Int, _ operands: [Graph.Operand]) throws -> [Graph.Operand]
    ) throws -> Graph {
        var rewriter = GraphRewriter(source)
        rewriter.places.reserveCapacity(source.instructions.count)
        for (index, instruction) in source.instructions.enumerated() {
            if case .parameter = instruction.primitive {
                rewriter.places.append([Graph.Operand(rewriter.writer.graph.append(instruction.primitive, [], results: instruction.results))])
            } else {
                rewriter.places.append(try rule(&rewriter, index, instruction.operands.map(rewriter.place)))
            }
        }
        rewriter.writer.graph.outputs = source.outputs.map(rewriter.place)
        return rewriter.writer.graph.pruned()
    }

    mutating func write(_ primitive: Primitive, _ operands: [Graph.Operand], _ results: [TensorType], label: String = "") -> [Graph.Operand] {
        writer.write(primitive, operands, results, label: label)
    }

    /// Writes instruction `index` as it is, on the new operands, or with another primitive that has the same results.
    mutating func copy(_ index: Int, _ operands: [Graph.Operand], as primitive: Primitive? = nil) -> [Graph.Operand] {
        let instruction = source.instructions[index]
        return write(primitive ?? instruction.primitive, operands, instruction.results, label: source.labels[index])
    }

    /// Writes another graph in place of a call of it.
    mutating func inline(_ graph: Graph, _ arguments: [Graph.Operand], label: String) -> [Graph.Operand] {
        var inner: [[Graph.Operand]] = []
        inner.reserveCapacity(graph.instructions.count)
        var nextArgument = 0
        for (index, instruction) in graph.instructions.enumerated() {
            if case .parameter = instruction.primitive {
                inner.append([arguments[nextArgument]])
                nextArgument += 1
            } else {
                let operands = instruction.operands.map { inner[Int($0.instruction)][Int($0.result)] }
                let ownLabel = graph.labels[index].isEmpty ? label : graph.labels[index]
                inner.append(write(instruction.primitive, operands, instruction.results, label: ownLabel))
            }
        }
        return graph.outputs.map { inner[Int($0.instruction)][Int($0.result)] }
    }
}

extension Primitive {
    /// With the graphs that it runs, if any, changed.
    func mappingBodies(_ change: (Graph) throws -> Graph) rethrows -> Primitive {
        switch self {
        case .scan(var scan):
            scan.body = try change(scan.body)
            return .scan(scan)
        case .conditional(let first, let second):
            return .conditional(try change(first), try change(second))
        default:
            return self
        }
    }
}
