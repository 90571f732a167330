/// What ``Conv1DTranspose``, ``Conv2DTranspose`` and ``Conv3DTranspose`` share.
public class ConvolutionTransposeLayer: BaseConvolution {
    /// The number of channels of the output.
    public let filters: Int
    /// What is added at the end of each spatial axis of the output; `nil`: what Keras takes.
    public let outputPadding: [Int]?
    let kernelSettings: WeightSettings
    public private(set) var kernel: Variable?

    public var kernelInitializer: Initializer { kernelSettings.initializer }
    public var kernelRegularizer: Regularizer? { kernelSettings.regularizer }
    public var kernelConstraint: Constraint? { kernelSettings.constraint }

    /// - Parameters:
    ///   - filters: the number of channels of the output.
    ///   - kernelSize: the window's size, for each spatial axis or for all.
    ///   - strides: by how much the output is larger than the input.
    ///   - activation: what is applied to the output.
    ///   - padding: `.same`: the output has the input's size times the strides; `.valid`: what the windows reach beyond is kept.
    ///   - outputPadding: more elements at the end of each spatial axis, fewer than the strides; `nil`: as many as give those sizes.
    ///   - dataFormat: the order of axes; `nil`: `imageDataFormat()`.
    ///   - dilationRate: the distance between a window's elements. Strides and dilation cannot both be more than 1.
    ///   - useBias: whether each filter has a number that is added.
    public init(
        _ filters: Int, _ kernelSize: any SpatialSizesConvertible, strides: any SpatialSizesConvertible = 1,
        activation: ActivationFunction = .linear, padding: PaddingMode = .valid, outputPadding: (any SpatialSizesConvertible)? = nil,
        dataFormat: DataFormat? = nil, dilationRate: any SpatialSizesConvertible = 1, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform(), biasInitializer: Initializer = .zeros, kernelRegularizer: Regularizer? = nil,
        biasRegularizer: Regularizer? = nil, activityRegularizer: Regularizer? = nil, kernelConstraint: Constraint? = nil,
        biasConstraint: Constraint? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.filters = filters
        self.outputPadding = outputPadding.map(Self.sizes)
        kernelSettings = WeightSettings(kernelInitializer, kernelRegularizer, kernelConstraint)
        super.init(
            kernelSize: kernelSize, strides: strides, activation: activation, padding: padding, dataFormat: dataFormat,
            dilationRate: dilationRate, useBias: useBias, bias: WeightSettings(biasInitializer, biasRegularizer, biasConstraint),
            activityRegularizer: activityRegularizer, name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    /// The same, with the window's size by name.
    public convenience init(
        _ filters: Int, kernelSize: any SpatialSizesConvertible, strides: any SpatialSizesConvertible = 1,
        activation: ActivationFunction = .linear, padding: PaddingMode = .valid, outputPadding: (any SpatialSizesConvertible)? = nil,
        dataFormat: DataFormat? = nil, dilationRate: any SpatialSizesConvertible = 1, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform(), biasInitializer: Initializer = .zeros, kernelRegularizer: Regularizer? = nil,
        biasRegularizer: Regularizer? = nil, activityRegularizer: Regularizer? = nil, kernelConstraint: Constraint? = nil,
        biasConstraint: Constraint? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.init(
            filters, kernelSize, strides: strides, activation: activation, padding: padding, outputPadding: outputPadding,
            dataFormat: dataFormat, dilationRate: dilationRate, useBias: useBias, kernelInitializer: kernelInitializer,
            biasInitializer: biasInitializer, kernelRegularizer: kernelRegularizer, biasRegularizer: biasRegularizer,
            activityRegularizer: activityRegularizer, kernelConstraint: kernelConstraint, biasConstraint: biasConstraint, name: name,
            trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws {
        filters = try config.int("filters")
        let hasOutputPadding = config["output_padding"] ?? .null != .null
        outputPadding = hasOutputPadding ? try Self.sizes(config, "output_padding", default: []) : nil
        kernelSettings = try WeightSettings("kernel", in: config, initializer: .glorotUniform())
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(filters > 0, "filters", "1 or more", got: filters)
        guard let outputPadding else { return }
        requireSizes(outputPadding, "outputPadding", minimum: 0)
        require(
            zip(outputPadding, strides).allSatisfy { $0 < $1 }, "outputPadding", "less than the strides \(strides)", got: outputPadding)
    }

    override var leastSizes: (sizes: [Int], reason: String, remedy: String)? { (kernelSize.map { _ in 1 }, "its windows", "") }

    override func addKernels(channels: Int) throws -> Int {
        kernel = try addWeight("kernel", shape: Shape(kernelSize + [filters, channels]), kernelSettings)
        return filters
    }

    override func convolved(_ inputs: Tensor) throws -> Tensor {
        try ops.convTranspose(
            inputs, weight(kernel), strides: SpatialSizes(strides), padding: padding, outputPadding: outputPadding,
            dataFormat: dataFormat, dilationRate: SpatialSizes(dilationRate))
    }

    override public var config: Config {
        let own: Config = ["filters": .int(filters), "output_padding": outputPadding.configValue]
        return super.config.merging(own).merging(kernelSettings.config("kernel"))
    }
}
