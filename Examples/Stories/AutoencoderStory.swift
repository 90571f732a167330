import GuideModels
import Keras

/// The convolutional autoencoder on Fashion-MNIST, with a picture of originals and what it makes of them.
enum AutoencoderStory {
    @Sendable static func run(_ options: StoryOptions) throws {
        let (train, test) = try FashionMNIST.load(from: options.text("data"))
        let count = min(options.int("samples", 20_000), 60_000)
        let xTrain = try pictures(train.x[0..<count])
        let xTest = try pictures(test.x)

        let model = try GuideModels.autoencoder()
        model.summary()
        try model.compile(optimizer: .adam(2e-3), loss: .meanSquaredError())
        try model.fit(xTrain, xTrain, batchSize: 64, epochs: options.int("epochs", 3), validationSplit: 0.1)

        let loss = try model.evaluate(xTest, xTest, verbose: .silent)["loss"] ?? 0
        // What one would say without looking: the mean picture for all.
        let mean = try ops.mean(xTrain, axis: 0, keepdims: true)
        let blind = try ops.mean(ops.square(xTest - mean)).item(Float.self)
        print("test error: \(decimal(loss, 5)), of the mean picture: \(decimal(Double(blind), 5))")

        let shown = 10
        let originals = try xTest[0..<shown]
        let drawn = try model.predict(originals, verbose: .silent)
        try saveImage(sheet(originals, drawn), to: "output/autoencoder.png")
        print("originals (above) and reconstructions: output/autoencoder.png")
    }

    private static func pictures(_ bytes: Tensor) throws -> Tensor { try bytes.reshaped([-1, 28, 28, 1]).cast(to: .float32) / 255 }

    /// Two rows of pictures as one, three times as large, bytes.
    private static func sheet(_ above: Tensor, _ below: Tensor) throws -> Tensor {
        func row(_ pictures: Tensor) throws -> Tensor {
            let side = 28, count = pictures.shape[0]
            return try ops.reshape(ops.transpose(pictures, axes: [1, 0, 2, 3]), [side, count * side, 1])
        }
        let both = try ops.clip(ops.concatenate([row(above), row(below)], axis: 0), 0, 1) * 255
        return try ops.repeat(ops.repeat(both, 3, axis: 0), 3, axis: 1)
    }
}
