/// What the gradient of a function needs of the function's own values: what has to be kept from the way forwards for the way back.
///
/// A value is needed if an instruction that hangs on the gradient of a result reads it. Constants, and what hangs on weights alone,
/// count nothing: they live anyway. Of two sets the smaller counts: the needed values themselves, or those from which they can be
/// computed again element by element. Arguments and results are never computed again; whoever keeps them keeps them for all.
public struct GradientNeeds: Hashable, Sendable {
    /// The numbers of the arguments that are needed.
    public private(set) var arguments: Set<Int> = []
    /// The numbers of the results that are needed.
    public private(set) var results: Set<Int> = []
    /// The bytes of all other needed values.
    public private(set) var bytesInside = 0
    /// For each result that is an argument under another shape: that argument's number.
    public private(set) var views: [Int: Int] = [:]

    /// - Parameters:
    ///   - graph: its first parameters are the arguments, then the results' gradients; its first outputs are the results.
    ///   - arguments: how many arguments there are.
    ///   - results: how many results there are.
    public init(_ graph: Graph, arguments argumentCount: Int, seeds: Int, results resultCount: Int) {
        let reader = Reader(graph, arguments: argumentCount, seeds: seeds, results: resultCount)
        for (number, output) in graph.outputs.prefix(resultCount).enumerated() {
            var source = output
            while case .reshape = graph.instructions[Int(source.instruction)].primitive {
                source = graph.instructions[Int(source.instruction)].operands[0]
            }
            if let argument = reader.argument(source) { views[number] = argument }
        }
        let read = reader.needed()
        let recomputed = reader.roots(of: read)
        let best = reader.bytesInside(recomputed) < reader.bytesInside(read) ? recomputed : read
        bytesInside = reader.bytesInside(best)
        for value in best {
            if let argument = reader.argument(value) {
                arguments.insert(argument)
            } else if let result = reader.result(value) {
                results.insert(result)
            }
        }
    }
}

/// A graph of results and their gradients, and where its values come from.
private struct Reader {
    let graph: Graph
    private let argumentNumbers: [Int: Int]
    private let resultNumbers: [Graph.Operand: Int]
    /// For each instruction: whether it hangs on an argument, and whether on the gradient of a result.
    private var isOfArguments, isOfGradients: [Bool]

    init(_ graph: Graph, arguments: Int, seeds: Int, results: Int) {
        self.graph = graph
        argumentNumbers = Dictionary(uniqueKeysWithValues: graph.parameters.prefix(arguments).enumerated().map { ($1, $0) })
        resultNumbers = Dictionary(graph.outputs.prefix(results).enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        isOfArguments = Array(repeating: false, count: graph.instructions.count)
        isOfGradients = isOfArguments
        for place in graph.parameters.prefix(arguments) { isOfArguments[place] = true }
        for place in graph.parameters.dropFirst(arguments).prefix(seeds) { isOfGradients[place] = true }
        for (place, instruction) in graph.instructions.enumerated() {
            for operand in instruction.operands {
                if isOfArguments[Int(operand.instruction)] { isOfArguments[place] = true }
                if isOfGradients[Int(operand.instruction)] { isOfGradients[place] = true }
            }
        }
    }

    func argument(_ value: Graph.Operand) -> Int? { argumentNumbers[Int(value.instruction)] }
    func result(_ value: Graph.Operand) -> Int? { resultNumbers[value] }
    private func isAtBorder(_ value: Graph.Operand) -> Bool { argument(value) != nil || result(value) != nil }

    func bytesInside(_ values: Set<Graph.Operand>) -> Int {
        values.reduce(0) { isAtBorder($1) ? $0 : $0 + graph.type($1).byteCount }
    }

    /// The values of the way forwards that the way back reads; those that only move a value count as that one.
    func needed() -> Set<Graph.Operand> {
        var found: Set<Graph.Operand> = []
        for (place, instruction) in graph.instructions.enumerated() where isOfGradients[place] {
            for operand in instruction.operands where isForward(operand) {
                if let border = borders(of: operand) { found.formUnion(border) } else { found.insert(unmoved(operand)) }
            }
        }
        return found
    }

    private func isForward(_ value: Graph.Operand) -> Bool {
        isOfArguments[Int(value.instruction)] && !isOfGradients[Int(value.instruction)]
    }

    private func unmoved(_ value: Graph.Operand) -> Graph.Operand {
        var value = value
        while !isAtBorder(value) {
            switch graph.instructions[Int(value.instruction)].primitive {
            case .reshape, .transpose, .broadcast: value = graph.instructions[Int(value.instruction)].operands[0]
            default: return value
            }
        }
        return value
    }

    /// The arguments and results that a value can be computed from element by element; `nil` if it needs others.
    private func borders(of value: Graph.Operand) -> Set<Graph.Operand>? {
        let roots = roots(of: [value])
        return roots.allSatisfy(isAtBorder) ? roots : nil
    }

    /// The values that others can be computed from element by element.
    func roots(of values: Set<Graph.Operand>) -> Set<Graph.Operand> {
        var roots: Set<Graph.Operand> = []
        var seen: Set<Graph.Operand> = []
        var pending = Array(values)
        while let value = pending.popLast() {
            guard isForward(value), seen.insert(value).inserted else { continue }
            let instruction = graph.instructions[Int(value.instruction)]
            if !isAtBorder(value), instruction.primitive.isElementwiseOrMove {
                pending += instruction.operands
            } else {
                roots.insert(value)
            }
        }
        return roots
    }
}

extension Primitive {
    fileprivate var isElementwiseOrMove: Bool {
        switch self {
        case .unary, .binary, .compare, .select, .convert, .bitcast, .reshape, .transpose, .broadcast: true
        default: false
        }
    }
}
