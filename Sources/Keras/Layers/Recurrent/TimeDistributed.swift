/// Applies a layer to every step of sequences by itself.
///
/// - Input: `[batch, time, …]`, of rank 3 or more. Output: `[batch, time, …]` with what the layer makes of a step.
/// - Weights: the layer's.
/// - Throws: `KerasError.incompatibleInput` for a rank below 3 or a mask of another shape; what the layer throws.
/// - Source: `keras.layers.TimeDistributed`.
///
/// ```swift
/// let video = Input(shape: [nil, 64, 64, 3])
/// let y = try TimeDistributed(Conv2D(16, 3))(video)      // [nil, nil, 62, 62, 16]
/// ```
public final class TimeDistributed: Wrapper {
    override public init(
        _ layer: Layer, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil, activityRegularizer: Regularizer? = nil
    ) {
        super.init(layer, name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
        prepare()
    }

    public required init(config: Config) throws {
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        inputSpec = [InputSpec(minRank: 3, layout: "[batch, time, …]")]
        supportsMasking = true
    }

    override var filledArguments: FilledArguments { .mask }

    override public func build(inputShape: Shape) throws {
        try buildPart(layer, for: Shape([inputShape.first] + inputShape.sizes.dropFirst(2)))
    }

    override public func call(_ inputs: Tensor, training: Bool, mask: Tensor?) throws -> Tensor {
        let (batch, time) = (inputs.shape[0], inputs.shape[1])
        if let mask, mask.rank < 2 || mask.shape.prefix(2) != inputs.shape.prefix(2) {
            let shown = { (sizes: [Int]) in CallContext.current?.shape(of: sizes) ?? Shape(sizes) }
            throw KerasError.incompatibleInput(
                place, requirement: .other("a mask of shape \(shown([batch, time]))", remedy: ""), index: nil, name: nil,
                input: TensorSource(shape: shown(mask.shape), dtype: mask.dtype))
        }
        let parts = [inputs] + (mask.map { [$0] } ?? [])
        func step(_ slices: [Tensor]) throws -> Tensor {
            let call = LayerCall(training: training, masks: [slices.count > 1 ? slices[1] : nil], keywords: [:])
            return try single(layer.call(.one(slices[0]), call))
        }
        if SampleLayers.contains(layer, training: training) {
            let rows = try parts.map { try $0.reshaped([batch * time] + $0.shape.dropFirst(2)) }
            let outputs = try step(rows)
            return try outputs.reshaped([batch, time] + outputs.shape.dropFirst())
        }
        let timeMajor = try parts.map { try RecurrentLoop.timeMajor($0) }
        let types = timeMajor.map { TensorType(Array($0.shape.dropFirst()), $0.dtype) }
        let probe = try StepProbe(layer, types) { [try step($0)] }
        if CallContext.current?.standIn != nil {
            // Only the shape is asked for.
            let shape = probe.types[0].shape
            return .placeholder(TensorType(Array(shape.prefix(1)) + [time] + shape.dropFirst(), probe.types[0].dtype))
        }
        if probe.isRepeatable {
            let outputs = try ops.scan(initial: [], sequences: timeMajor) { _, slices in ([], [try step(slices)]) }.outputs[0]
            return try RecurrentLoop.timeMajor(outputs)
        }
        let slices = try timeMajor.map { try ops.unstack($0, axis: 0) }
        return try ops.stack((0..<time).map { index in try step(slices.map { $0[index] }) }, axis: 1)
    }
}

/// Layers that treat each sample of a batch by itself, so that steps can be joined into one batch.
private enum SampleLayers {
    /// Whether a layer and all inside it are known to do so in a call.
    static func contains(_ layer: Layer, training: Bool) -> Bool {
        layer.flattenedLayers.allSatisfy { part in
            let name = type(of: part).registeredName
            if part is Model { return part is Sequential || (part as? Model)?.graph != nil }
            guard LayerConfig.builtins.contains(where: { $0 == type(of: part) }) else { return false }
            if let function = part.activationName, ActivationFunction.custom.function(named: function) != nil { return false }
            return always.contains(name) || (!training && inInference.contains(name))
        }
    }

    private static let always: Set = [
        "InputLayer", "Dense", "EinsumDense", "Embedding", "Identity", "Activation", "ReLU", "LeakyReLU", "ELU", "Flatten", "Reshape",
        "RepeatVector", "Permute", "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Conv1D", "Conv2D", "Conv3D",
        "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose", "DepthwiseConv1D", "DepthwiseConv2D", "SeparableConv1D",
        "SeparableConv2D", "MaxPooling1D", "MaxPooling2D", "MaxPooling3D", "AveragePooling1D", "AveragePooling2D", "AveragePooling3D",
        "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalMaxPooling3D", "GlobalAveragePooling1D", "GlobalAveragePooling2D",
        "GlobalAveragePooling3D", "UpSampling1D", "UpSampling2D", "UpSampling3D", "ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D",
        "Cropping1D", "Cropping2D", "Cropping3D",
    ]

    private static let inInference: Set = [
        "BatchNormalization", "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianDropout", "GaussianNoise",
        "AlphaDropout",
    ]
}
