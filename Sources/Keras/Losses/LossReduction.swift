/// How a loss of many elements becomes one number.
public enum LossReduction: String, Sendable, CaseIterable {
    /// The sum over all elements divided by their number; the same as `mean`.
    case sumOverBatchSize = "sum_over_batch_size"
    case sum
    case mean
    /// The sum divided by the sum of the sample weights.
    case meanWithSampleWeight = "mean_with_sample_weight"
    /// No reduction: one value for each element.
    case none
}

/// What losses and metrics share: fitting ranks to each other, masks, sample weights, reductions.
///
/// The rules are those of `keras.losses.Loss`.
enum Weighting {
    /// Drops or adds a last axis of size 1 where the ranks differ by one.
    static func matchRanks(_ a: Tensor, _ b: Tensor, expandsVectors: Bool = true) throws -> (Tensor, Tensor) {
        if a.rank == b.rank + 1, a.shape[a.rank - 1] == 1 {
            if b.rank == 1, expandsVectors { return (a, try ops.expandDims(b, axis: -1)) }
            return (try ops.squeeze(a, axis: -1), b)
        }
        if b.rank == a.rank + 1, b.shape[b.rank - 1] == 1 {
            if a.rank == 1, expandsVectors { return (try ops.expandDims(a, axis: -1), b) }
            return (a, try ops.squeeze(b, axis: -1))
        }
        return (a, b)
    }

    /// Sample weights and a mask as one tensor of weights.
    ///
    /// Under a mean, elements that count weigh `all / counting`, so that the mean is taken over those that count.
    static func applyMask(_ mask: Tensor?, to weight: Tensor?, dtype: DType, reduction: LossReduction) throws -> Tensor? {
        guard let mask else { return try weight?.cast(to: dtype) }
        var weights = try mask.cast(to: dtype)
        if reduction == .mean || reduction == .sumOverBatchSize {
            let total = Double(mask.count)
            weights = try weights * divideNoNaN(Tensor(total, dtype: dtype), weights.sum())
        }
        guard let weight else { return weights }
        let (own, given) = try matchRanks(weights, weight.cast(to: dtype))
        return try given * own
    }

    static func divideNoNaN(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        let isZero = try ops.equal(b, 0)
        return try ops.where(isZero, ops.zerosLike(b), a / ops.where(isZero, ops.onesLike(b), b))
    }

    static func reduce(_ values: Tensor, weight: Tensor?, mask: Tensor?, reduction: LossReduction, dtype: DType) throws -> Tensor {
        var values = try values.cast(to: dtype)
        var weights = try applyMask(mask, to: weight, dtype: dtype, reduction: reduction)
        if let given = weights {
            let matched = try matchRanks(values, given)
            weights = matched.1
            values = try matched.0 * matched.1
        }
        if reduction == .none || values.shape == [] || values.shape == [0] { return values }
        let sum = try values.sum()
        switch reduction {
        case .sum, .none:
            return sum
        case .meanWithSampleWeight:
            if let weights { return try divideNoNaN(sum, weights.sum()) }
            return try sum / Double(max(values.count, 1))
        case .sumOverBatchSize, .mean:
            return try sum / Double(max(values.count, 1))
        }
    }
}
