/// What ``DepthwiseConv1D`` and ``DepthwiseConv2D`` share.
public class DepthwiseConvolutionLayer: BaseConvolution {
    /// The number of channels that each channel of the input gives.
    public let depthMultiplier: Int
    let kernelSettings: WeightSettings
    public private(set) var kernel: Variable?

    public var depthwiseInitializer: Initializer { kernelSettings.initializer }
    public var depthwiseRegularizer: Regularizer? { kernelSettings.regularizer }
    public var depthwiseConstraint: Constraint? { kernelSettings.constraint }

    override class var stridesDilated: Bool { true }

    /// - Parameters:
    ///   - kernelSize: the window's size, for each spatial axis or for all.
    ///   - strides: how far windows are moved.
    ///   - depthMultiplier: the number of channels that each channel of the input gives.
    ///   - activation: what is applied to the output.
    ///   - padding: `.valid`: windows lie inside the input; `.same`: the output has the input's size divided by the strides.
    ///   - dataFormat: the order of axes; `nil`: `imageDataFormat()`.
    ///   - dilationRate: the distance between a window's elements.
    ///   - useBias: whether each channel of the output has a number that is added.
    public init(
        _ kernelSize: any SpatialSizesConvertible, strides: any SpatialSizesConvertible = 1, depthMultiplier: Int = 1,
        activation: ActivationFunction = .linear, padding: PaddingMode = .valid, dataFormat: DataFormat? = nil,
        dilationRate: any SpatialSizesConvertible = 1, useBias: Bool = true, depthwiseInitializer: Initializer = .glorotUniform(),
        biasInitializer: Initializer = .zeros, depthwiseRegularizer: Regularizer? = nil, biasRegularizer: Regularizer? = nil,
        activityRegularizer: Regularizer? = nil, depthwiseConstraint: Constraint? = nil, biasConstraint: Constraint? = nil,
        name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.depthMultiplier = depthMultiplier
        kernelSettings = WeightSettings(depthwiseInitializer, depthwiseRegularizer, depthwiseConstraint)
        super.init(
            kernelSize: kernelSize, strides: strides, activation: activation, padding: padding, dataFormat: dataFormat,
            dilationRate: dilationRate, useBias: useBias, bias: WeightSettings(biasInitializer, biasRegularizer, biasConstraint),
            activityRegularizer: activityRegularizer, name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    /// The same, with the window's size by name.
    public convenience init(
        kernelSize: any SpatialSizesConvertible, strides: any SpatialSizesConvertible = 1, depthMultiplier: Int = 1,
        activation: ActivationFunction = .linear, padding: PaddingMode = .valid, dataFormat: DataFormat? = nil,
        dilationRate: any SpatialSizesConvertible = 1, useBias: Bool = true, depthwiseInitializer: Initializer = .glorotUniform(),
        biasInitializer: Initializer = .zeros, depthwiseRegularizer: Regularizer? = nil, biasRegularizer: Regularizer? = nil,
        activityRegularizer: Regularizer? = nil, depthwiseConstraint: Constraint? = nil, biasConstraint: Constraint? = nil,
        name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.init(
            kernelSize, strides: strides, depthMultiplier: depthMultiplier, activation: activation, padding: padding,
            dataFormat: dataFormat, dilationRate: dilationRate, useBias: useBias, depthwiseInitializer: depthwiseInitializer,
            biasInitializer: biasInitializer, depthwiseRegularizer: depthwiseRegularizer, biasRegularizer: biasRegularizer,
            activityRegularizer: activityRegularizer, depthwiseConstraint: depthwiseConstraint, biasConstraint: biasConstraint,
            name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws {
        depthMultiplier = try config.value("depth_multiplier", default: 1)
        kernelSettings = try WeightSettings("depthwise", in: config, initializer: .glorotUniform())
        try super.init(config: config)
        prepare()
    }

    private func prepare() { require(depthMultiplier > 0, "depthMultiplier", "1 or more", got: depthMultiplier) }

    override func addKernels(channels: Int) throws -> Int {
        kernel = try addWeight("kernel", shape: Shape(kernelSize + [channels, depthMultiplier]), kernelSettings)
        return channels * depthMultiplier
    }

    override func convolved(_ inputs: Tensor) throws -> Tensor {
        try ops.depthwiseConv(
            inputs, weight(kernel), strides: SpatialSizes(strides), padding: padding, dataFormat: dataFormat,
            dilationRate: SpatialSizes(dilationRate))
    }

    override public var config: Config {
        super.config.merging(["depth_multiplier": .int(depthMultiplier)]).merging(kernelSettings.config("depthwise"))
    }
}
