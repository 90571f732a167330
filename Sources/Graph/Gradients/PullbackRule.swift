/// The vector-Jacobian rule of each primitive: from the cotangents of a node's results to those of its operands.
///
/// In the rules `x` are the operands, `y` the results, `g` the cotangent of the first result. Rules are written with
/// primitives, so that they can be differentiated too.
struct PullbackRule {
    let node: Node
    let x: [Value]
    let y: [Value]
    /// Nil where nothing depends on the result. At least one is there.
    let cotangents: [Value?]
    /// Which operands' cotangents somebody asks for.
    let needed: [Bool]

    init(node: Node, operands: [Value], cotangents: [Value?], needed: [Bool]) {
        self.node = node
        self.x = operands
        self.y = node.types.indices.map { Value(node, $0) }
        self.cotangents = cotangents
        self.needed = needed
    }

    func apply() throws -> [Value?] {
        if let custom = node.customPullback { return try custom(cotangents) }
        if case .identity = node.primitive { return cotangents + Array(repeating: nil, count: x.count - cotangents.count) }
        switch node.primitive {
        case .scan(let scan): return try self.scan(scan)
        case .composite(let composite): return try self.composite(composite)
        case .conditional(let first, let second): return try conditional(first, second)
        default: break
        }
        guard let g = cotangents[0] else { return x.map { _ in nil } }
        return try table(g)
    }

    /// The table: one row for each primitive.
    private func table(_ g: Value) throws -> [Value?] {
        switch node.primitive {
        case .unary(let operation): [try unary(operation, x[0], y[0], g)]
        case .binary(let operation): try binary(operation, x[0], x[1], y[0], g)
        case .select: try [nil] + pair(x[0].keep(g), x[0].drop(g), from: 1)
        case .convert: [try g.converted(to: x[0].dtype)]
        case .bitcast: throw GraphError.notDifferentiable(operation: node.primitive.name, detail: "it reads numbers as bits")

        case .reshape: [try g.reshaped(x[0].shape)]
        case .transpose(let permutation): [try g.transposed(permutation.inverted)]
        case .broadcast(_, let axes): [try broadcast(axes, g)]
        case .slice(let slice): [try g.padded(slice.undo(on: x[0].shape))]
        case .dynamicSlice: [try .make(.dynamicUpdate, .zeros(like: x[0]), g, x[1]), nil]
        case .dynamicUpdate: try pair(.make(.dynamicUpdate, g, .zeros(like: x[1]), x[2]), .make(.dynamicSlice(sizes: x[1].shape), g, x[2])) + [nil]
        case .concatenate(let axis): try concatenate(axis, g)
        case .pad(let padding): try pad(padding, g)
        case .reverse(let axes): [try g.reversed(axes: axes)]

        case .reduce(let reduction, let axes): [try reduce(reduction, axes, g)]
        case .cumulative(let operation, let axis, let reverse): [try cumulative(operation, axis, reverse, g)]
        case .matmul(let a, let b): try matmul(a, b, g)
        case .convolution(let convolution): try self.convolution(convolution, g)
        case .reduceWindow(let reduction, let window): [try reduceWindow(reduction, window, g)]
        case .maxWindowGradient(let window): [nil, try window.valuesAtMaxima(of: x[0], in: g)]

        case .gather(let axis, let batchAxes): [try Value.zeros(like: x[0]).scattered(.add, x[1], g, axis: axis, batchAxes: batchAxes), nil]
        case .scatter(let reduction, let axis, let batchAxes): try scatter(reduction, axis, batchAxes, g)
        case .sort(let axis, _): [try unsorted(g, axis: axis)]
        case .topK: [try unsorted(g, axis: x[0].type.rank - 1)]

        // Constant almost everywhere, or not of numbers with gradients.
        case .parameter, .constant, .iota, .compare, .argReduce, .randomBits, .stopGradient: x.map { _ in nil }
        // Taken care of in `apply`.
        case .identity, .scan, .conditional, .composite: x.map { _ in nil }
        }
    }

    /// Cotangents of two operands, from number `first` on, each made only if it is needed.
    func pair(_ a: @autoclosure () throws -> Value?, _ b: @autoclosure () throws -> Value?, from first: Int = 0) rethrows -> [Value?] {
        [needed[first] ? try a() : nil, needed[first + 1] ? try b() : nil]
    }
}
