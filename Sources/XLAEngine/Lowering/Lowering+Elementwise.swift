import Graph

extension Comparison {
    var direction: String {
        switch self {
        case .equal: "EQ"
        case .notEqual: "NE"
        case .less: "LT"
        case .lessOrEqual: "LE"
        case .greater: "GT"
        case .greaterOrEqual: "GE"
        }
    }
}

extension Lowering {
    func unary(_ operation: Unary, _ x: Term) -> Term {
        let isUnsigned = !x.dtype.isFloatingPoint && !x.dtype.isSigned
        return switch operation {
        case .negate: text.unary("negate", x)
        case .abs: isUnsigned ? x : text.unary("abs", x)
        case .sign: isUnsigned ? text.convert(text.compare("NE", x, 0), x.dtype) : text.unary("sign", x)
        case .exp: text.unary("exponential", x)
        case .expm1: text.unary("exponential_minus_one", x)
        case .log: text.unary("log", x)
        case .log1p: text.unary("log_plus_one", x)
        case .sqrt: text.unary("sqrt", x)
        case .rsqrt: text.unary("rsqrt", x)
        case .reciprocal: text.divide(text.full(1, like: x), x)
        case .sin: text.unary("sine", x)
        case .cos: text.unary("cosine", x)
        case .tan: text.unary("tan", x)
        case .asin: special("asin", x)
        case .acos: special("acos", x)
        case .atan: text.apply("stablehlo.atan2", x, text.full(1, like: x), to: x.type)
        case .sinh: special("sinh", x)
        case .cosh: special("cosh", x)
        case .tanh: text.unary("tanh", x)
        case .asinh: special("asinh", x)
        case .acosh: special("acosh", x)
        case .atanh: special("atanh", x)
        case .sigmoid: text.unary("logistic", x)
        case .erf: special("erf", x)
        case .erfInv: special("erf_inv", x)
        case .logGamma: special("lgamma", x)
        case .digamma: special("digamma", x)
        case .floor: text.unary("floor", x)
        case .ceil: text.unary("ceil", x)
        case .round: text.unary("round_nearest_even", x)
        case .not: text.not(x)
        case .isNaN: text.compare("NE", x, x)
        case .isFinite: text.apply("stablehlo.is_finite", x, to: x.type.with(dtype: .bool))
        case .isInfinite: text.compare("EQ", text.unary("abs", x), .infinity)
        }
    }

    /// A function that XLA makes of others.
    private func special(_ operation: String, _ x: Term) -> Term { text.apply("chlo.\(operation)", x, to: x.type) }

    func binary(_ operation: Binary, _ a: Term, _ b: Term) -> Term {
        switch operation {
        case .add: return text.add(a, b)
        case .subtract: return text.subtract(a, b)
        case .multiply: return text.multiply(a, b)
        case .divide: return a.dtype.isFloatingPoint ? text.divide(a, b) : unlessZero(b) { text.divide(a, $0) }
        case .floorDivide: return a.dtype.isFloatingPoint ? text.unary("floor", text.divide(a, b)) : unlessZero(b) { floorDivide(a, $0) }
        case .modulo: return a.dtype.isFloatingPoint ? modulo(a, b) : unlessZero(b) { modulo(a, $0) }
        case .power: return a.dtype.isFloatingPoint ? text.binary("power", a, b) : power(a, b)
        case .maximum: return text.binary("maximum", a, b)
        case .minimum: return text.binary("minimum", a, b)
        case .atan2: return text.binary("atan2", a, b)
        case .and: return text.and(a, b)
        case .or: return text.or(a, b)
        case .xor: return text.binary("xor", a, b)
        case .shiftLeft: return text.binary("shift_left", a, b)
        case .shiftRightLogical: return text.binary("shift_right_logical", a, b)
        case .shiftRightArithmetic: return text.binary("shift_right_arithmetic", a, b)
        }
    }

    /// 0 where an integer divisor is.
    private func unlessZero(_ divisor: Term, _ quotient: (Term) -> Term) -> Term {
        let isZero = text.compare("EQ", divisor, 0)
        let result = quotient(text.select(isZero, text.full(1, like: divisor), divisor))
        return text.select(isZero, text.full(0, like: divisor), result)
    }

    /// Where a remainder is not zero and has not the divisor's sign.
    private func isOnOtherSide(_ remainder: Term, _ divisor: Term) -> Term {
        let signsDiffer = text.binary("xor", text.compare("LT", remainder, 0), text.compare("LT", divisor, 0))
        return text.and(text.compare("NE", remainder, 0), signsDiffer)
    }

    private func floorDivide(_ a: Term, _ b: Term) -> Term {
        let quotient = text.divide(a, b)
        guard a.dtype.isSigned else { return quotient }
        let isOver = isOnOtherSide(text.binary("remainder", a, b), b)
        return text.select(isOver, text.subtract(quotient, text.full(1, like: quotient)), quotient)
    }

    /// XLA looks at an exponent's last six bits only: what is greater is a product of powers, six bits after six.
    private func power(_ a: Term, _ b: Term) -> Term {
        let bits = 8 * a.dtype.byteCount - (a.dtype.isSigned ? 1 : 0)
        var (result, base, shift) = (text.full(1, like: a), a, 0)
        while shift < bits {
            let digit = text.and(text.binary("shift_right_logical", b, text.full(Double(shift), like: b)), text.full(63, like: b))
            result = text.multiply(result, text.binary("power", base, digit))
            shift += 6
            if shift < bits {
                let half = text.binary("power", base, text.full(32, like: base))
                base = text.multiply(half, half)
            }
        }
        return a.dtype.isSigned ? text.select(text.compare("LT", b, 0), text.binary("power", a, b), result) : result
    }

    private func modulo(_ a: Term, _ b: Term) -> Term {
        let remainder = text.binary("remainder", a, b)
        guard a.dtype.isSigned else { return remainder }
        return text.select(isOnOtherSide(remainder, b), text.add(remainder, b), remainder)
    }
}
