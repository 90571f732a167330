/// How far predictions are from the truth: what training makes small.
///
/// A loss gives a value for each sample (or each place of it) and reduces the values to one number. A new loss is a
/// subclass that overrides ``call(_:_:)``:
///
/// ```swift
/// final class CubicError: Loss {
///     override func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
///         try ops.mean(ops.power(ops.abs(yTrue - yPred), 3), axis: -1)
///     }
/// }
/// try model.compile(optimizer: .adam(), loss: CubicError())
/// ```
///
/// - Source: `keras.losses.Loss`.
open class Loss {
    public let name: String
    public let reduction: LossReduction
    /// The element type that the loss is computed in.
    public let dtype: DType

    /// The name that Keras' files give the class.
    open class var registeredName: String { "\(Self.self)" }

    /// The name of a loss that got none: Keras' for Keras' losses.
    class var defaultName: String { Naming.unique(forClass: "\(Self.self)") }

    public init(reduction: LossReduction = .sumOverBatchSize, name: String? = nil, dtype: DType? = nil) {
        self.reduction = reduction
        self.name = name ?? Self.defaultName
        self.dtype = dtype ?? floatx()
    }

    /// Makes a loss from what its ``config`` gave.
    ///
    /// - Throws: `KerasError.configType`, `.unknownName` for a reduction that there is not.
    public required init(config: Config) throws {
        let reduction: String = try config.value("reduction", default: nil) ?? "none"
        guard let known = LossReduction(rawValue: config["reduction"] == nil ? "sum_over_batch_size" : reduction) else {
            throw KerasError.unknownName(kind: "reduction", name: reduction, known: LossReduction.allCases.map(\.rawValue))
        }
        self.reduction = known
        name = try config.value("name", default: nil) ?? Self.defaultName
        dtype = try config.elementType() ?? floatx()
    }

    /// The loss of each sample, or of each place of it.
    ///
    /// - Parameters:
    ///   - yTrue: what should have come, `[batch, …]`. Integers come as they are, floats in the loss's element type.
    ///   - yPred: what came, `[batch, …]`, in the loss's element type.
    open func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        throw KerasError.training(.lossWithoutCall("\(type(of: self))"))
    }

    /// The loss of each sample and a mask of the values that count, for losses that leave values out.
    open func callWithMask(_ yTrue: Tensor, _ yPred: Tensor) throws -> (values: Tensor, mask: Tensor?) {
        (try call(yTrue, yPred), nil)
    }

    /// The reduced loss.
    ///
    /// - Parameters:
    ///   - sampleWeight: weights of the samples, `[batch]` or `[batch, 1]`, or of each of the loss's values.
    ///   - mask: which values count.
    public final func callAsFunction(
        _ yTrue: some TensorConvertible, _ yPred: some TensorConvertible, sampleWeight: Tensor? = nil, mask: Tensor? = nil
    ) throws -> Tensor {
        let yPred = try yPred.tensor().cast(to: dtype)
        var yTrue = try yTrue.tensor()
        if yTrue.dtype.isFloatingPoint { yTrue = try yTrue.cast(to: dtype) }
        let (values, ownMask) = try translatingErrors(yTrue, yPred) { try callWithMask(yTrue, yPred) }
        var combined = mask ?? ownMask
        if let mask, let ownMask { combined = try ops.logicalAnd(mask.cast(to: .bool), ownMask.cast(to: .bool)) }
        return try translatingErrors(yTrue, yPred) {
            try Weighting.reduce(values, weight: sampleWeight, mask: combined, reduction: reduction, dtype: dtype)
        }
    }

    /// What is wrong with an operation becomes what is wrong with targets and predictions.
    private func translatingErrors<Result>(_ yTrue: Tensor, _ yPred: Tensor, _ body: () throws -> Result) throws -> Result {
        func unsuitable(_ reason: String) -> KerasError {
            .training(.targetShape(of: "Loss \"\(name)\"", rule: reason, target: yTrue.shape, prediction: yPred.shape))
        }
        do { return try body() } catch let error as GraphError { throw unsuitable("\(error)") } catch let error as TensorError { throw unsuitable("\(error)") }
    }

    /// The value of a formula on targets and predictions of equal rank.
    func matched(_ yTrue: Tensor, _ yPred: Tensor, _ formula: (Tensor, Tensor) throws -> Tensor) throws -> Tensor {
        let (yTrue, yPred) = try Weighting.matchRanks(yTrue, yPred)
        return try formula(yTrue, yPred)
    }

    /// Settings under Keras' names. Overrides add to `super.config`.
    open var config: Config { ["name": .string(name), "reduction": .string(reduction.rawValue)] }
}

/// A loss made of a function.
///
/// ```swift
/// let loss = LossFunction(name: "squared") { yTrue, yPred in try ops.mean(ops.square(yTrue - yPred), axis: -1) }
/// ```
///
/// - Source: `keras.losses.LossFunctionWrapper`.
public final class LossFunction: Loss {
    private let function: (Tensor, Tensor) throws -> Tensor

    public init(
        name: String = "loss_function", reduction: LossReduction = .sumOverBatchSize, dtype: DType? = nil,
        _ function: @escaping (_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor
    ) {
        self.function = function
        super.init(reduction: reduction, name: name, dtype: dtype)
    }

    public required init(config: Config) throws {
        throw KerasError.notConfigurable(object: "LossFunction", reason: "a function cannot be written to a file; make it a subclass of Loss")
    }

    override public func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor {
        try matched(yTrue, yPred) { try function($0.cast(to: $1.dtype), $1) }
    }
}
