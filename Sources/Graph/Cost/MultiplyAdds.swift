extension Graph {
    /// The multiply-adds of all instructions: those of matrix products and convolutions, in loops and composites too. Everything else
    /// counts nothing, as is usual: it takes time by the memory it touches, not by its arithmetic.
    ///
    /// A loop counts as often as it runs, a branch as its longer side. A number beyond `Int` counts as the greatest one.
    public var multiplyAdds: Int { instructions.indices.reduce(0) { Count.sum($0, multiplyAdds(of: $1)) } }

    /// The multiply-adds by the label of the layer they are done for.
    public var multiplyAddsByLabel: [String: Int] {
        instructions.indices.reduce(into: [:]) { $0[labels[$1]] = Count.sum($0[labels[$1]] ?? 0, multiplyAdds(of: $1)) }
    }

    private func multiplyAdds(of index: Int) -> Int {
        let instruction = instructions[index]
        return instruction.primitive.multiplyAdds(instruction.operands.map(type), results: instruction.results)
    }
}

extension Primitive {
    /// The multiply-adds that the operation does for operands and results of these types; see ``Graph/multiplyAdds``.
    public func multiplyAdds(_ operands: [TensorType], results: [TensorType]) -> Int {
        switch self {
        case .matmul(let transposeA, _):
            let depth = operands[0].shape[operands[0].rank - (transposeA ? 2 : 1)]
            return Count.product([results[0].elementCount, depth])
        case .convolution(let convolution):
            return convolution.multiplyAdds(input: operands[0].shape, kernel: operands[1].shape, output: results[0].shape)
        case .scan(let scan):
            return Count.product([scan.length, scan.body.multiplyAdds])
        case .conditional(let first, let second):
            return max(first.multiplyAdds, second.multiplyAdds)
        case .composite(let composite):
            return composite.multiplyAdds(operands, results: results)
        case .parameter, .constant, .iota, .unary, .binary, .compare, .select, .convert, .bitcast,
            .reshape, .transpose, .broadcast, .slice, .dynamicSlice, .dynamicUpdate, .concatenate, .pad, .reverse,
            .reduce, .argReduce, .cumulative, .reduceWindow, .maxWindowGradient,
            .gather, .scatter, .sort, .topK, .randomBits, .identity, .stopGradient:
            return 0
        }
    }
}

extension Composite {
    fileprivate func multiplyAdds(_ operands: [TensorType], results: [TensorType]) -> Int {
        let shapes = operands.map(\.shape)
        switch self {
        case .lstm: return Count.product([shapes[0][0], shapes[0][1]] + shapes[3])
        case .lstmGradient: return Count.product([shapes[2][0], shapes[2][1]] + shapes[0])
        case .gru: return Self.recurrent(x: shapes[0], kernel: shapes[2], recurrentKernel: shapes[3])
        // Each pair of places of a convolution meets once, whichever of the three is wanted.
        case .convolutionInputGradient(let convolution, _):
            return convolution.multiplyAdds(input: results[0].shape, kernel: shapes[0], output: shapes[1])
        case .convolutionKernelGradient(let convolution, _):
            return convolution.multiplyAdds(input: shapes[0], kernel: results[0].shape, output: shapes[1])
        case .softmax, .logSoftmax, .gelu, .geluGradient, .sparseCrossEntropy, .sparseCrossEntropyGradient, .softmaxCrossEntropy,
            .layerNormalization, .layerNormalizationGradient, .batchNormalization, .batchNormalizationGradient:
            return 0
        }
    }

    /// - Parameters: x `[batch, time, features]`, kernel `[features, gates]`, recurrent kernel `[units, gates]`.
    private static func recurrent(x: [Int], kernel: [Int], recurrentKernel: [Int]) -> Int {
        let steps = Count.product([x[0], x[1]])
        return Count.sum(Count.product([steps] + kernel), Count.product([steps] + recurrentKernel))
    }
}

extension Convolution {
    /// Each place of the output meets each place of the kernel that does not fall on a zero put between the input's elements; places
    /// in the padding count, as is usual.
    fileprivate func multiplyAdds(input: [Int], kernel: [Int], output: [Int]) -> Int {
        let axes = kernel.count - 2
        let meetings = (0..<axes).map { axis in
            pairs(output: output[1 + axis], kernel: kernel[axis], axis: axis)
        }
        // batch · filters, and the channels that each filter sees.
        return Count.product(meetings + [output[0], output[output.count - 1], kernel[axes]])
    }

    private func pairs(output: Int, kernel: Int, axis: Int) -> Int {
        let dilation = inputDilation[axis]
        guard dilation > 1 else { return Count.product([output, kernel]) }
        // The places of the output repeat after `dilation` of them.
        func meetings(_ place: Int) -> Int {
            (0..<kernel).count { (place * strides[axis] + $0 * kernelDilation[axis] - low[axis]).isMultiple(of: dilation) }
        }
        let round = min(dilation, output)
        let counts = (0..<round).map(meetings)
        let whole = Count.product([counts.reduce(0, +), output / max(round, 1)])
        return Count.sum(whole, counts.prefix(output % max(round, 1)).reduce(0, +))
    }
}

/// Numbers of 0 or more that stay at the greatest `Int` instead of overflowing.
private enum Count {
    static func sum(_ a: Int, _ b: Int) -> Int {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? .max : sum
    }

    static func product(_ factors: [Int]) -> Int {
        if factors.contains(0) { return 0 }
        return factors.reduce(1) { product, factor in
            let (next, overflow) = product.multipliedReportingOverflow(by: factor)
            return overflow ? .max : next
        }
    }
}
