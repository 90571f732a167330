/// What ``SeparableConv1D`` and ``SeparableConv2D`` share.
public class SeparableConvolutionLayer: BaseConvolution {
    /// The number of channels of the output.
    public let filters: Int
    /// The number of channels that each channel of the input gives before they are mixed.
    public let depthMultiplier: Int
    let depthwiseSettings: WeightSettings
    let pointwiseSettings: WeightSettings
    public private(set) var depthwiseKernel: Variable?
    public private(set) var pointwiseKernel: Variable?

    public var depthwiseInitializer: Initializer { depthwiseSettings.initializer }
    public var depthwiseRegularizer: Regularizer? { depthwiseSettings.regularizer }
    public var depthwiseConstraint: Constraint? { depthwiseSettings.constraint }
    public var pointwiseInitializer: Initializer { pointwiseSettings.initializer }
    public var pointwiseRegularizer: Regularizer? { pointwiseSettings.regularizer }
    public var pointwiseConstraint: Constraint? { pointwiseSettings.constraint }

    override class var stridesDilated: Bool { true }

    /// - Parameters:
    ///   - filters: the number of channels of the output.
    ///   - kernelSize: the window's size, for each spatial axis or for all.
    ///   - strides: how far windows are moved.
    ///   - depthMultiplier: the number of channels that each channel of the input gives before they are mixed.
    ///   - activation: what is applied to the output.
    ///   - padding: `.valid`: windows lie inside the input; `.same`: the output has the input's size divided by the strides.
    ///   - dataFormat: the order of axes; `nil`: `imageDataFormat()`.
    ///   - dilationRate: the distance between a window's elements.
    ///   - useBias: whether each filter has a number that is added.
    public init(
        _ filters: Int, _ kernelSize: any SpatialSizesConvertible, strides: any SpatialSizesConvertible = 1, depthMultiplier: Int = 1,
        activation: ActivationFunction = .linear, padding: PaddingMode = .valid, dataFormat: DataFormat? = nil,
        dilationRate: any SpatialSizesConvertible = 1, useBias: Bool = true, depthwiseInitializer: Initializer = .glorotUniform(),
        pointwiseInitializer: Initializer = .glorotUniform(), biasInitializer: Initializer = .zeros,
        depthwiseRegularizer: Regularizer? = nil, pointwiseRegularizer: Regularizer? = nil, biasRegularizer: Regularizer? = nil,
        activityRegularizer: Regularizer? = nil, depthwiseConstraint: Constraint? = nil, pointwiseConstraint: Constraint? = nil,
        biasConstraint: Constraint? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.filters = filters
        self.depthMultiplier = depthMultiplier
        depthwiseSettings = WeightSettings(depthwiseInitializer, depthwiseRegularizer, depthwiseConstraint)
        pointwiseSettings = WeightSettings(pointwiseInitializer, pointwiseRegularizer, pointwiseConstraint)
        super.init(
            kernelSize: kernelSize, strides: strides, activation: activation, padding: padding, dataFormat: dataFormat,
            dilationRate: dilationRate, useBias: useBias, bias: WeightSettings(biasInitializer, biasRegularizer, biasConstraint),
            activityRegularizer: activityRegularizer, name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    /// The same, with the window's size by name.
    public convenience init(
        _ filters: Int, kernelSize: any SpatialSizesConvertible, strides: any SpatialSizesConvertible = 1, depthMultiplier: Int = 1,
        activation: ActivationFunction = .linear, padding: PaddingMode = .valid, dataFormat: DataFormat? = nil,
        dilationRate: any SpatialSizesConvertible = 1, useBias: Bool = true, depthwiseInitializer: Initializer = .glorotUniform(),
        pointwiseInitializer: Initializer = .glorotUniform(), biasInitializer: Initializer = .zeros,
        depthwiseRegularizer: Regularizer? = nil, pointwiseRegularizer: Regularizer? = nil, biasRegularizer: Regularizer? = nil,
        activityRegularizer: Regularizer? = nil, depthwiseConstraint: Constraint? = nil, pointwiseConstraint: Constraint? = nil,
        biasConstraint: Constraint? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.init(
            filters, kernelSize, strides: strides, depthMultiplier: depthMultiplier, activation: activation, padding: padding,
            dataFormat: dataFormat, dilationRate: dilationRate, useBias: useBias, depthwiseInitializer: depthwiseInitializer,
            pointwiseInitializer: pointwiseInitializer, biasInitializer: biasInitializer, depthwiseRegularizer: depthwiseRegularizer,
            pointwiseRegularizer: pointwiseRegularizer, biasRegularizer: biasRegularizer, activityRegularizer: activityRegularizer,
            depthwiseConstraint: depthwiseConstraint, pointwiseConstraint: pointwiseConstraint, biasConstraint: biasConstraint,
            name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws {
        filters = try config.int("filters")
        depthMultiplier = try config.value("depth_multiplier", default: 1)
        depthwiseSettings = try WeightSettings("depthwise", in: config, initializer: .glorotUniform())
        pointwiseSettings = try WeightSettings("pointwise", in: config, initializer: .glorotUniform())
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(filters > 0, "filters", "1 or more", got: filters)
        require(depthMultiplier > 0, "depthMultiplier", "1 or more", got: depthMultiplier)
    }

    override func addKernels(channels: Int) throws -> Int {
        depthwiseKernel = try addWeight("depthwise_kernel", shape: Shape(kernelSize + [channels, depthMultiplier]), depthwiseSettings)
        let ones = kernelSize.map { _ in 1 }
        pointwiseKernel = try addWeight(
            "pointwise_kernel", shape: Shape(ones + [channels * depthMultiplier, filters]), pointwiseSettings)
        return filters
    }

    override func convolved(_ inputs: Tensor) throws -> Tensor {
        try ops.separableConv(
            inputs, weight(depthwiseKernel), weight(pointwiseKernel), strides: SpatialSizes(strides), padding: padding,
            dataFormat: dataFormat, dilationRate: SpatialSizes(dilationRate))
    }

    override public var config: Config {
        super.config.merging(["filters": .int(filters), "depth_multiplier": .int(depthMultiplier)])
            .merging(depthwiseSettings.config("depthwise")).merging(pointwiseSettings.config("pointwise"))
    }
}
