/// A convolution over an image of each channel by itself.
///
/// - Input: `[batch, height, width, channels]`, or channels first. Output: as many channels as the input's times `depthMultiplier`.
/// - Weights: `kernel [kernelSize…, channels, depthMultiplier]`, `bias [channels · depthMultiplier]` unless `useBias` is false.
/// - Throws: `KerasError.unknownDimension` if the channels are `nil`; `.incompatibleInput` for another rank, for inputs smaller than a
///   window; `.invalidArgument`.
/// - Source: `keras.layers.DepthwiseConv2D`.
///
/// ```swift
/// let x = Input(shape: [28, 28, 3])
/// let y = try DepthwiseConv2D(3, padding: .same)(x)     // [nil, 28, 28, 3]
/// ```
public final class DepthwiseConv2D: DepthwiseConvolutionLayer {
    override class var spatialRank: Int { 2 }
}
