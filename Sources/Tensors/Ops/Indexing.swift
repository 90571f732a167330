extension ops {
    /// Slices along an axis by integer indices; elements of the whole in row-major order for nil. Negative indices count
    /// from the end; an index out of range gives NaN (in integer types the lowest value), as in Keras on JAX.
    public static func take(_ x: some TensorConvertible, _ indices: some TensorConvertible, axis: Int? = nil) throws -> Tensor {
        let x = try x.tensor()
        guard let axis else { return try take(x.reshaped([-1]), indices, axis: 0) }
        return try .apply(.gather(axis: Shaping.axis(axis, x.rank, "take"), batchAxes: 0), x, places(indices, "take"))
    }

    /// Elements along an axis by an index for each result; other sizes are equal or 1.
    public static func takeAlongAxis(_ x: some TensorConvertible, _ indices: some TensorConvertible, axis: Int? = nil) throws -> Tensor {
        let x = try x.tensor(), indices = try places(indices, "takeAlongAxis")
        guard let axis else { return try take(x.reshaped([-1]), indices.reshaped([-1]), axis: 0) }
        guard x.rank == indices.rank else {
            throw GraphError.shapeMismatch(operation: "takeAlongAxis", shapes: [x.shape, indices.shape], rule: "the ranks must be equal")
        }
        let place = try Shaping.axis(axis, x.rank, "takeAlongAxis")
        func withoutAxis(_ shape: [Int]) -> [Int] { shape.enumerated().filter { $0.offset != place }.map(\.element) }
        let batch = try Shaping.broadcast([withoutAxis(x.shape), withoutAxis(indices.shape)], "takeAlongAxis")
        let rows = try moveaxis(x, place, -1).broadcast(to: batch + [x.shape[place]])
        let chosen = try moveaxis(indices, place, -1).broadcast(to: batch + [indices.shape[place]])
        let result = try Tensor.apply(.gather(axis: batch.count, batchAxes: batch.count), rows, chosen)
        return try moveaxis(result, -1, place)
    }

    /// Integer indices. Floating-point ones are an error.
    static func places(_ indices: some TensorConvertible, _ name: String) throws -> Tensor {
        let indices = try indices.tensor()
        guard !indices.dtype.isFloatingPoint else {
            throw GraphError.dtypeMismatch(operation: name, dtypes: [indices.dtype], rule: "indices are integers")
        }
        return try indices.dtype == .bool ? indices.converted(.int32) : indices
    }

    /// 1 in the place that each index names, 0 elsewhere, along a new axis. Rows of indices out of range are 0.
    public static func oneHot(_ x: some TensorConvertible, _ numClasses: Int, axis: Int = -1, dtype: DType? = nil) throws -> Tensor {
        let x = try x.tensor()
        let place = try Shaping.axis(axis, x.rank + 1, "oneHot")
        var shape = x.shape
        shape.insert(numClasses, at: place)
        let type = try TensorType(checking: shape, x.dtype == .bool ? .int32 : x.dtype)
        let classes = try Tensor.apply(.iota(type, axis: place))
        return try equal(expandDims(x, axis: place).converted(type.dtype), classes).converted(dtype ?? floatx())
    }

    /// The greatest of the one-hot rows of each sample: 1 for each class that occurs.
    public static func multiHot(_ x: some TensorConvertible, _ numClasses: Int, axis: Int = -1, dtype: DType? = nil) throws -> Tensor {
        let x = try x.tensor(dtype: .int32)
        return try max(oneHot(x, numClasses, axis: axis, dtype: dtype), axis: x.rank > 1 ? 1 : 0)
    }

    /// Zeros of a shape with values added at index tuples.
    ///
    /// - Parameters:
    ///   - indices: `[…, depth]`: each row names a place in the first `depth` axes.
    ///   - values: `[…] + shape[depth...]`.
    public static func scatter(_ indices: some TensorConvertible, _ values: some TensorConvertible, shape: [Int]) throws -> Tensor {
        let values = try values.tensor()
        return try scattered(.add, zeros(shape, dtype: values.dtype), indices, values, "scatter")
    }

    /// The tensor with values combined into it at index tuples; indices out of range are dropped.
    ///
    /// - Parameters:
    ///   - indices: `[…, depth]`: each row names a place in the first `depth` axes.
    ///   - updates: `[…] + inputs.shape[depth...]`.
    public static func scatterUpdate(
        _ inputs: some TensorConvertible, _ indices: some TensorConvertible, _ updates: some TensorConvertible, reduction: ScatterReduction = .set
    ) throws -> Tensor {
        let inputs = try inputs.tensor()
        return try scattered(reduction, inputs, indices, updates.tensor(dtype: inputs.dtype), "scatterUpdate")
    }

    private static func scattered(
        _ reduction: ScatterReduction, _ base: Tensor, _ indices: some TensorConvertible, _ updates: Tensor, _ name: String
    ) throws -> Tensor {
        let indices = try places(indices, name)
        guard let depth = indices.shape.last, depth > 0, depth <= base.rank else {
            throw GraphError.shapeMismatch(operation: name, shapes: [base.shape, indices.shape], rule: "the last axis of the indices names 1 to \(base.rank) axes")
        }
        let lead = Array(indices.shape.dropLast()), rest = Array(base.shape.dropFirst(depth))
        guard updates.shape == lead + rest else {
            throw GraphError.shapeMismatch(operation: name, shapes: [updates.shape, lead + rest], rule: "the values' shape follows from the indices")
        }
        let places = lead.reduce(1, *)
        var flat = indices
        if depth > 1 {
            // One number for each tuple, beyond the end where a part is out of range.
            let sizes = Array(base.shape.prefix(depth)), total = sizes.reduce(1, *)
            let wide = try indices.converted(.int64)
            let bound = try Tensor(sizes, dtype: .int64)
            let counted = try where_(less(wide, 0), add(wide, bound), wide)
            let inside = try all(logicalAnd(greaterEqual(counted, 0), less(counted, bound)), axis: -1)
            let strides = try Tensor(TensorType(sizes, .bool).strides, dtype: .int64)
            let numbers = try sum(multiply(counted, strides), axis: -1)
            flat = try where_(inside, numbers, numbers.filled(Double(total)))
        }
        let target = try base.reshaped([base.shape.prefix(depth).reduce(1, *)] + rest)
        let result = try Tensor.apply(
            .scatter(reduction, axis: 0, batchAxes: 0), target, flat.reshaped([places]), updates.reshaped([places] + rest))
        return try result.reshaped(base.shape)
    }

    /// A window of a shape that begins at indices computed at run time; it is moved into the tensor where it would stick out.
    public static func slice(_ x: some TensorConvertible, _ startIndices: some TensorConvertible, shape: [Int]) throws -> Tensor {
        try .apply(.dynamicSlice(sizes: shape), x.tensor(), places(startIndices, "slice").converted(.int32))
    }

    /// The tensor with `updates` written at indices computed at run time, moved into the tensor where they would stick out.
    public static func sliceUpdate(_ x: some TensorConvertible, _ startIndices: some TensorConvertible, _ updates: some TensorConvertible) throws -> Tensor {
        let x = try x.tensor()
        return try .apply(.dynamicUpdate, x, updates.tensor(dtype: x.dtype), places(startIndices, "sliceUpdate").converted(.int32))
    }

    /// Sums rows by segment: `result[s] = Σ data[i]` over `segmentIDs[i] == s`. IDs out of range are dropped.
    public static func segmentSum(_ data: some TensorConvertible, _ segmentIDs: some TensorConvertible, numSegments: Int) throws -> Tensor {
        let data = try data.tensor()
        let base = try zeros([numSegments] + data.shape.dropFirst(), dtype: data.dtype)
        return try .apply(.scatter(.add, axis: 0, batchAxes: 0), base, segments(segmentIDs), data)
    }

    /// The greatest rows by segment; the lowest value for a segment without rows.
    public static func segmentMax(_ data: some TensorConvertible, _ segmentIDs: some TensorConvertible, numSegments: Int) throws -> Tensor {
        let data = try data.tensor()
        let lowest = data.dtype.isFloatingPoint ? -Double.infinity : data.dtype.isSigned ? -data.dtype.greatest - 1 : 0
        let base = try full([numSegments] + data.shape.dropFirst(), lowest, dtype: data.dtype)
        return try .apply(.scatter(.max, axis: 0, batchAxes: 0), base, segments(segmentIDs), data)
    }

    /// Segment numbers; negative ones name no segment.
    private static func segments(_ ids: some TensorConvertible) throws -> Tensor {
        let ids = try places(ids, "segment")
        return try ids.dtype.isSigned ? where_(less(ids, 0), ids.filled(ids.dtype.greatest), ids) : ids
    }

    /// How often each of `0 ..< length` occurs, or the sums of weights.
    ///
    /// - Parameter length: the size of the result, which Keras finds from the values; greater values are dropped.
    public static func bincount(_ x: some TensorConvertible, weights: Tensor? = nil, length: Int) throws -> Tensor {
        let x = try ravel(places(x, "bincount"))
        let amounts = try weights.map { try $0.reshaped([-1]) } ?? ones([x.count], dtype: .int32)
        return try segmentSum(amounts, x, numSegments: length)
    }
}
