extension ops {
    /// Reduces axes away; `axes` nil means all.
    static func reduce(_ reduction: Reduction, _ x: Tensor, _ axes: [Int]?, _ keepdims: Bool, _ name: String) throws -> Tensor {
        let axes = try Shaping.axes(axes, x.rank, name)
        if reduction == .max || reduction == .min, axes.contains(where: { x.shape[$0] == 0 }) {
            throw GraphError.attribute(operation: name, detail: "there is no element along an axis of size 0")
        }
        return try Tensor.apply(.reduce(reduction, axes: axes), x).keeping(axes, of: x.shape, keepdims)
    }

    private static func list(_ axis: Int?) -> [Int]? { axis.map { [$0] } }

    /// The sum over an axis, or over all. bool and small integers are summed in 32 bits.
    public static func sum(_ x: some TensorConvertible, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        try sum(x, axes: list(axis), keepdims: keepdims)
    }

    /// The sum over several axes; nil: over all.
    public static func sum(_ x: some TensorConvertible, axes: [Int]?, keepdims: Bool = false) throws -> Tensor {
        let x = try x.tensor()
        return try reduce(.sum, x.converted(x.dtype.summed), axes, keepdims, "sum")
    }

    /// The product over an axis, or over all.
    public static func prod(_ x: some TensorConvertible, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        try prod(x, axes: list(axis), keepdims: keepdims)
    }

    /// The product over several axes; nil: over all.
    public static func prod(_ x: some TensorConvertible, axes: [Int]?, keepdims: Bool = false) throws -> Tensor {
        let x = try x.tensor()
        return try reduce(.product, x.converted(x.dtype.summed), axes, keepdims, "prod")
    }

    /// The mean over an axis, or over all. Integers give float32; half-precision numbers are summed in float32.
    public static func mean(_ x: some TensorConvertible, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        try mean(x, axes: list(axis), keepdims: keepdims)
    }

    /// The mean over several axes; nil: over all.
    public static func mean(_ x: some TensorConvertible, axes: [Int]?, keepdims: Bool = false) throws -> Tensor {
        let x = try x.tensor()
        let compute = Promotion.join([x.dtype, .float32])
        let result = x.dtype.isFloatingPoint ? x.dtype : compute
        let places = try Shaping.axes(axes, x.rank, "mean")
        let count = places.reduce(1) { $0 * x.shape[$1] }
        let total = try reduce(.sum, x.converted(compute), places, keepdims, "mean")
        return try divide(total, Double(count)).converted(result)
    }

    /// The greatest element along an axis, or of all; NaN if there is one.
    public static func max(_ x: some TensorConvertible, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        try max(x, axes: list(axis), keepdims: keepdims)
    }

    /// The greatest element over several axes; nil: of all.
    public static func max(_ x: some TensorConvertible, axes: [Int]?, keepdims: Bool = false) throws -> Tensor {
        let x = try x.tensor()
        return try reduce(x.dtype == .bool ? .any : .max, x, axes, keepdims, "max")
    }

    /// The least element along an axis, or of all; NaN if there is one.
    public static func min(_ x: some TensorConvertible, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        try min(x, axes: list(axis), keepdims: keepdims)
    }

    /// The least element over several axes; nil: of all.
    public static func min(_ x: some TensorConvertible, axes: [Int]?, keepdims: Bool = false) throws -> Tensor {
        let x = try x.tensor()
        return try reduce(x.dtype == .bool ? .all : .min, x, axes, keepdims, "min")
    }

    /// Whether one element is not 0.
    public static func any(_ x: some TensorConvertible, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        try any(x, axes: list(axis), keepdims: keepdims)
    }

    /// Whether one element is not 0, over several axes; nil: of all.
    public static func any(_ x: some TensorConvertible, axes: [Int]?, keepdims: Bool = false) throws -> Tensor {
        try reduce(.any, x.tensor(dtype: .bool), axes, keepdims, "any")
    }

    /// Whether no element is 0.
    public static func all(_ x: some TensorConvertible, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        try all(x, axes: list(axis), keepdims: keepdims)
    }

    /// Whether no element is 0, over several axes; nil: of all.
    public static func all(_ x: some TensorConvertible, axes: [Int]?, keepdims: Bool = false) throws -> Tensor {
        try reduce(.all, x.tensor(dtype: .bool), axes, keepdims, "all")
    }

    /// The number of elements that are not 0, int32.
    public static func countNonzero(_ x: some TensorConvertible, axis: Int? = nil) throws -> Tensor {
        try sum(x.tensor(dtype: .bool), axis: axis)
    }

    /// The mean squared distance from the mean (biased) along an axis, or of all.
    public static func `var`(_ x: some TensorConvertible, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        try `var`(x, axes: list(axis), keepdims: keepdims)
    }

    /// The variance over several axes; nil: of all.
    public static func `var`(_ x: some TensorConvertible, axes: [Int]?, keepdims: Bool = false) throws -> Tensor {
        let x = try x.tensor()
        let result = x.dtype.inexact
        let wide = try x.converted(Promotion.join([x.dtype, .float32]))
        let distance = try subtract(wide, mean(wide, axes: axes, keepdims: true))
        return try mean(multiply(distance, distance), axes: axes, keepdims: keepdims).converted(result)
    }

    /// The variance; the name that needs no backquotes.
    public static func variance(_ x: some TensorConvertible, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        try `var`(x, axis: axis, keepdims: keepdims)
    }

    /// The variance over several axes; nil: of all.
    public static func variance(_ x: some TensorConvertible, axes: [Int]?, keepdims: Bool = false) throws -> Tensor {
        try `var`(x, axes: axes, keepdims: keepdims)
    }

    /// The standard deviation (biased) along an axis, or of all.
    public static func std(_ x: some TensorConvertible, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        try sqrt(`var`(x, axis: axis, keepdims: keepdims))
    }

    /// The standard deviation over several axes; nil: of all.
    public static func std(_ x: some TensorConvertible, axes: [Int]?, keepdims: Bool = false) throws -> Tensor {
        try sqrt(`var`(x, axes: axes, keepdims: keepdims))
    }

    /// `log Σ eˣ` without overflow.
    public static func logsumexp(_ x: some TensorConvertible, axis: Int? = nil, keepdims: Bool = false) throws -> Tensor {
        try logsumexp(x, axes: list(axis), keepdims: keepdims)
    }

    /// `log Σ eˣ` over several axes; nil: over all.
    public static func logsumexp(_ x: some TensorConvertible, axes: [Int]?, keepdims: Bool = false) throws -> Tensor {
        let x = try real(x)
        let places = try Shaping.axes(axes, x.rank, "logsumexp")
        let greatest = try max(x, axes: places, keepdims: true)
        let shift = try stopGradient(where_(isfinite(greatest), greatest, greatest.filled(0)))
        let total = try log(sum(exp(subtract(x, shift)), axes: places, keepdims: true))
        let result = try add(total, shift)
        return keepdims ? result : try squeeze(result, axes: places)
    }

    /// Sums along an axis up to and with each element; of all in row-major order for nil.
    public static func cumsum(_ x: some TensorConvertible, axis: Int? = nil, dtype: DType? = nil) throws -> Tensor {
        try cumulative(.sum, x, axis, dtype, "cumsum")
    }

    /// Products along an axis up to and with each element; of all in row-major order for nil.
    public static func cumprod(_ x: some TensorConvertible, axis: Int? = nil, dtype: DType? = nil) throws -> Tensor {
        try cumulative(.product, x, axis, dtype, "cumprod")
    }

    private static func cumulative(_ operation: Cumulative, _ x: some TensorConvertible, _ axis: Int?, _ dtype: DType?, _ name: String) throws -> Tensor {
        var x = try x.tensor()
        x = try x.converted(dtype ?? (x.dtype == .bool ? .int32 : x.dtype))
        guard let axis else { return try cumulative(operation, x.reshaped([-1]), 0, nil, name) }
        return try .apply(.cumulative(operation, axis: Shaping.axis(axis, x.rank, name), reverse: false), x)
    }

    /// The mean weighted by `weights`, of x' shape or of the size of the axis.
    public static func average(_ x: some TensorConvertible, axis: Int? = nil, weights: (some TensorConvertible)? = Tensor?.none) throws -> Tensor {
        let x = try real(x)
        guard let weights else { return try mean(x, axis: axis) }
        var scale = try weights.tensor()
        if let axis, scale.rank == 1, x.rank != 1 {
            var shape = [Int](repeating: 1, count: x.rank)
            shape[try Shaping.axis(axis, x.rank, "average")] = scale.count
            scale = try scale.reshaped(shape)
        }
        let (a, b) = try Operands.matched(x, scale, "average", minimum: .floatingPoint)
        return try divide(sum(multiply(a, b), axis: axis), sum(b, axis: axis))
    }

    /// Mean and variance over axes together. float16 and bfloat16 are computed in float32.
    public static func moments(_ x: some TensorConvertible, axes: [Int], keepdims: Bool = false) throws -> (mean: Tensor, variance: Tensor) {
        let x = try real(x)
        let isHalf = x.dtype == .float16 || x.dtype == .bfloat16
        let wide = try isHalf ? x.converted(.float32) : x
        let average = try mean(wide, axes: axes, keepdims: true)
        let distance = try subtract(wide, average)
        var results = [average, try mean(multiply(distance, distance), axes: axes, keepdims: true)]
        if !keepdims { results = try results.map { try squeeze($0, axes: axes) } }
        if isHalf {
            let limit = DType.float16.greatest
            results = try results.map { try clip($0, -limit, limit).converted(x.dtype) }
        }
        return (results[0], results[1])
    }
}
