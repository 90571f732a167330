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

    /// Two sizes for shapes with at most `unknown` unknown dimensions, so that products stay far from any limit.
    static func pair(unknown: Int) -> (StandIn, StandIn) {
        unknown <= 3 ? (StandIn(size: 1680), StandIn(size: 3360)) : (StandIn(size: 240), StandIn(size: 480))
    }

    func sizes(of shape: Shape) -> [Int] { shape.sizes.map { $0 ?? size } }

    /// A shape in a trace as the user knows it.
    func shape(of sizes: [Int]) -> Shape { Shape(sizes.map { $0 == size ? nil : $0 }) }
}
