/// Layer and batch normalisation. Statistics of half-precision numbers are taken in float32.
extension Decomposition {
    static func layerNormalization(_ x: Value, gamma: Value, beta: Value, axes: Int, epsilon: Double) throws -> [Value] {
        let reduced = Array((x.type.rank - axes)..<x.type.rank)
        let wide = try widened(x)
        let mean = try average(wide, axes: reduced)
        let centred = try wide - mean.expanded(x.shape, over: reduced)
        let scale = try (average(centred.squared(), axes: reduced) + epsilon).rsqrt()
        let normal = try centred * scale.expanded(x.shape, over: reduced)
        let y = try normal * widened(gamma).broadcastTrailing(x.shape) + widened(beta).broadcastTrailing(x.shape)
        return try [y, mean, scale].map { try $0.converted(to: x.dtype) }
    }

    static func layerNormalizationGradient(_ x: Value, gamma: Value, mean: Value, scale: Value, gradient: Value, axes: Int) throws -> [Value] {
        let trailing = Array((x.type.rank - axes)..<x.type.rank)
        return try normalizationGradient(x, gamma: gamma, mean: mean, scale: widened(scale), gradient: gradient,
                                         statistics: trailing, weights: Array(0..<(x.type.rank - axes)))
    }

    static func batchNormalization(_ x: Value, gamma: Value, beta: Value, epsilon: Double) throws -> [Value] {
        let reduced = Array(0..<(x.type.rank - 1))
        let wide = try widened(x)
        let mean = try average(wide, axes: reduced)
        let centred = try wide - mean.broadcastTrailing(x.shape)
        let variance = try average(centred.squared(), axes: reduced)
        let factor = try (variance + epsilon).rsqrt() * widened(gamma)
        let y = try centred * factor.broadcastTrailing(x.shape) + widened(beta).broadcastTrailing(x.shape)
        return try [y, mean, variance].map { try $0.converted(to: x.dtype) }
    }

    static func batchNormalizationGradient(_ x: Value, gamma: Value, mean: Value, variance: Value, gradient: Value, epsilon: Double) throws -> [Value] {
        let reduced = Array(0..<(x.type.rank - 1))
        let scale = try (widened(variance) + epsilon).rsqrt()
        return try normalizationGradient(x, gamma: gamma, mean: mean, scale: scale, gradient: gradient, statistics: reduced, weights: reduced)
    }

    /// With `n = (x - mean) · scale` and `d = gradient · gamma`:
    /// x gets `scale · (d - avg d - n · avg(d · n))`, gamma `Σ gradient · n`, beta `Σ gradient`.
    ///
    /// Averages run over the axes `statistics`, the weights' sums over the axes `weights`.
    private static func normalizationGradient(
        _ x: Value, gamma: Value, mean: Value, scale: Value, gradient: Value, statistics: [Int], weights: [Int]
    ) throws -> [Value] {
        let (shape, g) = (x.shape, try widened(gradient))
        func spread(_ value: Value) throws -> Value { try value.expanded(shape, over: statistics) }
        let wideScale = try spread(scale)
        let normal = try (widened(x) - spread(widened(mean))) * wideScale
        let d = try g * widened(gamma).expanded(shape, over: weights)
        let inner = try d - spread(average(d, axes: statistics)) - normal * spread(average(d * normal, axes: statistics))
        let gradients = try [wideScale * inner, (g * normal).sum(axes: weights), g.sum(axes: weights)]
        return try gradients.map { try $0.converted(to: x.dtype) }
    }

    private static func average(_ x: Value, axes: [Int]) throws -> Value {
        let count = axes.reduce(1) { $0 * x.shape[$1] }
        return try x.sum(axes: axes) * (1 / Double(count))
    }

    /// In float32 at least.
    private static func widened(_ x: Value) throws -> Value {
        x.dtype == .float16 || x.dtype == .bfloat16 ? try x.converted(to: .float32) : x
    }
}
