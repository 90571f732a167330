/// Reductions, cumulative operations, matrix products and convolutions.
extension PullbackRule {
    func reduce(_ reduction: Reduction, _ axes: [Int], _ g: Value) throws -> Value? {
        let shape = x[0].shape
        switch reduction {
        case .sum:
            return try g.expanded(shape, over: axes)
        case .max, .min:
            // Equal extremes share the cotangent.
            let isExtreme = try x[0].compared(.equal, y[0].expanded(shape, over: axes))
            let ties = try isExtreme.converted(to: g.dtype).sum(axes: axes)
            return try isExtreme.keep((g / ties).expanded(shape, over: axes))
        case .product:
            return try g.expanded(shape, over: axes) * productOfOthers(axes)
        case .any, .all:
            return nil
        }
    }

    /// For each element the product of all others that it is reduced with. Without a division: elements may be 0.
    private func productOfOthers(_ axes: [Int]) throws -> Value {
        let shape = x[0].shape
        let kept = shape.indices.filter { !axes.contains($0) }
        let there = kept + axes
        let count = axes.reduce(1) { $0 * shape[$1] }
        let flat = try x[0].transposed(there).reshaped(kept.map { shape[$0] } + [count])
        let others = try flat.exclusive(.product, axis: kept.count, from: 1) * flat.exclusive(.product, axis: kept.count, reverse: true, from: 1)
        return try others.reshaped(there.map { shape[$0] }).transposed(there.inverted)
    }

    func cumulative(_ operation: Cumulative, _ axis: Int, _ reverse: Bool, _ g: Value) throws -> Value {
        guard x[0].type.elementCount > 0 else { return g }
        switch operation {
        case .sum: return try g.cumulative(.sum, axis: axis, reverse: !reverse)
        case .product: return try x[0].exclusive(.product, axis: axis, reverse: reverse, from: 1) * restOfProducts(axis, reverse, g)
        case .max: return try cumulativeExtreme(.greater, axis, reverse, g)
        case .min: return try cumulativeExtreme(.less, axis, reverse, g)
        }
    }

    /// For element i: `Σ g[j] · x[i + 1] … x[j]` over j from i on, by `s[i] = g[i] + x[i + 1] · s[i + 1]`.
    private func restOfProducts(_ axis: Int, _ reverse: Bool, _ g: Value) throws -> Value {
        let there = [axis] + x[0].shape.indices.filter { $0 != axis }
        let sequences = try [g.transposed(there), x[0].transposed(there)]
        let slice = TensorType(Array(sequences[0].shape.dropFirst()), g.dtype)
        let p = (0..<4).map { _ in Value.placeholder(slice) }   // s, the factor after, g, x
        let sum = try p[2] + p[1] * p[0]
        let body = try Graph.capture([sum, p[3], sum], parameters: p).graph
        let loop = Scan(body: body, carries: 2, constants: 0, sequences: 2, length: sequences[0].shape[0], reverse: !reverse)
        let zero = try Value.zeros(slice)
        return try Value.makeAll(.scan(loop), [zero, zero] + sequences)[2].transposed(there.inverted)
    }

    /// Each cotangent goes to the first element that reached the extreme so far.
    private func cumulativeExtreme(_ comparison: Comparison, _ axis: Int, _ reverse: Bool, _ g: Value) throws -> Value {
        let turned = reverse ? [axis] : []
        let inputs = try [x[0], y[0], g].map { try $0.reversed(axes: turned) }
        return try Value.movingToEnd(axis, inputs) { values in
            let (x, y, g) = (values[0], values[1], values[2])
            let last = x.type.rank - 1
            let before = try y.shifted(axis: last, back: false, filling: 0)
            let places = try Value.iota(x.shape, .int32, axis: last)
            let isNew = try x.compared(comparison, before).binary(.or, places.compared(.equal, 0))
            let origins = try isNew.keep(places).cumulative(.max, axis: last)
            return try Value.zeros(like: g).scattered(.add, origins, g, axis: last, batchAxes: last)
        }.reversed(axes: turned)
    }

    /// With `y = A · B`: A gets `g · Bᵀ`, B gets `Aᵀ · g`; transposed operands get these transposed.
    func matmul(_ transposeA: Bool, _ transposeB: Bool, _ g: Value) throws -> [Value?] {
        let (a, b) = (x[0], x[1])
        return try pair(
            transposeA ? b.matmul(g, transposeA: transposeB, transposeB: true) : g.matmul(b, transposeB: !transposeB),
            transposeB ? g.matmul(a, transposeA: true, transposeB: transposeA) : a.matmul(g, transposeA: !transposeA))
    }

    func convolution(_ convolution: Convolution, _ g: Value) throws -> [Value?] {
        let rank = x[0].type.rank
        return try pair(
            .make(.composite(.convolutionInputGradient(convolution, inputSpatial: Array(x[0].shape[1..<(rank - 1)]))), x[1], g),
            .make(.composite(.convolutionKernelGradient(convolution, kernelSpatial: Array(x[1].shape.prefix(rank - 2)))), x[0], g))
    }
}
