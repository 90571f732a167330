/// A convolution over an image: windows are multiplied by a kernel and summed, for each filter.
///
/// - Input: `[batch, height, width, channels]`, or channels first. Output: `[batch, new height, new width, filters]`, in the same order.
/// - Weights: `kernel [kernelSize…, channels / groups, filters]`, `bias [filters]` unless `useBias` is false.
/// - Throws: `KerasError.unknownDimension` if the channels are `nil`; `.incompatibleInput` for another rank, for channels that are no
///   multiple of the groups, for inputs smaller than a window; `.invalidArgument`.
/// - Source: `keras.layers.Conv2D`.
///
/// ```swift
/// let x = Input(shape: [28, 28, 1])
/// let y = try Conv2D(32, 3, activation: .relu)(x)     // [nil, 26, 26, 32]
/// ```
public final class Conv2D: ConvolutionLayer {
    override class var spatialRank: Int { 2 }
}

public typealias Convolution2D = Conv2D
