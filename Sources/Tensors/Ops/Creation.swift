extension ops {
    /// One number everywhere. Default type: `floatx()`.
    public static func full(_ shape: [Int], _ fill: some TensorConvertible, dtype: DType? = nil) throws -> Tensor {
        _ = try TensorType(checking: shape, .float64)
        return try fill.tensor(dtype: dtype ?? floatx()).broadcast(to: shape, "full")
    }

    /// Zeros. Default type: `floatx()`.
    public static func zeros(_ shape: [Int], dtype: DType? = nil) throws -> Tensor { try full(shape, 0, dtype: dtype) }

    /// Ones. Default type: `floatx()`.
    public static func ones(_ shape: [Int], dtype: DType? = nil) throws -> Tensor { try full(shape, 1, dtype: dtype) }

    /// One number everywhere in the shape of x.
    public static func fullLike(_ x: some TensorConvertible, _ fill: some TensorConvertible, dtype: DType? = nil) throws -> Tensor {
        let x = try x.tensor()
        return try full(x.shape, fill, dtype: dtype ?? x.dtype)
    }

    /// Zeros of the shape of x.
    public static func zerosLike(_ x: some TensorConvertible, dtype: DType? = nil) throws -> Tensor { try fullLike(x, 0, dtype: dtype) }

    /// Ones of the shape of x.
    public static func onesLike(_ x: some TensorConvertible, dtype: DType? = nil) throws -> Tensor { try fullLike(x, 1, dtype: dtype) }

    /// `start`, `start + step`, … up to but not including `stop`. int32 by default.
    public static func arange(_ start: Int, _ stop: Int? = nil, step: Int = 1, dtype: DType = .int32) throws -> Tensor {
        let (first, end) = stop.map { (start, $0) } ?? (0, start)
        guard step != 0 else { throw TensorError.argument(operation: "arange", detail: "the step is 0") }
        let (distance, overflow) = end.subtractingReportingOverflow(first)
        guard !overflow, step != .min, distance != .min else { throw GraphError.tooLarge(shape: [.max], dtype: dtype) }
        let count = Swift.max(0, (distance / step) + (distance % step == 0 ? 0 : distance.signum() == step.signum() ? 1 : 0))
        if dtype.isInteger, count > 0 {
            try dtype.check(holds: first)
            try dtype.check(holds: first + (count - 1) * step)
        }
        let type = try TensorType(checking: [count], dtype)
        // Unsigned types count down by adding what wraps round: in signed numbers first.
        let plain = dtype.isInteger ? TensorType([count], dtype.isSigned ? dtype : .int64) : type
        let steps = try Tensor.apply(.iota(plain, axis: 0))
        let scaled = try step == 1 ? steps : multiply(steps, step)
        return try (first == 0 ? scaled : add(scaled, first)).converted(dtype)
    }

    /// `start`, `start + step`, … below `stop`, as `floatx()` by default.
    public static func arange(_ start: Double, _ stop: Double, step: Double = 1, dtype: DType? = nil) throws -> Tensor {
        let dtype = dtype ?? floatx()
        let steps = ((stop - start) / step).rounded(.up)
        guard steps.isFinite, steps < Double(TensorType.byteLimit) else {
            throw TensorError.argument(operation: "arange", detail: "from \(start) to \(stop) by \(step) is no finite number of steps")
        }
        let count = Swift.max(0, Int(steps))
        return try Tensor((0..<count).map { start + Double($0) * step }, shape: [count], dtype: dtype)
    }

    /// `count` numbers at equal distances from `start` to `stop` (with `stop`, unless `endpoint` is false).
    public static func linspace(_ start: Double, _ stop: Double, num count: Int = 50, endpoint: Bool = true, dtype: DType? = nil) throws -> Tensor {
        guard count >= 0, count < TensorType.byteLimit else { throw TensorError.argument(operation: "linspace", detail: "num is \(count)") }
        let parts = Double(endpoint ? count - 1 : count)
        let numbers = (0..<count).map { index in
            endpoint && index == count - 1 && count > 1 ? stop : parts > 0 ? start + (stop - start) * (Double(index) / parts) : start
        }
        return try Tensor(numbers, shape: [count], dtype: dtype ?? floatx())
    }

    /// Ones on a diagonal: the k-th above the main one (below for negative k). Default type: `floatx()`.
    public static func eye(_ rows: Int, _ columns: Int? = nil, k: Int = 0, dtype: DType? = nil) throws -> Tensor {
        try triangle([rows, columns ?? rows], k, .equal).converted(dtype ?? floatx())
    }

    /// Ones on the main diagonal of a square.
    public static func identity(_ size: Int, dtype: DType? = nil) throws -> Tensor { try eye(size, dtype: dtype) }

    /// Ones at and below a diagonal. Default type: `floatx()`.
    public static func tri(_ rows: Int, _ columns: Int? = nil, k: Int = 0, dtype: DType? = nil) throws -> Tensor {
        try triangle([rows, columns ?? rows], k, .lessOrEqual).converted(dtype ?? floatx())
    }

    /// The last two axes with zeros above the k-th diagonal.
    public static func tril(_ x: some TensorConvertible, k: Int = 0) throws -> Tensor { try masked(x, k, .lessOrEqual, "tril") }

    /// The last two axes with zeros below the k-th diagonal.
    public static func triu(_ x: some TensorConvertible, k: Int = 0) throws -> Tensor { try masked(x, k, .greaterOrEqual, "triu") }

    private static func masked(_ x: some TensorConvertible, _ k: Int, _ comparison: Comparison, _ name: String) throws -> Tensor {
        let x = try x.tensor()
        guard x.rank >= 2 else { throw GraphError.rank(operation: name, expected: "two axes or more", got: x.shape) }
        return try where_(triangle(Array(x.shape.suffix(2)), k, comparison), x, x.filled(0))
    }

    /// Where `column - row` compares so with k.
    private static func triangle(_ shape: [Int], _ k: Int, _ comparison: Comparison) throws -> Tensor {
        let type = try TensorType(checking: shape, .int32)
        let difference = try subtract(Tensor.apply(.iota(type, axis: 1)), Tensor.apply(.iota(type, axis: 0)))
        let bound = Swift.min(Swift.max(k, Int(Int32.min)), Int(Int32.max))
        return try .apply(.compare(comparison), difference, difference.filled(Double(bound)))
    }

    /// The diagonal of two axes as a new last axis: the k-th above the main one.
    public static func diagonal(_ x: some TensorConvertible, offset: Int = 0, axis1: Int = 0, axis2: Int = 1) throws -> Tensor {
        let x = try x.tensor()
        let (a, b) = (try Shaping.axis(axis1, x.rank, "diagonal"), try Shaping.axis(axis2, x.rank, "diagonal"))
        guard a != b else { throw GraphError.attribute(operation: "diagonal", detail: "axis \(axis1) is named twice") }
        let moved = try moveaxis(x, [a, b], [-2, -1])
        let (rows, columns) = (x.shape[a], x.shape[b])
        let firstRow = offset < 0 ? Swift.min(offset.magnitude.clamped, rows) : 0
        let firstColumn = offset > 0 ? Swift.min(offset, columns) : 0
        let count = Swift.max(0, Swift.min(rows - firstRow, columns - firstColumn))
        let indices = (0..<count).map { (firstRow + $0) * columns + firstColumn + $0 }
        return try take(moved.reshaped(Array(moved.shape.dropLast(2)) + [rows * columns]), indices, axis: -1)
    }

    /// The sum of a diagonal.
    public static func trace(_ x: some TensorConvertible, offset: Int = 0, axis1: Int = 0, axis2: Int = 1) throws -> Tensor {
        try sum(diagonal(x, offset: offset, axis1: axis1, axis2: axis2), axis: -1)
    }

    /// A matrix with the vector on its k-th diagonal, or the k-th diagonal of a matrix.
    public static func diag(_ x: some TensorConvertible, k: Int = 0) throws -> Tensor {
        let x = try x.tensor()
        if x.rank == 2 { return try diagonal(x, offset: k) }
        guard x.rank == 1 else { throw GraphError.rank(operation: "diag", expected: "one or two axes", got: x.shape) }
        guard k.magnitude < UInt(Int32.max) else { throw GraphError.tooLarge(shape: [x.count, k], dtype: x.dtype) }
        let size = x.count + Swift.abs(k)
        let padded = try pad(x, [(Swift.max(k, 0), Swift.max(-k, 0))])
        return try where_(triangle([size, size], k, .equal), padded.broadcast(to: [size, size]), padded.filled(0).broadcast(to: [size, size]))
    }

    /// Coordinates of a grid: one tensor for each vector, of the shape of all together.
    ///
    /// - Parameter matrixIndexing: `ij` order; else `xy`, where the first two axes change places.
    public static func meshgrid(_ vectors: [Tensor], matrixIndexing: Bool = false) throws -> [Tensor] {
        for vector in vectors where vector.rank > 1 { throw GraphError.rank(operation: "meshgrid", expected: "vectors", got: vector.shape) }
        var sizes = vectors.map(\.count)
        let swapped = !matrixIndexing && vectors.count > 1
        if swapped { sizes.swapAt(0, 1) }
        return try vectors.enumerated().map { index, vector in
            let place = swapped && index < 2 ? 1 - index : index
            var shape = [Int](repeating: 1, count: vectors.count)
            shape[place] = vector.count
            return try vector.reshaped(shape).broadcast(to: sizes)
        }
    }
}

extension UInt {
    fileprivate var clamped: Int { Int(clamping: self) }
}
