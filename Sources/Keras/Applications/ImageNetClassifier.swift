/// A model for ImageNet's images: how pixels go in, and what its scores mean in words.
public protocol ImageNetClassifier: Model {
    /// The range of pixels that it was trained on.
    static var preprocessing: ImageNetPreprocessing { get }
}

extension ImageNetClassifier {
    /// Pixels from 0 to 255 as the model wants them; see ``preprocessing``.
    ///
    /// - Parameter x: `[…, height, width, 3]`, or channels first; one image or a batch.
    public static func preprocessInput(_ x: some TensorConvertible, dataFormat: DataFormat? = nil) throws -> Tensor {
        try preprocessing(x, dataFormat: dataFormat)
    }

    /// The same in a graph.
    public static func preprocessInput(
        _ x: KerasTensor, dataFormat: DataFormat? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try preprocessing(x, dataFormat: dataFormat, fileID: fileID, line: line)
    }

    /// The classes of the greatest scores of each sample, greatest first.
    ///
    /// - Parameters:
    ///   - predictions: `[samples, 1000]`.
    ///   - top: how many for each sample.
    ///   - path: the file of the class names, `imagenet_class_index.json`; `nil`: in Keras' cache (`~/.keras/models`), else
    ///     downloaded once.
    /// - Throws: `KerasError.invalidSetting` for another shape; `.data`.
    public static func decodePredictions(
        _ predictions: Tensor, top: Int = 5, classIndex path: String? = nil
    ) throws -> [[ImageNetPrediction]] {
        try ImageNetClasses.decode(predictions, top: top, classIndex: path)
    }
}
