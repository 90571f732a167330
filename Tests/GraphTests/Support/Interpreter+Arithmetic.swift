import Foundation
@testable import Graph

extension Interpreter {
    /// Integers wrap.
    static func rounded(_ value: Double, _ dtype: DType) -> Double {
        switch dtype {
        case .int32: Double(Int32(truncatingIfNeeded: Int(value)))
        case .uint32: Double(UInt32(truncatingIfNeeded: Int(value)))
        case .float32: Double(Float(value))
        default: value
        }
    }

    static func unary(_ operation: Unary, _ x: Double, _ dtype: DType) -> Double {
        switch operation {
        case .negate: -x
        case .abs: Swift.abs(x)
        case .sign: x > 0 ? 1 : x < 0 ? -1 : x
        case .exp: exp(x)
        case .expm1: expm1(x)
        case .log: log(x)
        case .log1p: log1p(x)
        case .sqrt: sqrt(x)
        case .rsqrt: 1 / sqrt(x)
        case .reciprocal: 1 / x
        case .sin: sin(x)
        case .cos: cos(x)
        case .tan: tan(x)
        case .asin: asin(x)
        case .acos: acos(x)
        case .atan: atan(x)
        case .sinh: sinh(x)
        case .cosh: cosh(x)
        case .tanh: tanh(x)
        case .asinh: asinh(x)
        case .acosh: acosh(x)
        case .atanh: atanh(x)
        case .sigmoid: 1 / (1 + exp(-x))
        case .erf: erf(x)
        case .erfInv: inverseErf(x)
        case .logGamma: lgamma(x)
        case .digamma: digamma(x)
        case .floor: floor(x)
        case .ceil: ceil(x)
        case .round: x.rounded(.toNearestOrEven)
        case .not: dtype == .bool ? 1 - x : -1 - x
        case .isNaN: x.isNaN ? 1 : 0
        case .isFinite: x.isFinite ? 1 : 0
        case .isInfinite: x.isInfinite ? 1 : 0
        }
    }

    private static func inverseErf(_ y: Double) -> Double {
        var x = 0.0
        for _ in 0..<60 { x -= (erf(x) - y) / (2 / Double.pi.squareRoot() * exp(-x * x)) }
        return x
    }

    private static func digamma(_ x: Double) -> Double {
        if x <= 0 { return digamma(1 - x) - Double.pi / tan(Double.pi * x) }
        var (x, sum) = (x, 0.0)
        while x < 20 {
            sum -= 1 / x
            x += 1
        }
        let r = 1 / (x * x)
        return sum + log(x) - 0.5 / x - r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r / 240)))
    }

    static func binary(_ operation: Binary, _ a: Double, _ b: Double, _ dtype: DType) -> Double {
        let bits = (Int(exactly: a) ?? 0, Int(exactly: b) ?? 0)
        switch operation {
        case .add: return a + b
        case .subtract: return a - b
        case .multiply: return a * b
        case .divide: return dtype.isInteger ? (b == 0 ? 0 : (a / b).rounded(.towardZero)) : a / b
        case .floorDivide: return dtype.isInteger && b == 0 ? 0 : floor(a / b)
        case .modulo: return dtype.isInteger && b == 0 ? 0 : a - b * floor(a / b)
        case .power: return pow(a, b)
        case .maximum: return a.isNaN || b.isNaN ? .nan : Swift.max(a, b)
        case .minimum: return a.isNaN || b.isNaN ? .nan : Swift.min(a, b)
        case .atan2: return atan2(a, b)
        case .and: return Double(bits.0 & bits.1)
        case .or: return Double(bits.0 | bits.1)
        case .xor: return Double(bits.0 ^ bits.1)
        case .shiftLeft: return Double(bits.0 << bits.1)
        case .shiftRightLogical: return Double(Int(UInt32(truncatingIfNeeded: bits.0)) >> bits.1)
        case .shiftRightArithmetic: return Double(bits.0 >> bits.1)
        }
    }

    static func compare(_ comparison: Comparison, _ a: Double, _ b: Double) -> Bool {
        switch comparison {
        case .equal: a == b
        case .notEqual: a != b
        case .less: a < b
        case .lessOrEqual: a <= b
        case .greater: a > b
        case .greaterOrEqual: a >= b
        }
    }

    static func reduce(_ reduction: Reduction, _ axes: [Int], _ x: Numbers, _ type: TensorType) -> Numbers {
        let start: Double = switch reduction {
        case .sum, .any: 0
        case .product, .all: 1
        case .max: -.infinity
        case .min: .infinity
        }
        var result = Numbers(type, filled: start)
        for index in indices(of: x.shape) {
            let target = index.dropping(axes)
            let (a, b) = (result[target], x[index])
            result[target] = switch reduction {
            case .sum: a + b
            case .product: a * b
            case .max: binary(.maximum, a, b, type.dtype)
            case .min: binary(.minimum, a, b, type.dtype)
            case .any: Swift.max(a, b)
            case .all: Swift.min(a, b)
            }
        }
        return result
    }

    static func cumulative(_ operation: Cumulative, _ axis: Int, _ reverse: Bool, _ x: Numbers) -> Numbers {
        var result = x
        let places = Array(0..<x.shape[axis])
        for index in indices(of: x.shape.replacing(axis, by: x.shape[axis] > 0 ? 1 : 0)) {
            var running: Double?
            for place in reverse ? places.reversed() : places {
                let here = index.replacing(axis, by: place)
                let value = running.map { running in
                    switch operation {
                    case .sum: running + x[here]
                    case .product: running * x[here]
                    case .max: binary(.maximum, running, x[here], .float64)
                    case .min: binary(.minimum, running, x[here], .float64)
                    }
                } ?? x[here]
                result[here] = value
                running = value
            }
        }
        return result
    }

    static func matmul(_ transposeA: Bool, _ transposeB: Bool, _ a: Numbers, _ b: Numbers, _ type: TensorType) -> Numbers {
        let inner = a.shape[transposeA ? a.shape.count - 2 : a.shape.count - 1]
        return Numbers(type) { index in
            let (batch, i, j) = (index.dropLast(2), index[index.count - 2], index[index.count - 1])
            return (0..<inner).reduce(0) { sum, k in
                sum + a[batch + (transposeA ? [k, i] : [i, k])] * b[batch + (transposeB ? [j, k] : [k, j])]
            }
        }
    }
}
