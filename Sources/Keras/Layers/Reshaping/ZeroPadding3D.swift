/// Puts zeros around the spatial axes.
///
/// - Input: `[batch, depth, height, width, channels]`, or channels first. Output: the same order, spatial sizes larger by what is added.
/// - Throws: `KerasError.incompatibleInput` for another rank; `.invalidArgument`.
/// - Source: `keras.layers.ZeroPadding3D`.
///
/// ```swift
/// let y = try ZeroPadding3D(1)(Input(shape: [8, 8, 8, 2]))     // [nil, 10, 10, 10, 2]
/// ```
public final class ZeroPadding3D: ZeroPaddingLayer {
    override class var spatialRank: Int { 3 }
}
