/// How pixels from 0 to 255 are brought into the range that a model was trained on.
///
/// Source: `keras.applications.imagenet_utils.preprocess_input`.
///
/// ```swift
/// let x = try ImageNetPreprocessing.caffe(imageToArray(loadImage("cat.png", targetSize: (224, 224))))
/// ```
public enum ImageNetPreprocessing: String, CaseIterable, Hashable, Sendable {
    /// RGB becomes BGR, and each colour's mean over ImageNet is taken away; the scale stays.
    case caffe
    /// From -1 to 1.
    case tf
    /// From 0 to 1, then each colour's mean over ImageNet is taken away, and divided by its standard deviation.
    case torch

    /// - Parameters:
    ///   - x: `[…, height, width, 3]`, or `[…, 3, height, width]` with channels first; one image or a batch. Integers become
    ///     `floatx()`.
    ///   - dataFormat: the order of axes; `nil`: `imageDataFormat()`.
    /// - Throws: `KerasError.invalidSetting` for another rank than 3 or 4, or another number of channels than 3.
    public func callAsFunction(_ x: some TensorConvertible, dataFormat: DataFormat? = nil) throws -> Tensor {
        var x = try x.tensor()
        if !x.dtype.isFloatingPoint { x = try x.cast(to: floatx()) }
        if self == .tf { return try x / 127.5 - 1 }
        let axis = try channelAxis(Shape(x.shape), dataFormat)
        switch self {
        case .caffe: x = try ops.flip(x, axis: axis)
        case .torch, .tf: x = try x / 255
        }
        x = try x - perChannel(means, axis, rank: x.rank).cast(to: x.dtype)
        return try deviations.map { try x / perChannel($0, axis, rank: x.rank).cast(to: x.dtype) } ?? x
    }

    /// The same for a place in a graph, as part of a model.
    public func callAsFunction(
        _ x: KerasTensor, dataFormat: DataFormat? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        let x = try x.checked()
        func subtract(_ a: KerasTensor, _ b: some GraphOperand) throws -> KerasTensor { try ops.subtract(a, b, fileID: fileID, line: line) }
        func divide(_ a: KerasTensor, _ b: some GraphOperand) throws -> KerasTensor { try ops.divide(a, b, fileID: fileID, line: line) }
        if self == .tf { return try subtract(divide(x, 127.5), 1.0) }
        let axis = try channelAxis(x.shape, dataFormat)
        let scaled = self == .caffe ? try ops.flip(x, axis: axis, fileID: fileID, line: line) : try divide(x, 255.0)
        let centred = try subtract(scaled, perChannel(means, axis, rank: x.rank))
        return try deviations.map { try divide(centred, perChannel($0, axis, rank: x.rank)) } ?? centred
    }

    /// ImageNet's means, in the order of the colours after the step before.
    private var means: [Double] { self == .torch ? [0.485, 0.456, 0.406] : [103.939, 116.779, 123.68] }
    private var deviations: [Double]? { self == .torch ? [0.229, 0.224, 0.225] : nil }

    private func channelAxis(_ shape: Shape, _ dataFormat: DataFormat?) throws -> Int {
        let axis = (dataFormat ?? imageDataFormat()) == .channelsFirst ? shape.rank - 3 : shape.rank - 1
        guard shape.rank == 3 || shape.rank == 4, shape[axis] == 3 else {
            throw KerasError.invalidSetting(
                object: "preprocessInput", argument: "x", expected: "one image or a batch with 3 channels in axis \(axis)", got: "\(shape)")
        }
        return axis
    }

    private func perChannel(_ numbers: [Double], _ axis: Int, rank: Int) throws -> Tensor {
        let shape = (0..<rank).map { $0 == axis ? numbers.count : 1 }
        return try Tensor(numbers, shape: shape, dtype: floatx())
    }
}
