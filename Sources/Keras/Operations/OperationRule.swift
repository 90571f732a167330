/// What is known of one of Keras' operations: its name, its settings, its arguments, and how it is computed.
struct OperationRule: Sendable {
    /// Keras' class: "Reshape".
    let className: String
    /// The settings, in the order of Keras' constructor, with what they are when not given; `nil`: must be given.
    let settings: [(name: String, default: ConfigValue?)]
    /// The call's arguments, in Keras' order; `*x` takes all that follow.
    let arguments: [String]
    let compute: @Sendable (OperationCall) throws -> [Tensor]

    init(
        _ className: String, _ arguments: [String], required: [String] = [], settings: KeyValuePairs<String, ConfigValue> = [:],
        compute: @escaping @Sendable (OperationCall) throws -> [Tensor]
    ) {
        self.className = className
        self.arguments = arguments
        self.settings = required.map { (name: $0, default: nil) } + settings.map { (name: $0.key, default: $0.value) }
        self.compute = compute
    }

    /// All settings in Keras' order: those given, else Keras' defaults.
    ///
    /// - Throws: `KerasError.missingConfigKey`, `.unknownName` for one that there is not.
    func complete(_ given: Config) throws -> Config {
        var result = Config()
        for (name, fallback) in settings {
            guard let value = given[name] ?? fallback else { throw KerasError.missingConfigKey(key: name, given: given.keys) }
            result[name] = value
        }
        if let extra = given.keys.first(where: { result[$0] == nil }) {
            throw KerasError.unknownName(kind: "setting of \(className)", name: extra, known: settings.map(\.name))
        }
        return result
    }
}

/// Lists rules one below the other.
@resultBuilder enum OperationRules {
    static func buildBlock(_ rules: OperationRule...) -> [OperationRule] { rules }

    /// An operation with one result.
    static func rule(
        _ className: String, _ arguments: String..., required: [String] = [], settings: KeyValuePairs<String, ConfigValue> = [:],
        compute: @escaping @Sendable (OperationCall) throws -> Tensor
    ) -> OperationRule {
        OperationRule(className, arguments, required: required, settings: settings) { [try compute($0)] }
    }

    /// A function of each element.
    static func unary(_ className: String, _ compute: @escaping @Sendable (Tensor) throws -> Tensor) -> OperationRule {
        rule(className, "x") { try compute($0.x) }
    }

    /// A function of two tensors.
    static func binary(
        _ className: String, _ first: String = "x1", _ second: String = "x2",
        _ compute: @escaping @Sendable (Tensor, Tensor) throws -> Tensor
    ) -> OperationRule {
        rule(className, first, second) { try compute($0.x, $0.tensor(1)) }
    }

    /// A reduction over an axis, several, or all.
    static func reduction(
        _ className: String, _ compute: @escaping @Sendable (Tensor, [Int]?, Bool) throws -> Tensor
    ) -> OperationRule {
        rule(className, "x", settings: ["axis": nil, "keepdims": false]) { try compute($0.x, $0.axes, $0.bool("keepdims")) }
    }
}
