/// A function that a layer applies to its outputs.
///
/// Source: `keras.activations`.
///
/// ```swift
/// let layer = Dense(64, activation: .relu)
/// let own = Dense(64, activation: ActivationFunction(name: "cube") { x in try ops.power(x, 3) })
/// try ActivationFunction(named: "swish")       // the name in Keras
/// ```
public struct ActivationFunction: Sendable {
    /// The function's name in Keras: `"relu"`.
    public let name: String
    private let function: @Sendable (Tensor) throws -> Tensor

    /// A function of one's own. Configs hold its name; making it again anywhere lets layers be made from them.
    public init(name: String, _ function: @escaping @Sendable (Tensor) throws -> Tensor) {
        self.init(builtin: name, function)
        Self.custom.register(self, name: name)
    }

    init(builtin name: String, _ function: @escaping @Sendable (Tensor) throws -> Tensor) {
        self.name = name
        self.function = function
    }

    static let custom = CustomFunctions<ActivationFunction>()

    /// The function of a name as Keras takes it.
    ///
    /// - Throws: `KerasError.unknownName`.
    public init(named name: String) throws {
        let aliases = ["swish": "silu", "hard_swish": "hard_silu"]
        if let known = Self.all.first(where: { $0.name == aliases[name] ?? name }) {
            self = known
        } else if let custom = Self.custom.function(named: name) {
            self = custom
        } else {
            throw KerasError.unknownName(kind: "activation", name: name, known: Self.all.map(\.name))
        }
    }

    public func callAsFunction(_ x: some TensorConvertible) throws -> Tensor { try function(x.tensor()) }

    /// From a layer's config: a name, Keras' object form of a function, or null.
    init(config value: ConfigValue?) throws {
        switch value {
        case nil, .null: self = .linear
        case .string(let name): try self.init(named: name)
        case .dictionary(let object):
            let name: String = try object.value("registered_name", default: nil) ?? object.string("config")
            try self.init(named: name.split(separator: ">").last.map(String.init) ?? name)
        case let other?: throw KerasError.configType(key: "activation", expected: "a name", got: other.kind)
        }
    }

    var configValue: ConfigValue { .string(name) }
}

extension ActivationFunction: Hashable {
    public static func == (a: ActivationFunction, b: ActivationFunction) -> Bool { a.name == b.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension ActivationFunction: CustomStringConvertible {
    public var description: String { name }
}
