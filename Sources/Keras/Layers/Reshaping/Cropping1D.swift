/// Cuts elements off both ends of the spatial axis.
///
/// - Input: `[batch, steps, channels]`. Output: the same order, spatial sizes smaller by what is cut.
/// - Throws: `KerasError.incompatibleInput` for another rank, for inputs of which nothing would be left; `.invalidArgument`.
/// - Source: `keras.layers.Cropping1D`.
///
/// ```swift
/// let y = try Cropping1D([1, 2])(Input(shape: [10, 4]))     // [nil, 7, 4]
/// ```
public final class Cropping1D: CroppingLayer {
    override class var spatialRank: Int { 1 }
    override class var hasDataFormat: Bool { false }
}
