/// A long short-term memory over sequences of sequences, with convolutions for products: see ``ConvLSTM``.
///
/// - Input: `[batch, time, steps, channels]`, or channels after the time axis.
/// - Source: `keras.layers.ConvLSTM1D`.
///
/// ```swift
/// let y = try ConvLSTM1D(8, 3)(Input(shape: [nil, 16, 3]))      // [nil, 14, 8]
/// ```
public final class ConvLSTM1D: ConvLSTM {
    override class var spatialRank: Int { 1 }
}
