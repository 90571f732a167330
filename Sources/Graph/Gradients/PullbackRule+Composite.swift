/// Composites: by their decomposition, unless something better is known.
extension PullbackRule {
    func composite(_ composite: Composite) throws -> [Value?] {
        if case .lstm(let reverse) = composite, cotangents[3] == nil, cotangents[4] == nil { return try lstm(reverse: reverse) }
        guard let g = cotangents[0], cotangents.dropFirst().allSatisfy({ $0 == nil }) else { return try decomposed(composite) }
        func one(_ gradient: Composite, _ operands: Value...) throws -> Value { try Value.makeAll(.composite(gradient), operands)[0] }
        switch composite {
        case .softmax(let axis):
            return [try y[0] * (g - (g * y[0]).spreadSum(axes: [axis]))]
        case .logSoftmax(let axis):
            return [try g - y[0].exp() * g.spreadSum(axes: [axis])]
        case .gelu(let approximate):
            return [try one(.geluGradient(approximate: approximate), x[0], g)]
        case .sparseCrossEntropy:
            return [try one(.sparseCrossEntropyGradient, x[0], x[1], g), nil]
        case .softmaxCrossEntropy:
            let classes = x[0].type.rank - 1
            let spread = try g.broadcastLeading(x[0].shape)
            return try pair(
                spread * (one(.softmax(axis: classes), x[0]) * x[1].spreadSum(axes: [classes]) - x[1]),
                -spread * one(.logSoftmax(axis: classes), x[0]))
        case .layerNormalization(let axes, _):
            return try Value.makeAll(.composite(.layerNormalizationGradient(axes: axes)), [x[0], x[1], y[1], y[2], g])
        case .batchNormalization(let epsilon):
            return try Value.makeAll(.composite(.batchNormalizationGradient(epsilon: epsilon)), [x[0], x[1], y[1], y[2], g])
        // Both are linear in either operand, so each one's gradient is one of the other two convolutions.
        case .convolutionInputGradient(let convolution, _):
            let kernelSpatial = Array(x[0].shape.dropLast(2))
            return try pair(
                one(.convolutionKernelGradient(convolution, kernelSpatial: kernelSpatial), g, x[1]),
                .make(.convolution(convolution), g, x[0]))
        case .convolutionKernelGradient(let convolution, _):
            let inputSpatial = Array(x[0].shape.dropFirst().dropLast())
            return try pair(
                one(.convolutionInputGradient(convolution, inputSpatial: inputSpatial), g, x[1]),
                .make(.convolution(convolution), x[0], g))
        case .geluGradient, .sparseCrossEntropyGradient, .layerNormalizationGradient, .batchNormalizationGradient, .lstm, .lstmGradient, .gru:
            return try decomposed(composite)
        }
    }

    private func lstm(reverse: Bool) throws -> [Value?] {
        func cotangent(_ index: Int) throws -> Value { try cotangents[index] ?? .zeros(like: y[index]) }
        let backwards = try Value.makeAll(
            .composite(.lstmGradient(reverse: reverse)),
            [x[3], x[2], y[3], y[4], cotangent(0), cotangent(1), cotangent(2)])
        // The recurrent kernel met each step's state: one product for all steps.
        let (inputs, states) = try (backwards[0], y[0].shiftedInTime(first: x[1], reverse: reverse))
        let steps = inputs.shape[0] * inputs.shape[1]
        let kernel = try states.reshaped([steps, states.shape[2]]).matmul(inputs.reshaped([steps, inputs.shape[2]]), transposeA: true)
        return backwards + [kernel]
    }

    /// The gradient of the decomposition. The operands get new names: one value may stand in two places.
    private func decomposed(_ composite: Composite) throws -> [Value?] {
        let operands = x.map { $0.renamed() }
        let results = try composite.decomposed(operands)
        let asked = zip(results, cotangents).filter { $1 != nil }
        return try vectorJacobian(of: asked.map(\.0), cotangents: asked.compactMap(\.1), withRespectTo: operands)
    }
}
