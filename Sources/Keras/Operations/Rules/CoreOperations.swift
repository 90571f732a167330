extension OperationRules {
    /// `keras.ops.core`.
    @OperationRules static var core: [OperationRule] {
        rule("Cast", "x", required: ["dtype"]) { call in
            guard let dtype = try call.dtype() else { return try call.x }
            return try ops.cast(call.x, to: dtype)
        }
        rule("ConvertToTensor", "x", settings: ["dtype": nil, "sparse": nil, "ragged": nil]) { call in
            try call.expect("sparse", nil, false)
            try call.expect("ragged", nil, false)
            return try ops.convertToTensor(call.x, dtype: call.dtype())
        }
        rule("StopGradient", "variable") { try ops.stopGradient($0.x) }
        rule("Scatter", "indices", "values", required: ["shape"]) { try ops.scatter($0.x, $0.tensor(1), shape: $0.ints("shape")) }
        rule("ScatterUpdate", "inputs", "indices", "updates", settings: ["reduction": nil]) { call in
            try ops.scatterUpdate(call.x, call.tensor(1), call.tensor(2), reduction: ScatterReduction(keras: call))
        }
        rule("Slice", "inputs", "start_indices", required: ["shape"]) { try ops.slice($0.x, $0.tensor(1), shape: $0.ints("shape")) }
        rule("SliceUpdate", "inputs", "start_indices", "updates") { try ops.sliceUpdate($0.x, $0.tensor(1), $0.tensor(2)) }
        OperationRule("Unstack", ["x"], settings: ["num": nil, "axis": 0]) { try ops.unstack($0.x, axis: $0.int("axis")) }
    }

    /// `keras.ops.math`.
    @OperationRules static var math: [OperationRule] {
        unary("Erf", ops.erf)
        unary("Erfinv", ops.erfinv)
        unary("Rsqrt", ops.rsqrt)
        reduction("Logsumexp") { try ops.logsumexp($0, axes: $1, keepdims: $2) }
        rule("SegmentSum", "data", "segment_ids", settings: ["num_segments": nil, "sorted": false]) {
            try ops.segmentSum($0.x, $0.tensor(1), numSegments: $0.int("num_segments"))
        }
        rule("SegmentMax", "data", "segment_ids", settings: ["num_segments": nil, "sorted": false]) {
            try ops.segmentMax($0.x, $0.tensor(1), numSegments: $0.int("num_segments"))
        }
        OperationRule("TopK", ["x"], required: ["k"], settings: ["sorted": true]) { call in
            let result = try ops.topK(call.x, call.int("k"))
            return [result.values, result.indices]
        }
        rule("InTopK", "targets", "predictions", required: ["k"]) { try ops.inTopK($0.x, $0.tensor(1), k: $0.int("k")) }
    }

    /// `keras.ops.linalg`.
    @OperationRules static var linalg: [OperationRule] {
        rule("Norm", "x", settings: ["ord": nil, "axis": nil, "keepdims": false]) { call in
            let order = try NormOrder(keras: call), keepdims = try call.bool("keepdims")
            guard let axes = try call.axes else { return try ops.norm(call.x, order: order, keepdims: keepdims) }
            if axes.count == 1 { return try ops.norm(call.x, order: order, axis: axes[0], keepdims: keepdims) }
            return try ops.norm(call.x, order: order, axes: axes, keepdims: keepdims)
        }
    }
}

extension ScatterReduction {
    /// Keras' names; null: the values replace.
    static let kerasNames: [(reduction: ScatterReduction, name: String?)] = [
        (.set, nil), (.add, "add"), (.max, "max"), (.min, "min"), (.multiply, "mul"),
    ]

    fileprivate init(keras call: OperationCall) throws {
        let name: String? = try call.optional("reduction")
        guard let found = Self.kerasNames.first(where: { $0.name == name }) else {
            throw KerasError.unknownName(kind: "reduction", name: name ?? "null", known: Self.kerasNames.compactMap(\.name))
        }
        self = found.reduction
    }
}

extension NormOrder {
    /// As Keras writes it.
    var configValue: ConfigValue {
        switch self {
        case .euclidean: nil
        case .p(let order): Int(exactly: order).map { .int($0) } ?? .double(order)
        case .infinity: .double(.infinity)
        case .negativeInfinity: .double(-.infinity)
        }
    }

    fileprivate init(keras call: OperationCall) throws {
        switch call.settings["ord"] ?? .null {
        case .null, .string("fro"): self = .euclidean
        case .int(let order): self = .p(Double(order))
        case .double(.infinity): self = .infinity
        case .double(-.infinity): self = .negativeInfinity
        case .double(let order): self = .p(order)
        case let other:
            throw KerasError.invalidSetting(object: "Norm", argument: "ord", expected: "a number, \"fro\" or null", got: other.kind)
        }
    }
}
