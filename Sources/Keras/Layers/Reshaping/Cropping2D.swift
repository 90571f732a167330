/// Cuts elements off both ends of the spatial axes.
///
/// - Input: `[batch, height, width, channels]`, or channels first. Output: the same order, spatial sizes smaller by what is cut.
/// - Throws: `KerasError.incompatibleInput` for another rank, for inputs of which nothing would be left; `.invalidArgument`.
/// - Source: `keras.layers.Cropping2D`.
///
/// ```swift
/// let y = try Cropping2D([[1, 0], [2, 2]])(Input(shape: [28, 28, 3]))     // [nil, 27, 24, 3]
/// ```
public final class Cropping2D: CroppingLayer {
    override class var spatialRank: Int { 2 }
    override class var defaultBorder: Int { 0 }
}
