extension OperationRules {
    /// `keras.ops.numpy`: movements, joins, repetitions.
    @OperationRules static var shapes: [OperationRule] {
        rule("Reshape", "x", required: ["newshape"]) { try ops.reshape($0.x, $0.ints("newshape")) }
        unary("Ravel", ops.ravel)
        rule("Transpose", "x", settings: ["axes": nil]) { try ops.transpose($0.x, axes: $0.optional("axes")) }
        rule("Swapaxes", "x", required: ["axis1", "axis2"]) { try ops.swapaxes($0.x, $0.int("axis1"), $0.int("axis2")) }
        rule("Moveaxis", "x", required: ["source", "destination"]) { try ops.moveaxis($0.x, $0.ints("source"), $0.ints("destination")) }
        rule("Squeeze", "x", settings: ["axis": nil]) { call in
            guard let axes = try call.axes else { return try ops.squeeze(call.x) }
            return try ops.squeeze(call.x, axes: axes)
        }
        rule("ExpandDims", "x", required: ["axis"]) { try ops.expandDims($0.x, axes: $0.ints("axis")) }
        rule("BroadcastTo", "x", required: ["shape"]) { try ops.broadcastTo($0.x, $0.ints("shape")) }
        rule("Flip", "x", settings: ["axis": nil]) { try ops.flip($0.x, axes: $0.axes) }
        unary("Fliplr") { try ops.flip($0, axis: 1) }
        unary("Flipud") { try ops.flip($0, axis: 0) }
        rule("Roll", "x", required: ["shift"], settings: ["axis": nil]) { try ops.roll($0.x, shift: $0.int("shift"), axis: $0.axis) }
        rule("Tril", "x", settings: ["k": 0]) { try ops.tril($0.x, k: $0.int("k")) }
        rule("Triu", "x", settings: ["k": 0]) { try ops.triu($0.x, k: $0.int("k")) }
        rule("Diag", "x", settings: ["k": 0]) { try ops.diag($0.x, k: $0.int("k")) }
        rule("Diagonal", "x", settings: ["offset": 0, "axis1": 0, "axis2": 1]) {
            try ops.diagonal($0.x, offset: $0.int("offset"), axis1: $0.int("axis1"), axis2: $0.int("axis2"))
        }
        rule("Trace", "x", settings: ["offset": 0, "axis1": 0, "axis2": 1]) {
            try ops.trace($0.x, offset: $0.int("offset"), axis1: $0.int("axis1"), axis2: $0.int("axis2"))
        }
        OperationRule("Meshgrid", ["*x"], settings: ["indexing": "xy"]) { call in
            try call.expect("indexing", "xy", "ij")
            return try ops.meshgrid(call.all(), matrixIndexing: call.string("indexing") == "ij")
        }
        rule("Concatenate", "xs", settings: ["axis": 0]) { try ops.concatenate($0.tensors(), axis: $0.int("axis")) }
        rule("Append", "x1", "x2", settings: ["axis": nil]) { try ops.append($0.x, $0.tensor(1), axis: $0.axis) }
        rule("Stack", "x", settings: ["axis": 0]) { try ops.stack($0.tensors(), axis: $0.int("axis")) }
        OperationRule("Split", ["x"], required: ["indices_or_sections"], settings: ["axis": 0]) { call in
            if let sections = Int(configValue: call.settings["indices_or_sections"] ?? .null) {
                return try ops.split(call.x, sections, axis: call.int("axis"))
            }
            return try ops.split(call.x, at: call.ints("indices_or_sections"), axis: call.int("axis"))
        }
        rule("Tile", "x", required: ["repeats"]) { try ops.tile($0.x, $0.ints("repeats")) }
        rule("Repeat", "x", required: ["repeats"], settings: ["axis": nil]) { call in
            let counts = try call.ints("repeats")
            if counts.count == 1 { return try ops.repeat(call.x, counts[0], axis: call.axis) }
            guard let axis = try call.axis else { return try ops.repeat(ops.ravel(call.x), counts, axis: 0) }
            return try ops.repeat(call.x, counts, axis: axis)
        }
        rule("Pad", "x", "constant_values", required: ["pad_width"], settings: ["mode": "constant"]) { call in
            let constant = call.number(1).flatMap { Double(configValue: $0) } ?? 0
            return try ops.pad(call.x, call.padWidths(), mode: call.choice("mode"), constantValue: constant)
        }
    }
}

extension OperationCall {
    /// One number, `[before, after]`, or such a pair for each axis.
    fileprivate func padWidths() throws -> [(Int, Int)] {
        let value = settings["pad_width"] ?? .null
        if let width = Int(configValue: value) { return [(width, width)] }
        if let pair = [Int](configValue: value), pair.count == 2 { return [(pair[0], pair[1])] }
        if let pairs = [[Int]](configValue: value), pairs.allSatisfy({ $0.count == 2 }) { return pairs.map { ($0[0], $0[1]) } }
        throw KerasError.invalidSetting(
            object: rule.className, argument: "pad_width", expected: "a number, a pair, or a pair for each axis", got: value.json())
    }
}
