import GuideModels
import Keras

/// Section 3: encoder and autoencoder share a graph; models are called like layers.
enum ModelsAsLayers {
    @Sendable static func run(_ facts: Facts) throws {
        let (image, code) = try GuideModels.encoderPlaces()
        let encoder = try Model(inputs: image, outputs: code, name: "encoder")
        facts.equal("the encoder has 18,672 parameters", try encoder.countParams(), 18_672)
        facts.equal("it makes 16 numbers of a picture", encoder.output.shape, [nil, 16])

        let autoencoder = try Model(inputs: image, outputs: GuideModels.decoded(code), name: "autoencoder")
        autoencoder.summary()
        facts.equal("the autoencoder has 28,241 parameters", try autoencoder.countParams(), 28_241)
        facts.equal("it gives a picture back", autoencoder.output.shape, [nil, 28, 28, 1])
        facts.holds("the two share the encoder's layers", encoder.layers.allSatisfy { layer in autoencoder.layers.contains { $0 === layer } })
        facts.holds("the autoencoder is plotted", try Guide.plot(autoencoder, "autoencoder.png"))

        let decoder = try GuideModels.decoder()
        let picture = Input(shape: [28, 28, 1], name: "picture")
        let chained = try Model(inputs: picture, outputs: decoder(encoder(picture)), name: "chained")
        facts.equal("a model can be called on another's output", chained.output.shape, [nil, 28, 28, 1])
        facts.equal("models are layers of the larger one", chained.layers.map(\.name), ["picture", "encoder", "decoder"])
        facts.equal("and keep their weights", try chained.countParams(), try encoder.countParams() + decoder.countParams())
        facts.holds("nested models are plotted as clusters", try Guide.plot(chained, "chained.png"))

        // The weights are one set, whichever model they are reached through.
        let pictures = try random.uniform([2, 28, 28, 1], seed: 1)
        let apart = try decoder.predict(encoder.predict(pictures, verbose: .silent), verbose: .silent)
        let together = try chained.predict(pictures, verbose: .silent)
        facts.holds("chained and step by step agree", try ops.max(ops.abs(together - apart)).item(Float.self) < 1e-5)

        let inputs = Input(shape: [128])
        let members = try (0..<3).map { _ in
            let inputs = Input(shape: [128])
            return try Model(inputs: inputs, outputs: Dense(1)(inputs))
        }
        let (model1, model2, model3) = (members[0], members[1], members[2])
        let ensemble = try Model(inputs: inputs, outputs: average([model1(inputs), model2(inputs), model3(inputs)]))
        facts.equal("an ensemble is the mean of its members", ensemble.output.shape, [nil, 1])
        facts.equal("its layers are three models and an average", ensemble.layers.map { type(of: $0).registeredName },
                    ["InputLayer", "Functional", "Functional", "Functional", "Average"])
        facts.holds("the ensemble is plotted", try Guide.plot(ensemble, "ensemble.png"))

        encoder.trainable = false
        facts.equal("freezing a model freezes its layers wherever they are used", chained.trainableWeights.count, decoder.trainableWeights.count)
    }
}
