extension Graph {
    /// With some composites written out in primitives, in the bodies of loops and branches too.
    ///
    /// - Parameter isWanted: Whether a composite is to be written out. It is asked again for composites that appear in
    ///   a decomposition.
    public func decomposingComposites(where isWanted: (Composite) -> Bool) throws -> Graph {
        guard contains(isWanted) else { return self }
        return try GraphRewriter.rewrite(self) { rewriter, index, operands in
            let instruction = instructions[index]
            if case .composite(let composite) = instruction.primitive, isWanted(composite) {
                let parts = try composite.decomposition(operands.map(rewriter.written.type)).decomposingComposites(where: isWanted)
                return rewriter.inline(parts, operands, label: labels[index])
            }
            return try rewriter.copy(index, operands, as: instruction.primitive.mappingBodies { try $0.decomposingComposites(where: isWanted) })
        }
    }

    private func contains(_ isWanted: (Composite) -> Bool) -> Bool {
        instructions.contains { instruction in
            switch instruction.primitive {
            case .composite(let composite): isWanted(composite)
            case .scan(let scan): scan.body.contains(isWanted)
            case .conditional(let first, let second): first.contains(isWanted) || second.contains(isWanted)
            default: false
            }
        }
    }
}

extension Composite {
    /// The decomposition as a graph of the operands.
    package func decomposition(_ operands: [TensorType]) throws -> Graph {
        let parameters = operands.map { Value.placeholder($0) }
        return try Graph.capture(decomposed(parameters), parameters: parameters).graph
    }
}
