/// The formulas of losses: a value for each sample, without reduction. Losses and metrics are made of them.
///
/// - Source: `keras.losses`, its functions.
public enum losses {
    static var epsilon: Double { Tensors.epsilon() }

    /// Equal ranks and the predictions' element type.
    private static func matched(_ yTrue: Tensor, _ yPred: Tensor) throws -> (Tensor, Tensor) {
        try Weighting.matchRanks(yTrue.cast(to: yPred.dtype), yPred)
    }

    // MARK: Regression

    /// `mean((yTrue - yPred)²)` over the last axis.
    public static func meanSquaredError(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        let (yTrue, yPred) = try matched(yTrue, yPred)
        return try ops.mean(ops.square(yTrue - yPred), axis: -1)
    }

    /// `mean(|yTrue - yPred|)` over the last axis.
    public static func meanAbsoluteError(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        let (yTrue, yPred) = try matched(yTrue, yPred)
        return try ops.mean(ops.abs(yTrue - yPred), axis: -1)
    }

    /// `100 · mean(|yTrue - yPred| / max(|yTrue|, 1e-7))` over the last axis.
    public static func meanAbsolutePercentageError(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        let (yTrue, yPred) = try matched(yTrue, yPred)
        let ratio = try ops.abs((yTrue - yPred) / ops.maximum(ops.abs(yTrue), epsilon))
        return try ops.mean(ratio, axis: -1) * 100.0
    }

    /// `mean((log(yTrue + 1) - log(yPred + 1))²)` over the last axis; values below 1e-7 count as that.
    public static func meanSquaredLogarithmicError(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        let (yTrue, yPred) = try matched(yTrue, yPred)
        let logPred = try ops.log(ops.maximum(yPred, epsilon) + 1.0)
        let logTrue = try ops.log(ops.maximum(yTrue, epsilon) + 1.0)
        return try ops.mean(ops.square(logPred - logTrue), axis: -1)
    }

    /// `-Σ yTrue · yPred` of vectors scaled to length 1 along `axis`.
    public static func cosineSimilarity(_ yTrue: Tensor, _ yPred: Tensor, axis: Int = -1) throws -> Tensor {
        let (yTrue, yPred) = try matched(yTrue, yPred)
        return try ops.negative(ops.sum(unit(yTrue, axis) * unit(yPred, axis), axis: axis))
    }

    private static func unit(_ x: Tensor, _ axis: Int) throws -> Tensor {
        let squares = try ops.sum(ops.square(x), axis: axis, keepdims: true)
        return try x * ops.rsqrt(ops.maximum(squares, 1e-14))
    }

    /// Half the square of errors up to `delta`, linear beyond; the mean over the last axis.
    public static func huber(_ yTrue: Tensor, _ yPred: Tensor, delta: Double = 1) throws -> Tensor {
        let (yTrue, yPred) = try matched(yTrue, yPred)
        let error = try yPred - yTrue
        let size = try ops.abs(error)
        let linear = try size * delta - 0.5 * delta * delta
        return try ops.mean(ops.where(ops.lessEqual(size, delta), ops.square(error) * 0.5, linear), axis: -1)
    }

    /// `mean(log(cosh(yPred - yTrue)))` over the last axis.
    public static func logCosh(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        let (yTrue, yPred) = try matched(yTrue, yPred)
        let error = try yPred - yTrue
        return try ops.mean(error + ops.softplus(error * -2.0) - 0.693147180559945309, axis: -1)
    }

    // MARK: Probabilities

    /// `Σ yTrue · log(yTrue / yPred)` over the last axis, values kept within 1e-7 … 1.
    public static func klDivergence(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        let yTrue = try ops.clip(yTrue.cast(to: yPred.dtype), epsilon, 1.0)
        let yPred = try ops.clip(yPred, epsilon, 1.0)
        return try ops.sum(yTrue * ops.log(yTrue / yPred), axis: -1)
    }

    /// `mean(yPred - yTrue · log(yPred + 1e-7))` over the last axis.
    public static func poisson(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        try ops.mean(yPred - yTrue.cast(to: yPred.dtype) * ops.log(yPred + epsilon), axis: -1)
    }

    /// `-(y log p + (1 - y) log(1 - p))`, the mean along `axis`.
    ///
    /// - Parameters:
    ///   - fromLogits: whether `yPred` holds logits rather than probabilities.
    ///   - labelSmoothing: moves the targets towards ½ by this share.
    public static func binaryCrossentropy(
        _ yTrue: Tensor, _ yPred: Tensor, fromLogits: Bool = false, labelSmoothing: Double = 0, axis: Int = -1
    ) throws -> Tensor {
        let target = try smoothed(yTrue.cast(to: yPred.dtype), labelSmoothing, classes: 2)
        return try ops.mean(ops.binaryCrossentropy(target, yPred, fromLogits: fromLogits), axis: axis)
    }

    /// Binary cross-entropy that counts what is already well predicted less: times `(1 - p)^γ` of the true class.
    public static func binaryFocalCrossentropy(
        _ yTrue: Tensor, _ yPred: Tensor, applyClassBalancing: Bool = false, alpha: Double = 0.25, gamma: Double = 2,
        fromLogits: Bool = false, labelSmoothing: Double = 0, axis: Int = -1
    ) throws -> Tensor {
        let target = try smoothed(yTrue.cast(to: yPred.dtype), labelSmoothing, classes: 2)
        let p = fromLogits ? try ops.sigmoid(yPred) : yPred
        let crossentropy = try ops.binaryCrossentropy(target, p, fromLogits: false)
        let other = try 1 - target
        let right = try target * p + other * (1 - p)
        var value = try ops.power(1 - right, gamma) * crossentropy
        if applyClassBalancing { value = try (target * alpha + other * (1 - alpha)) * value }
        return try ops.mean(value, axis: axis)
    }

    /// `-Σ y log p` along `axis`; targets are probabilities of the classes.
    public static func categoricalCrossentropy(
        _ yTrue: Tensor, _ yPred: Tensor, fromLogits: Bool = false, labelSmoothing: Double = 0, axis: Int = -1
    ) throws -> Tensor {
        let target = try yTrue.cast(to: yPred.dtype)
        let smooth = try smoothed(target, labelSmoothing, classes: target.shape.last ?? 1)
        return try ops.categoricalCrossentropy(smooth, yPred, fromLogits: fromLogits, axis: axis)
    }

    /// Categorical cross-entropy that counts what is already well predicted less: times `α (1 - p)^γ`.
    public static func categoricalFocalCrossentropy(
        _ yTrue: Tensor, _ yPred: Tensor, alpha: Double = 0.25, gamma: Double = 2, fromLogits: Bool = false,
        labelSmoothing: Double = 0, axis: Int = -1
    ) throws -> Tensor {
        let target = try yTrue.cast(to: yPred.dtype)
        let smooth = try smoothed(target, labelSmoothing, classes: target.shape.last ?? 1)
        var p = fromLogits ? try ops.softmax(yPred, axis: axis) : yPred
        p = try p / ops.sum(p, axis: axis, keepdims: true)
        p = try ops.clip(p, epsilon, 1 - epsilon)
        let crossentropy = try ops.negative(smooth * ops.log(p))
        return try ops.sum(ops.power(1 - p, gamma) * alpha * crossentropy, axis: axis)
    }

    /// `-log p[yTrue]`; targets are the classes' numbers, `[…]` or `[…, 1]`.
    public static func sparseCategoricalCrossentropy(
        _ yTrue: Tensor, _ yPred: Tensor, fromLogits: Bool = false, axis: Int = -1
    ) throws -> Tensor {
        try ops.sparseCategoricalCrossentropy(classNumbers(yTrue, yPred, axis), yPred, fromLogits: fromLogits, axis: axis)
    }

    /// Class numbers without an axis of size 1 in the classes' place.
    static func classNumbers(_ yTrue: Tensor, _ yPred: Tensor, _ axis: Int) throws -> Tensor {
        let place = axis < 0 ? axis + yPred.rank : axis
        let hasAxis = yTrue.rank == yPred.rank && yTrue.shape.indices.contains(place) && yTrue.shape[place] == 1
        let labels = hasAxis ? try ops.squeeze(yTrue, axis: place) : yTrue
        return try labels.cast(to: .int32)
    }

    private static func smoothed(_ target: Tensor, _ amount: Double, classes: Int) throws -> Tensor {
        amount == 0 ? target : try target * (1 - amount) + amount / Double(max(classes, 1))
    }

    // MARK: Margins

    /// Labels 0 and 1 become -1 and 1; other labels stay.
    private static func signs(_ yTrue: Tensor) throws -> Tensor {
        let isBinary = try ops.all(ops.logicalOr(ops.equal(yTrue, 0), ops.equal(yTrue, 1)))
        return try ops.where(isBinary, yTrue * 2.0 - 1.0, yTrue)
    }

    /// `mean(max(1 - yTrue · yPred, 0))` over the last axis; labels -1 and 1, or 0 and 1.
    public static func hinge(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        try ops.mean(ops.maximum(1.0 - signs(yTrue.cast(to: yPred.dtype)) * yPred, 0.0), axis: -1)
    }

    /// `mean(max(1 - yTrue · yPred, 0)²)` over the last axis.
    public static func squaredHinge(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        try ops.mean(ops.square(ops.maximum(1.0 - signs(yTrue.cast(to: yPred.dtype)) * yPred, 0.0)), axis: -1)
    }

    /// `max(greatest wrong score - right score + 1, 0)` along the last axis.
    public static func categoricalHinge(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        let yTrue = try yTrue.cast(to: yPred.dtype)
        let right = try ops.sum(yTrue * yPred, axis: -1)
        let wrong = try ops.max((1.0 - yTrue) * yPred, axis: -1)
        return try ops.maximum(wrong - right + 1.0, 0.0)
    }

    // MARK: Overlap

    /// `1 - 2 |A ∩ B| / (|A| + |B|)`.
    public static func dice(_ yTrue: Tensor, _ yPred: Tensor, axes: [Int]? = nil) throws -> Tensor {
        let yTrue = try yTrue.cast(to: yPred.dtype)
        let axes = axes ?? Array(0..<yPred.rank)
        let intersection = try ops.sum(yTrue * yPred, axes: axes)
        let total = try ops.sum(yTrue, axes: axes) + ops.sum(yPred, axes: axes) + epsilon
        return try 1 - intersection * 2.0 / total
    }

    /// `1 - TP / (TP + α FP + β FN)`, in Keras' arrangement of α and β.
    public static func tversky(_ yTrue: Tensor, _ yPred: Tensor, alpha: Double = 0.5, beta: Double = 0.5, axes: [Int]? = nil) throws -> Tensor {
        let yTrue = try yTrue.cast(to: yPred.dtype)
        let axes = axes ?? Array(0..<yPred.rank)
        let intersection = try ops.sum(yTrue * yPred, axes: axes)
        let missed = try ops.sum((1 - yPred) * yTrue, axes: axes)
        let extra = try ops.sum(yPred * (1 - yTrue), axes: axes)
        return try 1 - intersection / (intersection + missed * alpha + extra * beta + epsilon)
    }

    /// `(1 - p[yTrue]^q) / q`: between mean absolute error (q = 1) and cross-entropy (q → 0).
    public static func categoricalGeneralizedCrossEntropy(_ yTrue: Tensor, _ yPred: Tensor, q: Double = 0.5) throws -> Tensor {
        let classes = yPred.shape.last ?? 1
        let chosen = try ops.oneHot(yTrue.cast(to: .int32), classes).cast(to: yPred.dtype)
        return try (1 - ops.power(ops.sum(yPred * chosen, axis: -1), q)) / q
    }
}
