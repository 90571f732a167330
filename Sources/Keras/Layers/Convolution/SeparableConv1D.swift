/// A convolution over a sequence of each channel by itself, and one with windows of size 1 that mixes the channels.
///
/// - Input: `[batch, steps, channels]`, or channels first. Output: `[batch, new steps, filters]`, in the same order.
/// - Weights: `depthwise_kernel [kernelSize…, channels, depthMultiplier]`,
///   `pointwise_kernel [1…, channels · depthMultiplier, filters]`, `bias [filters]` unless `useBias` is false.
/// - Throws: `KerasError.unknownDimension` if the channels are `nil`; `.incompatibleInput` for another rank, for inputs smaller than a
///   window; `.invalidArgument`.
/// - Source: `keras.layers.SeparableConv1D`.
///
/// ```swift
/// let x = Input(shape: [10, 4])
/// let y = try SeparableConv1D(16, 3)(x)     // [nil, 8, 16]
/// ```
public final class SeparableConv1D: SeparableConvolutionLayer {
    override class var spatialRank: Int { 1 }
}

public typealias SeparableConvolution1D = SeparableConv1D
