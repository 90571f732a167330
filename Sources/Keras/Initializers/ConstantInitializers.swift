extension Initializer {
    /// All zeros.
    public static let zeros = Initializer(builtin: "Zeros") { shape, dtype in try ops.zeros(shape, dtype: dtype) }

    /// All ones.
    public static let ones = Initializer(builtin: "Ones") { shape, dtype in try ops.ones(shape, dtype: dtype) }

    /// All the same number.
    public static func constant(_ value: Double = 0) -> Initializer {
        Initializer(builtin: "Constant", ["value": .double(value)]) { shape, dtype in try ops.full(shape, value, dtype: dtype) }
    }

    /// The identity matrix times `gain`, for weights `[rows, columns]`.
    public static func identity(gain: Double = 1) -> Initializer {
        Initializer(builtin: "Identity", gain == 1 ? [:] : ["gain": .double(gain)]) { shape, dtype in
            guard shape.count == 2 else {
                throw KerasError.invalidSetting(
                    object: "The Identity initializer", argument: "the weight's shape", expected: "of rank 2, [rows, columns]", got: "\(shape)")
            }
            return try ops.eye(shape[0], shape[1], dtype: dtype) * gain
        }
    }

    static var constantBuiltins: [(className: String, make: (Config) throws -> Initializer)] {
        [
            ("Zeros", { _ in .zeros }),
            ("Ones", { _ in .ones }),
            ("Constant", { .constant(try $0.value("value", default: 0)) }),
            ("Identity", { .identity(gain: try $0.value("gain", default: 1)) }),
            ("STFT", { try .stft($0) }),
        ]
    }
}
