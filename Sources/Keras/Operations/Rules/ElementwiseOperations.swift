extension OperationRules {
    /// `keras.ops.numpy`: functions of each element.
    @OperationRules static var elementwise: [OperationRule] {
        unary("Absolute", ops.abs)
        unary("Abs", ops.abs)
        unary("Arccos", ops.arccos)
        unary("Arccosh", ops.arccosh)
        unary("Arcsin", ops.arcsin)
        unary("Arcsinh", ops.arcsinh)
        unary("Arctan", ops.arctan)
        unary("Arctanh", ops.arctanh)
        unary("BitwiseInvert", ops.bitwiseNot)
        unary("BitwiseNot", ops.bitwiseNot)
        unary("Ceil", ops.ceil)
        unary("Copy") { $0 }
        unary("Cos", ops.cos)
        unary("Cosh", ops.cosh)
        unary("Deg2rad") { try ops.multiply(ops.cast($0, to: resultType($0.dtype, floatx())), Double.pi / 180) }
        unary("Exp", ops.exp)
        unary("Exp2", ops.exp2)
        unary("Expm1", ops.expm1)
        unary("Floor", ops.floor)
        unary("Isfinite", ops.isfinite)
        unary("Isinf", ops.isinf)
        unary("Isnan", ops.isnan)
        unary("Isneginf") { try ops.logicalAnd(ops.isinf($0), ops.less($0, 0)) }
        unary("Isposinf") { try ops.logicalAnd(ops.isinf($0), ops.greater($0, 0)) }
        unary("Log", ops.log)
        unary("Log10", ops.log10)
        unary("Log1p", ops.log1p)
        unary("Log2", ops.log2)
        unary("LogicalNot", ops.logicalNot)
        unary("Negative", ops.negative)
        unary("Rad2deg") { try ops.multiply(ops.cast($0, to: resultType($0.dtype, floatx())), 180 / Double.pi) }
        unary("Reciprocal", ops.reciprocal)
        unary("Sign", ops.sign)
        unary("Sin", ops.sin)
        unary("Sinh", ops.sinh)
        unary("Sqrt", ops.sqrt)
        unary("Square", ops.square)
        unary("Tan", ops.tan)
        unary("Tanh", ops.tanh)
        unary("Trunc", ops.trunc)
        rule("Clip", "x", required: ["x_min", "x_max"]) { call in
            switch (try call.bound("x_min"), try call.bound("x_max")) {
            case (let least?, let greatest?): try ops.clip(call.x, least, greatest)
            case (let least?, nil): try ops.maximum(call.x, least)
            case (nil, let greatest?): try ops.minimum(call.x, greatest)
            case (nil, nil): try call.x
            }
        }
        rule("NanToNum", "x", settings: ["nan": 0.0, "posinf": nil, "neginf": nil]) {
            try ops.nanToNum($0.x, nan: $0.double("nan"), posinf: $0.optional("posinf"), neginf: $0.optional("neginf"))
        }
        rule("Round", "x", settings: ["decimals": 0]) { try ops.round($0.x, decimals: $0.int("decimals")) }
        rule("OnesLike", "x", settings: ["dtype": nil]) { try ops.onesLike($0.x, dtype: $0.dtype()) }
        rule("ZerosLike", "x", settings: ["dtype": nil]) { try ops.zerosLike($0.x, dtype: $0.dtype()) }
        rule("FullLike", "x", "fill_value", settings: ["dtype": nil]) { try ops.fullLike($0.x, $0.tensor(1), dtype: $0.dtype()) }
        rule("Array", "x", settings: ["dtype": nil]) { try ops.convertToTensor($0.x, dtype: $0.dtype()) }
    }
}

extension OperationCall {
    /// A setting that is a number, nested lists of numbers, or null.
    fileprivate func bound(_ name: String) throws -> Tensor? {
        switch settings[name] {
        case nil, .null: return nil
        case .int(let number): return Tensor(integerLiteral: number)
        case .double(let number): return Tensor(floatLiteral: number)
        case let value?:
            guard let numbers = NumberList(value) else {
                throw KerasError.invalidSetting(object: rule.className, argument: name, expected: "a number or numbers", got: value.kind)
            }
            return try numbers.tensor()
        }
    }
}
