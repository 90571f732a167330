/// What the attention layers have in common.
enum AttentionMath {
    /// Which of `keys` steps each of `queries` steps may see so that none sees the future: bool `[1, queries, keys]`.
    static func causalMask(_ queries: Int, _ keys: Int) throws -> Tensor {
        try ops.expandDims(ops.tri(queries, keys, dtype: .bool), axis: 0)
    }

    /// Which of `keys` steps lie less than `window` from each of `queries` steps: bool `[1, queries, keys]`.
    static func windowMask(_ queries: Int, _ keys: Int, window: Int) throws -> Tensor {
        let distance = try ops.abs(ops.arange(queries).reshaped([1, queries, 1]) - ops.arange(keys).reshaped([1, 1, keys]))
        return try ops.less(distance, window)
    }

    /// The masks as one, where every one is true; `nil` of none.
    static func combined(_ masks: [Tensor?]) throws -> Tensor? {
        let given = try masks.compactMap { $0 }.map { try $0.cast(to: .bool) }
        guard let first = given.first else { return nil }
        return try given.dropFirst().reduce(first) { try ops.logicalAnd($0, $1) }
    }

    /// The mask with axes of size 1 before the last `kept` ones until it has `rank` axes.
    ///
    /// - Throws: `GraphError.rank` for a mask of less than `kept` axes.
    static func widened(_ mask: Tensor, rank: Int, kept: Int) throws -> Tensor {
        guard mask.rank >= kept else {
            throw GraphError.rank(
                operation: "attention", expected: "a mask of \(kept) axes or more, those of queries and of keys",
                got: mask.shape)
        }
        guard mask.rank < rank else { return mask }
        let ones = [Int](repeating: 1, count: rank - mask.rank)
        return try mask.reshaped(Array(mask.shape.dropLast(kept)) + ones + mask.shape.suffix(kept))
    }

    /// `softmax(query · keyᵀ · scale) · value` for each head, the softmax in float32 or wider.
    ///
    /// - Parameters:
    ///   - query: `[batch, Tq, heads, depth]`.
    ///   - key: `[batch, Tv, heads, depth]`.
    ///   - value: `[batch, Tv, heads, depth']`.
    ///   - mask: true where a key counts, broadcast to `[batch, heads, Tq, Tv]`. Of a query that may see nothing, all keys count the same.
    /// - Returns: `[batch, Tq, heads, depth']`.
    static func dotProductAttention(_ query: Tensor, _ key: Tensor, _ value: Tensor, mask: Tensor?, scale: Double) throws -> Tensor {
        let wide: DType = query.dtype == .float64 ? .float64 : .float32
        var scores = try ops.einsum("btnh,bsnh->bnts", query.cast(to: wide), key.cast(to: wide)) * scale
        // As JAX: far below any score, and far from overflowing.
        if let mask { scores = try ops.where(mask, scores, -0.7 * Double(Float.greatestFiniteMagnitude)) }
        let weights = try ops.softmax(scores).cast(to: value.dtype)
        return try ops.einsum("bnts,bsnh->btnh", weights, value)
    }
}
