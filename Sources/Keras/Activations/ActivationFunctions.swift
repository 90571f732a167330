extension ActivationFunction {
    /// `x`.
    public static let linear = ActivationFunction(builtin: "linear") { $0 }
    /// `max(x, 0)`.
    public static let relu = ActivationFunction(builtin: "relu") { try ops.relu($0) }
    /// `x` where above 0, else `0.2 · x`.
    public static let leakyRelu = ActivationFunction(builtin: "leaky_relu") { try ops.leakyRelu($0) }
    /// `min(max(x, 0), 6)`.
    public static let relu6 = ActivationFunction(builtin: "relu6") { try ops.relu6($0) }
    /// `exp(x) / Σ exp(x)` along the last axis.
    public static let softmax = ActivationFunction(builtin: "softmax") { try ops.softmax($0) }
    /// `log softmax(x)` along the last axis.
    public static let logSoftmax = ActivationFunction(builtin: "log_softmax") { try ops.logSoftmax($0) }
    /// `x` where above 0, else `exp(x) - 1`, continuously differentiable.
    public static let celu = ActivationFunction(builtin: "celu") { try ops.celu($0) }
    /// `x` where above 0, else `exp(x) - 1`.
    public static let elu = ActivationFunction(builtin: "elu") { try ops.elu($0) }
    /// `elu` scaled so that mean 0 and variance 1 are kept. Klambauer et al., 2017.
    public static let selu = ActivationFunction(builtin: "selu") { try ops.selu($0) }
    /// `log(1 + exp(x))`.
    public static let softplus = ActivationFunction(builtin: "softplus") { try ops.softplus($0) }
    /// `x / (1 + |x|)`.
    public static let softsign = ActivationFunction(builtin: "softsign") { try ops.softsign($0) }
    /// `(x + √(x² + 4)) / 2`.
    public static let squareplus = ActivationFunction(builtin: "squareplus") { try ops.squareplus($0) }
    /// `x ∓ 0.5` beyond ±0.5, else 0.
    public static let softShrink = ActivationFunction(builtin: "soft_shrink") { try ops.softShrink($0) }
    /// 0 up to -1, `x` from 1, `(x + 1)² / 4` between.
    public static let sparsePlus = ActivationFunction(builtin: "sparse_plus") { try ops.sparsePlus($0) }
    /// `x · sigmoid(x)`, also called swish.
    public static let silu = ActivationFunction(builtin: "silu") { try ops.silu($0) }
    /// `x · Φ(x)`, exactly.
    public static let gelu = ActivationFunction(builtin: "gelu") { try ops.gelu($0, approximate: false) }
    /// The first half of the last axis times the sigmoid of the second.
    public static let glu = ActivationFunction(builtin: "glu") { try ops.glu($0) }
    /// `tanh(x)`.
    public static let tanh = ActivationFunction(builtin: "tanh") { try ops.tanh($0) }
    /// `x - tanh(x)`.
    public static let tanhShrink = ActivationFunction(builtin: "tanh_shrink") { try ops.tanhShrink($0) }
    /// `1 / (1 + exp(-x))`.
    public static let sigmoid = ActivationFunction(builtin: "sigmoid") { try ops.sigmoid($0) }
    /// 0 up to -1, 1 from 1, `(x + 1) / 2` between.
    public static let sparseSigmoid = ActivationFunction(builtin: "sparse_sigmoid") { try ops.sparseSigmoid($0) }
    /// `exp(x)`.
    public static let exponential = ActivationFunction(builtin: "exponential") { try ops.exp($0) }
    /// `x / 6 + 0.5` within 0 … 1.
    public static let hardSigmoid = ActivationFunction(builtin: "hard_sigmoid") { try ops.hardSigmoid($0) }
    /// `x · hardSigmoid(x)`, also called hard swish.
    public static let hardSilu = ActivationFunction(builtin: "hard_silu") { try ops.hardSilu($0) }
    /// `x` within -1 … 1.
    public static let hardTanh = ActivationFunction(builtin: "hard_tanh") { try ops.hardTanh($0) }
    /// `x` beyond ±0.5, else 0.
    public static let hardShrink = ActivationFunction(builtin: "hard_shrink") { try ops.hardShrink($0) }
    /// `x · tanh(softplus(x))`. Misra, 2019.
    public static let mish = ActivationFunction(builtin: "mish") { try ops.mish($0) }
    /// `log sigmoid(x)`.
    public static let logSigmoid = ActivationFunction(builtin: "log_sigmoid") { try ops.logSigmoid($0) }
    /// Like softmax, with many results exactly 0, as Keras computes it; see `ops.sparsemax`. After Martins and Astudillo, 2016.
    public static let sparsemax = ActivationFunction(builtin: "sparsemax") { try ops.sparsemax($0) }
    /// `x` where above `threshold`, else `value`.
    public static func threshold(_ threshold: Double, value: Double) -> ActivationFunction {
        ActivationFunction(builtin: "threshold") { try ops.threshold($0, threshold, defaultValue: value) }
    }

    /// All functions that a name alone describes.
    package static let all: [ActivationFunction] = [
        .relu, .leakyRelu, .relu6, .softmax, .celu, .elu, .selu, .softplus, .softsign, .squareplus, .softShrink, .sparsePlus, .silu, .gelu,
        .glu, .tanh, .tanhShrink, .sigmoid, .sparseSigmoid, .exponential, .hardSigmoid, .hardSilu, .hardTanh, .hardShrink, .linear, .mish,
        .logSoftmax, .logSigmoid, .sparsemax,
    ]
}
