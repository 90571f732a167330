/// The greatest element of each channel over the spatial axes.
///
/// - Input: `[batch, height, width, channels]`, or channels first. Output: `[batch, channels]`; with `keepdims` the spatial
///   axes stay, with size 1.
/// - Throws: `KerasError.incompatibleInput` for another rank.
/// - Source: `keras.layers.GlobalMaxPooling2D`.
///
/// ```swift
/// let y = try GlobalMaxPooling2D()(Input(shape: [28, 28, 4]))     // [nil, 4]
/// ```
public final class GlobalMaxPooling2D: GlobalPoolingLayer {
    override class var spatialRank: Int { 2 }
    override class var pooling: Pooling { .max }
}

public typealias GlobalMaxPool2D = GlobalMaxPooling2D
