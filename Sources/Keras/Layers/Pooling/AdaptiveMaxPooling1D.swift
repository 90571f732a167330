/// The greatest element of windows that divide each spatial axis into a given number of parts.
///
/// - Input: `[batch, steps, channels]`, or channels first, of any spatial sizes. Output: the same order with spatial
///   sizes `outputSize`.
/// - Throws: `KerasError.incompatibleInput` for another rank; `.invalidArgument`.
/// - Source: `keras.layers.AdaptiveMaxPooling1D`.
///
/// ```swift
/// let y = try AdaptiveMaxPooling1D(2)(Input(shape: [10, 4]))     // [nil, 2, 4]
/// ```
public final class AdaptiveMaxPooling1D: AdaptivePoolingLayer {
    override class var spatialRank: Int { 1 }
    override class var pooling: Pooling { .max }
}
