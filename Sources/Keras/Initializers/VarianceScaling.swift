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
    /// - Parameters:
    ///   - scale: above 0.
    ///   - inputAxes: the weight's axes that count inputs; with `outputAxes`: instead of the last two and a window before them.
    ///   - outputAxes: the weight's axes that count outputs.
    public static func varianceScaling(
        scale: Double = 1, mode: FanMode = .fanIn, distribution: ScaledDistribution = .truncatedNormal, seed: Int? = nil,
        inputAxes: [Int]? = nil, outputAxes: [Int]? = nil
    ) -> Initializer {
        let own: Config = ["scale": .double(scale), "mode": .string(mode.rawValue), "distribution": .string(distribution.rawValue)]
        return Scaling(name: "VarianceScaling", own: own, scale, mode, distribution, seed).initializer(inputAxes, outputAxes)
    }

    /// Evenly distributed within ±√(6 / (fan in + fan out)). Glorot and Bengio, 2010.
    public static func glorotUniform(seed: Int? = nil, inputAxes: [Int]? = nil, outputAxes: [Int]? = nil) -> Initializer {
        Scaling(name: "GlorotUniform", 1, .fanAverage, .uniform, seed).initializer(inputAxes, outputAxes)
    }

    /// Truncated normal with deviation √(2 / (fan in + fan out)). Glorot and Bengio, 2010.
    public static func glorotNormal(seed: Int? = nil, inputAxes: [Int]? = nil, outputAxes: [Int]? = nil) -> Initializer {
        Scaling(name: "GlorotNormal", 1, .fanAverage, .truncatedNormal, seed).initializer(inputAxes, outputAxes)
    }

    /// Evenly distributed within ±√(6 / fan in). He et al., 2015.
    public static func heUniform(seed: Int? = nil, inputAxes: [Int]? = nil, outputAxes: [Int]? = nil) -> Initializer {
        Scaling(name: "HeUniform", 2, .fanIn, .uniform, seed).initializer(inputAxes, outputAxes)
    }

    /// Truncated normal with deviation √(2 / fan in). He et al., 2015.
    public static func heNormal(seed: Int? = nil, inputAxes: [Int]? = nil, outputAxes: [Int]? = nil) -> Initializer {
        Scaling(name: "HeNormal", 2, .fanIn, .truncatedNormal, seed).initializer(inputAxes, outputAxes)
    }

    /// Evenly distributed within ±√(3 / fan in). LeCun et al., 1998.
    public static func lecunUniform(seed: Int? = nil, inputAxes: [Int]? = nil, outputAxes: [Int]? = nil) -> Initializer {
        Scaling(name: "LecunUniform", 1, .fanIn, .uniform, seed).initializer(inputAxes, outputAxes)
    }

    /// Truncated normal with deviation √(1 / fan in). LeCun et al., 1998.
    public static func lecunNormal(seed: Int? = nil, inputAxes: [Int]? = nil, outputAxes: [Int]? = nil) -> Initializer {
        Scaling(name: "LecunNormal", 1, .fanIn, .truncatedNormal, seed).initializer(inputAxes, outputAxes)
    }

    /// Inputs and outputs of one unit; for kernels of convolutions, `[…, in, out]`, times the size of the window.
    static func fans(_ shape: [Int], inputAxes: [Int]? = nil, outputAxes: [Int]? = nil) -> (fanIn: Double, fanOut: Double) {
        func size(_ axes: [Int]) -> Double { axes.reduce(1) { $0 * Double(shape[$1 < 0 ? $1 + shape.count : $1]) } }
        if let inputAxes, let outputAxes { return (size(inputAxes), size(outputAxes)) }
        switch shape.count {
        case 0: return (1, 1)
        case 1: return (Double(shape[0]), Double(shape[0]))
        default:
            let window = shape.dropLast(2).reduce(1.0) { $0 * Double($1) }
            return (Double(shape[shape.count - 2]) * window, Double(shape[shape.count - 1]) * window)
        }
    }

    static var scalingBuiltins: [(className: String, make: (Config) throws -> Initializer)] {
        func axes(_ config: Config) throws -> ([Int]?, [Int]?) {
            (try config.value("input_axes", default: nil), try config.value("output_axes", default: nil))
        }
        func preset(_ make: @escaping (Int?, [Int]?, [Int]?) -> Initializer) -> (Config) throws -> Initializer {
            { config in
                let (input, output) = try axes(config)
                return make(try config.seed(), input, output)
            }
        }
        return [
            ("VarianceScaling", { try .varianceScaling($0) }),
            ("GlorotUniform", preset(Initializer.glorotUniform)),
            ("GlorotNormal", preset(Initializer.glorotNormal)),
            ("HeUniform", preset(Initializer.heUniform)),
            ("HeNormal", preset(Initializer.heNormal)),
            ("LecunUniform", preset(Initializer.lecunUniform)),
            ("LecunNormal", preset(Initializer.lecunNormal)),
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
            scale: try config.value("scale", default: 1), mode: mode, distribution: distribution, seed: try config.seed(),
            inputAxes: try config.value("input_axes", default: nil), outputAxes: try config.value("output_axes", default: nil))
    }
}

/// What the initializers that scale with the size of a layer have in common.
private struct Scaling: Sendable {
    let name: String
    /// Settings that the name does not fix.
    let own: Config
    let scale: Double
    let mode: FanMode
    let distribution: ScaledDistribution
    let seed: Int?
    /// The seed that is used: drawn once, so that the same numbers come for other axes.
    let drawn: RandomSeed

    init(name: String, own: Config = [:], _ scale: Double, _ mode: FanMode, _ distribution: ScaledDistribution, _ seed: Int?) {
        self.name = name
        self.own = own
        self.scale = scale
        self.mode = mode
        self.distribution = distribution
        self.seed = seed
        drawn = seed.orDrawn
    }

    func initializer(_ inputAxes: [Int]?, _ outputAxes: [Int]?) -> Initializer {
        let seeded: Config = ["seed": seed.configValue]
        let axes: Config = ["input_axes": inputAxes.configValue, "output_axes": outputAxes.configValue]
        let config = seeded.merging(own).merging(axes)
        let make: @Sendable ([Int], DType) throws -> Tensor = { shape, dtype in try values(shape, dtype, inputAxes, outputAxes) }
        if inputAxes != nil, outputAxes != nil { return Initializer(builtin: name, config, make) }
        return Initializer(builtin: name, config, withFanAxes: { input, output in initializer(input, output) }, make)
    }

    private func values(_ shape: [Int], _ dtype: DType, _ inputAxes: [Int]?, _ outputAxes: [Int]?) throws -> Tensor {
        func wrong(_ argument: String, _ expected: String, _ got: Any) -> KerasError {
            .invalidSetting(object: "The \(name) initializer", argument: argument, expected: expected, got: "\(got)")
        }
        guard scale > 0, scale.isFinite else { throw wrong("scale", "a finite number above 0", scale) }
        for (argument, axes) in [("inputAxes", inputAxes), ("outputAxes", outputAxes)] {
            let valid = -shape.count..<shape.count
            guard (axes ?? []).allSatisfy(valid.contains) else { throw wrong(argument, "axes of the weight's shape \(shape)", axes ?? []) }
        }
        let (fanIn, fanOut) = Initializer.fans(shape, inputAxes: inputAxes, outputAxes: outputAxes)
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
