/// Makes the first value of a weight.
///
/// Initializers draw nothing by themselves; ``Layer/addWeight(_:shape:initializer:dtype:trainable:autocast:regularizer:constraint:)``
/// calls them. Those that draw at random give the numbers that Keras gives on JAX, the same on every call: those of their `seed`, or of
/// one that is drawn when they are made, which `setRandomSeed` decides. Source: `keras.initializers`.
///
/// ```swift
/// let layer = Dense(64, kernelInitializer: .heNormal(seed: 7), biasInitializer: .constant(0.1))
/// let halves = Initializer(name: "Halves") { shape, dtype in try ops.full(shape, 0.5, dtype: dtype) }
/// ```
public struct Initializer: Sendable {
    /// The class's name in Keras.
    public let className: String
    /// Its settings under Keras' names.
    public let config: Config
    private let make: @Sendable (_ shape: [Int], _ dtype: DType) throws -> Tensor
    private let withFanAxes: (@Sendable (_ input: [Int], _ output: [Int]) -> Initializer)?

    /// An initializer of one's own.
    ///
    /// - Parameter make: gives a tensor of the shape and type it is asked for.
    public init(name: String, config: Config = [:], _ make: @escaping @Sendable (_ shape: [Int], _ dtype: DType) throws -> Tensor) {
        self.init(builtin: name, config, make)
        Self.custom.register(self, name: name, config: config)
    }

    /// - Parameter withFanAxes: the same for a weight of which it is known which axes count inputs and outputs.
    init(
        builtin name: String, _ config: Config = [:], withFanAxes: (@Sendable (_ input: [Int], _ output: [Int]) -> Initializer)? = nil,
        _ make: @escaping @Sendable (_ shape: [Int], _ dtype: DType) throws -> Tensor
    ) {
        className = name
        self.config = config
        self.make = make
        self.withFanAxes = withFanAxes
    }

    /// The same initializer for a weight whose axes count inputs and outputs as given, unless it has been told otherwise or does not care.
    func scaled(inputAxes: [Int], outputAxes: [Int]) -> Initializer { withFanAxes?(inputAxes, outputAxes) ?? self }

    /// An initializer with the same settings, and random numbers of its own where no seed was given.
    func fresh() -> Initializer { (try? Initializer(config: configValue)) ?? self }

    /// The initializer of a name as Keras takes it: `"he_normal"`, `"HeNormal"`, `"zeros"`.
    ///
    /// - Throws: `KerasError.unknownName`.
    public init(named name: String) throws { self = try Self.named(name) }

    /// A value of a shape and element type.
    public func callAsFunction(_ shape: [Int], dtype: DType = floatx()) throws -> Tensor { try make(shape, dtype) }

    /// Whether it computes numbers when it is called, and not when somebody reads them.
    var isEager: Bool { ["Orthogonal", "STFT"].contains(className) }
}

extension Initializer: Hashable {
    public static func == (a: Initializer, b: Initializer) -> Bool { a.className == b.className && a.config == b.config }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(className)
        hasher.combine(config)
    }
}

extension Initializer: NamedFunction {
    static let custom = CustomFunctions<Initializer>()
    static let kind = "initializer"
    static let module = "keras.initializers"
    static let aliases = [
        "normal": "RandomNormal", "uniform": "RandomUniform", "zero": "Zeros", "one": "Ones", "IdentityInitializer": "Identity",
        "OrthogonalInitializer": "Orthogonal", "STFTInitializer": "STFT",
    ]
    static var builtins: [(className: String, make: (Config) throws -> Initializer)] {
        constantBuiltins + randomBuiltins + scalingBuiltins
    }
}
