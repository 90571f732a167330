/// Which of a weight's fans ``Initializer/varianceScaling(scale:mode:distribution:seed:)`` divides by.
public enum FanMode: String, CaseIterable, Sendable {
    case fanIn = "fan_in"
    case fanOut = "fan_out"
    case fanAverage = "fan_avg"
}

/// How ``Initializer/varianceScaling(scale:mode:distribution:seed:)`` draws.
public enum ScaledDistribution: String, CaseIterable, Sendable {
    case truncatedNormal = "truncated_normal"
    case untruncatedNormal = "untruncated_normal"
    case uniform
}

extension Initializer {
    /// Numbers whose variance is `scale / n`, where `n` is the number of inputs or outputs of a unit, or the mean of both.
    ///
    /// - Parameter scale: above 0.
    public static func varianceScaling(
        scale: Double = 1, mode: FanMode = .fanIn, distribution: ScaledDistribution = .truncatedNormal, seed: Int? = nil
    ) -> Initializer {
        let config: Config = [
            "seed": seed.configValue, "scale": .double(scale), "mode": .string(mode.rawValue), "distribution": .string(distribution.rawValue),
            "input_axes": nil, "output_axes": nil,
        ]
        return scaling("VarianceScaling", config, scale, mode, distribution, seed)
    }

    /// Evenly distributed within ±√(6 / (fan in + fan out)). Glorot and Bengio, 2010.
    public static func glorotUniform(seed: Int? = nil) -> Initializer { preset("GlorotUniform", 1, .fanAverage, .uniform, seed) }
    /// Truncated normal with deviation √(2 / (fan in + fan out)). Glorot and Bengio, 2010.
    public static func glorotNormal(seed: Int? = nil) -> Initializer { preset("GlorotNormal", 1, .fanAverage, .truncatedNormal, seed) }
    /// Evenly distributed within ±√(6 / fan in). He et al., 2015.
    public static func heUniform(seed: Int? = nil) -> Initializer { preset("HeUniform", 2, .fanIn, .uniform, seed) }
    /// Truncated normal with deviation √(2 / fan in). He et al., 2015.
    public static func heNormal(seed: Int? = nil) -> Initializer { preset("HeNormal", 2, .fanIn, .truncatedNormal, seed) }
    /// Evenly distributed within ±√(3 / fan in). LeCun et al., 1998.
    public static func lecunUniform(seed: Int? = nil) -> Initializer { preset("LecunUniform", 1, .fanIn, .uniform, seed) }
    /// Truncated normal with deviation √(1 / fan in). LeCun et al., 1998.
    public static func lecunNormal(seed: Int? = nil) -> Initializer { preset("LecunNormal", 1, .fanIn, .truncatedNormal, seed) }

    private static func preset(
        _ name: String, _ scale: Double, _ mode: FanMode, _ distribution: ScaledDistribution, _ seed: Int?
    ) -> Initializer {
        scaling(name, ["seed": seed.configValue, "input_axes": nil, "output_axes": nil], scale, mode, distribution, seed)
    }

    private static func scaling(
        _ name: String, _ config: Config, _ scale: Double, _ mode: FanMode, _ distribution: ScaledDistribution, _ seed: Int?
    ) -> Initializer {
        let drawn = seed.orDrawn
        return Initializer(builtin: name, config) { shape, dtype in
            guard scale > 0, scale.isFinite else {
                throw KerasError.invalidSetting(
                    object: "The \(name) initializer", argument: "scale", expected: "a finite number above 0", got: "\(scale)")
            }
            let (fanIn, fanOut) = fans(shape)
            let fan =
                switch mode {
                case .fanIn: fanIn
                case .fanOut: fanOut
                case .fanAverage: (fanIn + fanOut) / 2
                }
            let variance = scale / max(1, fan)
            switch distribution {
            case .truncatedNormal:
                // The deviation of a standard normal cut off at ±2.
                let stddev = variance.squareRoot() / 0.87962566103423978
                return try random.truncatedNormal(shape, mean: 0, stddev: stddev, dtype: dtype, seed: drawn)
            case .untruncatedNormal:
                return try random.normal(shape, mean: 0, stddev: variance.squareRoot(), dtype: dtype, seed: drawn)
            case .uniform:
                let limit = (3 * variance).squareRoot()
                return try random.uniform(shape, minval: -limit, maxval: limit, dtype: dtype, seed: drawn)
            }
        }
    }

    /// Inputs and outputs of one unit; for kernels of convolutions, `[…, in, out]`, times the size of the window.
    static func fans(_ shape: [Int]) -> (fanIn: Double, fanOut: Double) {
        switch shape.count {
        case 0: return (1, 1)
        case 1: return (Double(shape[0]), Double(shape[0]))
        default:
            let window = shape.dropLast(2).reduce(1.0) { $0 * Double($1) }
            return (Double(shape[shape.count - 2]) * window, Double(shape[shape.count - 1]) * window)
        }
    }

    static var scalingBuiltins: [(className: String, make: (Config) throws -> Initializer)] {
        [
            ("VarianceScaling", { try .varianceScaling($0) }),
            ("GlorotUniform", { .glorotUniform(seed: try $0.seed()) }),
            ("GlorotNormal", { .glorotNormal(seed: try $0.seed()) }),
            ("HeUniform", { .heUniform(seed: try $0.seed()) }),
            ("HeNormal", { .heNormal(seed: try $0.seed()) }),
            ("LecunUniform", { .lecunUniform(seed: try $0.seed()) }),
            ("LecunNormal", { .lecunNormal(seed: try $0.seed()) }),
        ]
    }

    private static func varianceScaling(_ config: Config) throws -> Initializer {
        let modeName = try config.value("mode", default: FanMode.fanIn.rawValue)
        guard let mode = FanMode(rawValue: modeName) else {
            throw KerasError.unknownName(kind: "mode of VarianceScaling", name: modeName, known: FanMode.allCases.map(\.rawValue))
        }
        var name = try config.value("distribution", default: ScaledDistribution.truncatedNormal.rawValue)
        if name == "normal" { name = ScaledDistribution.truncatedNormal.rawValue }
        guard let distribution = ScaledDistribution(rawValue: name) else {
            throw KerasError.unknownName(
                kind: "distribution of VarianceScaling", name: name, known: ScaledDistribution.allCases.map(\.rawValue))
        }
        return .varianceScaling(
            scale: try config.value("scale", default: 1), mode: mode, distribution: distribution, seed: try config.seed())
    }
}
