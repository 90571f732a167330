/// Windows.
extension PullbackRule {
    func reduceWindow(_ reduction: WindowReduction, _ window: Window, _ g: Value) throws -> Value {
        switch reduction {
        case .sum: try window.spread(g, to: x[0].shape)
        case .max: try .make(.maxWindowGradient(window), x[0], g)
        // min(x) = -max(-x): the two signs cancel.
        case .min: try .make(.maxWindowGradient(window), -x[0], g)
        }
    }
}

extension Window {
    private func span(_ axis: Int) -> Int { (sizes[axis] - 1) * dilation[axis] + 1 }

    /// The distance from the first element of the first window to that of the last one.
    private func reach(_ count: Int, _ axis: Int) -> Int { count == 0 ? 0 : (count - 1) * strides[axis] }

    /// Each element's sum of the cotangents of the windows that it lies in: windows over the dilated cotangents.
    func spread(_ g: Value, to shape: [Int]) throws -> Value {
        let type = TensorType(shape, g.dtype)
        guard type.elementCount > 0, g.type.elementCount > 0 else { return try .zeros(type) }
        var padding = Padding(low: [], high: [], interior: shape.indices.map { g.shape[$0] > 1 ? strides[$0] - 1 : 0 })
        for axis in shape.indices {
            padding.low.append(span(axis) - 1 - low[axis])
            padding.high.append(shape[axis] + low[axis] - 1 - reach(g.shape[axis], axis))
        }
        let ones = shape.map { _ in 1 }
        return try .make(.reduceWindow(.sum, Window(sizes: sizes, strides: ones, dilation: dilation)), g.padded(padding))
    }

    /// What `values` (of x's shape) holds where each window's first maximum of `x` lies.
    ///
    /// A loop over the places in a window: each step compares one element of every window with the best so far.
    func valuesAtMaxima(of x: Value, in values: Value) throws -> Value {
        let result = try Primitive.reduceWindow(.max, self).resultTypes(of: [x.type])[0]
        guard result.elementCount > 0 else { return try .zeros(result) }
        let padding = Padding(low: low, high: high)
        let surrounded = try [x.padded(padding, with: -Double.infinity), values.padded(padding)]

        let best = Value.placeholder(result), chosen = Value.placeholder(result)
        let sources = surrounded.map { Value.placeholder($0.type) }
        let place = Value.placeholder(TensorType([], .int32))
        let starts = try offsets(at: place)
        let reach = result.shape.indices.map { self.reach(result.shape[$0], $0) + 1 }
        let seen = try sources.map {
            try Value.make(.dynamicSlice(sizes: reach), $0, starts).sliced(reach.map { _ in 0 }, reach, strides: strides)
        }
        let isBetter = try seen[0].compared(.greater, best)
        let next = try [isBetter.select(seen[0], best), isBetter.select(seen[1], chosen)]
        let body = try Graph.capture(next, parameters: [best, chosen] + sources + [place]).graph

        let count = sizes.reduce(1, *)
        let loop = Scan(body: body, carries: 2, constants: 2, sequences: 1, length: count)
        let start = try [Value.full(-Double.infinity, result), .zeros(result)]
        return try Value.makeAll(.scan(loop), start + surrounded + [.iota([count], .int32, axis: 0)])[1]
    }

    /// The indices (int32 `[rank]`) of a window's element number `place` in row-major order.
    private func offsets(at place: Value) throws -> Value {
        var (rest, parts) = (place, [Value]())
        for axis in sizes.indices.reversed() {
            let size = try Value.full(Double(sizes[axis]), like: place)
            parts.append(try (rest.binary(.modulo, size) * Double(dilation[axis])).reshaped([1]))
            rest = try rest.binary(.floorDivide, size)
        }
        return try .concatenated(parts.reversed(), axis: 0)
    }
}
