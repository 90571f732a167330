/// What all convolutions have: windows, a bias for each channel of the output, an activation.
public class BaseConvolution: SpatialLayer {
    public let kernelSize: [Int]
    public let strides: [Int]
    public let padding: PaddingMode
    public let dilationRate: [Int]
    public let activation: ActivationFunction
    public let useBias: Bool
    let biasSettings: WeightSettings
    public private(set) var bias: Variable?

    public var biasInitializer: Initializer { biasSettings.initializer }
    public var biasRegularizer: Regularizer? { biasSettings.regularizer }
    public var biasConstraint: Constraint? { biasSettings.constraint }

    /// Whether strides and dilation may both be more than 1.
    class var stridesDilated: Bool { false }
    class var paddings: [PaddingMode] { [.valid, .same] }

    init(
        kernelSize: any SpatialSizesConvertible, strides: any SpatialSizesConvertible, activation: ActivationFunction,
        padding: PaddingMode, dataFormat: DataFormat?, dilationRate: any SpatialSizesConvertible, useBias: Bool, bias: WeightSettings,
        activityRegularizer: Regularizer?, name: String?, trainable: Bool, dtype: DTypePolicy?
    ) {
        self.kernelSize = Self.sizes(kernelSize)
        self.strides = Self.sizes(strides)
        self.padding = padding
        self.dilationRate = Self.sizes(dilationRate)
        self.activation = activation
        self.useBias = useBias
        biasSettings = bias
        super.init(dataFormat: dataFormat, name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
        prepare()
    }

    public required init(config: Config) throws {
        kernelSize = try Self.sizes(config, "kernel_size", default: [])
        strides = try Self.sizes(config, "strides", default: [1])
        padding = try config.paddingMode()
        dilationRate = try Self.sizes(config, "dilation_rate", default: [1])
        activation = try ActivationFunction(config: config["activation"])
        useBias = try config.value("use_bias", default: true)
        biasSettings = try WeightSettings("bias", in: config, initializer: .zeros)
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        requireSizes(kernelSize, "kernelSize")
        requireSizes(strides, "strides")
        requireSizes(dilationRate, "dilationRate")
        let known = Self.paddings.map { ".\($0)" }
        require(Self.paddings.contains(padding), "padding", known.joined(separator: " or "), got: ".\(padding)")
        let hasBoth = strides.contains { $0 > 1 } && dilationRate.contains { $0 > 1 }
        require(
            Self.stridesDilated || !hasBoth, "strides or dilationRate", "1: windows are moved by more than 1 or dilated, not both",
            got: "strides \(strides) and dilationRate \(dilationRate)")
    }

    /// A window's sizes with its dilation.
    var windowSizes: [Int] { zip(kernelSize, dilationRate).map { ($0 - 1) * $1 + 1 } }

    override var leastSizes: (sizes: [Int], reason: String, remedy: String)? {
        let remedy = "Give larger inputs, a smaller kernelSize, or padding: .same."
        return (padding == .valid ? windowSizes : kernelSize.map { _ in 1 }, "its windows", remedy)
    }

    override public func build(inputShape: Shape) throws {
        let channels = try inputShape.known(axis: channelAxis, for: self)
        let outputs = try addKernels(channels: channels)
        if useBias { bias = try addWeight("bias", shape: [outputs], biasSettings) }
        inputSpec = [spec(channels: channels)]
    }

    override func check(_ sources: Structure<TensorSource>) throws {
        try super.check(sources)
        guard let source = sources.single, source.shape[channelAxis] == 0 else { return }
        throw incompatible(source, "inputs with 1 channel or more", remedy: "")
    }

    /// Makes the kernels for inputs with so many channels, and says how many channels come out.
    func addKernels(channels: Int) throws -> Int {
        throw KerasError.callNotImplemented(place, signature: "addKernels(channels: Int) throws -> Int")
    }

    /// The convolution without bias and activation.
    func convolved(_ inputs: Tensor) throws -> Tensor {
        throw KerasError.callNotImplemented(place, signature: "convolved(_ inputs: Tensor) throws -> Tensor")
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        var outputs = try convolved(inputs)
        if let bias { outputs = try outputs + alongChannels(bias.value) }
        return try activation(outputs)
    }

    override public var config: Config {
        let own: Config = [
            "kernel_size": kernelSize.configValue, "strides": strides.configValue, "padding": .string(padding.rawValue),
            "dilation_rate": dilationRate.configValue, "activation": activation.configValue, "use_bias": .bool(useBias),
            "activity_regularizer": activityRegularizer.configValue,
        ]
        return super.config.merging(own).merging(biasSettings.config("bias"))
    }
}
