/// What the calls inside a layer's call inherit.
package struct CallContext: Sendable {
    @TaskLocal package static var current: CallContext?

    /// `training` as given to an enclosing call.
    package var training: Bool?
    /// The names of the enclosing layers, joined by "/".
    var path: String
    /// The sizes that stand for unknown ones, while a layer call is drawn.
    var standIn: StandIn?

    /// Runs `body` as inside a model's call with the given `training`.
    package static func with<Result>(training: Bool?, _ body: () throws -> Result) rethrows -> Result {
        var context = current ?? CallContext(training: nil, path: "", standIn: nil)
        context.training = training ?? context.training
        return try $current.withValue(context, operation: body)
    }
}

/// The size that stands for every unknown dimension in one trace of a drawn call.
///
/// A drawn call is traced with two of them; what differs in the results is unknown. Both have many divisors, so that reshapes which
/// are possible for some sizes work, and are unlikely as sizes that somebody wrote.
struct StandIn: Hashable, Sendable {
    let size: Int

    /// Pairs of sizes for shapes with at most `unknown` unknown dimensions, the likeliest first. A pair may not do: products leave
    /// any memory, or a window is larger. None is a size that is `known`.
    static func pairs(unknown: Int, known: Set<Int>) -> [(StandIn, StandIn)] {
        let sizes = unknown <= 3 ? [1680, 240, 60, 55440] : [240, 60, 1680]
        let free = sizes.filter { !known.contains($0) && !known.contains(2 * $0) }
        return (free.isEmpty ? sizes : free).map { (StandIn(size: $0), StandIn(size: 2 * $0)) }
    }

    func sizes(of shape: Shape) -> [Int] { shape.sizes.map { $0 ?? size } }

    /// A shape in a trace as the user knows it.
    func shape(of sizes: [Int]) -> Shape { Shape(sizes.map { $0 == size ? nil : $0 }) }
}
