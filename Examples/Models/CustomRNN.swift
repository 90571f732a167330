import Keras

/// A recurrent layer from scratch: `state = tanh(W · x + b) + tanh(U · state + c)`, and a number for each step.
///
/// - Input: `[batch, time, features]`, `time` known. Output: `[batch, time, 1]`.
public final class CustomRNN: Layer {
    public let units: Int
    private let projection1: Dense
    private let projection2: Dense
    private let classifier: Dense

    public init(units: Int = 32, name: String? = nil) {
        self.units = units
        projection1 = Dense(units, activation: .tanh)
        projection2 = Dense(units, activation: .tanh)
        classifier = Dense(1)
        super.init(name: name)
    }

    public required convenience init(config: Config) throws { try self.init(units: config.int("units")) }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        var state = try ops.zeros([inputs.shape[0], units])
        let outputs = try (0..<inputs.shape[1]).map { step in
            state = try projection1(inputs[.all, step]) + projection2(state)
            return state
        }
        return try classifier(ops.stack(outputs, axis: 1))
    }

    override public var config: Config { ["units": .int(units)] }
}
