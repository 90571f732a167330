import Tensors

extension OpsCall {
    /// A list of lists.
    func lists(_ key: String) -> [[Int]]? {
        if case .lists(let value)? = row.attrs?[key] { value } else { nil }
    }
}

extension OpsTable {
    static let movements: [String: OpsFunction] = [
        "transpose": { [try ops.transpose($0.x, axes: $0.ints("axes"))] }, "reshape": { [try ops.reshape($0.x, $0.needed($0.ints("newshape"), "newshape"))] },
        "ravel": { [try ops.ravel($0.x)] }, "squeeze": { [try ops.squeeze($0.x, axis: $0.axis)] },
        "expandDims": { [try ops.expandDims($0.x, axis: $0.needed($0.axis, "axis"))] },
        "concatenate": { [try ops.concatenate($0.operands, axis: $0.axis ?? 0)] }, "append": { [try ops.append($0.x, $0.y, axis: $0.axis)] },
        "stack": { [try ops.stack($0.operands, axis: $0.axis ?? 0)] }, "unstack": { try ops.unstack($0.x, axis: $0.axis ?? 0) },
        "split": { c in
            if let at = c.ints("indices_or_sections") { return try ops.split(c.x, at: at, axis: c.axis ?? 0) }
            return try ops.split(c.x, c.needed(c.int("indices_or_sections"), "sections"), axis: c.axis ?? 0)
        },
        "tile": { [try ops.tile($0.x, $0.needed($0.ints("repeats"), "repeats"))] },
        "repeat": { c in
            if let counts = c.ints("repeats") { return [try ops.repeat(c.x, counts, axis: c.needed(c.axis, "axis"))] }
            return [try ops.repeat(c.x, c.needed(c.int("repeats"), "repeats"), axis: c.axis)]
        },
        "pad": { c in
            let widths = try c.needed(c.lists("pad_width"), "pad_width").map { ($0[0], $0[1]) }
            return [try ops.pad(c.x, widths, mode: c.text("mode").flatMap { PadMode(rawValue: $0) } ?? .constant, constantValue: c.double("constant_values") ?? 0)]
        },
        "flip": { c in [try c.axes.map { try ops.flip(c.x, axes: $0) } ?? ops.flip(c.x, axis: c.axis)] },
        "roll": { [try ops.roll($0.x, shift: $0.needed($0.int("shift"), "shift"), axis: $0.axis)] },
        "broadcastTo": { [try ops.broadcastTo($0.x, $0.shape)] },
        "where": { [try ops.where($0.x, $0.y, $0[2])] },
        "select": { [try ops.select([$0.x, $0.y], [$0[2], $0[3]], default: 0.5)] },
        "tril": { [try ops.tril($0.x, k: $0.int("k") ?? 0)] }, "triu": { [try ops.triu($0.x, k: $0.int("k") ?? 0)] },
        "take": { [try ops.take($0.x, $0.y, axis: $0.axis)] }, "takeAlongAxis": { [try ops.takeAlongAxis($0.x, $0.y, axis: $0.axis)] },
        "meshgrid": { try ops.meshgrid($0.operands) }, "diagonal": { [try ops.diagonal($0.x)] }, "diag": { [try ops.diag($0.x)] },
        "trace": { [try ops.trace($0.x, offset: $0.int("offset") ?? 0)] },
        "swapaxes": { [try ops.swapaxes($0.x, $0.needed($0.int("axis1"), "axis1"), $0.needed($0.int("axis2"), "axis2"))] },
        "moveaxis": { [try ops.moveaxis($0.x, $0.needed($0.int("source"), "source"), $0.needed($0.int("destination"), "destination"))] },
        "zeros": { [try ops.zeros($0.shape, dtype: $0.dtype)] }, "ones": { [try ops.ones($0.shape, dtype: $0.dtype)] },
        "zerosLike": { [try ops.zerosLike($0.x)] }, "onesLike": { [try ops.onesLike($0.x)] },
        "full": { [try ops.full($0.shape, $0.needed($0.double("fill_value"), "fill_value"), dtype: $0.dtype)] },
        "fullLike": { [try ops.fullLike($0.x, $0.needed($0.int("fill_value"), "fill_value"))] },
        "arange": { c in
            if let step = c.double("step"), step != step.rounded() {
                return [try ops.arange(c.needed(c.double("start"), "start"), c.needed(c.double("stop"), "stop"), step: step)]
            }
            return [try ops.arange(c.needed(c.int("start"), "start"), c.int("stop"), step: c.int("step") ?? 1, dtype: c.dtype ?? .int32)]
        },
        "linspace": { c in
            [try ops.linspace(c.needed(c.double("start"), "start"), c.needed(c.double("stop"), "stop"), num: c.needed(c.int("num"), "num"), endpoint: c.flag("endpoint") ?? true)]
        },
        "eye": { [try ops.eye($0.needed($0.int("N"), "N"), $0.int("M"), k: $0.int("k") ?? 0, dtype: $0.dtype)] },
        "tri": { [try ops.tri($0.needed($0.int("N"), "N"), $0.int("M"), k: $0.int("k") ?? 0)] },
        "identity": { [try ops.identity($0.needed($0.int("n"), "n"))] },
        "cast": { [try ops.cast($0.x, to: $0.needed($0.dtype, "dtype"))] },
        "bitcast": { [try ops.bitcast($0.x, to: $0.needed($0.dtype, "dtype"))] },
        "convertToTensor": { [try ops.convertToTensor($0.x)] },
        "shape": { c in
            let shape = try ops.shape(c.x)
            return [try ops.reshape(c.x, shape)]
        },
        "ndim": { [Tensor(try ops.ndim($0.x))] }, "size": { [Tensor(try ops.size($0.x))] },
    ]
}
