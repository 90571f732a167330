/// The mean of each channel over the spatial axes.
///
/// - Input: `[batch, height, width, channels]`, or channels first. Output: `[batch, channels]`; with `keepdims` the spatial
///   axes stay, with size 1.
/// - Throws: `KerasError.incompatibleInput` for another rank.
/// - Source: `keras.layers.GlobalAveragePooling2D`.
///
/// ```swift
/// let y = try GlobalAveragePooling2D()(Input(shape: [28, 28, 4]))     // [nil, 4]
/// ```
public final class GlobalAveragePooling2D: GlobalPoolingLayer {
    override class var spatialRank: Int { 2 }
    override class var pooling: Pooling { .average }
}

public typealias GlobalAvgPool2D = GlobalAveragePooling2D
