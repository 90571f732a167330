/// What ``Conv1D``, ``Conv2D`` and ``Conv3D`` share.
public class ConvolutionLayer: BaseConvolution {
    /// The number of channels of the output.
    public let filters: Int
    /// The number of parts of the channels that are convolved apart.
    public let groups: Int
    let kernelSettings: WeightSettings
    public private(set) var kernel: Variable?

    public var kernelInitializer: Initializer { kernelSettings.initializer }
    public var kernelRegularizer: Regularizer? { kernelSettings.regularizer }
    public var kernelConstraint: Constraint? { kernelSettings.constraint }

    override class var paddings: [PaddingMode] { spatialRank == 1 ? [.valid, .same, .causal] : [.valid, .same] }

    /// - Parameters:
    ///   - filters: the number of channels of the output.
    ///   - kernelSize: the window's size, for each spatial axis or for all.
    ///   - strides: how far windows are moved.
    ///   - activation: what is applied to the output.
    ///   - padding: `.valid`: windows lie inside the input; `.same`: the output has the input's size divided by the strides;
    ///     `.causal` (one spatial axis): no output sees what comes after its place.
    ///   - dataFormat: the order of axes; `nil`: `imageDataFormat()`.
    ///   - dilationRate: the distance between a window's elements. Strides and dilation cannot both be more than 1.
    ///   - groups: the number of parts of the channels that are convolved apart, each with `filters / groups` filters.
    ///   - useBias: whether each filter has a number that is added.
    public init(
        _ filters: Int, _ kernelSize: any SpatialSizesConvertible, strides: any SpatialSizesConvertible = 1,
        activation: ActivationFunction = .linear, padding: PaddingMode = .valid, dataFormat: DataFormat? = nil,
        dilationRate: any SpatialSizesConvertible = 1, groups: Int = 1, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform(), biasInitializer: Initializer = .zeros, kernelRegularizer: Regularizer? = nil,
        biasRegularizer: Regularizer? = nil, activityRegularizer: Regularizer? = nil, kernelConstraint: Constraint? = nil,
        biasConstraint: Constraint? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.filters = filters
        self.groups = groups
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
        activation: ActivationFunction = .linear, padding: PaddingMode = .valid, dataFormat: DataFormat? = nil,
        dilationRate: any SpatialSizesConvertible = 1, groups: Int = 1, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform(), biasInitializer: Initializer = .zeros, kernelRegularizer: Regularizer? = nil,
        biasRegularizer: Regularizer? = nil, activityRegularizer: Regularizer? = nil, kernelConstraint: Constraint? = nil,
        biasConstraint: Constraint? = nil, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.init(
            filters, kernelSize, strides: strides, activation: activation, padding: padding, dataFormat: dataFormat,
            dilationRate: dilationRate, groups: groups, useBias: useBias, kernelInitializer: kernelInitializer,
            biasInitializer: biasInitializer, kernelRegularizer: kernelRegularizer, biasRegularizer: biasRegularizer,
            activityRegularizer: activityRegularizer, kernelConstraint: kernelConstraint, biasConstraint: biasConstraint, name: name,
            trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws {
        filters = try config.int("filters")
        groups = try config.value("groups", default: 1)
        kernelSettings = try WeightSettings("kernel", in: config, initializer: .glorotUniform())
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(filters > 0, "filters", "1 or more", got: filters)
        require(groups > 0, "groups", "1 or more", got: groups)
        require(groups < 1 || filters % groups == 0, "filters", "a multiple of its \(groups) groups", got: filters)
    }

    override func check(_ sources: Structure<TensorSource>) throws {
        try super.check(sources)
        guard let source = sources.single, let channels = source.shape[channelAxis], channels % groups != 0 else { return }
        throw incompatible(
            source, "a number of channels that is a multiple of its \(groups) groups",
            remedy: "The inputs have \(channels) channels. Give another number of groups.")
    }

    override func addKernels(channels: Int) throws -> Int {
        kernel = try addWeight("kernel", shape: Shape(kernelSize + [channels / groups, filters]), kernelSettings)
        return filters
    }

    override func convolved(_ inputs: Tensor) throws -> Tensor {
        try ops.conv(
            inputs, weight(kernel), strides: SpatialSizes(strides), padding: padding, dataFormat: dataFormat,
            dilationRate: SpatialSizes(dilationRate))
    }

    override public var config: Config {
        let own: Config = ["filters": .int(filters), "groups": .int(groups)]
        return super.config.merging(own).merging(kernelSettings.config("kernel"))
    }
}
