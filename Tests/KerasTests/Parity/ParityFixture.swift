import Foundation
import Keras

/// What Keras gave for the runs of `Tests/Fixtures/parity/make_parity.py`.
struct ParityFixture: Decodable {
    struct Run: Decodable {
        let losses: [Double]
        /// The mean over the steps; 0 where no accuracy was asked for.
        let accuracy: Double
        let predictions: [Double]
    }

    let keras: String
    let mnist: [String: Run]
    let small: [String: Run]
    let branching: [String: Run]
    let losses: [String: Run]

    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let folder = repository.appendingPathComponent("Tests/Fixtures/parity")

    static func recorded() throws -> ParityFixture { try load(folder.appendingPathComponent("parity.json")) }

    static func load(_ file: URL) throws -> ParityFixture { try JSONDecoder().decode(ParityFixture.self, from: Data(contentsOf: file)) }

    /// The Python with Keras that the set-up makes, nil where there is none.
    static var python: URL? {
        let file = repository.appendingPathComponent(".venv/bin/python")
        return FileManager.default.isExecutableFile(atPath: file.path) ? file : nil
    }
}

/// The script's numbers: a multiplicative hash of each element's number, between -scale and scale.
enum Pattern {
    static func numbers(_ shape: [Int], _ salt: Int, scale: Double = 1) -> [Float] {
        (0..<shape.reduce(1, *)).map { Float(number($0, salt) * scale) }
    }

    static func tensor(_ shape: [Int], _ salt: Int, scale: Double = 1) throws -> Tensor {
        try Tensor(numbers(shape, salt, scale: scale), shape: shape)
    }

    static func classes(_ count: Int, _ salt: Int, _ number: Int) -> [Int32] {
        numbers([count], salt).map { min(max(Int32((Double($0) + 1) / 2 * Double(number)), 0), Int32(number - 1)) }
    }

    private static func number(_ index: Int, _ salt: Int) -> Double {
        var bits = (UInt64(index + 1) * 2_654_435_761 + UInt64(salt) * 40503) & 0xffff_ffff
        bits ^= bits >> 15
        bits = (bits * 2_246_822_519) & 0xffff_ffff
        bits ^= bits >> 13
        return Double(bits) / 0x1p31 - 1
    }
}

/// The script's models.
enum ParityModels {
    /// The guide's first model, from Keras' own initial weights.
    static func mnist() throws -> Model {
        let inputs = Input(shape: [784])
        var x = try Dense(64, activation: .relu, kernelInitializer: .glorotUniform(seed: 1))(inputs)
        x = try Dense(64, activation: .relu, kernelInitializer: .glorotUniform(seed: 2))(x)
        return try Model(inputs: inputs, outputs: Dense(10, kernelInitializer: .glorotUniform(seed: 3))(x), name: "mnist_model")
    }

    static func small() throws -> Model {
        let inputs = Input(shape: [12])
        let model = try Model(inputs: inputs, outputs: Dense(5)(Dense(16, activation: .tanh)(inputs)))
        try setPattern(model)
        return model
    }

    /// Two inputs, an embedding, both normalisations, every merge.
    static func branching() throws -> Model {
        let numbers = Input(shape: [10], name: "numbers"), words = Input(shape: [4], dtype: .int32, name: "words")
        let a = try BatchNormalization()(Dense(8, activation: .relu)(numbers))
        let flat = try Flatten()(Embedding(20, 3)(words))
        let b = try LayerNormalization()(Dense(8, activation: .gelu)(flat))
        var x = try Add()([a, b])
        x = try Concatenate()([x, Multiply()([a, b]), Average()([a, b]), Maximum()([a, b]), Subtract()([a, b]), Minimum()([a, b])])
        x = try Dropout(0)(Dense(8, activation: .silu)(x))
        let model = try Model(inputs: [numbers, words], outputs: Dense(4, activation: .softmax)(x))
        try setPattern(model)
        return model
    }

    private static func setPattern(_ model: Model) throws {
        let keep: Set<String> = ["gamma", "beta", "bias", "moving_mean", "moving_variance"]
        let values = try model.getWeights()
        try model.setWeights(zip(model.weights, values).enumerated().map { index, pair in
            keep.contains(pair.0.name) ? pair.1 : try Pattern.tensor(pair.1.shape, index + 1, scale: 0.4)
        })
    }
}

/// The script's optimizers.
enum ParityOptimizers {
    static let make: [String: @Sendable () throws -> Optimizer] = [
        "sgd": { try .sgd(0.05) },
        "sgd momentum": { try .sgd(0.02, momentum: 0.9) },
        "sgd nesterov": { try .sgd(0.02, momentum: 0.9, nesterov: true) },
        "sgd weight decay": { try .sgd(0.05, options: OptimizerOptions(weightDecay: 0.01)) },
        "sgd clipnorm": { try .sgd(0.05, options: OptimizerOptions(clipnorm: 0.1)) },
        "sgd clipvalue": { try .sgd(0.05, options: OptimizerOptions(clipvalue: 0.01)) },
        "sgd global clipnorm": { try .sgd(0.05, options: OptimizerOptions(globalClipnorm: 0.2)) },
        "adam": { try .adam() },
        "adam options": { try .adam(3e-3, beta1: 0.8, beta2: 0.95, epsilon: 1e-5) },
        "adam amsgrad": { try .adam(3e-3, amsgrad: true) },
        "adam ema": { try .adam(3e-3, options: OptimizerOptions(useEMA: true, emaMomentum: 0.9, emaOverwriteFrequency: 50)) },
        "adamw": { try .adamW(1e-3) },
        "adamw decay": { try .adamW(3e-3, weightDecay: 0.1) },
        "rmsprop": { try .rmsprop(1e-3) },
        "rmsprop momentum": { try .rmsprop(1e-3, momentum: 0.9) },
        "rmsprop centered": { try .rmsprop(1e-3, rho: 0.8, centered: true) },
        "rmsprop centered momentum": { try .rmsprop(1e-3, momentum: 0.5, centered: true) },
        "schedule exponential": { try .sgd(ExponentialDecay(initialLearningRate: 0.1, decaySteps: 20, decayRate: 0.8)) },
        "schedule cosine": { try .adam(CosineDecay(initialLearningRate: 5e-3, decaySteps: 150)) },
    ]
}
