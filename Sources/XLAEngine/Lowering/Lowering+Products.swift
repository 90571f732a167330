import Graph

/// Matrix products and convolutions. Products of half types add up in float32.
extension Lowering {
    func matmul(_ a: Term, _ b: Term, _ transposeA: Bool, _ transposeB: Bool, to type: TensorType) -> Term {
        let rank = a.type.rank
        let batch = Array(0..<(rank - 2))
        let axes = Attribute.named([
            ("lhs_batching_dimensions", batch), ("rhs_batching_dimensions", batch),
            ("lhs_contracting_dimensions", [transposeA ? rank - 2 : rank - 1]),
            ("rhs_contracting_dimensions", [transposeB ? rank - 1 : rank - 2]),
        ])
        return product("stablehlo.dot_general", a, b, "dot_dimension_numbers = #stablehlo.dot<\(axes)>", to: type)
    }

    private func product(_ operation: String, _ a: Term, _ b: Term, _ attributes: String, to type: TensorType) -> Term {
        let sum = type.dtype.isHalf ? type.with(dtype: .float32) : type
        return text.convert(text.apply(operation, a, b, to: sum, attributes: attributes), type.dtype)
    }

    func convolution(_ convolution: Convolution, _ input: Term, _ kernel: Term, to type: TensorType) -> Term {
        let places = spatial(type.rank)
        return convolve(convolution, input, kernel, places.input("b", "f"), places.kernel("i", "o"), places.input("b", "f"), to: type)
    }

    /// The gradient of the outputs, dilated by the strides, convolved with the kernel turned round, its channels exchanged.
    func inputGradient(_ convolution: Convolution, kernel: Term, gradient: Term, to type: TensorType) -> Term {
        if gradient.type.elementCount == 0 { return text.full(0, type) }
        let places = spatial(type.rank)
        let flipped = text.reverse(kernel, axes: Array(0..<(type.rank - 2)))
        var turned = Convolution(
            strides: convolution.inputDilation, low: [], high: [], inputDilation: convolution.strides, kernelDilation: convolution.kernelDilation)
        for axis in 0..<(type.rank - 2) {
            let window = Self.dilated(kernel.shape[axis], convolution.kernelDilation[axis])
            let input = Self.dilated(type.shape[axis + 1], convolution.inputDilation[axis])
            let before = window - 1 - convolution.low[axis]
            turned.low.append(before)
            turned.high.append(input - 1 + window - before - Self.dilated(gradient.shape[axis + 1], convolution.strides[axis]))
        }
        return convolve(turned, gradient, flipped, places.input("b", "f"), places.kernel("o", "i"), places.input("b", "f"), to: type)
    }

    /// The input convolved with the gradient of the outputs as its kernel: examples are summed over as channels are.
    func kernelGradient(_ convolution: Convolution, input: Term, gradient: Term, to type: TensorType) -> Term {
        if gradient.type.elementCount == 0 { return text.full(0, type) }
        let places = spatial(type.rank)
        var exchanged = Convolution(
            strides: convolution.kernelDilation, low: convolution.low, high: [], inputDilation: convolution.inputDilation,
            kernelDilation: convolution.strides)
        for axis in 0..<(type.rank - 2) {
            let needed = Self.dilated(type.shape[axis], convolution.kernelDilation[axis]) - 1
                + Self.dilated(gradient.shape[axis + 1], convolution.strides[axis])
            exchanged.high.append(needed - convolution.low[axis] - Self.dilated(input.shape[axis + 1], convolution.inputDilation[axis]))
        }
        return convolve(exchanged, input, gradient, places.input("f", "b"), places.input("i", "o"), places.kernel("b", "f"), to: type)
    }

    private func convolve(
        _ convolution: Convolution, _ input: Term, _ kernel: Term, _ inputAxes: String, _ kernelAxes: String, _ outputAxes: String, to type: TensorType
    ) -> Term {
        if type.elementCount == 0 || input.type.elementCount == 0 || kernel.type.elementCount == 0 { return text.full(0, type) }
        let attributes = """
            dimension_numbers = #stablehlo.conv<\(inputAxes)x\(kernelAxes)->\(outputAxes)>, window_strides = \(Attribute.array(convolution.strides)), \
            \(convolution.low.isEmpty ? "" : "padding = \(Attribute.pairs(convolution.low, convolution.high)), ")\
            lhs_dilation = \(Attribute.array(convolution.inputDilation)), rhs_dilation = \(Attribute.array(convolution.kernelDilation)), \
            feature_group_count = \(convolution.groups) : i64, batch_group_count = 1 : i64
            """
        return product("stablehlo.convolution", input, kernel, attributes, to: type)
    }

    private static func dilated(_ size: Int, _ dilation: Int) -> Int { size == 0 ? 0 : (size - 1) * dilation + 1 }

    /// What the axes of a convolution's tensors are, in StableHLO's letters.
    private struct Places {
        let spatial: [String]
        /// The two others first and last, as inputs have them.
        func input(_ first: String, _ last: String) -> String { list([first] + spatial + [last]) }
        /// The two others last, as kernels have them.
        func kernel(_ before: String, _ last: String) -> String { list(spatial + [before, last]) }
        private func list(_ names: [String]) -> String { "[\(names.joined(separator: ", "))]" }
    }

    private func spatial(_ rank: Int) -> Places { Places(spatial: (0..<max(rank - 2, 0)).map(String.init)) }
}
