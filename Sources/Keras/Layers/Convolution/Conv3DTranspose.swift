/// The transpose of a convolution over a volume: each element adds a multiple of the kernel to the output, which is larger.
///
/// - Input: `[batch, depth, height, width, channels]`, or channels first. Output: the same order with `filters` channels and larger spatial
///   sizes: with same padding `size · stride`, with valid padding `(size - 1) · stride + max(window, stride)`.
/// - Weights: `kernel [kernelSize…, filters, channels]`, `bias [filters]` unless `useBias` is false.
/// - Throws: `KerasError.unknownDimension` if the channels are `nil`; `.incompatibleInput` for another rank; `.invalidArgument`.
/// - Source: `keras.layers.Conv3DTranspose`.
///
/// ```swift
/// let x = Input(shape: [4, 8, 8, 2])
/// let y = try Conv3DTranspose(4, 3, strides: 2, padding: .same)(x)     // [nil, 8, 16, 16, 4]
/// ```
public final class Conv3DTranspose: ConvolutionTransposeLayer {
    override class var spatialRank: Int { 3 }
}

public typealias Convolution3DTranspose = Conv3DTranspose
