import Keras
import GuideModels

/// Section 2: two epochs on Fashion-MNIST.
enum TrainEvaluatePredict {
    @Sendable static func run(_ facts: Facts) throws {
        let (train, test) = try FashionMNIST.load()
        let xTrain = try train.x.reshaped([60000, 784]).cast(to: .float32) / 255
        let xTest = try test.x.reshaped([10000, 784]).cast(to: .float32) / 255

        let model = try GuideModels.mnist()
        try model.compile(optimizer: .rmsprop(), loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
        let history = try model.fit(xTrain, train.y, batchSize: 64, epochs: 2, verbose: .line, validationSplit: 0.2)
        facts.equal("the history has a value for each epoch", history["val_accuracy"].count, 2)

        let scores = try model.evaluate(xTest, test.y, verbose: .line)
        facts.equal("evaluate answers by name", scores.map(\.name).sorted(), ["accuracy", "loss"])
        facts.holds("test accuracy is above 0.83, as Keras'", scores["accuracy"] ?? 0 > 0.83)

        let predictions = try model.predict(xTest, verbose: .silent)
        facts.equal("predict gives ten scores for each picture", predictions.shape, [10000, 10])
        let right = try ops.mean(ops.equal(predictions.argmax(axis: -1), test.y.cast(to: .int32)).cast(to: .float32)).item(Float.self)
        facts.holds("predictions are what evaluate counted", abs(Double(right) - (scores["accuracy"] ?? 0)) < 1e-4)
    }
}
