/// VGG16, a classifier of images: 13 convolutions and 3 dense layers, 138,357,544 parameters.
///
/// - Input: `[batch, 224, 224, 3]`, pixels after `preprocessInput`. Output: `[batch, 1000]`.
/// - Throws: `KerasError.invalidSetting` for arguments that do not go together, `.data` if weights cannot be had, `.saving` if they
///   are another model's.
/// - Source: Simonyan and Zisserman, arXiv 1409.1556; `keras.applications.VGG16`.
///
/// ```swift
/// let vgg = try VGG16(weights: .imagenet)
/// let features = try Model(inputs: vgg.input, outputs: vgg.layers.map(\.output))
/// let image = try imageToArray(loadImage("cat.png", targetSize: (224, 224)))
/// let scores = try vgg.predict(VGG16.preprocessInput(ops.expandDims(image, axis: 0)))
/// for guess in try VGG16.decodePredictions(scores)[0] { print(guess.classDescription, guess.score) }
/// ```
public final class VGG16: Model, ImageNetClassifier {
    override public class var registeredName: String { Model.registeredName }

    /// - Parameters:
    ///   - includeTop: whether the classifier, three dense layers, stands at the end.
    ///   - weights: `nil`: random ones.
    ///   - inputTensor: a place in a graph that the images come from; `nil`: an `Input` of the model's own.
    ///   - inputShape: an image's shape, where there is no classifier or its weights are not ImageNet's; sides of 32 at least.
    ///   - pooling: what follows the last block where there is no classifier; `nil`: nothing.
    ///   - classes: the number of classes; another than 1000 where the weights are not ImageNet's.
    ///   - classifierActivation: `.linear` gives logits. `.softmax` or `.linear` where weights are loaded.
    public init(
        includeTop: Bool = true, weights: PretrainedWeights? = .imagenet, inputTensor: KerasTensor? = nil, inputShape: Shape? = nil,
        pooling: FeaturePooling? = nil, classes: Int = 1000, classifierActivation: ActivationFunction = .softmax, name: String = "vgg16",
        fileID: String = #fileID, line: Int = #line
    ) throws {
        let options = ImageNetModel.Options(
            includeTop: includeTop, weights: weights, inputTensor: inputTensor, inputShape: inputShape, pooling: pooling,
            classes: classes, classifierActivation: classifierActivation, place: CallPlace(fileID: fileID, line: line))
        let (inputs, output) = try VGG.sixteen.draw(options)
        try super.init(inputs: inputs, outputs: output, name: name)
        try VGG.sixteen.model.load(options, into: self)
    }

    public required init(config: Config) throws { try super.init(config: config) }

    /// BGR, without ImageNet's mean.
    public static var preprocessing: ImageNetPreprocessing { .caffe }
}
