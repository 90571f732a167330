/// What can be wrong with the data given to `fit`, `evaluate` or `predict`: a closed set of facts. Part of ``KerasError``.
public enum TrainingDataError: Hashable, Sendable {
    case emptyData(argument: String)
    case scalarData(argument: String)
    case lengths([Length])
    case inputCount(model: String, expected: [String], got: Int)
    case inputNames(model: String, expected: [String], got: [String])
    case inputShape(model: String, input: String, expected: Shape, got: [Int])
    case targetCount(model: String, expected: [String], got: Int)
    case targetNames(model: String, expected: [String], got: [String])
    case missingTargets(model: String, action: String)
    case sampleWeightCount(expected: Int, got: Int)
    case weightsTwice
    /// "The" input or target of a batch that has several or none.
    case notSingle(part: String, property: String, count: Int)
    case classWeightNeedsOneOutput
    case validationSplit(Double)
    case validationSplitTooSmall(split: Double, samples: Int)
    case validationSplitNeedsArrays
    case argumentWithDataset(String)
    case datasetElement(String)
    case endlessDataset(action: String)

    /// The number of samples in one of the arrays.
    public struct Length: Hashable, Sendable {
        public var argument: String
        public var count: Int
    }
}

extension TrainingDataError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .emptyData(let argument):
            "\(argument) has no samples."
        case .scalarData(let argument):
            "\(argument) is a scalar; data has a first axis that counts samples."
        case .lengths(let lengths):
            "All data is to have the same number of samples; "
                + lengths.map { "\($0.argument) has \($0.count)" }.joined(separator: ", ") + "."
        case .inputCount(let model, let expected, let got):
            "Model \"\(model)\" takes \(expected.count) input\(expected.count == 1 ? "" : "s"), \(quotedList(expected)); it got \(got)."
        case .inputNames(let model, let expected, let got):
            "Model \"\(model)\" has the inputs \(quotedList(expected)); it got \(quotedList(got))."
        case .inputShape(let model, let input, let expected, let got):
            "Input \"\(input)\" of model \"\(model)\" takes data of shape \(expected); it got \(Shape(got))."
        case .targetCount(let model, let expected, let got):
            "Model \"\(model)\" has the outputs \(quotedList(expected)); y has \(got) part\(got == 1 ? "" : "s")."
        case .targetNames(let model, let expected, let got):
            "Model \"\(model)\" has the outputs \(quotedList(expected)); y names \(quotedList(got))."
        case .missingTargets(let model, let action):
            "\(action) of model \"\(model)\" needs targets for its loss; y is missing."
        case .sampleWeightCount(let expected, let got):
            "sampleWeight is to have one part for each of the \(expected) targets, or one for all; it has \(got)."
        case .notSingle(let part, let property, let count):
            "The batch has \(count == 0 ? "no" : "\(count)") \(property)s, so \"the \(property)\" is not clear.\nIts \(part) has them all."
        case .weightsTwice:
            "classWeight and sampleWeight cannot be given at the same time."
        case .classWeightNeedsOneOutput:
            "classWeight is for models with one output.\nGive each target its own sampleWeight instead."
        case .validationSplit(let split):
            "validationSplit is to be within 0 ..< 1; it got \(split)."
        case .validationSplitTooSmall(let split, let samples):
            "\(samples) sample\(samples == 1 ? "" : "s") cannot be split by validationSplit \(split): one of the parts would be empty."
        case .validationSplitNeedsArrays:
            "validationSplit works on arrays.\nGive validationData beside a Dataset, or split it by take and skip."
        case .argumentWithDataset(let argument):
            "\(argument) cannot be given together with a Dataset, which brings its own."
        case .datasetElement(let detail):
            "A Dataset for a model yields x, (x, y) or (x, y, sampleWeight) in batches; \(detail)."
        case .endlessDataset(let action):
            "\(action) would never end: the Dataset repeats for ever.\nGive the number of steps, or a count to repeat."
        }
    }
}
