extension Graph {
    /// An equal graph that is cheaper to run: small algebra, loops merged with their twins, results that nobody reads
    /// left out, in the bodies of loops and branches too. Simplifying twice changes nothing more.
    public func simplified() throws -> Graph {
        let graph = try folded().decomposingRecurrentTwins().mergingScans()
        let hasBodies = graph.instructions.contains { instruction in
            switch instruction.primitive {
            case .scan, .conditional: true
            default: false
            }
        }
        guard hasBodies else { return graph }
        return try GraphRewriter.rewrite(graph) { rewriter, index, operands in
            rewriter.copy(index, operands, as: try graph.instructions[index].primitive.mappingBodies { try $0.simplified() })
        }.mergingScans()
    }
}
