/// A recurrent composite whose gradient is asked for stands beside its own decomposition: the gradient's loop with the
/// values that it needs. Written out, the composite becomes that same loop, instead of a second run.
extension Graph {
    func decomposingRecurrentTwins() throws -> Graph {
        var loops: [Operand: [Graph]] = [:]
        for instruction in instructions {
            guard case .scan(let scan) = instruction.primitive else { continue }
            for constant in instruction.operands[scan.carries..<(scan.carries + scan.constants)] { loops[constant, default: []].append(scan.body) }
        }
        guard !loops.isEmpty else { return self }
        var decompositions: [Int: Graph] = [:]
        for (index, instruction) in instructions.enumerated() {
            guard case .composite(let composite) = instruction.primitive, let kernel = composite.recurrentKernel,
                  let twins = loops[instruction.operands[kernel]] else { continue }
            let parts = try composite.decomposition(instruction.operands.map(type))
            let isTwin = parts.instructions.contains { part in
                if case .scan(let scan) = part.primitive { twins.contains { $0.instructions == scan.body.instructions } } else { false }
            }
            if isTwin { decompositions[index] = parts }
        }
        guard !decompositions.isEmpty else { return self }
        return try GraphRewriter.rewrite(self) { rewriter, index, operands in
            decompositions[index].map { rewriter.inline($0, operands, label: labels[index]) } ?? rewriter.copy(index, operands)
        }
    }
}

extension Composite {
    /// The number of the operand that a recurrent layer multiplies its state by.
    fileprivate var recurrentKernel: Int? {
        switch self {
        case .gru: 3
        default: nil
        }
    }
}
