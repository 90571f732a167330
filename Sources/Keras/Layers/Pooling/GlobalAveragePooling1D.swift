/// The mean of each channel over the steps; where there is a mask, over the steps that count.
///
/// - Input: `[batch, steps, channels]`, or channels first. Output: `[batch, channels]`; with `keepdims` the axis of steps stays, with
///   size 1. A mask `[batch, steps]` is used and not passed on; a sample without a step that counts gives NaN, as in Keras.
/// - Throws: `KerasError.incompatibleInput` for another rank.
/// - Source: `keras.layers.GlobalAveragePooling1D`.
///
/// ```swift
/// let words = try Embedding(1000, 8, maskZero: true)(Input(shape: [nil]))
/// let y = try GlobalAveragePooling1D()(words)     // [nil, 8]
/// ```
public final class GlobalAveragePooling1D: GlobalPoolingLayer {
    override class var spatialRank: Int { 1 }
    override class var pooling: Pooling { .average }

    override public init(
        dataFormat: DataFormat? = nil, keepdims: Bool = false, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        super.init(dataFormat: dataFormat, keepdims: keepdims, name: name, trainable: trainable, dtype: dtype)
        supportsMasking = true
    }

    public required init(config: Config) throws {
        try super.init(config: config)
        supportsMasking = true
    }

    override public func call(_ inputs: Tensor, training: Bool, mask: Tensor?) throws -> Tensor {
        guard let mask else { return try call(inputs) }
        let counts = try ops.expandDims(mask.cast(to: .bool), axis: channelAxis)
        let steps = spatialAxes.lowerBound
        let total = try ops.sum(ops.where(counts, inputs, 0), axis: steps, keepdims: keepdims)
        return try total / ops.sum(counts.cast(to: inputs.dtype), axis: steps, keepdims: keepdims)
    }

    override var filledArguments: FilledArguments { .mask }

    override public func computeMask(_ inputs: Tensor, mask: Tensor?) throws -> Tensor? { nil }
}

public typealias GlobalAvgPool1D = GlobalAveragePooling1D
