/// The formulas of accuracies: 1 where a prediction is right, 0 where not.
///
/// - Source: `keras.metrics`, its functions.
public enum metrics {
    private static func asFloat(_ matches: Tensor) throws -> Tensor { try matches.cast(to: floatx()) }

    /// Where predictions equal targets.
    public static func accuracy(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        let (yTrue, yPred) = try Weighting.matchRanks(yTrue.cast(to: yPred.dtype), yPred)
        return try asFloat(ops.equal(yTrue, yPred))
    }

    /// Where predictions above `threshold` stand for 1 and the others for 0.
    public static func binaryAccuracy(_ yTrue: Tensor, _ yPred: Tensor, threshold: Double = 0.5) throws -> Tensor {
        let (yTrue, yPred) = try Weighting.matchRanks(yTrue, yPred)
        return try asFloat(ops.equal(yTrue, ops.greater(yPred, threshold).cast(to: yTrue.dtype)))
    }

    /// Where the greatest prediction is that of the greatest target.
    public static func categoricalAccuracy(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        try asFloat(ops.equal(ops.argmax(yTrue, axis: -1), ops.argmax(yPred, axis: -1)))
    }

    /// Where the greatest prediction is that of the class whose number is the target, `[…]` or `[…, 1]`.
    public static func sparseCategoricalAccuracy(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        let hasAxis = yTrue.rank == yPred.rank && yTrue.shape.last == 1
        let labels = hasAxis ? try ops.squeeze(yTrue, axis: -1) : yTrue
        let chosen = try ops.argmax(yPred, axis: -1)
        let matches = labels.dtype.isFloatingPoint
            ? try ops.equal(labels, chosen.cast(to: labels.dtype)) : try ops.equal(labels.cast(to: .int32), chosen.cast(to: .int32))
        let result = try asFloat(matches)
        return result.rank > 1 && result.shape.last == 1 ? try ops.squeeze(result, axis: -1) : result
    }

    /// Where the greatest target's class is among the `k` greatest predictions.
    public static func topKCategoricalAccuracy(_ yTrue: Tensor, _ yPred: Tensor, k: Int = 5) throws -> Tensor {
        try sparseTopKCategoricalAccuracy(ops.argmax(yTrue, axis: -1), yPred, k: k)
    }

    /// Where the target's class is among the `k` greatest predictions; classes as great as the k-th count as within.
    ///
    /// - Parameter fromSortedIDs: `yPred` holds class numbers, the best first, rather than scores.
    public static func sparseTopKCategoricalAccuracy(
        _ yTrue: Tensor, _ yPred: Tensor, k: Int = 5, fromSortedIDs: Bool = false
    ) throws -> Tensor {
        let rows = try ops.reshape(yPred, [-1, yPred.shape.last ?? 1])
        let labels = try ops.reshape(yTrue, [-1]).cast(to: .int32)
        let matches: Tensor
        if fromSortedIDs {
            let first = try ops.take(rows, ops.arange(0, min(k, rows.shape[1])), axis: 1)
            matches = try ops.any(ops.equal(ops.expandDims(labels, axis: 1), first.cast(to: .int32)), axis: 1)
        } else {
            matches = try inTopK(labels, rows, k)
        }
        return try ops.reshape(asFloat(matches), yTrue.shape)
    }

    /// Fewer than `k` scores are greater than the label's.
    private static func inTopK(_ labels: Tensor, _ rows: Tensor, _ k: Int) throws -> Tensor {
        let classes = rows.shape[1]
        let inRange = try ops.logicalAnd(ops.greaterEqual(labels, 0), ops.less(labels, Int32(clamping: classes)))
        let place = try ops.expandDims(ops.clip(labels, Int32(0), Int32(clamping: max(classes - 1, 0))), axis: 1)
        let own = try ops.takeAlongAxis(rows, place, axis: 1)
        let greater = try ops.sum(ops.greater(rows, own).cast(to: .int32), axis: 1)
        let isNumber = try ops.logicalNot(ops.isnan(ops.squeeze(own, axis: 1)))
        return try ops.logicalAnd(ops.logicalAnd(inRange, isNumber), ops.less(greater, Int32(clamping: k)))
    }
}
