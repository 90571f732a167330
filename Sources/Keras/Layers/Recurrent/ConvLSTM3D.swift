/// A long short-term memory over sequences of volumes, with convolutions for products: see ``ConvLSTM``.
///
/// - Input: `[batch, time, depth, height, width, channels]`, or channels after the time axis.
/// - Source: `keras.layers.ConvLSTM3D`.
///
/// ```swift
/// let y = try ConvLSTM3D(8, 3)(Input(shape: [nil, 8, 8, 8, 3]))      // [nil, 6, 6, 6, 8]
/// ```
public final class ConvLSTM3D: ConvLSTM {
    override class var spatialRank: Int { 3 }
}
