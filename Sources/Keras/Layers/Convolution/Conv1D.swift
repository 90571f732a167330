/// A convolution over a sequence: windows are multiplied by a kernel and summed, for each filter.
///
/// - Input: `[batch, steps, channels]`, or channels first. Output: `[batch, new steps, filters]`, in the same order.
/// - Weights: `kernel [kernelSize, channels / groups, filters]`, `bias [filters]` unless `useBias` is false.
/// - Throws: `KerasError.unknownDimension` if the channels are `nil`; `.incompatibleInput` for another rank, for channels that are no
///   multiple of the groups, for inputs smaller than a window; `.invalidArgument`.
/// - Source: `keras.layers.Conv1D`.
///
/// ```swift
/// let x = Input(shape: [nil, 16])
/// let y = try Conv1D(32, 5, padding: .causal)(x)     // [nil, nil, 32]
/// ```
public final class Conv1D: ConvolutionLayer {
    override class var spatialRank: Int { 1 }
}

public typealias Convolution1D = Conv1D
