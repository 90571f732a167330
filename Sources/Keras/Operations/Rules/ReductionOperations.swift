extension OperationRules {
    /// `keras.ops.numpy`: what takes axes away or runs along one.
    @OperationRules static var reductions: [OperationRule] {
        reduction("Sum") { try ops.sum($0, axes: $1, keepdims: $2) }
        reduction("Mean") { try ops.mean($0, axes: $1, keepdims: $2) }
        reduction("Any") { try ops.any($0, axes: $1, keepdims: $2) }
        reduction("All") { try ops.all($0, axes: $1, keepdims: $2) }
        reduction("Var") { try ops.var($0, axes: $1, keepdims: $2) }
        reduction("Std") { try ops.std($0, axes: $1, keepdims: $2) }
        reduction("Amax") { try ops.max($0, axes: $1, keepdims: $2) }
        reduction("Amin") { try ops.min($0, axes: $1, keepdims: $2) }
        reduction("Ptp") { try ops.subtract(ops.max($0, axes: $1, keepdims: $2), ops.min($0, axes: $1, keepdims: $2)) }
        rule("Prod", "x", settings: ["axis": nil, "keepdims": false, "dtype": nil]) { call in
            guard let dtype = try call.dtype() else { return try ops.prod(call.x, axes: call.axes, keepdims: call.bool("keepdims")) }
            return try ops.prod(call.x.cast(to: dtype), axes: call.axes, keepdims: call.bool("keepdims")).cast(to: dtype)
        }
        rule("Max", "x", settings: ["axis": nil, "keepdims": false, "initial": nil]) { call in
            let greatest = try ops.max(call.x, axes: call.axes, keepdims: call.bool("keepdims"))
            return try call.optional("initial", as: Double.self).map { try ops.maximum(greatest, $0) } ?? greatest
        }
        rule("Min", "x", settings: ["axis": nil, "keepdims": false, "initial": nil]) { call in
            let least = try ops.min(call.x, axes: call.axes, keepdims: call.bool("keepdims"))
            return try call.optional("initial", as: Double.self).map { try ops.minimum(least, $0) } ?? least
        }
        rule("CountNonzero", "x", settings: ["axis": nil]) { try ops.sum(ops.notEqual($0.x, 0).cast(to: .int32), axes: $0.axes) }
        rule("Average", "x", "weights", settings: ["axis": nil]) { try ops.average($0.x, axis: $0.axis, weights: $0.optional(1)) }
        rule("Argmax", "x", settings: ["axis": nil, "keepdims": false]) {
            try ops.argmax($0.x, axis: $0.axis, keepdims: $0.bool("keepdims"))
        }
        rule("Argmin", "x", settings: ["axis": nil, "keepdims": false]) {
            try ops.argmin($0.x, axis: $0.axis, keepdims: $0.bool("keepdims"))
        }
        rule("Sort", "x", settings: ["axis": -1]) { call in
            guard let axis = try call.axis else { return try ops.sort(ops.ravel(call.x)) }
            return try ops.sort(call.x, axis: axis)
        }
        rule("Argsort", "x", settings: ["axis": -1]) { call in
            guard let axis = try call.axis else { return try ops.argsort(ops.ravel(call.x)) }
            return try ops.argsort(call.x, axis: axis)
        }
        rule("Cumsum", "x", settings: ["axis": nil, "dtype": nil]) { try ops.cumsum($0.x, axis: $0.axis, dtype: $0.dtype()) }
        rule("Cumprod", "x", settings: ["axis": nil, "dtype": nil]) { try ops.cumprod($0.x, axis: $0.axis, dtype: $0.dtype()) }
    }
}
