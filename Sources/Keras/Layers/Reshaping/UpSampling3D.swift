/// Each element of a volume repeated `size` times along each spatial axis.
///
/// - Input: `[batch, depth, height, width, channels]`, or channels first. Output: the same order, spatial sizes times `size`.
/// - Throws: `KerasError.incompatibleInput` for another rank; `.invalidArgument`.
/// - Source: `keras.layers.UpSampling3D`.
///
/// ```swift
/// let y = try UpSampling3D(2)(Input(shape: [16, 28, 28, 4]))     // [nil, 32, 56, 56, 4]
/// ```
public final class UpSampling3D: UpSamplingLayer {
    override class var spatialRank: Int { 3 }
}
