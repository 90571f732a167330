/// A convolution over a volume: windows are multiplied by a kernel and summed, for each filter.
///
/// - Input: `[batch, depth, height, width, channels]`, or channels first. Output: `[batch, new depth, new height, new width, filters]`,
///   in the same order.
/// - Weights: `kernel [kernelSize…, channels / groups, filters]`, `bias [filters]` unless `useBias` is false.
/// - Throws: `KerasError.unknownDimension` if the channels are `nil`; `.incompatibleInput` for another rank, for channels that are no
///   multiple of the groups, for inputs smaller than a window; `.invalidArgument`.
/// - Source: `keras.layers.Conv3D`.
///
/// ```swift
/// let x = Input(shape: [16, 28, 28, 1])
/// let y = try Conv3D(8, [3, 5, 5])(x)     // [nil, 14, 24, 24, 8]
/// ```
public final class Conv3D: ConvolutionLayer {
    override class var spatialRank: Int { 3 }
}

public typealias Convolution3D = Conv3D
