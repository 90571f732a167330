/// Puts zeros around the spatial axes.
///
/// - Input: `[batch, height, width, channels]`, or channels first. Output: the same order, spatial sizes larger by what is added.
/// - Throws: `KerasError.incompatibleInput` for another rank; `.invalidArgument`.
/// - Source: `keras.layers.ZeroPadding2D`.
///
/// ```swift
/// let y = try ZeroPadding2D([[1, 0], [2, 2]])(Input(shape: [28, 28, 3]))     // [nil, 29, 32, 3]
/// ```
public final class ZeroPadding2D: ZeroPaddingLayer {
    override class var spatialRank: Int { 2 }
}
