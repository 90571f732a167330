/// The mean of each window over the spatial axes. At borders with same padding, of those elements that the input has.
///
/// - Input: `[batch, depth, height, width, channels]`, or channels first. Output: the same order with new spatial sizes: with valid padding
///   `⌊(size - window) / stride⌋ + 1`, with same padding `⌈size / stride⌉`.
/// - Throws: `KerasError.incompatibleInput` for another rank, for inputs smaller than a window; `.invalidArgument`.
/// - Source: `keras.layers.AveragePooling3D`.
///
/// ```swift
/// let y = try AveragePooling3D(2)(Input(shape: [16, 28, 28, 4]))     // [nil, 8, 14, 14, 4]
/// ```
public final class AveragePooling3D: PoolingLayer {
    override class var spatialRank: Int { 3 }
    override class var pooling: Pooling { .average }
}

public typealias AvgPool3D = AveragePooling3D
