import GuideModels
import Keras

/// The toy ResNet on Fashion-MNIST, padded to 32×32 and repeated for three channels.
enum ResNetStory {
    @Sendable static func run(_ options: StoryOptions) throws {
        let (train, test) = try FashionMNIST.load(from: options.text("data"))
        let count = min(options.int("samples", 60_000), 60_000)
        let xTrain = try pictures(train.x[0..<count])
        let yTrain = try ops.oneHot(train.y[0..<count], 10)
        let xTest = try pictures(test.x)
        let yTest = try ops.oneHot(test.y, 10)

        let model = try GuideModels.toyResNet()
        model.summary()
        try model.compile(optimizer: .rmsprop(1e-3), loss: .categoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
        try model.fit(xTrain, yTrain, batchSize: 64, epochs: options.int("epochs", 3), validationSplit: 0.1)
        let scores = try model.evaluate(xTest, yTest, verbose: .silent)
        print("test accuracy: \(decimal(scores["accuracy"] ?? 0))")
    }

    /// `[count, 28, 28]` bytes as `[count, 32, 32, 3]` between 0 and 1.
    static func pictures(_ bytes: Tensor) throws -> Tensor {
        let gray = try bytes.reshaped([-1, 28, 28, 1]).cast(to: .float32) / 255
        return try ops.repeat(ops.pad(gray, [(0, 0), (2, 2), (2, 2), (0, 0)]), 3, axis: -1)
    }
}
