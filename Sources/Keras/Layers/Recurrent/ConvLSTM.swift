/// A long short-term memory over pictures: the products with the input and with the state are convolutions. Shi et al., 2015.
///
/// - Input: `[batch, time, spatial…, channels]`; with channels first, `[batch, time, channels, spatial…]`. Output: `[batch, new spatial…,
///   filters]`, or `[batch, time, new spatial…, filters]` with `returnSequences`; then, with `returnState`, the last states h and c.
/// - Weights: `kernel [kernelSize…, channels, 4 · filters]`, `recurrent_kernel [kernelSize…, filters, 4 · filters]`, `bias [4 · filters]`
///   unless `useBias` is false; gates in the order i, f, c, o.
/// - Throws: `KerasError.unknownDimension` if spatial sizes or channels are `nil`; `.incompatibleInput` for another rank;
///   `.invalidArgument`.
public class ConvLSTM: GatedRNN {
    private let convolutional: ConvLSTMCell

    /// The number of spatial axes.
    class var spatialRank: Int { 0 }

    public var filters: Int { convolutional.units }
    public var kernelSize: [Int] { convolutional.kernelSize }
    public var strides: [Int] { convolutional.strides }
    public var padding: PaddingMode { convolutional.padding }
    public var dataFormat: DataFormat { convolutional.dataFormat }
    public var dilationRate: [Int] { convolutional.dilationRate }

    /// - Parameters:
    ///   - filters: the number of channels of the output.
    ///   - kernelSize, strides, dilationRate: of the input's windows; one number for all spatial axes, or one for each. The state's
    ///     windows move by 1 and keep its size.
    ///   - kernelInitializer: `nil`: Glorot uniform.
    ///   - recurrentInitializer: `nil`: orthogonal.
    ///   - unitForgetBias: whether the forget gate's bias starts at 1.
    ///   - dropout: the share of the inputs that is dropped in training. recurrentDropout: that of the state.
    public init(
        _ filters: Int, _ kernelSize: any SpatialSizesConvertible, strides: any SpatialSizesConvertible = 1, padding: PaddingMode = .valid,
        dataFormat: DataFormat? = nil, dilationRate: any SpatialSizesConvertible = 1, activation: ActivationFunction = .tanh,
        recurrentActivation: ActivationFunction = .sigmoid, useBias: Bool = true, kernelInitializer: Initializer? = nil,
        recurrentInitializer: Initializer? = nil, biasInitializer: Initializer = .zeros, unitForgetBias: Bool = true,
        kernelRegularizer: Regularizer? = nil, recurrentRegularizer: Regularizer? = nil, biasRegularizer: Regularizer? = nil,
        activityRegularizer: Regularizer? = nil, kernelConstraint: Constraint? = nil, recurrentConstraint: Constraint? = nil,
        biasConstraint: Constraint? = nil, dropout: Double = 0, recurrentDropout: Double = 0, seed: Int? = nil,
        returnSequences: Bool = false, returnState: Bool = false, goBackwards: Bool = false, stateful: Bool = false,
        unroll: Bool = false, zeroOutputForMask: Bool = false, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        let settings = CellSettings(
            activation: activation, recurrentActivation: recurrentActivation, useBias: useBias, kernelInitializer: kernelInitializer,
            recurrentInitializer: recurrentInitializer, biasInitializer: biasInitializer, kernelRegularizer: kernelRegularizer,
            recurrentRegularizer: recurrentRegularizer, biasRegularizer: biasRegularizer, kernelConstraint: kernelConstraint,
            recurrentConstraint: recurrentConstraint, biasConstraint: biasConstraint, dropout: dropout,
            recurrentDropout: recurrentDropout, seed: seed)
        let windows = ConvLSTMCell.Windows(
            rank: Self.spatialRank, kernelSize: kernelSize, strides: strides, padding: padding, dataFormat: dataFormat,
            dilationRate: dilationRate)
        let loop = LoopSettings(
            returnSequences: returnSequences, returnState: returnState, goBackwards: goBackwards, stateful: stateful, unroll: unroll,
            zeroOutputForMask: zeroOutputForMask)
        convolutional = ConvLSTMCell(
            rank: Self.spatialRank, filters, windows, settings, unitForgetBias: unitForgetBias, trainable: true, dtype: dtype)
        super.init(convolutional, loop, name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
    }

    public required init(config: Config) throws {
        let own = Self.cellConfig(config, name: "conv_lstm_cell")
        convolutional = try ConvLSTMCell(rank: Self.spatialRank, config: own)
        try convolutional.applyBaseConfig(own)
        try super.init(cell: convolutional, config: config)
    }

    override public func build(inputShape: Shape) throws {
        for axis in 2..<max(inputShape.rank, 2) { _ = try inputShape.known(axis: axis, for: self) }
        try super.build(inputShape: inputShape)
        inputSpec = [InputSpec(shape: [nil, nil] + Shape(Array(inputShape.sizes.dropFirst(2))))]
    }
}
