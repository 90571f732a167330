/// Gradient descent, with momentum if wanted.
///
/// - `momentum == 0`: `w ← w - rate · g`.
/// - otherwise: `m ← momentum · m - rate · g`, `w ← w + m`; with `nesterov`: `w ← w + momentum · m - rate · g`.
/// - Source: `keras.optimizers.SGD`.
///
/// ```swift
/// try model.compile(optimizer: .sgd(0.01, momentum: 0.9), loss: .meanSquaredError())
/// ```
public final class SGD: Optimizer {
    public let momentum: Double
    public let nesterov: Bool
    private var momentums: [Variable] = []

    override public class var registeredName: String { "SGD" }

    /// - Parameter momentum: within 0 … 1.
    public init(
        _ learningRate: any LearningRateConvertible = 0.01, momentum: Double = 0, nesterov: Bool = false,
        options: OptimizerOptions = OptimizerOptions(), name: String? = nil
    ) throws {
        guard (0...1).contains(momentum) else {
            throw KerasError.invalidSetting(object: Self.registeredName, argument: "momentum", expected: "within 0 … 1", got: "\(momentum)")
        }
        self.momentum = momentum
        self.nesterov = nesterov
        try super.init(learningRate: learningRate, options: options, name: name)
    }

    public required convenience init(config: Config) throws {
        try self.init(
            Optimizer.learningRate(from: config, default: 0.01), momentum: config.value("momentum", default: 0),
            nesterov: config.value("nesterov", default: false), options: OptimizerOptions(config: config), name: config.value("name", default: nil))
    }

    override public func build(_ variables: [Variable]) throws {
        guard !isBuilt else { return }
        try super.build(variables)
        if momentum != 0 { momentums = try addSlots("momentum", for: variables) }
    }

    override public func update(_ variable: Variable, gradient: Tensor, learningRate: Tensor) throws {
        let step = try gradient * learningRate
        guard momentum != 0 else { return try variable.assign(subtract: step) }
        let slot = momentums[try index(of: variable)]
        let new = try slot.value * momentum - step
        try slot.assign(new)
        try variable.assign(add: nesterov ? new * momentum - step : new)
    }

    override public var config: Config {
        super.config.merging(["momentum": .double(momentum), "nesterov": .bool(nesterov)])
    }
}
