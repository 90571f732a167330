/// The greatest element of each channel over the spatial axes.
///
/// - Input: `[batch, depth, height, width, channels]`, or channels first. Output: `[batch, channels]`; with `keepdims` the spatial
///   axes stay, with size 1.
/// - Throws: `KerasError.incompatibleInput` for another rank.
/// - Source: `keras.layers.GlobalMaxPooling3D`.
///
/// ```swift
/// let y = try GlobalMaxPooling3D()(Input(shape: [16, 28, 28, 4]))     // [nil, 4]
/// ```
public final class GlobalMaxPooling3D: GlobalPoolingLayer {
    override class var spatialRank: Int { 3 }
    override class var pooling: Pooling { .max }
}

public typealias GlobalMaxPool3D = GlobalMaxPooling3D
