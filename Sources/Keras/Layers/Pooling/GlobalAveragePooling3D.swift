/// The mean of each channel over the spatial axes.
///
/// - Input: `[batch, depth, height, width, channels]`, or channels first. Output: `[batch, channels]`; with `keepdims` the spatial
///   axes stay, with size 1.
/// - Throws: `KerasError.incompatibleInput` for another rank.
/// - Source: `keras.layers.GlobalAveragePooling3D`.
///
/// ```swift
/// let y = try GlobalAveragePooling3D()(Input(shape: [16, 28, 28, 4]))     // [nil, 4]
/// ```
public final class GlobalAveragePooling3D: GlobalPoolingLayer {
    override class var spatialRank: Int { 3 }
    override class var pooling: Pooling { .average }
}

public typealias GlobalAvgPool3D = GlobalAveragePooling3D
