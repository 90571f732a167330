/// A convolution over a sequence of each channel by itself.
///
/// - Input: `[batch, steps, channels]`, or channels first. Output: as many channels as the input's times `depthMultiplier`.
/// - Weights: `kernel [kernelSize…, channels, depthMultiplier]`, `bias [channels · depthMultiplier]` unless `useBias` is false.
/// - Throws: `KerasError.unknownDimension` if the channels are `nil`; `.incompatibleInput` for another rank, for inputs smaller than a
///   window; `.invalidArgument`.
/// - Source: `keras.layers.DepthwiseConv1D`.
///
/// ```swift
/// let x = Input(shape: [10, 4])
/// let y = try DepthwiseConv1D(3, depthMultiplier: 2)(x)     // [nil, 8, 8]
/// ```
public final class DepthwiseConv1D: DepthwiseConvolutionLayer {
    override class var spatialRank: Int { 1 }
}
