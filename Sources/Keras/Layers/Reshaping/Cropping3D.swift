/// Cuts elements off both ends of the spatial axes.
///
/// - Input: `[batch, depth, height, width, channels]`, or channels first. Output: the same order, spatial sizes smaller by what is cut.
/// - Throws: `KerasError.incompatibleInput` for another rank, for inputs of which nothing would be left; `.invalidArgument`.
/// - Source: `keras.layers.Cropping3D`.
///
/// ```swift
/// let y = try Cropping3D(1)(Input(shape: [8, 8, 8, 2]))     // [nil, 6, 6, 6, 2]
/// ```
public final class Cropping3D: CroppingLayer {
    override class var spatialRank: Int { 3 }
}
