extension OperationRules {
    /// `keras.ops.nn`: activations.
    @OperationRules static var activations: [OperationRule] {
        unary("Relu", ops.relu)
        unary("Relu6", ops.relu6)
        unary("Sigmoid", ops.sigmoid)
        unary("SparseSigmoid", ops.sparseSigmoid)
        unary("Softplus", ops.softplus)
        unary("Softsign", ops.softsign)
        unary("SparsePlus", ops.sparsePlus)
        unary("Silu", ops.silu)
        unary("LogSigmoid", ops.logSigmoid)
        unary("HardSigmoid", ops.hardSigmoid)
        unary("HardSilu", ops.hardSilu)
        unary("HardTanh", ops.hardTanh)
        unary("TanhShrink", ops.tanhShrink)
        unary("Selu", ops.selu)
        rule("SoftShrink", "x", settings: ["threshold": 0.5]) { try ops.softShrink($0.x, threshold: $0.double("threshold")) }
        rule("HardShrink", "x", settings: ["threshold": 0.5]) { try ops.hardShrink($0.x, threshold: $0.double("threshold")) }
        rule("Threshold", "x", required: ["threshold", "default_value"]) {
            try ops.threshold($0.x, $0.double("threshold"), defaultValue: $0.double("default_value"))
        }
        rule("Squareplus", "x", settings: ["b": 4]) { try ops.squareplus($0.x, b: $0.double("b")) }
        rule("LeakyRelu", "x", settings: ["negative_slope": 0.2]) { try ops.leakyRelu($0.x, negativeSlope: $0.double("negative_slope")) }
        rule("Elu", "x", settings: ["alpha": 1.0]) { try ops.elu($0.x, alpha: $0.double("alpha")) }
        rule("Celu", "x", settings: ["alpha": 1.0]) { try ops.celu($0.x, alpha: $0.double("alpha")) }
        rule("Gelu", "x", settings: ["approximate": true]) { try ops.gelu($0.x, approximate: $0.bool("approximate")) }
        rule("Glu", "x", settings: ["axis": -1]) { try ops.glu($0.x, axis: $0.int("axis")) }
        rule("Softmax", "x", settings: ["axis": -1]) { call in
            guard let axes = try call.axes else { return try ops.softmax(call.x, axis: nil) }
            return try ops.softmax(call.x, axes: axes)
        }
        rule("LogSoftmax", "x", settings: ["axis": -1]) { call in
            guard let axes = try call.axes else { return try ops.logSoftmax(call.x, axis: nil) }
            return try ops.logSoftmax(call.x, axes: axes)
        }
        rule("Sparsemax", "x", settings: ["axis": -1]) { try ops.sparsemax($0.x, axis: $0.int("axis")) }
    }

    /// `keras.activations`: those that are operations of their own there.
    @OperationRules static var otherActivations: [OperationRule] {
        rule("ReLU", "x", settings: ["negative_slope": 0.0, "max_value": nil, "threshold": 0.0]) {
            try ReLU.rectified(
                $0.x, negativeSlope: $0.double("negative_slope"), maxValue: $0.optional("max_value"), threshold: $0.double("threshold"))
        }
        unary("Mish", ops.mish)
    }

    /// `keras.ops.nn`: convolutions, pooling, normalisations, losses.
    @OperationRules static var networks: [OperationRule] {
        rule("Conv", "inputs", "kernel", settings: ["strides": 1, "padding": "valid", "data_format": nil, "dilation_rate": 1]) {
            try ops.conv(
                $0.x, $0.tensor(1), strides: $0.sizes("strides"), padding: $0.choice("padding"), dataFormat: $0.dataFormat,
                dilationRate: $0.sizes("dilation_rate"))
        }
        rule("DepthwiseConv", "inputs", "kernel", settings: ["strides": 1, "padding": "valid", "data_format": nil, "dilation_rate": 1]) {
            try ops.depthwiseConv(
                $0.x, $0.tensor(1), strides: $0.sizes("strides"), padding: $0.choice("padding"), dataFormat: $0.dataFormat,
                dilationRate: $0.sizes("dilation_rate"))
        }
        rule(
            "SeparableConv", "inputs", "depthwise_kernel", "pointwise_kernel",
            settings: ["strides": 1, "padding": "valid", "data_format": nil, "dilation_rate": 1]
        ) {
            try ops.separableConv(
                $0.x, $0.tensor(1), $0.tensor(2), strides: $0.sizes("strides"), padding: $0.choice("padding"), dataFormat: $0.dataFormat,
                dilationRate: $0.sizes("dilation_rate"))
        }
        rule(
            "ConvTranspose", "inputs", "kernel",
            settings: ["strides": 1, "padding": "valid", "output_padding": nil, "data_format": nil, "dilation_rate": 1]
        ) { call in
            let outputPadding = try call.settings["output_padding"] == .null ? nil : call.ints("output_padding")
            return try ops.convTranspose(
                call.x, call.tensor(1), strides: call.sizes("strides"), padding: call.choice("padding"), outputPadding: outputPadding,
                dataFormat: call.dataFormat, dilationRate: call.sizes("dilation_rate"))
        }
        rule("MaxPool", "inputs", required: ["pool_size"], settings: ["strides": nil, "padding": "valid", "data_format": nil]) {
            try ops.maxPool(
                $0.x, $0.sizes("pool_size"), strides: $0.optionalSizes("strides"), padding: $0.choice("padding"), dataFormat: $0.dataFormat)
        }
        rule("AveragePool", "inputs", required: ["pool_size"], settings: ["strides": nil, "padding": "valid", "data_format": nil]) {
            try ops.averagePool(
                $0.x, $0.sizes("pool_size"), strides: $0.optionalSizes("strides"), padding: $0.choice("padding"), dataFormat: $0.dataFormat)
        }
        rule("AdaptiveMaxPool", "inputs", required: ["output_size"], settings: ["data_format": nil]) {
            try ops.adaptiveMaxPool($0.x, $0.sizes("output_size"), dataFormat: $0.dataFormat)
        }
        rule("AdaptiveAveragePool", "inputs", required: ["output_size"], settings: ["data_format": nil]) {
            try ops.adaptiveAveragePool($0.x, $0.sizes("output_size"), dataFormat: $0.dataFormat)
        }
        rule("OneHot", "x", required: ["num_classes"], settings: ["axis": -1, "dtype": nil, "sparse": false]) { call in
            try call.expect("sparse", false)
            return try ops.oneHot(call.x, call.int("num_classes"), axis: call.int("axis"), dtype: call.dtype())
        }
        rule("MultiHot", "inputs", settings: ["num_classes": nil, "axis": -1, "dtype": nil, "sparse": false]) { call in
            try call.expect("sparse", false)
            return try ops.multiHot(call.x, call.int("num_classes"), axis: call.int("axis"), dtype: call.dtype())
        }
        OperationRule("Moments", ["x"], required: ["axes"], settings: ["keepdims": false, "synchronized": false]) { call in
            let result = try ops.moments(call.x, axes: call.ints("axes"), keepdims: call.bool("keepdims"))
            return [result.mean, result.variance]
        }
        rule("BatchNorm", "x", "mean", "variance", "offset", "scale", required: ["axis"], settings: ["epsilon": 1e-3]) {
            try ops.batchNormalization(
                $0.x, $0.tensor(1), $0.tensor(2), axis: $0.int("axis"), offset: $0.optional(3), scale: $0.optional(4),
                epsilon: $0.double("epsilon"))
        }
        rule("LayerNorm", "x", "gamma", "beta", settings: ["axis": -1, "epsilon": nil, "rms_scaling": false]) { call in
            try call.expect("rms_scaling", false)
            return try ops.layerNormalization(
                call.x, gamma: call.optional(1), beta: call.optional(2), axes: call.ints("axis"), epsilon: call.optional("epsilon"))
        }
        rule("RMSNorm", "x", "scale", settings: ["axis": -1, "epsilon": nil]) {
            try ops.rmsNormalization($0.x, scale: $0.optional(1), axis: $0.int("axis"), epsilon: $0.optional("epsilon"))
        }
        rule("Normalize", "x", settings: ["axis": -1, "order": 2, "epsilon": nil]) {
            try ops.normalize($0.x, axis: $0.int("axis"), order: $0.int("order"), epsilon: $0.optional("epsilon"))
        }
        rule("BinaryCrossentropy", "target", "output", settings: ["from_logits": false]) {
            try ops.binaryCrossentropy($0.x, $0.tensor(1), fromLogits: $0.bool("from_logits"))
        }
        rule("CategoricalCrossentropy", "target", "output", settings: ["from_logits": false, "axis": -1]) {
            try ops.categoricalCrossentropy($0.x, $0.tensor(1), fromLogits: $0.bool("from_logits"), axis: $0.int("axis"))
        }
        rule("SparseCategoricalCrossentropy", "target", "output", settings: ["from_logits": false, "axis": -1]) {
            try ops.sparseCategoricalCrossentropy($0.x, $0.tensor(1), fromLogits: $0.bool("from_logits"), axis: $0.int("axis"))
        }
    }
}

extension OperationRules {
    /// `keras.ops.image`.
    @OperationRules static var image: [OperationRule] {
        rule(
            "Resize", "images", required: ["size"],
            settings: [
                "interpolation": "bilinear", "antialias": false, "crop_to_aspect_ratio": false, "pad_to_aspect_ratio": false,
                "fill_mode": "constant", "fill_value": 0.0, "data_format": nil,
            ]
        ) { call in
            try call.expect("crop_to_aspect_ratio", false)
            try call.expect("pad_to_aspect_ratio", false)
            return try ops.resize(
                call.x, call.sizes("size"), interpolation: call.choice("interpolation"), antialias: call.bool("antialias"),
                dataFormat: call.dataFormat)
        }
    }
}

extension OperationCall {
    /// A size for each spatial axis, or one for all.
    fileprivate func sizes(_ name: String) throws -> SpatialSizes { SpatialSizes(try ints(name)) }

    fileprivate func optionalSizes(_ name: String) throws -> SpatialSizes? { settings[name] == .null ? nil : try sizes(name) }

    fileprivate var dataFormat: DataFormat? { get throws { settings["data_format"] == .null ? nil : try choice("data_format") } }
}
