/// A convolution over an image of each channel by itself, and one with windows of size 1 that mixes the channels.
///
/// - Input: `[batch, height, width, channels]`, or channels first. Output: `[batch, new height, new width, filters]`, in the same order.
/// - Weights: `depthwise_kernel [kernelSize…, channels, depthMultiplier]`,
///   `pointwise_kernel [1…, channels · depthMultiplier, filters]`, `bias [filters]` unless `useBias` is false.
/// - Throws: `KerasError.unknownDimension` if the channels are `nil`; `.incompatibleInput` for another rank, for inputs smaller than a
///   window; `.invalidArgument`.
/// - Source: `keras.layers.SeparableConv2D`.
///
/// ```swift
/// let x = Input(shape: [28, 28, 3])
/// let y = try SeparableConv2D(16, 3, activation: .relu, padding: .same)(x)     // [nil, 28, 28, 16]
/// ```
public final class SeparableConv2D: SeparableConvolutionLayer {
    override class var spatialRank: Int { 2 }
}

public typealias SeparableConvolution2D = SeparableConv2D
