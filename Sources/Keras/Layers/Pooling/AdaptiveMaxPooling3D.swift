/// The greatest element of windows that divide each spatial axis into a given number of parts.
///
/// - Input: `[batch, depth, height, width, channels]`, or channels first, of any spatial sizes. Output: the same order with spatial
///   sizes `outputSize`.
/// - Throws: `KerasError.incompatibleInput` for another rank; `.invalidArgument`.
/// - Source: `keras.layers.AdaptiveMaxPooling3D`.
///
/// ```swift
/// let y = try AdaptiveMaxPooling3D(2)(Input(shape: [16, 28, 28, 4]))     // [nil, 2, 2, 2, 4]
/// ```
public final class AdaptiveMaxPooling3D: AdaptivePoolingLayer {
    override class var spatialRank: Int { 3 }
    override class var pooling: Pooling { .max }
}
