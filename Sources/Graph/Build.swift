/// Short forms for writing expressions: rules and decompositions read as the mathematics they are.
///
/// Nothing is broadcast silently but scalar constants, which take the other side's shape and type.
extension Value {
    // MARK: Constants

    /// A tensor of `shape` filled with one number.
    package static func full(_ number: Double, _ type: TensorType) throws -> Value {
        let scalar = Value.constant(Literal(number, type.dtype))
        return type.isScalar ? scalar : try make(.broadcast(type.shape, axes: []), scalar)
    }

    package static func full(_ number: Double, like value: Value) throws -> Value { try full(number, value.type) }

    package static func zeros(_ type: TensorType) throws -> Value { try full(0, type) }

    package static func zeros(like value: Value) throws -> Value { try full(0, value.type) }

    package static func ones(like value: Value) throws -> Value { try full(1, value.type) }

    /// The number that a scalar constant, or a tensor filled with one, holds.
    package var constantScalar: Double? {
        var value = self
        while case .broadcast = value.node.primitive, let operand = value.node.operands.first { value = operand }
        guard case .constant(let literal) = value.node.primitive else { return nil }
        return literal.scalar
    }

    // MARK: Arithmetic

    package static func + (a: Value, b: Value) throws -> Value { try make(.binary(.add), a, b) }
    package static func - (a: Value, b: Value) throws -> Value { try make(.binary(.subtract), a, b) }
    package static func * (a: Value, b: Value) throws -> Value { try make(.binary(.multiply), a, b) }
    package static func / (a: Value, b: Value) throws -> Value { try make(.binary(.divide), a, b) }
    package static prefix func - (a: Value) throws -> Value { try make(.unary(.negate), a) }

    package static func + (a: Value, b: Double) throws -> Value { try a + full(b, like: a) }
    package static func - (a: Value, b: Double) throws -> Value { try a - full(b, like: a) }
    package static func * (a: Value, b: Double) throws -> Value { try a * full(b, like: a) }
    package static func / (a: Value, b: Double) throws -> Value { try a / full(b, like: a) }
    package static func + (a: Double, b: Value) throws -> Value { try full(a, like: b) + b }
    package static func - (a: Double, b: Value) throws -> Value { try full(a, like: b) - b }
    package static func * (a: Double, b: Value) throws -> Value { try full(a, like: b) * b }
    package static func / (a: Double, b: Value) throws -> Value { try full(a, like: b) / b }

    package func unary(_ operation: Unary) throws -> Value { try .make(.unary(operation), self) }
    package func binary(_ operation: Binary, _ other: Value) throws -> Value { try .make(.binary(operation), self, other) }

    package func exp() throws -> Value { try unary(.exp) }
    package func log() throws -> Value { try unary(.log) }
    package func sqrt() throws -> Value { try unary(.sqrt) }
    package func rsqrt() throws -> Value { try unary(.rsqrt) }
    package func reciprocal() throws -> Value { try unary(.reciprocal) }
    package func tanh() throws -> Value { try unary(.tanh) }
    package func sigmoid() throws -> Value { try unary(.sigmoid) }
    package func squared() throws -> Value { try self * self }
    package func power(_ exponent: Value) throws -> Value { try binary(.power, exponent) }

    package func compared(_ comparison: Comparison, _ other: Value) throws -> Value { try .make(.compare(comparison), self, other) }
    package func compared(_ comparison: Comparison, _ number: Double) throws -> Value { try compared(comparison, .full(number, like: self)) }

    /// `self ? a : b`, for a condition.
    package func select(_ a: Value, _ b: Value) throws -> Value { try .make(.select, self, a, b) }

    /// `self ? a : 0`
    package func keep(_ a: Value) throws -> Value { try select(a, .zeros(like: a)) }

    /// `self ? 0 : a`
    package func drop(_ a: Value) throws -> Value { try select(.zeros(like: a), a) }

    package func converted(to dtype: DType) throws -> Value { dtype == self.dtype ? self : try .make(.convert(dtype), self) }

    // MARK: Shape

    package func reshaped(_ shape: [Int]) throws -> Value { shape == self.shape ? self : try .make(.reshape(shape), self) }

    package func transposed(_ permutation: [Int]) throws -> Value {
        permutation == Array(permutation.indices) ? self : try .make(.transpose(permutation), self)
    }

    package func broadcast(_ shape: [Int], axes: [Int]) throws -> Value {
        shape == self.shape ? self : try .make(.broadcast(shape, axes: axes), self)
    }

    /// A result of reducing `axes` of a tensor of `shape` away, repeated along them again.
    package func expanded(_ shape: [Int], over axes: [Int]) throws -> Value {
        try broadcast(shape, axes: shape.indices.filter { !axes.contains($0) })
    }

    /// Numbers for the last axes of `shape`, repeated along the ones before.
    package func broadcastTrailing(_ shape: [Int]) throws -> Value {
        try broadcast(shape, axes: Array((shape.count - type.rank)..<shape.count))
    }

    /// Numbers for the first axes of `shape`, repeated along the ones after.
    package func broadcastLeading(_ shape: [Int]) throws -> Value { try broadcast(shape, axes: Array(0..<type.rank)) }

    package func sliced(_ starts: [Int], _ limits: [Int], strides: [Int]? = nil) throws -> Value {
        try .make(.slice(Slice(starts: starts, limits: limits, strides: strides ?? starts.map { _ in 1 })), self)
    }

    /// The part `range` of one axis.
    package func sliced(axis: Int, _ range: Range<Int>) throws -> Value {
        var (starts, limits) = (shape.map { _ in 0 }, shape)
        starts[axis] = range.lowerBound
        limits[axis] = range.upperBound
        return try sliced(starts, limits)
    }

    /// `count` equal parts along one axis.
    package func split(_ count: Int, axis: Int) throws -> [Value] {
        let size = shape[axis] / count
        return try (0..<count).map { try sliced(axis: axis, ($0 * size)..<(($0 + 1) * size)) }
    }

    package func padded(_ padding: Padding, with number: Double = 0) throws -> Value {
        try .make(.pad(padding), self, .constant(Literal(number, dtype)))
    }

    /// Moved by one place along `axis`; `number` fills the gap. Towards the end, or (`back`) towards the start.
    package func shifted(axis: Int, back: Bool, filling number: Double) throws -> Value {
        var (low, high) = (shape.map { _ in 0 }, shape.map { _ in 0 })
        low[axis] = back ? -1 : 1
        high[axis] = back ? 1 : -1
        return try padded(Padding(low: low, high: high), with: number)
    }

    package func reversed(axes: [Int]) throws -> Value { axes.isEmpty ? self : try .make(.reverse(axes: axes), self) }

    package static func concatenated(_ values: [Value], axis: Int) throws -> Value { try makeAll(.concatenate(axis: axis), values)[0] }

    /// 0, 1, 2 … along `axis` of `shape`.
    package static func iota(_ shape: [Int], _ dtype: DType, axis: Int) throws -> Value {
        try make(.iota(TensorType(shape, dtype), axis: axis))
    }

    // MARK: Reductions and products

    package func reduced(_ reduction: Reduction, axes: [Int]) throws -> Value { axes.isEmpty ? self : try .make(.reduce(reduction, axes: axes), self) }
    package func sum(axes: [Int]) throws -> Value { try reduced(.sum, axes: axes) }
    package func sum() throws -> Value { try sum(axes: Array(shape.indices)) }

    /// The sum over `axes`, repeated along them again.
    package func spreadSum(axes: [Int]) throws -> Value { try sum(axes: axes).expanded(shape, over: axes) }

    package func matmul(_ other: Value, transposeA: Bool = false, transposeB: Bool = false) throws -> Value {
        try .make(.matmul(transposeA: transposeA, transposeB: transposeB), self, other)
    }

    package func cumulative(_ operation: Cumulative, axis: Int, reverse: Bool = false) throws -> Value {
        try .make(.cumulative(operation, axis: axis, reverse: reverse), self)
    }

    /// The products, sums … of what comes before each element, itself left out.
    package func exclusive(_ operation: Cumulative, axis: Int, reverse: Bool = false, from start: Double) throws -> Value {
        try shifted(axis: axis, back: reverse, filling: start).cumulative(operation, axis: axis, reverse: reverse)
    }

    // MARK: Indexing

    package func gathered(_ indices: Value, axis: Int, batchAxes: Int) throws -> Value {
        try .make(.gather(axis: axis, batchAxes: batchAxes), self, indices)
    }

    package func scattered(_ reduction: ScatterReduction, _ indices: Value, _ updates: Value, axis: Int, batchAxes: Int) throws -> Value {
        try .make(.scatter(reduction, axis: axis, batchAxes: batchAxes), self, indices, updates)
    }

    /// As `body` on the value with `axis` moved to the end, and moved back.
    package static func movingToEnd(_ axis: Int, _ values: [Value], _ body: ([Value]) throws -> Value) throws -> Value {
        let rank = values[0].type.rank
        let there = (0..<rank).filter { $0 != axis } + [axis]
        let result = try body(values.map { try $0.transposed(there) })
        return try result.transposed(there.inverted)
    }

    /// Another name for the value: told apart from it as an input of gradients, and nothing in a graph.
    package func renamed() -> Value { Value(Node(.identity(count: 1), [self], types: [type])) }
}

extension [Int] {
    /// The permutation that undoes this one.
    package var inverted: [Int] {
        var result = self
        for (index, axis) in enumerated() { result[axis] = index }
        return result
    }
}
