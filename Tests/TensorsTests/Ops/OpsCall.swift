import Tensors

/// One row of `Tests/Fixtures/ops/ops.json`, with its operands as tensors and its attributes in Swift's types.
struct OpsCall {
    let row: PrimitiveRow
    let operands: [Tensor]

    struct Missing: Error, CustomStringConvertible { let description: String }

    init(_ row: PrimitiveRow) throws {
        self.row = row
        operands = try row.in.map { input in
            try input.bytes.withUnsafeBytes { try Tensor(bytes: $0, shape: input.type.shape, dtype: input.type.dtype) }
        }
    }

    subscript(index: Int) -> Tensor { operands[index] }
    var x: Tensor { operands[0] }
    var y: Tensor { operands[1] }

    func has(_ key: String) -> Bool { row.attrs?[key] != nil }

    func int(_ key: String) -> Int? {
        if case .integer(let value)? = row.attrs?[key] { value } else { nil }
    }

    /// A number, given with or without a fraction.
    func double(_ key: String) -> Double? {
        switch row.attrs?[key] {
        case .number(let value)?: value
        case .integer(let value)?: Double(value)
        default: nil
        }
    }

    func flag(_ key: String) -> Bool? {
        if case .flag(let value)? = row.attrs?[key] { value } else { nil }
    }

    func text(_ key: String) -> String? {
        if case .text(let value)? = row.attrs?[key] { value } else { nil }
    }

    func ints(_ key: String) -> [Int]? {
        if case .list(let value)? = row.attrs?[key] { value } else { nil }
    }

    func needed<T>(_ value: T?, _ key: String) throws -> T {
        guard let value else { throw Missing(description: "\(row): \(key)") }
        return value
    }

    var axis: Int? { int("axis") }
    var axes: [Int]? { ints("axis") }
    var keepdims: Bool { flag("keepdims") ?? false }
    var dtype: DType? { text("dtype").flatMap { DType(rawValue: $0) } }
    var fromLogits: Bool { flag("from_logits") ?? false }
    func sizes(_ key: String) -> SpatialSizes? { int(key).map { SpatialSizes($0) } ?? ints(key).map { SpatialSizes($0) } }
    var padding: PaddingMode { text("padding").flatMap { PaddingMode(rawValue: $0) } ?? .valid }
    var shape: [Int] { ints("shape") ?? [] }
}

typealias OpsFunction = @Sendable (OpsCall) throws -> [Tensor]

/// Every function of `ops` by name, called as a row says.
enum OpsTable {
    static let functions: [String: OpsFunction] = elementwise.merging(pairs) { a, _ in a }.merging(reductions) { a, _ in a }.merging(movements) { a, _ in a }
        .merging(networks) { a, _ in a }.merging(others) { a, _ in a }

    private static func one(_ f: @escaping @Sendable (Tensor) throws -> Tensor) -> OpsFunction { { [try f($0.x)] } }
    private static func two(_ f: @escaping @Sendable (Tensor, Tensor) throws -> Tensor) -> OpsFunction { { [try f($0.x, $0.y)] } }

    static let elementwise: [String: OpsFunction] = [
        "abs": one { try ops.abs($0) }, "absolute": one { try ops.absolute($0) }, "exp": one { try ops.exp($0) }, "exp2": one { try ops.exp2($0) },
        "expm1": one { try ops.expm1($0) }, "square": one { try ops.square($0) }, "sign": one { try ops.sign($0) }, "floor": one { try ops.floor($0) },
        "ceil": one { try ops.ceil($0) }, "trunc": one { try ops.trunc($0) }, "sin": one { try ops.sin($0) }, "cos": one { try ops.cos($0) }, "tan": one { try ops.tan($0) },
        "sinh": one { try ops.sinh($0) }, "cosh": one { try ops.cosh($0) }, "tanh": one { try ops.tanh($0) }, "arctan": one { try ops.arctan($0) },
        "arcsinh": one { try ops.arcsinh($0) }, "arcsin": one { try ops.arcsin($0) }, "arccos": one { try ops.arccos($0) }, "arccosh": one { try ops.arccosh($0) },
        "arctanh": one { try ops.arctanh($0) }, "negative": one { try ops.negative($0) }, "isnan": one { try ops.isnan($0) }, "isfinite": one { try ops.isfinite($0) },
        "isinf": one { try ops.isinf($0) }, "erf": one { try ops.erf($0) }, "erfinv": one { try ops.erfinv($0) }, "sigmoid": one { try ops.sigmoid($0) },
        "log": one { try ops.log($0) }, "log1p": one { try ops.log1p($0) }, "log2": one { try ops.log2($0) }, "log10": one { try ops.log10($0) },
        "sqrt": one { try ops.sqrt($0) }, "rsqrt": one { try ops.rsqrt($0) }, "reciprocal": one { try ops.reciprocal($0) }, "logicalNot": one { try ops.logicalNot($0) },
        "digamma": one { try ops.digamma($0) }, "logGamma": one { try ops.logGamma($0) }, "bitwiseNot": one { try ops.bitwiseNot($0) },
        "round": { [try ops.round($0.x, decimals: $0.int("decimals") ?? 0)] },
        "clip": { c in
            if c.x.dtype.isInteger, let low = c.int("x_min"), let high = c.int("x_max") { return [try ops.clip(c.x, low, high)] }
            return [try ops.clip(c.x, c.needed(c.double("x_min"), "x_min"), c.needed(c.double("x_max"), "x_max"))]
        },
        "nanToNum": { [try ops.nanToNum($0.x, nan: $0.double("nan") ?? 0, posinf: $0.double("posinf"), neginf: $0.double("neginf"))] },
    ]

    static let pairs: [String: OpsFunction] = [
        "add": two { try ops.add($0, $1) }, "subtract": two { try ops.subtract($0, $1) }, "multiply": two { try ops.multiply($0, $1) },
        "divide": two { try ops.divide($0, $1) }, "trueDivide": two { try ops.trueDivide($0, $1) }, "floorDivide": two { try ops.floorDivide($0, $1) },
        "divideNoNan": two { try ops.divideNoNan($0, $1) }, "mod": two { try ops.mod($0, $1) }, "power": two { try ops.power($0, $1) },
        "maximum": two { try ops.maximum($0, $1) }, "minimum": two { try ops.minimum($0, $1) }, "arctan2": two { try ops.arctan2($0, $1) },
        "equal": two { try ops.equal($0, $1) }, "notEqual": two { try ops.notEqual($0, $1) }, "less": two { try ops.less($0, $1) },
        "lessEqual": two { try ops.lessEqual($0, $1) }, "greater": two { try ops.greater($0, $1) }, "greaterEqual": two { try ops.greaterEqual($0, $1) },
        "logicalAnd": two { try ops.logicalAnd($0, $1) }, "logicalOr": two { try ops.logicalOr($0, $1) }, "logicalXor": two { try ops.logicalXor($0, $1) },
        "bitwiseAnd": two { try ops.bitwiseAnd($0, $1) }, "bitwiseOr": two { try ops.bitwiseOr($0, $1) }, "bitwiseXor": two { try ops.bitwiseXor($0, $1) },
        "leftShift": two { try ops.leftShift($0, $1) }, "rightShift": two { try ops.rightShift($0, $1) }, "logaddexp": two { try ops.logaddexp($0, $1) },
        "hypot": two { try ops.hypot($0, $1) }, "matmul": two { try ops.matmul($0, $1) }, "dot": two { try ops.dot($0, $1) }, "outer": two { try ops.outer($0, $1) },
        "inner": two { try ops.inner($0, $1) }, "vdot": two { try ops.vdot($0, $1) },
        "isclose": { [try ops.isclose($0.x, $0.y, rtol: $0.double("rtol") ?? 1e-5, atol: $0.double("atol") ?? 1e-8, equalNaN: $0.flag("equal_nan") ?? false)] },
        "allclose": two { try ops.allclose($0, $1) },
        "tensordot": { c in
            if let count = c.int("axes") { return [try ops.tensordot(c.x, c.y, axes: count)] }
            let lists = try c.needed(c.lists("axes"), "axes")
            return [try ops.tensordot(c.x, c.y, axes: (lists[0], lists[1]))]
        },
        "einsum": { [try ops.einsum($0.needed($0.text("subscripts"), "subscripts"), $0.operands)] },
    ]

    /// A reduction over one axis, several, or all.
    private static func reduction(
        _ single: @escaping @Sendable (Tensor, Int?, Bool) throws -> Tensor, _ several: @escaping @Sendable (Tensor, [Int]?, Bool) throws -> Tensor
    ) -> OpsFunction {
        { c in [try c.axes.map { try several(c.x, $0, c.keepdims) } ?? single(c.x, c.axis, c.keepdims)] }
    }

    static let reductions: [String: OpsFunction] = [
        "sum": reduction({ try ops.sum($0, axis: $1, keepdims: $2) }, { try ops.sum($0, axes: $1, keepdims: $2) }),
        "mean": reduction({ try ops.mean($0, axis: $1, keepdims: $2) }, { try ops.mean($0, axes: $1, keepdims: $2) }),
        "prod": reduction({ try ops.prod($0, axis: $1, keepdims: $2) }, { try ops.prod($0, axes: $1, keepdims: $2) }),
        "max": reduction({ try ops.max($0, axis: $1, keepdims: $2) }, { try ops.max($0, axes: $1, keepdims: $2) }),
        "min": reduction({ try ops.min($0, axis: $1, keepdims: $2) }, { try ops.min($0, axes: $1, keepdims: $2) }),
        "any": reduction({ try ops.any($0, axis: $1, keepdims: $2) }, { try ops.any($0, axes: $1, keepdims: $2) }),
        "all": reduction({ try ops.all($0, axis: $1, keepdims: $2) }, { try ops.all($0, axes: $1, keepdims: $2) }),
        "var": reduction({ try ops.var($0, axis: $1, keepdims: $2) }, { try ops.var($0, axes: $1, keepdims: $2) }),
        "variance": reduction({ try ops.variance($0, axis: $1, keepdims: $2) }, { try ops.variance($0, axes: $1, keepdims: $2) }),
        "std": reduction({ try ops.std($0, axis: $1, keepdims: $2) }, { try ops.std($0, axes: $1, keepdims: $2) }),
        "logsumexp": reduction({ try ops.logsumexp($0, axis: $1, keepdims: $2) }, { try ops.logsumexp($0, axes: $1, keepdims: $2) }),
        "countNonzero": { [try ops.countNonzero($0.x, axis: $0.axis)] },
        "argmax": { [try ops.argmax($0.x, axis: $0.axis, keepdims: $0.keepdims)] }, "argmin": { [try ops.argmin($0.x, axis: $0.axis, keepdims: $0.keepdims)] },
        "sort": { [try ops.sort($0.x, axis: $0.axis ?? -1)] }, "argsort": { [try ops.argsort($0.x, axis: $0.axis ?? -1)] },
        "cumsum": { [try ops.cumsum($0.x, axis: $0.axis)] }, "cumprod": { [try ops.cumprod($0.x, axis: $0.axis)] },
        "average": { c in [try c.operands.count == 2 ? ops.average(c.x, axis: c.axis, weights: c.y) : ops.average(c.x, axis: c.axis)] },
        "moments": { c in
            let result = try ops.moments(c.x, axes: c.ints("axes") ?? [], keepdims: c.keepdims)
            return [result.mean, result.variance]
        },
        "norm": { c in [try ops.norm(c.x, order: order(c), axis: c.axis, keepdims: c.keepdims)] },
        "vectorNorm": { c in [try ops.vectorNorm(c.x, order: order(c), axis: c.axis, keepdims: c.keepdims)] },
        "normalize": { [try ops.normalize($0.x, axis: $0.axis ?? -1, order: $0.int("order") ?? 2)] },
        "topK": { c in
            let result = try ops.topK(c.x, c.needed(c.int("k"), "k"))
            return [result.values, result.indices]
        },
        "inTopK": { [try ops.inTopK($0.x, $0.y, k: $0.needed($0.int("k"), "k"))] },
        "searchsorted": { [try ops.searchsorted($0.x, $0.y, right: $0.text("side") == "right")] },
        "digitize": { [try ops.digitize($0.x, bins: $0.y)] },
        "bincount": { c in [try ops.bincount(c.x, weights: c.operands.count == 2 ? c.y : nil, length: c.needed(c.int("minlength"), "minlength"))] },
        "segmentSum": { [try ops.segmentSum($0.x, $0.y, numSegments: $0.needed($0.int("num_segments"), "num_segments"))] },
        "segmentMax": { [try ops.segmentMax($0.x, $0.y, numSegments: $0.needed($0.int("num_segments"), "num_segments"))] },
    ]

    private static func order(_ call: OpsCall) -> NormOrder {
        if call.text("ord") == "inf" { return .infinity }
        guard let p = call.int("ord"), p != 2 else { return .euclidean }
        return .p(Double(p))
    }
}
