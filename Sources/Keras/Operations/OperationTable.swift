/// All operations that can stand in a graph: one row for each, in the order of Keras' modules.
///
/// The table serves graphs drawn here, and configs that Keras wrote.
enum OperationTable {
    /// Rules by Keras' module, as configs name it.
    static let modules: [(name: String, rules: [OperationRule])] = [
        ("keras.src.ops.core", OperationRules.core),
        ("keras.src.ops.math", OperationRules.math),
        ("keras.src.ops.linalg", OperationRules.linalg),
        ("keras.src.ops.image", OperationRules.image),
        ("keras.src.ops.nn", OperationRules.activations + OperationRules.networks),
        ("keras.src.ops.numpy", OperationRules.numpy),
        ("keras.src.activations.activations", OperationRules.otherActivations),
    ]

    /// - Throws: `KerasError.unknownName`.
    static func rule(_ className: String) throws -> OperationRule {
        guard let rule = rules[className] else { throw KerasError.unknownName(kind: "operation", name: className, known: classNames) }
        return rule
    }

    /// The operation that a config names, if it is one: by Keras' module, so that the layer `Add` and the operation are kept apart.
    static func isOperation(_ object: ObjectConfig) -> Bool {
        guard let module = object.module else { return false }
        return module.hasPrefix("keras.src.ops.") || module.hasPrefix("keras.ops") || modules.contains { $0.name == module }
    }

    static func has(_ className: String) -> Bool { rules[className] != nil }

    /// Keras' module of an operation.
    static func module(of className: String) -> String? { moduleNames[className] }

    static let classNames = modules.flatMap { $0.rules.map(\.className) }

    private static let rules = Dictionary(
        modules.flatMap { $0.rules.map { ($0.className, $0) } }, uniquingKeysWith: { first, _ in first })
    private static let moduleNames = Dictionary(
        modules.flatMap { module in module.rules.map { ($0.className, module.name) } }, uniquingKeysWith: { first, _ in first })
}

extension OperationRules {
    fileprivate static var numpy: [OperationRule] { elementwise + arithmetic + reductions + shapes + selections }
}
