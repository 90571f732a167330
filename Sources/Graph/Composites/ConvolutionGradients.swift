/// A convolution's gradients as convolutions.
///
/// With the input dilated to size `D` and padded, the kernel dilated to `K`, and `o` outputs in strides of `s`, the
/// gradient of the outputs dilated by `s` has size `O = (o - 1) · s + 1`.
extension Convolution {
    /// The gradient of the outputs, dilated by the strides and padded, convolved with the kernel turned round, its
    /// input and output channels exchanged in each group.
    func inputGradient(kernel: Value, gradient: Value, inputSpatial: [Int]) throws -> Value {
        let rank = kernel.type.rank
        let spatial = Array(0..<(rank - 2))
        let (channels, filters) = (kernel.shape[rank - 2], kernel.shape[rank - 1])
        let type = TensorType([gradient.shape[0]] + inputSpatial + [channels * groups], gradient.dtype)
        guard type.elementCount > 0, gradient.type.elementCount > 0 else { return try .zeros(type) }

        let kernelSizes = Array(kernel.shape.prefix(rank - 2))
        var flipped = try kernel.reversed(axes: spatial).reshaped(kernelSizes + [channels, groups, filters / groups])
        flipped = try flipped.transposed(spatial + [rank, rank - 1, rank - 2])
            .reshaped(kernelSizes + [filters / groups, groups * channels])

        var transposed = Convolution(strides: inputDilation, low: [], high: [], inputDilation: strides, kernelDilation: kernelDilation, groups: groups)
        for axis in spatial {
            let dilatedKernel = Self.dilated(kernelSizes[axis], kernelDilation[axis])
            let dilatedInput = Self.dilated(inputSpatial[axis], inputDilation[axis])
            let dilatedGradient = Self.dilated(gradient.shape[axis + 1], strides[axis])
            let before = dilatedKernel - 1 - low[axis]
            transposed.low.append(before)
            transposed.high.append(dilatedInput - 1 + dilatedKernel - before - dilatedGradient)
        }
        return try .make(.convolution(transposed), gradient, flipped)
    }

    /// The input convolved with the gradient of the outputs, dilated by the strides, as its kernel: examples become
    /// the channels that are summed over, channels become examples.
    func kernelGradient(input: Value, gradient: Value, kernelSpatial: [Int]) throws -> Value {
        let rank = input.type.rank
        let spatial = Array(1..<(rank - 1))
        let (batch, channels, filters) = (input.shape[0], input.shape[rank - 1] / groups, gradient.shape[rank - 1])
        let type = TensorType(kernelSpatial + [channels, filters], input.dtype)
        guard type.elementCount > 0, input.type.elementCount > 0, gradient.type.elementCount > 0 else { return try .zeros(type) }

        let sizes = Array(input.shape[1..<(rank - 1)])
        let byChannel = try input.reshaped([batch] + sizes + [groups, channels])
            .transposed([rank] + spatial + [rank - 1, 0])
            .reshaped([channels] + sizes + [groups * batch])
        let asKernel = try gradient.transposed(spatial + [0, rank - 1])

        var exchanged = Convolution(strides: kernelDilation, low: low, high: [], inputDilation: inputDilation, kernelDilation: strides, groups: groups)
        for axis in 0..<(rank - 2) {
            let needed = Self.dilated(kernelSpatial[axis], kernelDilation[axis]) - 1 + Self.dilated(gradient.shape[axis + 1], strides[axis])
            exchanged.high.append(needed - low[axis] - Self.dilated(sizes[axis], inputDilation[axis]))
        }
        return try Value.make(.convolution(exchanged), byChannel, asKernel).transposed(spatial + [0, rank - 1])
    }

    private static func dilated(_ size: Int, _ dilation: Int) -> Int { size == 0 ? 0 : (size - 1) * dilation + 1 }
}
