import Keras

/// The models that only the benchmark has; others are the guide's or among the applications.
enum Models {
    /// Two hidden layers. 55,050 parameters with a width of 64.
    static func mlp(width: Int) throws -> Model {
        let inputs = Input(shape: [784])
        var x = try Dense(width, activation: .relu)(inputs)
        x = try Dense(width, activation: .relu)(x)
        return try Model(inputs: inputs, outputs: Dense(10)(x))
    }

    /// Words to a class. 740,106 parameters.
    static func lstm(length: Int) throws -> Model {
        let words = Input(shape: [length], dtype: .int32)
        return try Model(inputs: words, outputs: Dense(10)(LSTM(128)(Embedding(10_000, 64)(words))))
    }

    /// The guide's router, with titles of 10 words and bodies of 100. 1,392,097 parameters.
    static func router() throws -> Model {
        let title = Input(shape: [10], name: "title")
        let body = Input(shape: [100], name: "body")
        let tags = Input(shape: [12], name: "tags")
        let features = try concatenate([
            LSTM(128)(Embedding(10_000, 64)(title)),
            LSTM(32)(Embedding(10_000, 64)(body)),
            tags,
        ])
        let priority = try Dense(1, name: "priority")(features)
        let department = try Dense(4, name: "department")(features)
        return try Model(inputs: [title, body, tags], outputs: [priority, department])
    }

    /// 128 words through two blocks of attention and a feed-forward network.
    static func transformer() throws -> Model {
        let words = Input(shape: [128], dtype: .int32)
        var x = try Embedding(10_000, 128)(words)
        for _ in 0..<2 {
            x = try LayerNormalization()(x + MultiHeadAttention(numHeads: 4, keyDim: 32)(x, value: x))
            x = try LayerNormalization()(x + Dense(128)(Dense(512, activation: .gelu)(x)))
        }
        return try Model(inputs: words, outputs: Dense(10)(GlobalAveragePooling1D()(x)))
    }

    /// The application, for small pictures of ten classes. 23,608,202 parameters.
    static func resnet50() throws -> Model {
        try ResNet50(weights: nil, inputShape: [64, 64, 3], classes: 10, classifierActivation: .linear)
    }

    /// As many convolutions as asked for, with a way around each two.
    static func residual(depth: Int) throws -> Model {
        let inputs = Input(shape: [16, 16, 16])
        var x = inputs
        for _ in 0..<depth / 2 {
            let y = try Conv2D(16, 3, activation: .relu, padding: .same)(x)
            x = try add([Conv2D(16, 3, activation: .relu, padding: .same)(y), x])
        }
        return try Model(inputs: inputs, outputs: Dense(10)(GlobalAveragePooling2D()(x)))
    }
}
