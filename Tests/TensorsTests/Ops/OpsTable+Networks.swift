import Tensors

extension OpsTable {
    static let networks: [String: OpsFunction] = [
        "relu": { [try ops.relu($0.x)] }, "relu6": { [try ops.relu6($0.x)] }, "elu": { [try ops.elu($0.x, alpha: $0.double("alpha") ?? 1)] },
        "selu": { [try ops.selu($0.x)] }, "celu": { [try ops.celu($0.x, alpha: $0.double("alpha") ?? 1)] },
        "gelu": { c in [try c.flag("approximate").map { try ops.gelu(c.x, approximate: $0) } ?? ops.gelu(c.x)] },
        "silu": { [try ops.silu($0.x)] }, "swish": { [try ops.swish($0.x)] }, "softplus": { [try ops.softplus($0.x)] }, "softsign": { [try ops.softsign($0.x)] },
        "hardSigmoid": { [try ops.hardSigmoid($0.x)] }, "hardSilu": { [try ops.hardSilu($0.x)] }, "hardSwish": { [try ops.hardSwish($0.x)] },
        "hardTanh": { [try ops.hardTanh($0.x)] }, "hardShrink": { [try ops.hardShrink($0.x, threshold: $0.double("threshold") ?? 0.5)] },
        "softShrink": { [try ops.softShrink($0.x, threshold: $0.double("threshold") ?? 0.5)] }, "tanhShrink": { [try ops.tanhShrink($0.x)] },
        "logSigmoid": { [try ops.logSigmoid($0.x)] }, "squareplus": { [try ops.squareplus($0.x, b: $0.double("b") ?? 4)] },
        "sparsePlus": { [try ops.sparsePlus($0.x)] }, "sparseSigmoid": { [try ops.sparseSigmoid($0.x)] }, "glu": { [try ops.glu($0.x, axis: $0.axis ?? -1)] },
        "threshold": { [try ops.threshold($0.x, $0.needed($0.double("threshold"), "threshold"), defaultValue: $0.needed($0.double("default_value"), "default_value"))] },
        "leakyRelu": { [try ops.leakyRelu($0.x, negativeSlope: $0.double("negative_slope") ?? 0.2)] }, "mish": { [try ops.mish($0.x)] },
        "sparsemax": { [try ops.sparsemax($0.x)] },
        "softmax": { c in
            if let axes = c.axes { return [try ops.softmax(c.x, axes: axes)] }
            return [try c.has("axis") ? ops.softmax(c.x, axis: c.axis) : ops.softmax(c.x)]
        },
        "logSoftmax": { c in
            if let axes = c.axes { return [try ops.logSoftmax(c.x, axes: axes)] }
            return [try c.has("axis") ? ops.logSoftmax(c.x, axis: c.axis) : ops.logSoftmax(c.x)]
        },
        "binaryCrossentropy": { [try ops.binaryCrossentropy($0.x, $0.y, fromLogits: $0.fromLogits)] },
        "categoricalCrossentropy": { [try ops.categoricalCrossentropy($0.x, $0.y, fromLogits: $0.fromLogits, axis: $0.axis ?? -1)] },
        "sparseCategoricalCrossentropy": { [try ops.sparseCategoricalCrossentropy($0.x, $0.y, fromLogits: $0.fromLogits, axis: $0.axis ?? -1)] },
        "oneHot": { [try ops.oneHot($0.x, $0.needed($0.int("num_classes"), "num_classes"), axis: $0.axis ?? -1, dtype: $0.dtype)] },
        "multiHot": { [try ops.multiHot($0.x, $0.needed($0.int("num_classes"), "num_classes"), axis: $0.axis ?? -1)] },
        "conv": { c in [try ops.conv(c.x, c.y, strides: c.sizes("strides") ?? 1, padding: c.padding, dilationRate: c.sizes("dilation_rate") ?? 1)] },
        "depthwiseConv": { c in [try ops.depthwiseConv(c.x, c.y, strides: c.sizes("strides") ?? 1, padding: c.padding)] },
        "separableConv": { c in [try ops.separableConv(c.x, c.y, c[2], strides: c.sizes("strides") ?? 1, padding: c.padding)] },
        "convTranspose": { c in
            let spatial = c.x.rank - 2
            let outputPadding = c.ints("output_padding") ?? c.int("output_padding").map { [Int](repeating: $0, count: spatial) }
            return [try ops.convTranspose(c.x, c.y, strides: c.sizes("strides") ?? 1, padding: c.padding, outputPadding: outputPadding)]
        },
        "maxPool": { c in [try ops.maxPool(c.x, c.needed(c.sizes("pool_size"), "pool_size"), strides: c.sizes("strides"), padding: c.padding)] },
        "averagePool": { c in [try ops.averagePool(c.x, c.needed(c.sizes("pool_size"), "pool_size"), strides: c.sizes("strides"), padding: c.padding)] },
        "adaptiveMaxPool": { c in [try ops.adaptiveMaxPool(c.x, c.needed(c.sizes("output_size"), "output_size"))] },
        "adaptiveAveragePool": { c in [try ops.adaptiveAveragePool(c.x, c.needed(c.sizes("output_size"), "output_size"))] },
        "resize": { c in
            let interpolation = try c.needed(c.text("interpolation").flatMap(ImageInterpolation.init(rawValue:)), "interpolation")
            return [try ops.resize(c.x, c.needed(c.sizes("size"), "size"), interpolation: interpolation, antialias: c.flag("antialias") ?? false)]
        },
        "layerNormalization": { c in
            [try ops.layerNormalization(c.x, gamma: c.y, beta: c[2], axes: [c.axis ?? -1], epsilon: c.double("epsilon"))]
        },
        "rmsNormalization": { c in [try c.operands.count == 2 ? ops.rmsNormalization(c.x, scale: c.y) : ops.rmsNormalization(c.x)] },
        "batchNormalization": { c in
            let epsilon = c.double("epsilon") ?? 1e-3, axis = try c.needed(c.axis, "axis")
            guard c.operands.count == 5 else { return [try ops.batchNormalization(c.x, c.y, c[2], axis: axis, epsilon: epsilon)] }
            return [try ops.batchNormalization(c.x, c.y, c[2], axis: axis, offset: c[3], scale: c[4], epsilon: epsilon)]
        },
    ]

    static let others: [String: OpsFunction] = [
        "stopGradient": { [try ops.stopGradient($0.x)] },
        "slice": { [try ops.slice($0.x, $0.needed($0.ints("start_indices"), "start_indices"), shape: $0.shape)] },
        "sliceUpdate": { [try ops.sliceUpdate($0.x, $0.needed($0.ints("start_indices"), "start_indices"), $0.y)] },
        "scatter": { [try ops.scatter($0.x, $0.y, shape: $0.shape)] }, "scatterUpdate": { [try ops.scatterUpdate($0.x, $0.y, $0[2])] },
        "cond": { c in
            let result: Tensor = try ops.cond(c.x, { try c.y * 2 }, else: { try c.y - 1 })
            return [result]
        },
        "scan": { c in
            let result = try ops.scan(initial: [c.x], sequences: [c.y]) { carry, slices in ([try carry[0] * slices[0]], [try carry[0] + slices[0]]) }
            return result.carry + result.outputs
        },
        "whileLoop": { c in
            try ops.whileLoop({ try ops.less($0[0], 5) }, { [try $0[0] + 1, try $0[1] * 2] }, [Tensor(0), c.x])
        },
        "foriLoop": { c in try ops.foriLoop(0, 5, initial: [c.x]) { step, values in [try values[0] + ops.cast(step, to: .float32)] } },
        "map": { c in [try ops.map(c.x) { try $0 * $0 + 1 }] },
    ]
}
