/// The mean of each window over the spatial axes. At borders with same padding, of those elements that the input has.
///
/// - Input: `[batch, height, width, channels]`, or channels first. Output: the same order with new spatial sizes: with valid padding
///   `⌊(size - window) / stride⌋ + 1`, with same padding `⌈size / stride⌉`.
/// - Throws: `KerasError.incompatibleInput` for another rank, for inputs smaller than a window; `.invalidArgument`.
/// - Source: `keras.layers.AveragePooling2D`.
///
/// ```swift
/// let y = try AveragePooling2D(2)(Input(shape: [28, 28, 4]))     // [nil, 14, 14, 4]
/// ```
public final class AveragePooling2D: PoolingLayer {
    override class var spatialRank: Int { 2 }
    override class var pooling: Pooling { .average }
}

public typealias AvgPool2D = AveragePooling2D
