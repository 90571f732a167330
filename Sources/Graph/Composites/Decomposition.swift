extension Composite {
    /// The same results written with other primitives.
    ///
    /// - Throws: `GraphError` if the operands do not suit the composite.
    public func decomposed(_ operands: [Value]) throws -> [Value] {
        _ = try Primitive.composite(self).resultTypes(of: operands.map(\.type))
        let x = operands
        return switch self {
        case .softmax(let axis): [try Decomposition.softmax(x[0], axis: axis)]
        case .logSoftmax(let axis): [try Decomposition.logSoftmax(x[0], axis: axis)]
        case .gelu(let approximate): [try Decomposition.gelu(x[0], approximate: approximate)]
        case .geluGradient(let approximate): [try x[1] * Decomposition.geluDerivative(x[0], approximate: approximate)]
        case .sparseCrossEntropy: [try Decomposition.sparseCrossEntropy(logits: x[0], labels: x[1])]
        case .sparseCrossEntropyGradient: [try Decomposition.sparseCrossEntropyGradient(logits: x[0], labels: x[1], gradient: x[2])]
        case .softmaxCrossEntropy: [try Decomposition.softmaxCrossEntropy(logits: x[0], targets: x[1])]
        case .layerNormalization(let axes, let epsilon):
            try Decomposition.layerNormalization(x[0], gamma: x[1], beta: x[2], axes: axes, epsilon: epsilon)
        case .layerNormalizationGradient(let axes):
            try Decomposition.layerNormalizationGradient(x[0], gamma: x[1], mean: x[2], scale: x[3], gradient: x[4], axes: axes)
        case .batchNormalization(let epsilon):
            try Decomposition.batchNormalization(x[0], gamma: x[1], beta: x[2], epsilon: epsilon)
        case .batchNormalizationGradient(let epsilon):
            try Decomposition.batchNormalizationGradient(x[0], gamma: x[1], mean: x[2], variance: x[3], gradient: x[4], epsilon: epsilon)
        case .convolutionInputGradient(let convolution, let spatial):
            [try convolution.inputGradient(kernel: x[0], gradient: x[1], inputSpatial: spatial)]
        case .convolutionKernelGradient(let convolution, let spatial):
            [try convolution.kernelGradient(input: x[0], gradient: x[1], kernelSpatial: spatial)]
        case .lstm(let reverse):
            try Decomposition.lstm(x[0], h: x[1], c: x[2], recurrentKernel: x[3], reverse: reverse)
        case .lstmGradient(let reverse):
            try Decomposition.lstmGradient(
                recurrentKernel: x[0], firstCell: x[1], gates: x[2], cells: x[3], outputs: x[4], h: x[5], c: x[6], reverse: reverse)
        case .gru(let reverse):
            try Decomposition.gru(x[0], h: x[1], kernel: x[2], recurrentKernel: x[3], bias: x[4], reverse: reverse)
        }
    }
}

/// The decompositions, one function for each composite.
enum Decomposition {}
