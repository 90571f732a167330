/// The start of a graph: a place for data of a given shape.
///
/// Keras' name: `keras.Input`.
///
/// ```swift
/// let image = Input(shape: [28, 28, 1], name: "image")
/// image.shape                                  // [nil, 28, 28, 1]
/// let title = Input(shape: [nil], name: "title")   // sequences of any length
/// ```
///
/// - Parameters:
///   - shape: the shape of one sample, without the batch axis; `nil` for a size that may vary.
///   - batchSize: the batch's size, if it is fixed.
///   - dtype: the type of the data; `nil`: `floatx()`.
///   - name: the input's name, by which data can be given; `nil`: `input_layer`, counted up.
public func Input(
    shape: Shape, batchSize: Int? = nil, dtype: DType? = nil, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> KerasTensor {
    Input(batchShape: [batchSize] + shape, dtype: dtype, name: name, fileID: fileID, line: line)
}

/// The start of a graph, with the batch axis in the shape.
public func Input(
    batchShape: Shape, dtype: DType? = nil, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> KerasTensor {
    InputLayer(batchShape: batchShape, dtype: dtype, name: name, fileID: fileID, line: line).output
}
