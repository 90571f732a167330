/// Puts zeros around the spatial axis.
///
/// - Input: `[batch, steps, channels]`, or channels first. Output: the same order, spatial sizes larger by what is added.
/// - Throws: `KerasError.incompatibleInput` for another rank; `.invalidArgument`.
/// - Source: `keras.layers.ZeroPadding1D`.
///
/// ```swift
/// let y = try ZeroPadding1D([1, 2])(Input(shape: [10, 4]))     // [nil, 13, 4]
/// ```
public final class ZeroPadding1D: ZeroPaddingLayer {
    override class var spatialRank: Int { 1 }
}
