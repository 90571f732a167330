/// A dense layer over any axes, named by Einstein's summation: `activation(einsum(equation, inputs, kernel) + bias)`.
///
/// - Input and output: as the equation names them: `"ab,bc->ac"`, `"...x,xy->...y"` (any axes before), `"ab...,bc->ac..."` (any behind).
/// - Weights: `kernel`, of the sizes of its axes; `bias`, of the sizes of `biasAxes`, 1 for output axes between them.
/// - Throws: `KerasError.invalidArgument` for an equation that cannot be read; `.incompatibleInput` for a rank that does not fit it;
///   `.unknownDimension` if the size of a kernel's axis is `nil`.
/// - Source: `keras.layers.EinsumDense`.
///
/// ```swift
/// let x = Input(shape: [32, 128])
/// let y = try EinsumDense("abc,cd->abd", outputShape: [nil, 64], biasAxes: "d")(x)      // [nil, 32, 64]
/// let z = try EinsumDense("...x,xy->...y", outputShape: 64, biasAxes: "y")(x)           // [nil, 32, 64]
/// ```
public final class EinsumDense: Layer {
    public let equation: String
    /// The output's shape without the batch, and without the axes of an ellipsis; `nil` where the input says it.
    public let outputShape: Shape
    public let activation: ActivationFunction
    /// The output's axes that have a bias of their own, by letter; `nil`: no bias.
    public let biasAxes: String?
    public let kernelInitializer: Initializer
    public let biasInitializer: Initializer
    public let kernelRegularizer: Regularizer?
    public let biasRegularizer: Regularizer?
    public let kernelConstraint: Constraint?
    public let biasConstraint: Constraint?
    public private(set) var kernel: Variable?
    public private(set) var bias: Variable?

    public init(
        _ equation: String, outputShape: Shape, activation: ActivationFunction = .linear, biasAxes: String? = nil,
        kernelInitializer: Initializer = .glorotUniform(), biasInitializer: Initializer = .zeros, kernelRegularizer: Regularizer? = nil,
        biasRegularizer: Regularizer? = nil, activityRegularizer: Regularizer? = nil, kernelConstraint: Constraint? = nil,
        biasConstraint: Constraint? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.equation = equation
        self.outputShape = outputShape
        self.activation = activation
        self.biasAxes = biasAxes
        self.kernelInitializer = kernelInitializer
        self.biasInitializer = biasInitializer
        self.kernelRegularizer = kernelRegularizer
        self.biasRegularizer = biasRegularizer
        self.kernelConstraint = kernelConstraint
        self.biasConstraint = biasConstraint
        super.init(name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
        prepare()
    }

    /// A layer whose output has one axis that is not the batch's.
    public convenience init(
        _ equation: String, outputShape size: Int, activation: ActivationFunction = .linear, biasAxes: String? = nil,
        kernelInitializer: Initializer = .glorotUniform(), biasInitializer: Initializer = .zeros, kernelRegularizer: Regularizer? = nil,
        biasRegularizer: Regularizer? = nil, activityRegularizer: Regularizer? = nil, kernelConstraint: Constraint? = nil,
        biasConstraint: Constraint? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.init(
            equation, outputShape: [size], activation: activation, biasAxes: biasAxes, kernelInitializer: kernelInitializer,
            biasInitializer: biasInitializer, kernelRegularizer: kernelRegularizer, biasRegularizer: biasRegularizer,
            activityRegularizer: activityRegularizer, kernelConstraint: kernelConstraint, biasConstraint: biasConstraint, name: name,
            trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws {
        equation = try config.string("equation")
        outputShape = if case .int(let size)? = config["output_shape"] { [size] } else { try config.value("output_shape") }
        activation = try ActivationFunction(config: config["activation"])
        biasAxes = try config.value("bias_axes", default: nil)
        kernelInitializer = try config.function("kernel_initializer", default: .glorotUniform())
        biasInitializer = try config.function("bias_initializer", default: .zeros)
        kernelRegularizer = try config.function("kernel_regularizer")
        biasRegularizer = try config.function("bias_regularizer")
        kernelConstraint = try config.function("kernel_constraint")
        biasConstraint = try config.function("bias_constraint")
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        remember {
            let terms = try EinsumTerms(equation, for: place)
            try terms.check(biasAxes: biasAxes, for: place)
            require(outputShape.sizes.allSatisfy { ($0 ?? 1) > 0 }, "outputShape", "of sizes that are nil or 1 or more", got: outputShape)
            inputSpec = [terms.inputSpec]
        }
    }

    override public func build(inputShape: Shape) throws {
        let shapes = try EinsumTerms(equation, for: place).shapes(input: inputShape, output: outputShape, biasAxes: biasAxes, for: self)
        kernel = try addWeight(
            "kernel", shape: shapes.kernel,
            initializer: kernelInitializer.scaled(inputAxes: shapes.inputAxes, outputAxes: shapes.outputAxes),
            regularizer: kernelRegularizer, constraint: kernelConstraint)
        if let shape = shapes.bias {
            bias = try addWeight(
                "bias", shape: shape, initializer: biasInitializer, regularizer: biasRegularizer, constraint: biasConstraint)
        }
        inputSpec = [InputSpec(rank: inputShape.rank, axes: shapes.inputSizes)]
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        var outputs = try ops.einsum(equation, inputs, weight(kernel).value)
        if let bias { outputs = try outputs + bias }
        return try activation(outputs)
    }

    override public var config: Config {
        [
            "output_shape": outputShape.configValue, "equation": .string(equation), "activation": activation.configValue,
            "bias_axes": biasAxes.configValue, "kernel_initializer": kernelInitializer.configValue,
            "bias_initializer": biasInitializer.configValue, "kernel_regularizer": kernelRegularizer.configValue,
            "bias_regularizer": biasRegularizer.configValue,
            "activity_regularizer": activityRegularizer.configValue, "kernel_constraint": kernelConstraint.configValue,
            "bias_constraint": biasConstraint.configValue, "quantization_config": nil,
        ]
    }
}
