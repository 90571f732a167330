/// Composites: all floating-point operands of one element type.
extension ShapeRule {
    func composite(_ composite: Composite) throws -> [TensorType] {
        switch composite {
        case .softmax(let axis), .logSoftmax(let axis):
            try floats(1)
            try self.axis(axis, rank: operands[0].rank)
            return [operands[0]]
        case .gelu:
            try floats(1)
            return [operands[0]]
        case .geluGradient:
            try floats(2)
            try sameShape(operands)
            return [operands[0]]
        case .sparseCrossEntropy:
            try count(2)
            return [try perExample(labels: operands[1])]
        case .sparseCrossEntropyGradient:
            try count(3)
            let losses = try perExample(labels: operands[1])
            try sameDType([operands[0], operands[2]])
            try shape(operands[2], is: losses.shape, "there is one gradient for each label")
            return [operands[0]]
        case .softmaxCrossEntropy:
            try floats(2)
            try rank(operands[0], atLeast: 1)
            try sameShape(operands)
            return [operands[0].with(shape: operands[0].shape.dropLast())]
        case .layerNormalization(let axes, _):
            try floats(3)
            let (leading, trailing) = try split(axes)
            for weights in operands[1...] { try shape(weights, is: trailing, "gamma and beta have the normalised axes' shape") }
            let statistics = operands[0].with(shape: leading)
            return [operands[0], statistics, statistics]
        case .layerNormalizationGradient(let axes):
            try floats(5)
            let (leading, trailing) = try split(axes)
            try shape(operands[1], is: trailing, "gamma has the normalised axes' shape")
            for statistics in operands[2...3] { try shape(statistics, is: leading, "mean and deviation have the leading axes' shape") }
            try sameShape([operands[0], operands[4]])
            return [operands[0], operands[1], operands[1]]
        case .batchNormalization:
            try floats(3)
            let channels = try self.channels()
            for weights in operands[1...] { try shape(weights, is: channels, "gamma and beta have one number for each channel") }
            return [operands[0], operands[1], operands[1]]
        case .batchNormalizationGradient:
            try floats(5)
            let channels = try self.channels()
            for weights in operands[1...3] { try shape(weights, is: channels, "gamma, mean and variance have one number for each channel") }
            try sameShape([operands[0], operands[4]])
            return [operands[0], operands[1], operands[1]]
        case .convolutionInputGradient(let convolution, let spatial):
            return [try convolutionInputGradient(convolution, spatial)]
        case .convolutionKernelGradient(let convolution, let spatial):
            return [try convolutionKernelGradient(convolution, spatial)]
        case .lstm:
            try floats(4)
            let (inputs, outputs) = try lstm(units: operands[1])
            for state in operands[1...2] { try states(state, of: outputs) }
            try shape(operands[3], is: [outputs.shape[2], inputs.shape[2]], "the recurrent kernel is [units, 4 · units]")
            return [outputs, operands[1], operands[2], inputs, outputs]
        case .lstmGradient:
            try floats(7)
            let gradient = ShapeRule(primitive: primitive, operands: [operands[2]])
            let (inputs, outputs) = try gradient.lstm(units: operands[1])
            try shape(operands[0], is: [outputs.shape[2], inputs.shape[2]], "the recurrent kernel is [units, 4 · units]")
            for sequence in operands[3...4] { try shape(sequence, is: outputs.shape, "cells and outputs are [batch, time, units]") }
            for state in [operands[1], operands[5], operands[6]] { try states(state, of: outputs) }
            return [inputs, operands[1], operands[1]]
        case .gru:
            return try recurrent(gates: 3, states: 1, bias: { [2, $0] })
        }
    }

    private func floats(_ number: Int) throws {
        try count(number)
        try dtype(operands[0], .floats)
        try sameDType(operands)
    }

    /// Losses, one for each row of logits.
    private func perExample(labels: TensorType) throws -> TensorType {
        let logits = operands[0]
        try dtype(logits, .floats)
        try rank(logits, atLeast: 1)
        try dtype(labels, is: .int32, "labels are")
        try shape(labels, is: logits.shape.dropLast(), "there is one label for each row of logits")
        return logits.with(shape: labels.shape)
    }

    /// The shapes before and from the first of the `axes` last axes.
    private func split(_ axes: Int) throws -> (leading: [Int], trailing: [Int]) {
        let shape = operands[0].shape
        try require(axes >= 1 && axes <= shape.count, "\(axes) axes of \(shape.count) are to be normalised")
        return (shape.dropLast(axes), shape.suffix(axes))
    }

    private func channels() throws -> [Int] {
        try rank(operands[0], atLeast: 1)
        return operands[0].shape.suffix(1)
    }

    private func convolutionInputGradient(_ convolution: Convolution, _ spatial: [Int]) throws -> TensorType {
        try floats(2)
        let (kernel, gradient) = (operands[0], operands[1])
        try rank(kernel, atLeast: 2)
        let rank = kernel.rank
        try self.rank(gradient, rank, "a gradient of the kernel's rank \(rank)")
        try perAxis(rank - 2, spatial)
        guard let channels = (Checked(kernel.shape[rank - 2]) * Checked(convolution.groups)).value, channels >= 0 else {
            throw attribute("\(convolution.groups) groups are out of range")
        }
        let input = try result([gradient.shape[0]] + spatial + [channels], gradient.dtype)
        let output = try convolve(input.shape, kernel.shape, convolution, gradient.dtype)
        try shape(gradient, is: output.shape, "the gradient has the output's shape")
        return input
    }

    private func convolutionKernelGradient(_ convolution: Convolution, _ spatial: [Int]) throws -> TensorType {
        try floats(2)
        let (input, gradient) = (operands[0], operands[1])
        try rank(input, atLeast: 2)
        let rank = input.rank
        try self.rank(gradient, rank, "a gradient of the input's rank \(rank)")
        try perAxis(rank - 2, spatial)
        try require(convolution.groups >= 1, "the number of groups is \(convolution.groups)")
        let kernel = try result(spatial + [input.shape[rank - 1] / convolution.groups, gradient.shape[rank - 1]], gradient.dtype)
        let output = try convolve(input.shape, kernel.shape, convolution, gradient.dtype)
        try shape(gradient, is: output.shape, "the gradient has the output's shape")
        return kernel
    }

    /// Operand 0 `[batch, time, 4 · units]`, and the outputs `[batch, time, units]`, by a state's units.
    private func lstm(units state: TensorType) throws -> (inputs: TensorType, outputs: TensorType) {
        let inputs = operands[0]
        try rank(inputs, 3, "gates [batch, time, 4 · units]")
        try rank(state, 2, "states [batch, units]")
        let units = state.shape[1]
        guard let width = (Checked(units) * Checked(4)).value else { throw attribute("\(units) units are out of range") }
        try shape(inputs, is: [inputs.shape[0], inputs.shape[1], width], "there are 4 gates for each unit")
        return (inputs, inputs.with(shape: [inputs.shape[0], inputs.shape[1], units]))
    }

    private func states(_ state: TensorType, of outputs: TensorType) throws {
        try shape(state, is: [outputs.shape[0], outputs.shape[2]], "the states are [batch, units]")
    }

    /// Operands: x, `states` states, kernel, recurrent kernel, bias.
    private func recurrent(gates: Int, states: Int, bias: (Int) -> [Int]) throws -> [TensorType] {
        try floats(states + 4)
        let (x, state) = (operands[0], operands[1])
        try rank(x, 3, "an input [batch, time, features]")
        try rank(state, 2, "states [batch, units]")
        let (batch, time, features, units) = (x.shape[0], x.shape[1], x.shape[2], state.shape[1])
        for state in operands[1...states] { try shape(state, is: [batch, units], "the states are [batch, units]") }
        guard let width = (Checked(units) * Checked(gates)).value else { throw attribute("\(units) units are out of range") }
        try shape(operands[states + 1], is: [features, width], "the kernel is [features, \(gates) · units]")
        try shape(operands[states + 2], is: [units, width], "the recurrent kernel is [units, \(gates) · units]")
        try shape(operands[states + 3], is: bias(width), "the bias has \(gates) · units entries")
        return [try result([batch, time, units], x.dtype)] + operands[1...states]
    }
}
