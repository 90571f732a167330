extension ops {
    /// The matrix product of the last two axes; leading axes are broadcast. A vector is a row on the left, a column on
    /// the right, and that axis goes away. Two int8 tensors give int32.
    public static func matmul(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        let (left, right) = (try a.tensor(), try b.tensor())
        if left.dtype == .int8, right.dtype == .int8 { return try matmul(left.converted(.int32), right.converted(.int32)) }
        var (a, b) = try Operands.promoted(left, right)
        // Of truth values: whether one of the products is true.
        if a.dtype == .bool { return try matmul(a.converted(.int32), b.converted(.int32)).converted(.bool) }
        guard a.rank > 0, b.rank > 0 else {
            throw GraphError.rank(operation: "matmul", expected: "one axis or more on both sides", got: a.rank == 0 ? a.shape : b.shape)
        }
        let (rowWise, columnWise) = (a.rank == 1, b.rank == 1)
        if rowWise { a = try expandDims(a, axis: 0) }
        if columnWise { b = try expandDims(b, axis: -1) }
        guard a.shape[a.rank - 1] == b.shape[b.rank - 2] else {
            throw GraphError.shapeMismatch(
                operation: "matmul", shapes: [a.shape, b.shape], rule: "the last size on the left must be the last but one on the right")
        }
        let leading = try Shaping.broadcast([Array(a.shape.dropLast(2)), Array(b.shape.dropLast(2))], "matmul")
        let (rows, inner, columns) = (a.shape[a.rank - 2], a.shape[a.rank - 1], b.shape[b.rank - 1])
        var result: Tensor
        if b.shape.dropLast(2).allSatisfy({ $0 == 1 }), a.rank >= b.rank || b.rank == 2 {
            // One matrix on the right: all rows at once.
            let flat = a.rank == 2 ? a : try a.reshaped([-1, inner].inferred(a.count, inner, leading, rows))
            result = try .apply(.matmul(transposeA: false, transposeB: false), flat, b.reshaped([inner, columns]))
        } else {
            result = try .apply(
                .matmul(transposeA: false, transposeB: false),
                a.broadcast(to: leading + [rows, inner]), b.broadcast(to: leading + [inner, columns]))
        }
        return try result.reshaped(leading + (rowWise ? [] : [rows]) + (columnWise ? [] : [columns]))
    }

    /// The product as NumPy's `dot`: over the last axis of `a` and the last but one of `b`.
    public static func dot(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        let (a, b) = try Operands.promoted(a, b)
        if a.rank == 0 || b.rank == 0 { return try multiply(a, b) }
        if a.rank <= 2, b.rank <= 2 { return try matmul(a, b) }
        return try tensordot(a, b, axes: ([-1], [b.rank == 1 ? 0 : -2]))
    }

    /// Sums products over the last `axes` axes of `a` and the first ones of `b`.
    public static func tensordot(_ a: some TensorConvertible, _ b: some TensorConvertible, axes: Int = 2) throws -> Tensor {
        let (a, b) = try Operands.promoted(a, b)
        guard axes >= 0, axes <= a.rank, axes <= b.rank else {
            throw GraphError.axis(operation: "tensordot", axis: axes, rank: Swift.min(a.rank, b.rank))
        }
        return try tensordot(a, b, axes: (Array((a.rank - axes)..<a.rank), Array(0..<axes)))
    }

    /// Sums products over pairs of axes. Result axes: those left of `a`, then of `b`.
    public static func tensordot(_ a: some TensorConvertible, _ b: some TensorConvertible, axes: ([Int], [Int])) throws -> Tensor {
        let (a, b) = try Operands.promoted(a, b)
        let first = try axes.0.map { try Shaping.axis($0, a.rank, "tensordot") }
        let second = try axes.1.map { try Shaping.axis($0, b.rank, "tensordot") }
        guard first.count == second.count, Set(first).count == first.count, Set(second).count == second.count else {
            throw GraphError.attribute(operation: "tensordot", detail: "the axes \(axes.0) and \(axes.1) are not pairs of different axes")
        }
        guard first.map({ a.shape[$0] }) == second.map({ b.shape[$0] }) else {
            throw GraphError.shapeMismatch(operation: "tensordot", shapes: [a.shape, b.shape], rule: "sizes of paired axes must be equal")
        }
        let freeA = (0..<a.rank).filter { !first.contains($0) }, freeB = (0..<b.rank).filter { !second.contains($0) }
        let inner = first.reduce(1) { $0 * a.shape[$1] }
        let rows = freeA.map { a.shape[$0] }, columns = freeB.map { b.shape[$0] }
        let left = try transpose(a, axes: freeA + first).reshaped([rows.reduce(1, *), inner])
        let right = try transpose(b, axes: second + freeB).reshaped([inner, columns.reduce(1, *)])
        return try matmul(left, right).reshaped(rows + columns)
    }

    /// The products of all pairs of elements, `[a.count, b.count]`.
    public static func outer(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        try multiply(expandDims(ravel(a), axis: 1), expandDims(ravel(b), axis: 0))
    }

    /// The sum of products over the last axes.
    public static func inner(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor {
        let (a, b) = try Operands.promoted(a, b)
        if a.rank == 0 || b.rank == 0 { return try multiply(a, b) }
        return try tensordot(a, b, axes: ([-1], [-1]))
    }

    /// The sum of products of all elements.
    public static func vdot(_ a: some TensorConvertible, _ b: some TensorConvertible) throws -> Tensor { try matmul(ravel(a), ravel(b)) }
}

extension [Int] {
    /// The row count spelled out: -1 cannot be inferred where the inner size is 0.
    fileprivate func inferred(_ count: Int, _ inner: Int, _ leading: [Int], _ rows: Int) -> [Int] {
        [leading.reduce(rows, *), inner]
    }
}

/// The order of a vector's or matrix's norm.
public enum NormOrder: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// The root of the sum of squares.
    case euclidean
    /// The `p`-th root of the sum of `p`-th powers.
    case p(Double)
    case infinity, negativeInfinity

    public init(integerLiteral value: Int) { self = value == 2 ? .euclidean : .p(Double(value)) }
    public init(floatLiteral value: Double) { self = value == 2 ? .euclidean : .p(value) }
}

extension ops {
    /// The norm of the vectors along one axis, or of all elements. Keras: `ops.norm` with one axis.
    public static func norm(_ x: some TensorConvertible, order: NormOrder = .euclidean, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        let x = try real(x)
        guard let axis else {
            let result = try vectorNorm(x.reshaped([-1]), order, 0, keepdims: false)
            return keepdims ? try result.reshaped([Int](repeating: 1, count: x.rank)) : result
        }
        return try vectorNorm(x, order, Shaping.axis(axis, x.rank, "norm"), keepdims: keepdims)
    }

    /// The norm of vectors along an axis, or of all elements.
    public static func vectorNorm(_ x: some TensorConvertible, order: NormOrder = .euclidean, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        try norm(x, order: order, axis: axis, keepdims: keepdims)
    }

    /// The Frobenius norm (the default), the greatest column sum (`.p(1)`) or the greatest row sum (`.infinity`) of the
    /// matrices along two axes.
    ///
    /// - Throws: `TensorError.argument` for other orders, which need singular values.
    public static func norm(_ x: some TensorConvertible, order: NormOrder = .euclidean, axes: [Int], keepdims: Bool = false) throws -> Tensor {
        let x = try real(x)
        guard axes.count == 2 else { throw GraphError.attribute(operation: "norm", detail: "it takes one or two axes, not \(axes)") }
        let row = try Shaping.axis(axes[0], x.rank, "norm"), column = try Shaping.axis(axes[1], x.rank, "norm")
        let result: Tensor = switch order {
        case .euclidean: try sqrt(sum(multiply(x, x), axes: [row, column], keepdims: true))
        case .p(1): try max(sum(abs(x), axis: row, keepdims: true), axis: column, keepdims: true)
        case .p(-1): try min(sum(abs(x), axis: row, keepdims: true), axis: column, keepdims: true)
        case .infinity: try max(sum(abs(x), axis: column, keepdims: true), axis: row, keepdims: true)
        case .negativeInfinity: try min(sum(abs(x), axis: column, keepdims: true), axis: row, keepdims: true)
        case .p(let p): throw TensorError.argument(operation: "norm", detail: "the matrix norm of order \(p) is not offered")
        }
        return keepdims ? result : try squeeze(result, axes: [row, column])
    }

    private static func vectorNorm(_ x: Tensor, _ order: NormOrder, _ axis: Int, keepdims: Bool) throws -> Tensor {
        switch order {
        case .euclidean: try sqrt(sum(multiply(x, x), axis: axis, keepdims: keepdims))
        case .infinity: try max(abs(x), axis: axis, keepdims: keepdims)
        case .negativeInfinity: try min(abs(x), axis: axis, keepdims: keepdims)
        case .p(0): try sum(notEqual(x, 0).converted(x.dtype), axis: axis, keepdims: keepdims)
        case .p(1): try sum(abs(x), axis: axis, keepdims: keepdims)
        case .p(let p): try power(sum(power(abs(x), p), axis: axis, keepdims: keepdims), 1 / p)
        }
    }
}
