/// The transpose of a convolution over a sequence: each element adds a multiple of the kernel to the output, which is larger.
///
/// - Input: `[batch, steps, channels]`, or channels first. Output: the same order with `filters` channels and larger spatial
///   sizes: with same padding `size · stride`, with valid padding `(size - 1) · stride + max(window, stride)`.
/// - Weights: `kernel [kernelSize…, filters, channels]`, `bias [filters]` unless `useBias` is false.
/// - Throws: `KerasError.unknownDimension` if the channels are `nil`; `.incompatibleInput` for another rank; `.invalidArgument`.
/// - Source: `keras.layers.Conv1DTranspose`.
///
/// ```swift
/// let x = Input(shape: [10, 16])
/// let y = try Conv1DTranspose(8, 3, strides: 2, padding: .same)(x)     // [nil, 20, 8]
/// ```
public final class Conv1DTranspose: ConvolutionTransposeLayer {
    override class var spatialRank: Int { 1 }
}

public typealias Convolution1DTranspose = Conv1DTranspose
