import Synchronization

/// The order of an image's axes.
public enum DataFormat: String, CaseIterable, Hashable, Sendable {
    /// `[batch, …, channels]`
    case channelsLast = "channels_last"
    /// `[batch, channels, …]`
    case channelsFirst = "channels_first"
}

private struct GlobalConfig {
    var floatx: DType = .float32
    var epsilon = 1e-7
    var imageDataFormat: DataFormat = .channelsLast
}

private let globalConfig = Mutex(GlobalConfig())

/// The default floating-point type, float32 unless changed. Keras: `keras.config.floatx`.
public func floatx() -> DType { globalConfig.withLock { $0.floatx } }

/// - Throws: `TensorError.notFloatingPoint`.
public func setFloatx(_ dtype: DType) throws {
    guard dtype.isFloatingPoint else { throw TensorError.notFloatingPoint(operation: "setFloatx", dtype: dtype) }
    globalConfig.withLock { $0.floatx = dtype }
}

/// The small number that keeps divisions and logarithms finite, 1e-7 unless changed. Keras: `keras.config.epsilon`.
public func epsilon() -> Double { globalConfig.withLock { $0.epsilon } }

/// - Throws: `TensorError.argument` unless the value is positive and finite.
public func setEpsilon(_ value: Double) throws {
    guard value > 0, value.isFinite else {
        throw TensorError.argument(operation: "setEpsilon", detail: "epsilon is a positive number, not \(value)")
    }
    globalConfig.withLock { $0.epsilon = value }
}

/// The order of images' axes where an operation is not told, channels last unless changed.
/// Keras: `keras.config.image_data_format`.
public func imageDataFormat() -> DataFormat { globalConfig.withLock { $0.imageDataFormat } }

public func setImageDataFormat(_ format: DataFormat) { globalConfig.withLock { $0.imageDataFormat = format } }
