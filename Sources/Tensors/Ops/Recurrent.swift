extension ops {
    /// Long short-term memory over all steps of sequences, with tanh and sigmoid; gates in Keras' order i, f, c, o.
    ///
    /// - Parameters:
    ///   - x: `[batch, time, features]`.
    ///   - h, c: the states before the first step, `[batch, units]`.
    ///   - kernel: `[features, 4 · units]`. recurrentKernel: `[units, 4 · units]`. bias: `[4 · units]`; nil: zeros.
    ///   - reverse: from the last step to the first; outputs keep the steps' places.
    /// - Returns: outputs `[batch, time, units]`, and the states after the last step.
    package static func lstm(
        _ x: Tensor, h: Tensor, c: Tensor, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor?, reverse: Bool = false
    ) throws -> (outputs: Tensor, h: Tensor, c: Tensor) {
        let products = try matmul(x, kernel)
        let inputs = try bias.map { try products + $0 } ?? products
        let results = try Tensor.applyAll(.composite(.lstm(reverse: reverse)), [inputs, h, c, recurrentKernel])
        return (results[0], results[1], results[2])
    }

    /// A gated recurrent unit over all steps of sequences, with tanh and sigmoid; gates in Keras' order z, r, h. The reset gate acts after
    /// the recurrent product.
    ///
    /// - Parameters:
    ///   - x: `[batch, time, features]`.
    ///   - h: the state before the first step, `[batch, units]`.
    ///   - kernel: `[features, 3 · units]`. recurrentKernel: `[units, 3 · units]`. bias: the input's and the recurrent one,
    ///     `[2, 3 · units]`; nil: zeros.
    ///   - reverse: from the last step to the first; outputs keep the steps' places.
    /// - Returns: outputs `[batch, time, units]`, and the state after the last step.
    package static func gru(
        _ x: Tensor, h: Tensor, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor?, reverse: Bool = false
    ) throws -> (outputs: Tensor, h: Tensor) {
        let bias = try bias ?? zeros([2, kernel.shape.last ?? 0], dtype: kernel.dtype)
        let results = try Tensor.applyAll(.composite(.gru(reverse: reverse)), [x, h, kernel, recurrentKernel, bias])
        return (results[0], results[1])
    }
}
