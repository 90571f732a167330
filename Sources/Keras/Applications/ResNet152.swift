/// ResNet152, a residual network that classifies images: 155 convolutions and a dense layer, 60,419,944 parameters.
///
/// - Input: `[batch, 224, 224, 3]`, pixels after `preprocessInput`. Output: `[batch, 1000]`.
/// - Throws: `KerasError.invalidSetting` for arguments that do not go together, `.data` if weights cannot be had, `.saving` if they
///   are another model's.
/// - Source: He et al., arXiv 1512.03385; `keras.applications.ResNet152`.
///
/// ```swift
/// let resnet = try ResNet152(weights: .imagenet)
/// let image = try imageToArray(loadImage("cat.png", targetSize: (224, 224)))
/// let scores = try resnet.predict(ResNet152.preprocessInput(ops.expandDims(image, axis: 0)))
/// for guess in try ResNet152.decodePredictions(scores)[0] { print(guess.classDescription, guess.score) }
/// ```
public final class ResNet152: Model, ImageNetClassifier {
    override public class var registeredName: String { Model.registeredName }

    /// - Parameters:
    ///   - includeTop: whether the classifier, pooling and a dense layer, stands at the end.
    ///   - weights: `nil`: random ones.
    ///   - inputTensor: a place in a graph that the images come from; `nil`: an `Input` of the model's own.
    ///   - inputShape: an image's shape, where there is no classifier or its weights are not ImageNet's; sides of 32 at least.
    ///   - pooling: what follows the last block where there is no classifier; `nil`: nothing.
    ///   - classes: the number of classes; another than 1000 where the weights are not ImageNet's.
    ///   - classifierActivation: `.linear` gives logits. `.softmax` or `.linear` where weights are loaded.
    public init(
        includeTop: Bool = true, weights: PretrainedWeights? = .imagenet, inputTensor: KerasTensor? = nil, inputShape: Shape? = nil,
        pooling: FeaturePooling? = nil, classes: Int = 1000, classifierActivation: ActivationFunction = .softmax,
        name: String = "resnet152", fileID: String = #fileID, line: Int = #line
    ) throws {
        let options = ImageNetModel.Options(
            includeTop: includeTop, weights: weights, inputTensor: inputTensor, inputShape: inputShape, pooling: pooling,
            classes: classes, classifierActivation: classifierActivation, place: CallPlace(fileID: fileID, line: line))
        let (inputs, output) = try ResNet.oneHundredFiftyTwo.draw(options)
        try super.init(inputs: inputs, outputs: output, name: name)
        try ResNet.oneHundredFiftyTwo.model.load(options, into: self)
    }

    public required init(config: Config) throws { try super.init(config: config) }

    /// BGR, without ImageNet's mean.
    public static var preprocessing: ImageNetPreprocessing { .caffe }
}
