/// In which types a layer keeps its weights and computes.
///
/// `"mixed_float16"` and `"mixed_bfloat16"` keep float32 weights and compute in the shorter type; the name of an element type means
/// that type for both. Source: `keras.dtype_policies.DTypePolicy`.
///
/// ```swift
/// let layer = Dense(64, dtype: .mixedBfloat16)
/// setDTypePolicy(.mixedBfloat16)       // for all layers made from now on
/// ```
public struct DTypePolicy: Hashable, Sendable {
    /// Keras' name of the policy.
    public let name: String
    public let computeDType: DType
    public let variableDType: DType

    /// One type for weights and computation.
    public init(_ dtype: DType) {
        name = dtype.rawValue
        computeDType = dtype
        variableDType = dtype
    }

    private init(mixed dtype: DType) {
        name = "mixed_\(dtype.rawValue)"
        computeDType = dtype
        variableDType = .float32
    }

    public static let float32 = DTypePolicy(.float32)
    public static let float64 = DTypePolicy(.float64)
    public static let float16 = DTypePolicy(.float16)
    public static let bfloat16 = DTypePolicy(.bfloat16)
    public static let mixedFloat16 = DTypePolicy(mixed: .float16)
    public static let mixedBfloat16 = DTypePolicy(mixed: .bfloat16)

    /// The policy of a name as Keras writes it.
    ///
    /// - Throws: `KerasError.unknownName`.
    public init(named name: String) throws {
        let mixed: [DTypePolicy] = [.mixedFloat16, .mixedBfloat16]
        if let policy = mixed.first(where: { $0.name == name }) {
            self = policy
        } else if let dtype = DType(rawValue: name) {
            self.init(dtype)
        } else {
            throw KerasError.unknownName(kind: "dtype policy", name: name, known: mixed.map(\.name) + DType.allCases.map(\.rawValue))
        }
    }

    /// The policy of layers that are not given one: `floatx()` for both, unless ``setDTypePolicy(_:)`` says otherwise.
    public static var current: DTypePolicy { Session.current.policy ?? DTypePolicy(floatx()) }

    /// As in a layer's config: Keras' object form.
    var configValue: ConfigValue {
        ["module": "keras", "class_name": "DTypePolicy", "config": ["name": .string(name)], "registered_name": nil]
    }

    /// From a layer's config: a name, or Keras' object form.
    init(config value: ConfigValue) throws {
        switch value {
        case .string(let name): try self.init(named: name)
        case .dictionary(let object): try self.init(named: object.dictionary("config").string("name"))
        default: throw KerasError.configType(key: "dtype", expected: "a name or a dtype policy", got: value.kind)
        }
    }
}

/// Sets the types that layers made from now on keep weights and compute in; `nil` is Keras' default, float32.
public func setDTypePolicy(_ policy: DTypePolicy?) { Session.current.policy = policy }
