/// An operation that is made of primitives, kept whole because an engine may do it better in one piece.
///
/// Each case has a shape rule and a decomposition (`Composite.decomposed(_:)`), from which its vector-Jacobian rule
/// follows unless a better one is given.
public enum Composite: Hashable, Sendable {
    /// `exp(x - max) / sum` along `axis`.
    case softmax(axis: Int)
    case logSoftmax(axis: Int)
    /// `x · Φ(x)`; `approximate` uses the tanh form.
    case gelu(approximate: Bool)
    /// Operands: x, gradient of the result.
    case geluGradient(approximate: Bool)

    /// Operands: logits `[…, classes]`, labels int32 `[…]`. Result: `[…]`, `-log softmax(logits)[label]`
    /// (0 for a label out of range, as a one-hot row of zeros would give).
    case sparseCrossEntropy
    /// Operands: logits, labels, gradient `[…]`. Result: the logits' gradient.
    case sparseCrossEntropyGradient
    /// Operands: logits `[…, classes]`, target probabilities `[…, classes]`. Result `[…]`: `-Σ target · log softmax(logits)`.
    case softmaxCrossEntropy

    /// Operands: x, gamma `[…]`, beta `[…]` of the trailing axes' shape `x.shape[(rank - axes)...]`.
    /// Results: y (as x), mean and reciprocal deviation (the leading axes' shape).
    case layerNormalization(axes: Int, epsilon: Double)
    /// Operands: x, gamma, mean, reciprocal deviation, gradient of y. Results: gradients of x, gamma, beta.
    case layerNormalizationGradient(axes: Int)

    /// Operands: x `[…, channels]`, gamma, beta `[channels]`. Results: y, batch mean, batch variance (biased).
    case batchNormalization(epsilon: Double)
    /// Operands: x, gamma, mean, variance, gradient of y. Results: gradients of x, gamma, beta.
    case batchNormalizationGradient(epsilon: Double)

    /// The gradient of a convolution's input: operands kernel, gradient of the output; the result has `inputSpatial` sizes.
    case convolutionInputGradient(Convolution, inputSpatial: [Int])
    /// The gradient of a convolution's kernel: operands input, gradient of the output; the result has `kernelSpatial` sizes.
    case convolutionKernelGradient(Convolution, kernelSpatial: [Int])

    /// Operands: inputs' products with the kernel and the bias `[batch, time, 4·units]`, h and c `[batch, units]`, recurrent kernel
    /// `[units, 4·units]`; gates in Keras' order i, f, c, o; tanh and sigmoid.
    /// Results: outputs `[batch, time, units]`, last h, last c; for the gradient: the gates (as the inputs), the cells (as the outputs).
    case lstm(reverse: Bool)
    /// Operands: recurrent kernel, first c, gates, cells, gradients of the outputs, of last h and last c.
    /// Results: gradients of the inputs, of h and c.
    case lstmGradient(reverse: Bool)
    /// Operands: x, h, kernel `[features, 3·units]`, recurrent kernel, bias `[2, 3·units]` (input's, recurrent);
    /// gates z, r, h; the reset gate acts after the recurrent product. Results: outputs, last h.
    case gru(reverse: Bool)
}
