extension Primitive {
    /// What plans, profiles and messages call the operation.
    public var name: String {
        switch self {
        case .parameter(let index, _): "parameter(\(index))"
        case .constant(let literal): literal.scalar.map { "constant(\($0))" } ?? "constant"
        case .iota(_, let axis): "iota(axis: \(axis))"
        case .unary(let operation): operation.rawValue
        case .binary(let operation): operation.rawValue
        case .compare(let operation): operation.rawValue
        case .select: "select"
        case .convert(let dtype): "convert(\(dtype))"
        case .bitcast(let dtype): "bitcast(\(dtype))"
        case .reshape: "reshape"
        case .transpose(let permutation): "transpose(\(permutation))"
        case .broadcast(_, let axes): "broadcast(axes: \(axes))"
        case .slice: "slice"
        case .dynamicSlice: "dynamicSlice"
        case .dynamicUpdate: "dynamicUpdate"
        case .concatenate(let axis): "concatenate(axis: \(axis))"
        case .pad: "pad"
        case .reverse(let axes): "reverse(axes: \(axes))"
        case .reduce(let reduction, let axes): "reduce(\(reduction), axes: \(axes))"
        case .argReduce(let reduction, let axis): "argReduce(\(reduction), axis: \(axis))"
        case .cumulative(let operation, let axis, _): "cumulative(\(operation), axis: \(axis))"
        case .matmul(let a, let b): "matmul" + (a ? " aᵀ" : "") + (b ? " bᵀ" : "")
        case .convolution: "convolution"
        case .reduceWindow(let reduction, _): "reduceWindow(\(reduction))"
        case .maxWindowGradient: "maxWindowGradient"
        case .gather(let axis, _): "gather(axis: \(axis))"
        case .scatter(let reduction, let axis, _): "scatter(\(reduction), axis: \(axis))"
        case .sort(let axis, _): "sort(axis: \(axis))"
        case .topK(let k): "topK(\(k))"
        case .randomBits: "randomBits"
        case .scan(let scan): "scan(length: \(scan.length))"
        case .conditional: "conditional"
        case .identity: "identity"
        case .stopGradient: "stopGradient"
        case .composite(let composite): composite.name
        }
    }
}

extension Composite {
    public var name: String {
        switch self {
        case .softmax: "softmax"
        case .logSoftmax: "logSoftmax"
        case .gelu: "gelu"
        case .geluGradient: "geluGradient"
        case .sparseCrossEntropy: "sparseCrossEntropy"
        case .sparseCrossEntropyGradient: "sparseCrossEntropyGradient"
        case .softmaxCrossEntropy: "softmaxCrossEntropy"
        case .layerNormalization: "layerNormalization"
        case .layerNormalizationGradient: "layerNormalizationGradient"
        case .batchNormalization: "batchNormalization"
        case .batchNormalizationGradient: "batchNormalizationGradient"
        case .convolutionInputGradient: "convolutionInputGradient"
        case .convolutionKernelGradient: "convolutionKernelGradient"
        case .lstm: "lstm"
        case .lstmGradient: "lstmGradient"
        case .gru: "gru"
        }
    }
}
