/// Leaves and operations on single elements.
extension ShapeRule {
    func leaf(_ type: TensorType) throws -> TensorType {
        try count(0)
        return try result(type.shape, type.dtype)
    }

    func iota(_ type: TensorType, axis: Int) throws -> TensorType {
        try count(0)
        try self.axis(axis, rank: type.rank)
        try dtype(type, .numbers)
        return try result(type.shape, type.dtype)
    }

    func unary(_ operation: Unary) throws -> TensorType {
        try count(1)
        let type = operands[0]
        switch operation {
        case .negate, .abs, .sign:
            try dtype(type, .numbers)
        case .exp, .expm1, .log, .log1p, .sqrt, .rsqrt, .reciprocal,
             .sin, .cos, .tan, .asin, .acos, .atan, .sinh, .cosh, .tanh, .asinh, .acosh, .atanh,
             .sigmoid, .erf, .erfInv, .logGamma, .digamma, .floor, .ceil, .round:
            try dtype(type, .floats)
        case .not:
            try dtype(type, .bits)
        case .isNaN, .isFinite, .isInfinite:
            try dtype(type, .floats)
            return type.with(dtype: .bool)
        }
        return type
    }

    func binary(_ operation: Binary) throws -> TensorType {
        try count(2)
        try sameDType(operands)
        switch operation {
        case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power, .maximum, .minimum:
            try dtype(operands[0], .numbers)
        case .atan2:
            try dtype(operands[0], .floats)
        case .and, .or, .xor:
            try dtype(operands[0], .bits)
        case .shiftLeft, .shiftRightLogical, .shiftRightArithmetic:
            try dtype(operands[0], .integers)
        }
        try sameShape(operands)
        return operands[0]
    }

    func compare() throws -> TensorType {
        try count(2)
        try sameDType(operands)
        try sameShape(operands)
        return operands[0].with(dtype: .bool)
    }

    func select() throws -> TensorType {
        try count(3)
        try dtype(operands[0], is: .bool, "the condition is")
        try sameDType([operands[1], operands[2]])
        try sameShape(operands)
        return operands[1]
    }

    func convert(_ dtype: DType) throws -> TensorType {
        try count(1)
        return try result(operands[0].shape, dtype)
    }

    func bitcast(_ dtype: DType) throws -> TensorType {
        try count(1)
        let from = operands[0].dtype
        guard from.byteCount == dtype.byteCount, (from == .bool) == (dtype == .bool) else {
            throw GraphError.dtypeMismatch(operation: name, dtypes: [from, dtype], rule: "only types of one size share their bits, and bool shares with none")
        }
        return operands[0].with(dtype: dtype)
    }

    func identity(count: Int) throws -> [TensorType] {
        try require(count >= 0 && count <= operands.count, "it passes \(count) of its \(operands.count) operands through")
        return Array(operands.prefix(count))
    }

    func stopGradient() throws -> TensorType {
        try count(1)
        return operands[0]
    }
}
