/// The greatest element of each channel over the spatial axis.
///
/// - Input: `[batch, steps, channels]`, or channels first. Output: `[batch, channels]`; with `keepdims` the spatial
///   axis stays, with size 1.
/// - Throws: `KerasError.incompatibleInput` for another rank.
/// - Source: `keras.layers.GlobalMaxPooling1D`.
///
/// ```swift
/// let y = try GlobalMaxPooling1D()(Input(shape: [10, 4]))     // [nil, 4]
/// ```
public final class GlobalMaxPooling1D: GlobalPoolingLayer {
    override class var spatialRank: Int { 1 }
    override class var pooling: Pooling { .max }
}

public typealias GlobalMaxPool1D = GlobalMaxPooling1D
