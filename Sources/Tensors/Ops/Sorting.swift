extension ops {
    /// The int32 index of the first greatest element along an axis, or of all in row-major order. NaN wins.
    public static func argmax(_ x: some TensorConvertible, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        try argReduce(.max, x, axis, keepdims, "argmax")
    }

    /// The int32 index of the first least element along an axis, or of all in row-major order. NaN wins.
    public static func argmin(_ x: some TensorConvertible, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        try argReduce(.min, x, axis, keepdims, "argmin")
    }

    private static func argReduce(_ operation: ArgReduction, _ x: some TensorConvertible, _ axis: Int?, _ keepdims: Bool, _ name: String) throws -> Tensor {
        let x = try x.tensor()
        guard let axis else {
            let result = try argReduce(operation, x.reshaped([-1]), 0, false, name)
            return keepdims ? try result.reshaped([Int](repeating: 1, count: x.rank)) : result
        }
        let place = try Shaping.axis(axis, x.rank, name)
        guard x.shape[place] > 0 else {
            throw GraphError.attribute(operation: name, detail: "there is no element along an axis of size 0")
        }
        let operand = try x.dtype == .bool ? x.converted(.uint8) : x
        return try Tensor.apply(.argReduce(operation, axis: place), operand).keeping([place], of: x.shape, keepdims)
    }

    /// The elements in ascending order along an axis; NaN last. Equal ones keep their order.
    public static func sort(_ x: some TensorConvertible, axis: Int = -1) throws -> Tensor {
        let x = try x.tensor()
        guard x.rank > 0 else { return x }
        if x.dtype == .bool { return try sort(x.converted(.uint8), axis: axis).converted(.bool) }
        return try Tensor.applyAll(.sort(axis: Shaping.axis(axis, x.rank, "sort"), descending: false), [x])[0]
    }

    /// The int32 indices that put the elements in ascending order along an axis.
    public static func argsort(_ x: some TensorConvertible, axis: Int = -1) throws -> Tensor {
        let x = try x.tensor()
        guard x.rank > 0 else { return try argsort(x.reshaped([1]), axis: 0) }
        if x.dtype == .bool { return try argsort(x.converted(.uint8), axis: axis) }
        return try Tensor.applyAll(.sort(axis: Shaping.axis(axis, x.rank, "argsort"), descending: false), [x])[1]
    }

    /// The `k` greatest elements along the last axis in descending order, and their int32 indices.
    public static func topK(_ x: some TensorConvertible, _ k: Int) throws -> (values: Tensor, indices: Tensor) {
        let results = try Tensor.applyAll(.topK(k), [x.tensor()])
        return (results[0], results[1])
    }

    /// For each row, whether the target's prediction is among the `k` greatest. Ties count as in; NaN does not.
    ///
    /// - Parameters: targets: `[batch]`, integers; predictions: `[batch, classes]`.
    public static func inTopK(_ targets: some TensorConvertible, _ predictions: some TensorConvertible, k: Int) throws -> Tensor {
        let predictions = try real(predictions)
        let chosen = try takeAlongAxis(predictions, expandDims(targets, axis: -1), axis: -1)
        let known = try where_(isnan(chosen), chosen.filled(-.infinity), chosen)
        let rank = try add(sum(greater(predictions, known), axis: -1), 1)
        return try lessEqual(rank, k)
    }

    /// Where each value would be put into a sorted vector so that it stays sorted, int32.
    ///
    /// - Parameter right: behind equal elements, else before them.
    public static func searchsorted(_ sorted: some TensorConvertible, _ values: some TensorConvertible, right: Bool = false) throws -> Tensor {
        let (row, values) = try Operands.promoted(sorted, values)
        guard row.rank == 1 else { throw GraphError.rank(operation: "searchsorted", expected: "a vector", got: row.shape) }
        let column = try expandDims(values, axis: -1)
        return try sum(right ? lessEqual(row, column) : less(row, column), axis: -1)
    }

    /// For each element the number of the bin it falls into: `bins[i - 1] ≤ x < bins[i]`, int32.
    public static func digitize(_ x: some TensorConvertible, bins: some TensorConvertible) throws -> Tensor {
        try searchsorted(bins, x, right: true)
    }
}
