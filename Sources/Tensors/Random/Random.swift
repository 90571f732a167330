/// Random numbers. Each function is a pure function of its key: the same key gives the same numbers on every engine and
/// thread count, and the numbers that Keras draws on JAX (bit for bit for whole and uniform numbers of 32 bits and less).
///
/// Without a seed, keys come from a global generator (`setRandomSeed`).
///
/// ```swift
/// let x = try random.uniform([2, 3], minval: -1, maxval: 1, seed: 7)
/// ```
///
/// Keras: `keras.random`.
public enum random {}

extension random {
    /// The key of a draw.
    private static func key(_ seed: RandomSeed?) throws -> Tensor {
        try seed?.key() ?? globalSeedGenerator().next(ordered: false)
    }

    /// Evenly distributed bits of an unsigned integer type.
    private static func bits(_ key: Tensor, _ shape: [Int], _ dtype: DType) throws -> Tensor {
        if dtype == .uint64 {
            let keys = try Threefry.split(key)
            let words = try keys.map { try Tensor.apply(.randomBits(shape), $0).converted(.uint64) }
            return try ops.bitwiseOr(ops.leftShift(words[0], 32), words[1])
        }
        let words = try Tensor.apply(.randomBits(shape), key)
        guard dtype.byteCount < 4 else { return words }
        // The lower bits: conversion saturates.
        return try ops.bitwiseAnd(words, words.filled(dtype.greatest)).converted(dtype)
    }

    private static func check(_ shape: [Int], _ dtype: DType, _ name: String) throws {
        _ = try TensorType(checking: shape, .float64)
        guard dtype.isFloatingPoint else { throw TensorError.notFloatingPoint(operation: "random.\(name)", dtype: dtype) }
    }

    /// Uniform in `0 ..< 1`: random bits of the mantissa.
    private static func unit(_ key: Tensor, _ shape: [Int], _ dtype: DType) throws -> Tensor {
        let unsigned: DType, mantissa: Int, one: Double, drawn: Int
        switch dtype {
        case .float16: (unsigned, mantissa, one, drawn) = (.uint16, 10, 0x3c00, 16)
        case .bfloat16: (unsigned, mantissa, one, drawn) = (.uint16, 7, 0x3f80, 8)
        case .float64: (unsigned, mantissa, one, drawn) = (.uint64, 52, Double(0x3ff0_0000_0000_0000 as UInt64), 64)
        default: (unsigned, mantissa, one, drawn) = (.uint32, 23, Double(0x3f80_0000 as UInt32), 32)
        }
        let raw = try drawn == 8 ? bits(key, shape, .uint8).converted(unsigned) : bits(key, shape, unsigned)
        let fraction = try Tensor.apply(.binary(.shiftRightLogical), raw, raw.filled(Double(drawn - mantissa)))
        let number = try Tensor.apply(.bitcast(dtype), .apply(.binary(.or), fraction, fraction.filled(one)))
        return try ops.subtract(number, 1)
    }

    private static func uniform(_ key: Tensor, _ shape: [Int], _ low: Double, _ high: Double, _ dtype: DType) throws -> Tensor {
        let minimum = try Tensor(low, dtype: dtype), span = try ops.subtract(Tensor(high, dtype: dtype), minimum)
        return try ops.maximum(ops.add(ops.multiply(unit(key, shape, dtype), span), minimum), minimum)
    }

    /// Uniform in `minval ..< maxval`. Default type: `floatx()`.
    public static func uniform(
        _ shape: [Int], minval: Double = 0, maxval: Double = 1, dtype: DType? = nil, seed: RandomSeed? = nil
    ) throws -> Tensor {
        let dtype = dtype ?? floatx()
        try check(shape, dtype, "uniform")
        return try uniform(key(seed), shape, minval, maxval, dtype)
    }

    /// Normally distributed.
    public static func normal(
        _ shape: [Int], mean: Double = 0, stddev: Double = 1, dtype: DType? = nil, seed: RandomSeed? = nil
    ) throws -> Tensor {
        let dtype = dtype ?? floatx()
        try check(shape, dtype, "normal")
        let u = try uniform(key(seed), shape, dtype.aboveMinusOne, 1, dtype)
        let sample = try ops.multiply(ops.erfinv(u), 2.0.squareRoot())
        return try ops.add(ops.multiply(sample, stddev), mean)
    }

    /// Normally distributed, within two standard deviations of the mean.
    public static func truncatedNormal(
        _ shape: [Int], mean: Double = 0, stddev: Double = 1, dtype: DType? = nil, seed: RandomSeed? = nil
    ) throws -> Tensor {
        let dtype = dtype ?? floatx()
        try check(shape, dtype, "truncatedNormal")
        // erf(2 / √2), as arithmetic of the type gives it.
        let bound = switch dtype {
        case .float16: 0.95458984375
        case .bfloat16: 0.953125
        case .float64: 0.9544997361036416
        default: Double(Float(bitPattern: 0x3f74_5a18))
        }
        let u = try uniform(key(seed), shape, -bound, bound, dtype)
        let sample = try ops.multiply(ops.erfinv(u), 2.0.squareRoot())
        let limit = dtype.belowTwo
        return try ops.add(ops.multiply(ops.clip(sample, -limit, limit), stddev), mean)
    }

    /// Whole numbers in `minval ..< maxval`, evenly distributed.
    ///
    /// - Throws: `TensorError.argument` for a type that is no integer type, `.integerOverflow` for bounds beyond it.
    public static func randint(_ shape: [Int], minval: Int, maxval: Int, dtype: DType = .int32, seed: RandomSeed? = nil) throws -> Tensor {
        _ = try TensorType(checking: shape, .float64)
        guard dtype.isInteger else { throw TensorError.argument(operation: "random.randint", detail: "\(dtype) is no integer type") }
        try dtype.check(holds: minval)
        if maxval > minval { try dtype.check(holds: maxval - 1) }
        // Small types are drawn in 32 bits, as JAX does.
        let drawn = dtype.byteCount < 4 ? DType.int32 : dtype
        let unsigned = drawn.unsigned
        let keys = try Threefry.split(key(seed))
        let high = try bits(keys[0], shape, unsigned), low = try bits(keys[1], shape, unsigned)
        // Twice as many bits as needed, so that the remainder is nearly even: (high · 2ⁿ + low) mod span.
        let span = maxval > minval ? UInt64(truncatingIfNeeded: maxval &- minval) : 1
        let width = UInt64(drawn.byteCount * 8)
        let mask = width == 64 ? UInt64.max : (1 << width) - 1
        var offset: Tensor
        if span & mask == 0 {
            // All numbers of the type: JAX' remainder by a span of 0 changes nothing.
            offset = low
        } else {
            let half = ((1 as UInt64) << (width / 2)) % span
            let multiplier = (half &* half & mask) % span
            let divisor = try Tensor(span, dtype: unsigned), factor = try Tensor(multiplier, dtype: unsigned)
            offset = try ops.mod(ops.add(ops.multiply(ops.mod(high, divisor), factor), ops.mod(low, divisor)), divisor)
        }
        let signed = try drawn == unsigned ? offset : Tensor.apply(.bitcast(drawn), offset)
        return try ops.add(signed, minval).converted(dtype)
    }

    /// 0 or 1, with the given probability of 1. Keras has no such function; its dropout draws so.
    public static func bernoulli(_ shape: [Int], probability: Double = 0.5, dtype: DType? = nil, seed: RandomSeed? = nil) throws -> Tensor {
        let dtype = dtype ?? floatx()
        return try mask(key(seed), shape, probability).converted(dtype)
    }

    private static func mask(_ key: Tensor, _ shape: [Int], _ probability: Double) throws -> Tensor {
        _ = try TensorType(checking: shape, .float64)
        return try ops.less(unit(key, shape, .float32), Tensor(probability, dtype: .float32))
    }

    /// x with each element set to 0 with probability `rate`, the others divided by `1 - rate`.
    ///
    /// - Parameter noiseShape: the shape of the mask, which is broadcast; nil in a place: x' size there.
    /// - Throws: `TensorError.argument` unless the rate lies in `0 ... 1`.
    public static func dropout(
        _ x: some TensorConvertible, rate: Double, noiseShape: [Int?]? = nil, seed: RandomSeed? = nil
    ) throws -> Tensor {
        let x = try x.tensor()
        guard rate >= 0, rate <= 1 else { throw TensorError.argument(operation: "random.dropout", detail: "the rate lies in 0 … 1, \(rate) does not") }
        if rate == 0 { return x }
        if rate == 1 { return try x.filled(0) }
        var shape = x.shape
        if let noiseShape {
            guard noiseShape.count == x.rank else {
                throw TensorError.argument(operation: "random.dropout", detail: "the noise shape has rank \(noiseShape.count), x \(x.rank)")
            }
            shape = zip(noiseShape, x.shape).map { $0 ?? $1 }
        }
        let keep = 1 - rate
        let kept = try mask(key(seed), shape, keep).broadcast(to: x.shape, "random.dropout")
        // The reciprocal, as XLA divides by a number.
        return try ops.where(kept, ops.multiply(x, Double(1 / Float(keep))), x.filled(0))
    }

    /// Classes drawn by unnormalised log-probabilities.
    ///
    /// - Parameters: logits: `[batch, classes]`; count: draws for each row.
    /// - Returns: `[batch, count]`.
    public static func categorical(
        _ logits: some TensorConvertible, _ count: Int, dtype: DType = .int32, seed: RandomSeed? = nil
    ) throws -> Tensor {
        let logits = try ops.real(logits)
        guard logits.rank == 2 else { throw GraphError.rank(operation: "random.categorical", expected: "[batch, classes]", got: logits.shape) }
        let shape = logits.shape + [count]
        try check(shape, logits.dtype, "categorical")
        let u = try uniform(key(seed), shape, logits.dtype.leastNormal, 1, logits.dtype)
        let gumbel = try ops.negative(ops.log(ops.negative(ops.log(u))))
        return try ops.argmax(ops.add(gumbel, ops.expandDims(logits, axis: -1)), axis: 1).converted(dtype)
    }

    /// The slices along an axis, each row of them in a random order of its own.
    public static func shuffle(_ x: some TensorConvertible, axis: Int = 0, seed: RandomSeed? = nil) throws -> Tensor {
        var x = try x.tensor()
        let place = try Shaping.axis(axis, x.rank, "random.shuffle")
        var key = try key(seed)
        // As many sorts by random keys as make equal orders of two elements improbable.
        let rounds = Int((3 * logarithm(Double(Swift.max(1, x.count))) / logarithm(Double(UInt32.max))).rounded(.up))
        for _ in 0..<rounds {
            let keys = try Threefry.split(key)
            key = keys[0]
            let order = try Tensor.applyAll(.sort(axis: place, descending: false), [.apply(.randomBits(x.shape), keys[1])])[1]
            x = try ops.takeAlongAxis(x, order, axis: place)
        }
        return x
    }
}

extension DType {
    fileprivate var unsigned: DType {
        switch byteCount {
        case 1: .uint8
        case 2: .uint16
        case 4: .uint32
        default: .uint64
        }
    }

    /// The number next to -1 towards 0.
    fileprivate var aboveMinusOne: Double {
        switch self {
        case .float16: -1 + 0x1p-11
        case .bfloat16: -1 + 0x1p-8
        case .float64: (-1.0).nextUp
        default: Double((-1 as Float).nextUp)
        }
    }

    /// The number next to 2 towards 0.
    fileprivate var belowTwo: Double {
        switch self {
        case .float16: 2 - 0x1p-10
        case .bfloat16: 2 - 0x1p-7
        case .float64: 2.0.nextDown
        default: Double((2 as Float).nextDown)
        }
    }
}
