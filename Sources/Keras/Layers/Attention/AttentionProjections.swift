/// The settings of the projections inside an attention layer with several heads.
struct AttentionProjections {
    var useBias: Bool
    var kernelInitializer: Initializer
    var biasInitializer: Initializer
    var kernelRegularizer: Regularizer?
    var biasRegularizer: Regularizer?
    var kernelConstraint: Constraint?
    var biasConstraint: Constraint?

    init(
        useBias: Bool, kernelInitializer: Initializer, biasInitializer: Initializer, kernelRegularizer: Regularizer?,
        biasRegularizer: Regularizer?, kernelConstraint: Constraint?, biasConstraint: Constraint?
    ) {
        self.useBias = useBias
        self.kernelInitializer = kernelInitializer
        self.biasInitializer = biasInitializer
        self.kernelRegularizer = kernelRegularizer
        self.biasRegularizer = biasRegularizer
        self.kernelConstraint = kernelConstraint
        self.biasConstraint = biasConstraint
    }

    init(_ config: Config) throws {
        useBias = try config.value("use_bias", default: true)
        kernelInitializer = try config.function("kernel_initializer", default: .glorotUniform())
        biasInitializer = try config.function("bias_initializer", default: .zeros)
        kernelRegularizer = try config.function("kernel_regularizer")
        biasRegularizer = try config.function("bias_regularizer")
        kernelConstraint = try config.function("kernel_constraint")
        biasConstraint = try config.function("bias_constraint")
    }

    var config: Config {
        [
            "use_bias": .bool(useBias), "kernel_initializer": kernelInitializer.configValue,
            "bias_initializer": biasInitializer.configValue, "kernel_regularizer": kernelRegularizer.configValue,
            "bias_regularizer": biasRegularizer.configValue, "kernel_constraint": kernelConstraint.configValue,
            "bias_constraint": biasConstraint.configValue,
        ]
    }

    /// A projection of the last `bound` axes after `free` others to axes of the given sizes.
    func dense(
        _ name: String, free: Int, bound: Int = 1, sizes: [Int], activation: ActivationFunction = .linear, in layer: Layer
    ) -> EinsumDense {
        let letters = EinsumLetters.first(free + bound + sizes.count)
        let (kept, summed, made) = (letters.prefix(free), letters.dropFirst(free).prefix(bound), letters.suffix(sizes.count))
        func text(_ parts: ArraySlice<Character>...) -> String { String(parts.joined()) }
        return EinsumDense(
            "\(text(kept, summed)),\(text(summed, made))->\(text(kept, made))",
            outputShape: Shape([Int?](repeating: nil, count: max(free - 1, 0)) + sizes), activation: activation,
            biasAxes: useBias ? text(made) : nil, kernelInitializer: kernelInitializer.fresh(), biasInitializer: biasInitializer.fresh(),
            kernelRegularizer: kernelRegularizer, biasRegularizer: biasRegularizer, activityRegularizer: layer.activityRegularizer,
            kernelConstraint: kernelConstraint, biasConstraint: biasConstraint, name: name, trainable: layer.trainable,
            dtype: layer.dtypePolicy)
    }
}

/// Letters for the axes of an equation.
enum EinsumLetters {
    /// The first letters of the alphabet; what is beyond it no equation takes.
    static func first(_ count: Int) -> [Character] {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return (0..<count).map { $0 < alphabet.count ? alphabet[$0] : "?" }
    }
}
