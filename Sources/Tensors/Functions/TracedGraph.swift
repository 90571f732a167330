/// A function written down as a graph and not compiled: what its costs are counted from.
package enum TracedGraph {
    /// What a function of placeholders computes. The graph's first parameters are the arguments.
    package static func of(_ arguments: [Tensor], _ body: () throws -> [Tensor]) throws -> Graph {
        let (results, entries) = try Trace().record(body)
        return try Graph.capture(results.map(\.value), parameters: arguments.map(\.value) + entries.map(\.placeholder)).graph
    }

    /// What a function of placeholders computes, and the gradients of its floating-point results.
    ///
    /// - Parameters:
    ///   - inputs: which arguments gradients are taken for.
    ///   - variables: which variables gradients are taken for.
    /// - Returns: a graph whose first parameters are the arguments and `seeds` gradients of results, and whose first outputs are the
    ///   results.
    package static func withGradients(
        _ arguments: [Tensor], inputs: [Int], of variables: [Variable], _ body: () throws -> [Tensor]
    ) throws -> (graph: Graph, seeds: Int, results: Int) {
        let ((results, seeds, gradients), entries) = try Trace().record {
            let targets = inputs.map { arguments[$0].value } + variables.map(\.rawValue.value)
            let results = try GradientScope.$isActive.withValue(true, operation: body).map(\.value)
            let floating = results.filter(\.dtype.isFloatingPoint)
            let seeds = floating.map { Value.placeholder($0.type) }
            return (results, seeds, try vectorJacobian(of: floating, cotangents: seeds, withRespectTo: targets).compactMap { $0 })
        }
        let parameters = arguments.map(\.value) + seeds + entries.map(\.placeholder)
        let graph = try Graph.capture(results + gradients, parameters: parameters).graph
        return (graph, seeds.count, results.count)
    }
}
