/// The greatest element of each window over the spatial axes.
///
/// - Input: `[batch, depth, height, width, channels]`, or channels first. Output: the same order with new spatial sizes: with valid padding
///   `⌊(size - window) / stride⌋ + 1`, with same padding `⌈size / stride⌉`.
/// - Throws: `KerasError.incompatibleInput` for another rank, for inputs smaller than a window; `.invalidArgument`.
/// - Source: `keras.layers.MaxPooling3D`.
///
/// ```swift
/// let y = try MaxPooling3D(2)(Input(shape: [16, 28, 28, 4]))     // [nil, 8, 14, 14, 4]
/// ```
public final class MaxPooling3D: PoolingLayer {
    override class var spatialRank: Int { 3 }
    override class var pooling: Pooling { .max }
}

public typealias MaxPool3D = MaxPooling3D
