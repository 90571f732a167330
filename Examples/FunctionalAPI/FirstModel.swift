import Keras

/// Section 1: drawing a first model.
enum FirstModel {
    @Sendable static func run(_ facts: Facts) throws {
        let inputs = Input(shape: [784])
        facts.equal("the batch size is always left out of a shape", inputs.shape, [nil, 784])
        facts.equal("an input holds float32 unless told otherwise", inputs.dtype, .float32)

        let dense = Dense(64, activation: .relu)
        var x = try dense(inputs)
        facts.equal("calling a layer draws an arrow and infers the shape", x.shape, [nil, 64])
        x = try Dense(64, activation: .relu)(x)
        let outputs = try Dense(10)(x)
        let model = try Model(inputs: inputs, outputs: outputs, name: "mnist_model")

        model.summary()
        facts.equal("the model has 55,050 parameters", try model.countParams(), 55_050)
        facts.holds("the summary says so", model.summaryText().contains("Total params: 55,050 (215.04 KB)"))
        facts.equal("names count up per class", model.layers.map(\.name), ["input_layer", "dense", "dense_1", "dense_2"])

        try plotModel(model, to: Guide.output("first_model.png"))
        try plotModel(
            model, to: Guide.output("first_model_shapes.svg"), showShapes: true, showDtype: true, showLayerNames: true,
            showLayerActivations: true, showTrainable: true, expandNested: true, rankdir: .leftRight, dpi: 200)
        facts.holds("the graph is plotted", try Guide.plot(model, "first_model_all.png"))

        clearSession()
        facts.equal("clearSession() starts the names again", Dense(1).name, "dense")
    }
}
