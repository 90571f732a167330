import Graph

extension Graph {
    /// The graph as this engine plans it: composites that it has no kernel for are written out, equal work is done once.
    func preparedForCPU() throws -> Graph {
        try decomposingComposites { !$0.hasCPUKernel }.simplified()
    }
}

extension Composite {
    /// Whether a kernel does the whole better than the loop that its parts fuse into.
    var hasCPUKernel: Bool {
        switch self {
        case .softmax, .logSoftmax, .sparseCrossEntropy, .sparseCrossEntropyGradient, .softmaxCrossEntropy,
            .layerNormalization, .layerNormalizationGradient, .batchNormalization, .batchNormalizationGradient,
            .convolutionInputGradient, .convolutionKernelGradient, .lstm, .lstmGradient:
            true
        // Elementwise: fuses with its neighbours.
        case .gelu, .geluGradient: false
        // A loop over the body's plan.
        case .gru: false
        }
    }
}
