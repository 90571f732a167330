/// Branches. (Loops have a file of their own.)
extension PullbackRule {
    /// Another branch between the branches' gradients; the one that is taken computes its forward part again.
    func conditional(_ first: Graph, _ second: Graph) throws -> [Value?] {
        let parameters = x.indices.dropFirst()
        let wanted = parameters.filter { needed[$0] }
        let asked = y.indices.filter { cotangents[$0] != nil && y[$0].dtype.isFloatingPoint }
        guard !wanted.isEmpty, !asked.isEmpty else { return x.map { _ in nil } }

        func gradient(_ branch: Graph) throws -> Graph {
            let arguments = parameters.map { Value.placeholder(x[$0].type) }
            let seeds = asked.map { Value.placeholder(y[$0].type) }
            let outputs = try branch.instantiate(arguments).map { $0.renamed() }
            let inputs = wanted.map { arguments[$0 - 1] }
            let gradients = try vectorJacobian(of: asked.map { outputs[$0] }, cotangents: seeds, withRespectTo: inputs)
            let filled = try zip(gradients, inputs).map { try $0 ?? .zeros(like: $1) }
            return try Graph.capture(filled, parameters: arguments + seeds, keepingStops: true).graph
        }
        let results = try Value.makeAll(.conditional(gradient(first), gradient(second)), x + asked.compactMap { cotangents[$0] })
        var passed = [Value?](repeating: nil, count: x.count)
        for (operand, result) in zip(wanted, results) { passed[operand] = result }
        return passed
    }
}
