/// The transpose of a convolution over an image: each element adds a multiple of the kernel to the output, which is larger.
///
/// - Input: `[batch, height, width, channels]`, or channels first. Output: the same order with `filters` channels and larger spatial
///   sizes: with same padding `size · stride`, with valid padding `(size - 1) · stride + max(window, stride)`.
/// - Weights: `kernel [kernelSize…, filters, channels]`, `bias [filters]` unless `useBias` is false.
/// - Throws: `KerasError.unknownDimension` if the channels are `nil`; `.incompatibleInput` for another rank; `.invalidArgument`.
/// - Source: `keras.layers.Conv2DTranspose`.
///
/// ```swift
/// let x = Input(shape: [4, 4, 1])
/// let y = try Conv2DTranspose(16, 3, activation: .relu)(x)     // [nil, 6, 6, 16]
/// ```
public final class Conv2DTranspose: ConvolutionTransposeLayer {
    override class var spatialRank: Int { 2 }
}

public typealias Convolution2DTranspose = Conv2DTranspose
