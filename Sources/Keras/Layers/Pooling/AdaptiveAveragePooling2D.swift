/// The mean of windows that divide each spatial axis into a given number of parts.
///
/// - Input: `[batch, height, width, channels]`, or channels first, of any spatial sizes. Output: the same order with spatial
///   sizes `outputSize`.
/// - Throws: `KerasError.incompatibleInput` for another rank; `.invalidArgument`.
/// - Source: `keras.layers.AdaptiveAveragePooling2D`.
///
/// ```swift
/// let y = try AdaptiveAveragePooling2D(2)(Input(shape: [28, 28, 4]))     // [nil, 2, 2, 4]
/// ```
public final class AdaptiveAveragePooling2D: AdaptivePoolingLayer {
    override class var spatialRank: Int { 2 }
    override class var pooling: Pooling { .average }
}
