/// The greatest element of each window over the spatial axes.
///
/// - Input: `[batch, height, width, channels]`, or channels first. Output: the same order with new spatial sizes: with valid padding
///   `⌊(size - window) / stride⌋ + 1`, with same padding `⌈size / stride⌉`.
/// - Throws: `KerasError.incompatibleInput` for another rank, for inputs smaller than a window; `.invalidArgument`.
/// - Source: `keras.layers.MaxPooling2D`.
///
/// ```swift
/// let y = try MaxPooling2D(2)(Input(shape: [28, 28, 4]))     // [nil, 14, 14, 4]
/// ```
public final class MaxPooling2D: PoolingLayer {
    override class var spatialRank: Int { 2 }
    override class var pooling: Pooling { .max }
}

public typealias MaxPool2D = MaxPooling2D
