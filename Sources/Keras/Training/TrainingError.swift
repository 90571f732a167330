/// What can be wrong while a model is set up for training, or trained: a closed set of facts. Part of ``KerasError``.
public enum TrainingError: Hashable, Sendable {
    // MARK: Optimizers, losses, metrics

    /// A learning rate that is NaN, infinite or negative.
    case learningRate(Double)
    case learningRateIsScheduled(String)
    case optimizerWithoutUpdate(String)
    case optimizerAlreadyBuilt(String)
    case unknownVariable(optimizer: String, variable: String)
    case gradientCount(gradients: Int, variables: Int)
    case gradientShape(variable: String, expected: [Int], got: [Int])
    case lossWithoutCall(String)
    case metricWithoutUpdate(String)
    /// Targets and predictions that do not fit each other under a loss or a metric.
    case targetShape(of: String, rule: String, target: [Int], prediction: [Int])

    // MARK: compile

    case notCompiled(model: String, action: String)
    case noLoss(model: String)
    case noVariables(model: String)
    /// Layers without weights in a model whose own step is all that would call them.
    case cannotBuild(model: String, layers: [String])
    /// Losses, loss weights or metrics given by name or position that do not fit the outputs.
    case outputKeys(argument: String, given: [String], outputs: [String])
    case outputCount(argument: String, given: Int, outputs: [String])
    case lossWeightCount(losses: Int, weights: Int)

    // MARK: Callbacks

    case monitorDirection(callback: String, monitor: String)
    case invalidLoss(batch: Int, value: String)
    case cannotWrite(path: String, reason: String)
}

extension TrainingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .learningRate(let rate):
            "A learning rate is a finite number, 0 or more; it got \(rate)."
        case .learningRateIsScheduled(let optimizer):
            "Optimizer \"\(optimizer)\" was made with a schedule, so its learning rate cannot be set.\nMake it with a number instead."
        case .optimizerWithoutUpdate(let type):
            "\(type) has no update.\nOverride update(_:gradient:learningRate:)."
        case .optimizerAlreadyBuilt(let name):
            "Optimizer \"\(name)\" has its variables already.\nSay what is left out of weight decay before the first update."
        case .unknownVariable(let optimizer, let variable):
            """
            Optimizer \"\(optimizer)\" was not built with the variable \"\(variable)\".
            Use a new optimizer for another set of variables, or compile again after changing what is trainable.
            """
        case .gradientCount(let gradients, let variables):
            "apply takes one gradient for each variable; it got \(gradients) gradients for \(variables) variables."
        case .gradientShape(let variable, let expected, let got):
            "The gradient of \"\(variable)\" is to have its shape \(Shape(expected)); it has \(Shape(got))."
        case .lossWithoutCall(let type):
            "\(type) has no call.\nOverride call(_ yTrue: Tensor, _ yPred: Tensor)."
        case .metricWithoutUpdate(let type):
            "\(type) has no update or result.\nOverride update(_:_:sampleWeight:) and result()."
        case .targetShape(let name, let rule, let target, let prediction):
            "\(name) cannot compare targets of shape \(Shape(target)) with predictions of shape \(Shape(prediction)).\n\(rule)"
        case .notCompiled(let model, let action):
            "Model \"\(model)\" is not compiled, so \(action) is not possible.\nCall compile(optimizer:loss:metrics:) first."
        case .noLoss(let model):
            "Model \"\(model)\" has nothing to make small: compile got no loss, and no layer adds one.\nGive compile a loss."
        case .noVariables(let model):
            "Model \"\(model)\" has no trainable weights.\nSet a layer's trainable to true, and compile again."
        case .cannotBuild(let model, let layers):
            """
            Model \"\(model)\" has layers without weights, \(quotedList(layers)), and no call that would make them.
            Override call, or make the weights first: give the layers an Input, or use build(for:).
            """
        case .outputKeys(let argument, let given, let outputs):
            "\(argument) names \(quotedList(given)), but the model's outputs are \(quotedList(outputs))."
        case .outputCount(let argument, let given, let outputs):
            "\(argument) has \(given) entries, but the model has \(outputs.count) outputs: \(quotedList(outputs))."
        case .lossWeightCount(let losses, let weights):
            "lossWeights has \(weights) entries for \(losses) losses."
        case .monitorDirection(let callback, let monitor):
            """
            \(callback) cannot tell whether "\(monitor)" is to grow or to shrink.
            Give it mode: .max or mode: .min.
            """
        case .invalidLoss(let batch, let value):
            "The loss became \(value) in batch \(batch).\nA smaller learning rate, clipnorm, or a look at the data may help."
        case .cannotWrite(let path, let reason):
            "\(path) cannot be written: \(reason)."
        }
    }
}

func quotedList(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.map { "\"\($0)\"" }.joined(separator: ", ")
}
