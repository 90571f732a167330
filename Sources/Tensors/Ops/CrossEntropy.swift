extension ops {
    /// `-target · log(output) - (1 - target) · log(1 - output)`, element by element.
    ///
    /// - Parameter fromLogits: `output` is what a sigmoid is yet to be taken of.
    /// - Throws: `GraphError.shapeMismatch` unless the shapes are equal.
    public static func binaryCrossentropy(_ target: some TensorConvertible, _ output: some TensorConvertible, fromLogits: Bool = false) throws -> Tensor {
        let (target, output) = try Operands.promoted(target, output, minimum: .floatingPoint)
        try sameShape(target, output, "binaryCrossentropy")
        let rest = try subtract(1, target)
        if fromLogits {
            return try subtract(negative(multiply(target, logSigmoid(output))), multiply(rest, logSigmoid(negative(output))))
        }
        let p = try clip(output, epsilon(), 1 - epsilon())
        return try negative(add(multiply(target, log(p)), multiply(rest, log(subtract(1, p)))))
    }

    /// `-Σ target · log(output)` along an axis.
    ///
    /// - Parameters:
    ///   - target, output: `[…, classes]`. Outputs that are not logits are divided by their sum.
    ///   - fromLogits: `output` is what a softmax is yet to be taken of.
    /// - Returns: `[…]`.
    public static func categoricalCrossentropy(
        _ target: some TensorConvertible, _ output: some TensorConvertible, fromLogits: Bool = false, axis: Int = -1
    ) throws -> Tensor {
        let (target, output) = try Operands.promoted(target, output, minimum: .floatingPoint)
        try sameShape(target, output, "categoricalCrossentropy")
        let place = try Shaping.axis(axis, output.rank, "categoricalCrossentropy")
        if fromLogits {
            return try .apply(.composite(.softmaxCrossEntropy), moveaxis(output, place, -1), moveaxis(target, place, -1))
        }
        return try negative(sum(multiply(target, log(probabilities(output, place))), axis: place))
    }

    /// `-log(output[target])` along an axis. The loss of a target out of range is 0.
    ///
    /// - Parameters:
    ///   - target: `[…]`, or `[…, 1]`, whole numbers.
    ///   - output: `[…, classes]`. Outputs that are not logits are divided by their sum.
    ///   - fromLogits: `output` is what a softmax is yet to be taken of.
    /// - Returns: `[…]`.
    public static func sparseCategoricalCrossentropy(
        _ target: some TensorConvertible, _ output: some TensorConvertible, fromLogits: Bool = false, axis: Int = -1
    ) throws -> Tensor {
        let output = try real(output)
        var target = try target.tensor(dtype: .int32)
        let place = try Shaping.axis(axis, output.rank, "sparseCategoricalCrossentropy")
        if target.rank == output.rank, target.shape.last == 1 { target = try squeeze(target, axis: -1) }
        let classesLast = try moveaxis(output, place, -1)
        guard target.shape == classesLast.shape.dropLast() else {
            throw GraphError.shapeMismatch(
                operation: "sparseCategoricalCrossentropy", shapes: [target.shape, output.shape],
                rule: "the target has the output's shape without the classes")
        }
        if fromLogits { return try .apply(.composite(.sparseCrossEntropy), classesLast, target) }
        let logs = try log(probabilities(classesLast, classesLast.rank - 1))
        let picks = try oneHot(target, classesLast.shape[classesLast.rank - 1], dtype: logs.dtype)
        return try negative(sum(multiply(picks, logs), axis: -1))
    }

    /// Divided by the sum along an axis, and kept away from 0 and 1.
    private static func probabilities(_ output: Tensor, _ axis: Int) throws -> Tensor {
        try clip(divide(output, sum(output, axis: axis, keepdims: true)), epsilon(), 1 - epsilon())
    }

    private static func sameShape(_ target: Tensor, _ output: Tensor, _ name: String) throws {
        guard target.shape == output.shape else {
            throw GraphError.shapeMismatch(operation: name, shapes: [target.shape, output.shape], rule: "target and output have one shape")
        }
    }
}
