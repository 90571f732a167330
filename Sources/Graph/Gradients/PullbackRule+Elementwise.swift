/// Derivatives of functions of one and two numbers.
extension PullbackRule {
    func unary(_ operation: Unary, _ x: Value, _ y: Value, _ g: Value) throws -> Value? {
        switch operation {
        case .negate: try -g
        case .abs: try g * x.unary(.sign)
        case .exp: try g * y
        case .expm1: try g * (y + 1)
        case .log: try g / x
        case .log1p: try g / (x + 1)
        case .sqrt: try g * (0.5 / y)
        case .rsqrt: try g * (-0.5 * (y / x))
        case .reciprocal: try -g * y.squared()
        case .sin: try g * x.unary(.cos)
        case .cos: try -g * x.unary(.sin)
        case .tan: try g * (1 + y.squared())
        case .asin: try g * (1 - x.squared()).rsqrt()
        case .acos: try -g * (1 - x.squared()).rsqrt()
        case .atan: try g / (1 + x.squared())
        case .sinh: try g * x.unary(.cosh)
        case .cosh: try g * x.unary(.sinh)
        case .tanh: try g * (1 - y.squared())
        case .asinh: try g * (x.squared() + 1).rsqrt()
        case .acosh: try g * ((x - 1) * (x + 1)).rsqrt()
        case .atanh: try g / ((1 - x) * (1 + x))
        case .sigmoid: try g * (y * (1 - y))
        case .erf: try g * ((2 / Double.pi.squareRoot()) * (-x.squared()).exp())
        case .erfInv: try g * ((Double.pi.squareRoot() / 2) * y.squared().exp())
        case .logGamma: try g * x.unary(.digamma)
        case .digamma: try g * trigamma(x)
        // Constant almost everywhere.
        case .sign, .floor, .ceil, .round, .not, .isNaN, .isFinite, .isInfinite: nil
        }
    }

    func binary(_ operation: Binary, _ a: Value, _ b: Value, _ y: Value, _ g: Value) throws -> [Value?] {
        switch operation {
        case .add: [g, g]
        case .subtract: try pair(g, -g)
        case .multiply: try pair(g * b, g * a)
        case .divide: try pair(g / b, -g * (y / b))
        case .modulo: try pair(g, -g * (a / b).unary(.floor))
        case .power: try pair(g * powerByBase(a, b), g * powerByExponent(a, b, y))
        case .maximum: try pair(g * share(a, .greater, b), g * share(b, .greater, a))
        case .minimum: try pair(g * share(a, .less, b), g * share(b, .less, a))
        case .atan2: try pair(g * (b / (a.squared() + b.squared())), -g * (a / (a.squared() + b.squared())))
        // Constant almost everywhere, or of integers.
        case .floorDivide, .and, .or, .xor, .shiftLeft, .shiftRightLogical, .shiftRightArithmetic: [nil, nil]
        }
    }

    /// 1 where the comparison holds, ½ for a tie, 0 elsewhere.
    private func share(_ a: Value, _ comparison: Comparison, _ b: Value) throws -> Value {
        let tie = try a.compared(.equal, b).select(.full(0.5, like: a), .zeros(like: a))
        return try a.compared(comparison, b).select(.ones(like: a), tie)
    }

    /// `b · a^(b - 1)`; 0 for the exponent 0, whatever the base.
    private func powerByBase(_ a: Value, _ b: Value) throws -> Value {
        switch b.constantScalar {
        case 0?: return try .zeros(like: a)
        case 1?: return try .ones(like: a)
        case 2?: return try 2 * a
        case let exponent?: return try exponent * a.power(.full(exponent - 1, like: a))
        case nil:
            let isZero = try b.compared(.equal, 0)
            return try isZero.drop(b * a.power(isZero.select(.ones(like: b), b - 1)))
        }
    }

    /// `log(a) · a^b`; 0 for the base 0.
    private func powerByExponent(_ a: Value, _ b: Value, _ y: Value) throws -> Value {
        try a.compared(.equal, 0).select(.ones(like: a), a).log() * y
    }

    /// The derivative of digamma: `Σ 1 / (x + k)²` over k = 0, 1, 2 …
    ///
    /// Eight terms of the sum, then the asymptotic series (Abramowitz and Stegun, 6.4.12); to the left of ½ by the
    /// reflection `ψ'(1 - x) + ψ'(x) = π² / sin²(πx)` (6.4.7).
    private func trigamma(_ x: Value) throws -> Value {
        let isLeft = try x.compared(.less, 0.5)
        let positive = try isLeft.select(1 - x, x)
        var sum = try positive.squared().reciprocal()
        for k in 1..<8 { sum = try sum + (positive + Double(k)).squared().reciprocal() }
        let r = try (positive + 8).reciprocal()
        let r2 = try r.squared()
        // Bernoulli numbers B2, B4 … B14.
        let bernoulli = [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6]
        var series = try Value.zeros(like: x)
        for coefficient in bernoulli.reversed() { series = try (series + coefficient) * r2 }
        sum = try sum + r * (1 + series) + 0.5 * r2
        let sine = try (isLeft.select(x, .full(0.25, like: x)) * Double.pi).unary(.sin)
        return try isLeft.select((Double.pi * Double.pi) / sine.squared() - sum, sum)
    }
}
