import Keras

/// The models of the guide, for the programs and tests that use them.
public enum GuideModels {
    /// Section 1: 784 pixels in, a score for each of 10 classes out. 55,050 parameters.
    public static func mnist() throws -> Model {
        let inputs = Input(shape: [784])
        var x = try Dense(64, activation: .relu)(inputs)
        x = try Dense(64, activation: .relu)(x)
        return try Model(inputs: inputs, outputs: Dense(10)(x), name: "mnist_model")
    }

    /// Section 3: a picture `[28, 28, 1]` becomes 16 numbers. 18,672 parameters.
    public static func encoder() throws -> Model {
        let (image, code) = try encoderPlaces()
        return try Model(inputs: image, outputs: code, name: "encoder")
    }

    /// Section 3: 16 numbers become a picture. 9,569 parameters.
    public static func decoder() throws -> Model {
        let code = Input(shape: [16], name: "encoded_img")
        return try Model(inputs: code, outputs: decoded(code), name: "decoder")
    }

    /// Section 3: the encoder and what undoes it, from one graph. 28,241 parameters.
    public static func autoencoder() throws -> Model {
        let (image, code) = try encoderPlaces()
        return try Model(inputs: image, outputs: decoded(code), name: "autoencoder")
    }

    /// Section 3: the same of two models, called one after the other.
    public static func chainedAutoencoder() throws -> Model {
        let code = Input(shape: [16], name: "encoded_img")
        let encoder = try encoder()
        let decoder = try Model(inputs: code, outputs: decoded(code), name: "decoder")
        let image = Input(shape: [28, 28, 1], name: "img")
        return try Model(inputs: image, outputs: decoder(encoder(image)), name: "autoencoder")
    }

    /// Where the encoder starts and ends.
    public static func encoderPlaces() throws -> (image: KerasTensor, code: KerasTensor) {
        let image = Input(shape: [28, 28, 1], name: "img")
        var x = try Conv2D(16, 3, activation: .relu)(image)
        x = try Conv2D(32, 3, activation: .relu)(x)
        x = try MaxPooling2D(3)(x)
        x = try Conv2D(32, 3, activation: .relu)(x)
        x = try Conv2D(16, 3, activation: .relu)(x)
        return (image, try GlobalMaxPooling2D()(x))
    }

    /// A picture from 16 numbers.
    public static func decoded(_ code: KerasTensor) throws -> KerasTensor {
        var x = try Reshape([4, 4, 1])(code)
        x = try Conv2DTranspose(16, 3, activation: .relu)(x)
        x = try Conv2DTranspose(32, 3, activation: .relu)(x)
        x = try UpSampling2D(3)(x)
        x = try Conv2DTranspose(16, 3, activation: .relu)(x)
        return try Conv2DTranspose(1, 3, activation: .relu)(x)
    }

    /// Section 3: the mean of three models' answers.
    public static func ensemble() throws -> Model {
        let members = try (0..<3).map { _ in
            let inputs = Input(shape: [128])
            return try Model(inputs: inputs, outputs: Dense(1)(inputs))
        }
        let inputs = Input(shape: [128])
        return try Model(inputs: inputs, outputs: average(members.map { try $0(inputs) }))
    }

    /// Section 4: support tickets, by title, body and tags, to a priority and a department. 1,392,097 parameters.
    public static func router() throws -> Model {
        let title = Input(shape: [nil], name: "title")
        let body = Input(shape: [nil], name: "body")
        let tags = Input(shape: [12], name: "tags")
        let features = try concatenate([
            LSTM(128)(Embedding(10_000, 64)(title)),
            LSTM(32)(Embedding(10_000, 64)(body)),
            tags,
        ])
        let priority = try Dense(1, name: "priority")(features)
        let department = try Dense(4, name: "department")(features)
        return try Model(inputs: [title, body, tags], outputs: ["priority": priority, "department": department])
    }

    /// Section 5: a small residual network for pictures `[32, 32, 3]` of 10 classes. 223,242 parameters.
    public static func toyResNet(dropout: Double = 0.5) throws -> Model {
        let inputs = Input(shape: [32, 32, 3], name: "img")
        var x = try Conv2D(32, 3, activation: .relu)(inputs)
        x = try Conv2D(64, 3, activation: .relu)(x)
        var block = try MaxPooling2D(3)(x)
        for _ in 0..<2 {
            x = try Conv2D(64, 3, activation: .relu, padding: .same)(block)
            x = try Conv2D(64, 3, activation: .relu, padding: .same)(x)
            block = try add([x, block])
        }
        x = try Conv2D(64, 3, activation: .relu)(block)
        x = try GlobalAveragePooling2D()(x)
        x = try Dense(256, activation: .relu)(x)
        x = try Dropout(dropout)(x)
        return try Model(inputs: inputs, outputs: Dense(10)(x), name: "toy_resnet")
    }

    /// Section 5: one embedding for two sentences.
    public static func sharedEmbedding() throws -> Model {
        let shared = Embedding(1000, 128)
        let first = Input(shape: [nil], dtype: .int32), second = Input(shape: [nil], dtype: .int32)
        let pooled = try [first, second].map { try GlobalAveragePooling1D()(shared($0)) }
        return try Model(inputs: [first, second], outputs: Dense(1)(concatenate(pooled)), name: "shared_embedding")
    }

    /// Section 5: operators and `ops` between layers.
    public static func operations() throws -> Model {
        let x = Input(shape: [16], name: "numbers")
        var y = try x * 2 + 1
        y = try ops.reshape(y, [-1, 4, 4])
        y = try ops.concatenate([y[.all, 0], ops.tanh(y[.all, 1])], axis: -1)
        return try Model(inputs: x, outputs: Dense(3)(y), name: "operations")
    }

    /// Section 5: a question looks for its answer; both may have any length, filled up with zeros that do not count.
    public static func masked() throws -> Model {
        let question = Input(shape: [nil], dtype: .int32, name: "question"), answer = Input(shape: [nil], dtype: .int32, name: "answer")
        let words = Embedding(1000, 16, maskZero: true, name: "words")
        let read = try Bidirectional(LSTM(8, returnSequences: true), name: "read")(words(question))
        let found = try Attention(name: "look")([read, words(answer)])
        return try Model(
            inputs: [question, answer], outputs: Dense(1, name: "score")(GlobalAveragePooling1D(name: "mean")(found)), name: "masked")
    }

    /// Section 7: a recurrent layer written from scratch behind a convolution.
    public static func customRNN() throws -> Model {
        let inputs = Input(shape: [10, 5])
        return try Model(inputs: inputs, outputs: CustomRNN()(Conv1D(32, 3)(inputs)), name: "custom_rnn")
    }
}
