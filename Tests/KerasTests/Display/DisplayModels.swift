import Keras

/// The models of `Fixtures/display/make_display.py`, under the same names, with the same layers.
enum DisplayModels {
    static func mnist() throws -> Model {
        let i = Input(shape: [784], name: "pixels")
        var x = try Dense(64, activation: .relu, name: "dense")(i)
        x = try Dense(64, activation: .relu, name: "dense_1")(x)
        return try Model(inputs: i, outputs: Dense(10, name: "dense_2")(x), name: "mnist_model")
    }

    static func branching() throws -> Model {
        let title = Input(shape: [12], name: "title"), body = Input(shape: [20], name: "body")
        let tags = Input(shape: [3], dtype: .int32, name: "tags")
        let shared = Dense(8, activation: .tanh, name: "shared")
        let fromTitle = try Dense(5, name: "from_title")(title)
        let fromBody = try Dense(5, name: "from_body")(body)
        let (a, b) = (try shared(fromTitle), try shared(fromBody))
        let t = try Flatten(name: "flat")(Embedding(100, 4, name: "words")(tags))
        let sum = try Add(name: "sum")([a, b])
        let x = try Concatenate(name: "joined")([sum, t])
        let priority = try Dense(1, name: "priority")(x)
        let department = try Dense(4, activation: .softmax, name: "department")(x)
        return try Model(inputs: [title, body, tags], outputs: [priority, department], name: "router")
    }

    static func encoder(_ name: String = "encoder") throws -> Model {
        let i = Input(shape: [16], name: "\(name)_input")
        return try Model(inputs: i, outputs: Dense(4, activation: .relu, name: "\(name)_dense")(i), name: name)
    }

    static func nested() throws -> Model {
        let head = try Sequential(
            [
                InputLayer(shape: [4], name: "head_input"), Dense(6, activation: .gelu, name: "hidden"), Dropout(0.5, name: "drop"),
                Dense(2, name: "scores"),
            ], name: "head")
        let i = Input(shape: [16], name: "img")
        let inner = Input(shape: [16], name: "middle_input")
        let middle = try Model(inputs: inner, outputs: head(encoder()(inner)), name: "middle")
        return try Model(inputs: i, outputs: Activation(.softmax, name: "probabilities")(middle(i)), name: "outer")
    }

    static func frozen() throws -> Model {
        let i = Input(shape: [6, 5], name: "series")
        var x = try Dense(8, name: "kept")(i)
        x = try BatchNormalization(name: "norm")(x)
        x = try LayerNormalization(name: "layer_norm")(x)
        x = try Activation(.silu, name: "act")(x)
        x = try Permute([2, 1], name: "turned")(x)
        let model = try Model(inputs: i, outputs: Dense(2, name: "new")(x), name: "frozen")
        try model.layer(named: "kept").trainable = false
        return model
    }

    static func longNames() throws -> Model {
        let i = Input(shape: [3], name: "an_input_with_a_name_that_is_longer_than_any_column_could_ever_hold_in_one_line")
        let x = try Dense(1000, name: "block_1 convolution branch one of two")(i)
        let y = try Dense(1000, name: "short")(i)
        let z = try Average(name: "the_average_of_both_branches_of_the_first_block")([x, y])
        return try Model(inputs: i, outputs: Reshape([10, 10, 10], name: "cube")(z), name: "long")
    }

    static func wideCharacters() throws -> Model {
        let i = Input(shape: [3], name: "入力")
        return try Model(inputs: i, outputs: Dense(2, name: "全結合層の名前がとても長いとき、列の幅に合わせて折り返す")(i), name: "数字")
    }

    static func sequential() throws -> Model {
        try Sequential(
            [
                InputLayer(shape: [8], name: "given"), RepeatVector(3, name: "repeated"), Dense(4, activation: .relu, name: "first"),
                Flatten(name: "flat"), Dense(1, name: "last"),
            ], name: "chain")
    }

    static func unbuilt() throws -> Model {
        try Sequential([Dense(4, name: "first"), Dense(2, name: "second")], name: "later")
    }

    static func empty() throws -> Model { try Sequential([], name: "empty") }

    final class TwoLayers: Model {
        let first = Dense(4, activation: .relu, name: "first"), second = Dense(2, name: "second")
        override func call(_ inputs: Tensor) throws -> Tensor { try second(first(inputs)) }
    }

    static func subclassed() throws -> Model {
        let model = TwoLayers(name: "two_layers")
        let _: Tensor = try model(ops.zeros([1, 3]))
        return model
    }

    static func subclassedUnbuilt() throws -> Model { TwoLayers(name: "two_layers") }

    static func half() throws -> Model {
        let i = Input(shape: [7], dtype: .float16, name: "given")
        let x = try Dense(3, name: "small", dtype: .float16)(i)
        return try Model(inputs: i, outputs: Dense(5, name: "large", dtype: .float64)(x), name: "mixed")
    }

    static func deepShapes() throws -> Model {
        let i = Input(batchShape: [2, nil, 64, 32, 16], name: "video")
        let x = try Dense(128, name: "wider")(i)
        return try Model(inputs: i, outputs: Dense(100_000, kernelInitializer: .zeros, name: "huge")(x), name: "deep")
    }

    static func twoOutputs() throws -> Model {
        let i = Input(shape: [5], name: "given")
        return try Model(inputs: i, outputs: [Dense(2, name: "one")(i), Dense(3, name: "two")(i)], name: "pair")
    }

    static func severalOutputs() throws -> Model {
        let i = Input(shape: [5], name: "x")
        let both: [KerasTensor] = try twoOutputs()(i)
        return try Model(inputs: i, outputs: Concatenate(name: "joined")(both), name: "several")
    }

    static func calledTwice() throws -> Model {
        let tower = try encoder("tower")
        let a = Input(shape: [16], name: "left"), b = Input(shape: [16], name: "right")
        return try Model(inputs: [a, b], outputs: Multiply(name: "product")([tower(a), tower(b)]), name: "siamese")
    }

    static func escaped() throws -> Model {
        let i = Input(shape: [2], name: "a<b>&\"c\"")
        return try Model(inputs: i, outputs: Dense(1, name: "[bold]x[-1]{y}|z")(i), name: "m[0]<&>")
    }

    static func convolutional() throws -> Model {
        let i = Input(shape: [8, 8, 3], name: "image")
        var x = try Conv2D(4, 3, activation: .relu, name: "conv")(i)
        x = try SeparableConv2D(4, 3, activation: .elu, padding: .same, name: "separable")(x)
        x = try DepthwiseConv2D(2, name: "depthwise")(x)
        x = try MaxPooling2D(2, name: "pool")(x)
        x = try Conv2DTranspose(2, 2, activation: .tanh, name: "turned")(x)
        return try Model(inputs: i, outputs: GlobalAveragePooling2D(name: "average")(x), name: "convolutional")
    }

    static func recurrent() throws -> Model {
        let i = Input(shape: [6], name: "ids")
        var x = try Embedding(10, 4, name: "words")(i)
        x = try Bidirectional(LSTM(3, returnSequences: true, name: "lstm"), name: "both")(x)
        x = try TimeDistributed(Dense(2, activation: .relu, name: "inner"), name: "each")(x)
        x = try GRU(3, returnSequences: true, name: "gru")(x)
        x = try MultiHeadAttention(numHeads: 2, keyDim: 2, name: "heads")(x, value: x)
        return try Model(inputs: i, outputs: SimpleRNN(2, activation: .relu, name: "simple")(x), name: "recurrent")
    }

    static func operated() throws -> Model {
        let i = Input(shape: [4, 6], name: "x")
        let y = try Dense(6, activation: .relu, name: "dense")(i) * 2 + i
        return try Model(inputs: i, outputs: ops.reshape(y, [-1, 24]), name: "operated")
    }

    static func compiledOnly() throws -> Model {
        let model = try mnist()
        try model.compile(optimizer: .adam(), loss: .meanSquaredError())
        return model
    }

    /// A model after one step of training.
    static func trained(_ model: Model, _ optimizer: Optimizer, rows: [Int], target: [Int]) throws -> Model {
        try model.compile(optimizer: optimizer, loss: .meanSquaredError())
        try model.fit(ops.zeros([4] + rows), ops.zeros([4] + target), verbose: .silent)
        return model
    }
}
