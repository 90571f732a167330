/// The mean of each window over the spatial axis. At borders with same padding, of those elements that the input has.
///
/// - Input: `[batch, steps, channels]`, or channels first. Output: the same order with new spatial sizes: with valid padding
///   `⌊(size - window) / stride⌋ + 1`, with same padding `⌈size / stride⌉`.
/// - Throws: `KerasError.incompatibleInput` for another rank, for inputs smaller than a window; `.invalidArgument`.
/// - Source: `keras.layers.AveragePooling1D`.
///
/// ```swift
/// let y = try AveragePooling1D(2)(Input(shape: [10, 4]))     // [nil, 5, 4]
/// ```
public final class AveragePooling1D: PoolingLayer {
    override class var spatialRank: Int { 1 }
    override class var pooling: Pooling { .average }
}

public typealias AvgPool1D = AveragePooling1D
