/// Each step repeated `size` times.
///
/// - Input: `[batch, steps, channels]`. Output: the same order, spatial sizes times `size`.
/// - Throws: `KerasError.incompatibleInput` for another rank; `.invalidArgument`.
/// - Source: `keras.layers.UpSampling1D`.
///
/// ```swift
/// let y = try UpSampling1D(3)(Input(shape: [10, 4]))     // [nil, 30, 4]
/// ```
public final class UpSampling1D: UpSamplingLayer {
    override class var spatialRank: Int { 1 }
    override class var hasDataFormat: Bool { false }
}
