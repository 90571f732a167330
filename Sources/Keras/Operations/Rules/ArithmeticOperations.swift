extension OperationRules {
    /// `keras.ops.numpy`: arithmetic, comparisons, products.
    @OperationRules static var arithmetic: [OperationRule] {
        binary("Add") { try ops.add($0, $1) }
        binary("Subtract") { try ops.subtract($0, $1) }
        binary("Multiply") { try ops.multiply($0, $1) }
        binary("Divide") { try ops.divide($0, $1) }
        binary("TrueDivide") { try ops.trueDivide($0, $1) }
        binary("DivideNoNan") { try ops.divideNoNan($0, $1) }
        binary("FloorDivide") { try ops.floorDivide($0, $1) }
        binary("Mod") { try ops.mod($0, $1) }
        rule("Power", "x1", "x2") { call in
            // A whole number of the program's is multiplied out.
            if case .int(let exponent) = call.number(1) { return try ops.power(call.x, exponent) }
            return try ops.power(call.x, call.tensor(1))
        }
        binary("Maximum") { try ops.maximum($0, $1) }
        binary("Minimum") { try ops.minimum($0, $1) }
        binary("Arctan2") { try ops.arctan2($0, $1) }
        binary("Logaddexp") { try ops.logaddexp($0, $1) }
        binary("Hypot") { try ops.hypot($0, $1) }
        binary("BitwiseAnd", "x", "y") { try ops.bitwiseAnd($0, $1) }
        binary("BitwiseOr", "x", "y") { try ops.bitwiseOr($0, $1) }
        binary("BitwiseXor", "x", "y") { try ops.bitwiseXor($0, $1) }
        binary("LeftShift", "x", "y") { try ops.leftShift($0, $1) }
        binary("BitwiseLeftShift", "x", "y") { try ops.leftShift($0, $1) }
        binary("RightShift", "x", "y") { try ops.rightShift($0, $1) }
        binary("BitwiseRightShift", "x", "y") { try ops.rightShift($0, $1) }
        binary("Equal") { try ops.equal($0, $1) }
        binary("NotEqual") { try ops.notEqual($0, $1) }
        binary("Less") { try ops.less($0, $1) }
        binary("LessEqual") { try ops.lessEqual($0, $1) }
        binary("Greater") { try ops.greater($0, $1) }
        binary("GreaterEqual") { try ops.greaterEqual($0, $1) }
        binary("LogicalAnd") { try ops.logicalAnd($0, $1) }
        binary("LogicalOr") { try ops.logicalOr($0, $1) }
        binary("LogicalXor") { try ops.logicalXor($0, $1) }
        rule("Isclose", "x1", "x2", "rtol", "atol", settings: ["equal_nan": false]) { call in
            func tolerance(_ index: Int, _ otherwise: Double) -> Double {
                call.number(index).flatMap { Double(configValue: $0) } ?? otherwise
            }
            return try ops.isclose(
                call.x, call.tensor(1), rtol: tolerance(2, 1e-5), atol: tolerance(3, 1e-8), equalNaN: call.bool("equal_nan"))
        }
        rule("AllClose", "x1", "x2", settings: ["rtol": 1e-5, "atol": 1e-8, "equal_nan": false]) {
            try ops.allclose($0.x, $0.tensor(1), rtol: $0.double("rtol"), atol: $0.double("atol"), equalNaN: $0.bool("equal_nan"))
        }
        binary("Matmul") { try ops.matmul($0, $1) }
        binary("Dot") { try ops.dot($0, $1) }
        binary("Vdot") { try ops.vdot($0, $1) }
        binary("Inner") { try ops.inner($0, $1) }
        binary("Outer") { try ops.outer($0, $1) }
        rule("Tensordot", "x1", "x2", settings: ["axes": 2]) { call in
            let given = call.settings["axes"] ?? .null
            if let count = Int(configValue: given) { return try ops.tensordot(call.x, call.tensor(1), axes: count) }
            guard case .list(let pair) = given, pair.count == 2, let first = axes(pair[0]), let second = axes(pair[1]) else {
                throw KerasError.invalidSetting(
                    object: "Tensordot", argument: "axes", expected: "a number or two lists of axes", got: given.json())
            }
            return try ops.tensordot(call.x, call.tensor(1), axes: (first, second))
        }
        rule("Einsum", "*operands", required: ["subscripts"]) { try ops.einsum($0.string("subscripts"), $0.all()) }
    }

    private static func axes(_ value: ConfigValue) -> [Int]? { Int(configValue: value).map { [$0] } ?? [Int](configValue: value) }
}
