/// Softmax and what is made of it. The greatest element is taken off first, so that no exponential overflows.
extension Decomposition {
    static func softmax(_ x: Value, axis: Int) throws -> Value {
        guard x.shape[axis] > 0 else { return x }
        let exponentials = try centred(x, axis: axis).exp()
        return try exponentials / exponentials.spreadSum(axes: [axis])
    }

    static func logSoftmax(_ x: Value, axis: Int) throws -> Value {
        guard x.shape[axis] > 0 else { return x }
        let shifted = try centred(x, axis: axis)
        return try shifted - shifted.exp().sum(axes: [axis]).log().expanded(x.shape, over: [axis])
    }

    /// `x - max`; the result of what follows does not depend on the maximum, so no gradient goes through it.
    private static func centred(_ x: Value, axis: Int) throws -> Value {
        let greatest = try Value.make(.stopGradient, x.reduced(.max, axes: [axis]))
        return try x - greatest.expanded(x.shape, over: [axis])
    }

    /// `-log softmax(logits)[label]`; 0 for a label out of range.
    static func sparseCrossEntropy(logits: Value, labels: Value) throws -> Value {
        let classes = logits.type.rank - 1
        return try -oneHot(labels, like: logits).keep(logSoftmax(logits, axis: classes)).sum(axes: [classes])
    }

    /// `(softmax(logits) - oneHot(label)) · gradient`; 0 for a label out of range.
    static func sparseCrossEntropyGradient(logits: Value, labels: Value, gradient: Value) throws -> Value {
        let classes = logits.type.rank - 1
        let hot = try oneHot(labels, like: logits)
        let size = Double(logits.shape[classes])
        let valid = try labels.compared(.greaterOrEqual, 0).binary(.and, labels.compared(.less, size))
        let weights = try valid.keep(gradient).broadcastLeading(logits.shape)
        return try (softmax(logits, axis: classes) - hot.converted(to: logits.dtype)) * weights
    }

    /// `-Σ target · log softmax(logits)`
    static func softmaxCrossEntropy(logits: Value, targets: Value) throws -> Value {
        let classes = logits.type.rank - 1
        return try -(targets * logSoftmax(logits, axis: classes)).sum(axes: [classes])
    }

    /// Where the place along the last axis is the label.
    private static func oneHot(_ labels: Value, like logits: Value) throws -> Value {
        try Value.iota(logits.shape, .int32, axis: logits.type.rank - 1).compared(.equal, labels.broadcastLeading(logits.shape))
    }
}
