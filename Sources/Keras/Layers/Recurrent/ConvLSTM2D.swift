/// A long short-term memory over sequences of pictures, with convolutions for products: see ``ConvLSTM``.
///
/// - Input: `[batch, time, height, width, channels]`, or channels after the time axis.
/// - Source: `keras.layers.ConvLSTM2D`.
///
/// ```swift
/// let y = try ConvLSTM2D(8, 3)(Input(shape: [nil, 32, 32, 3]))      // [nil, 30, 30, 8]
/// ```
public final class ConvLSTM2D: ConvLSTM {
    override class var spatialRank: Int { 2 }
}
