/// Data that a model is tried on after an epoch of training.
public struct ValidationData {
    enum Content {
        case arrays(x: Structure<Tensor>, y: Structure<Tensor>?, sampleWeight: Structure<Tensor>?)
        case dataset(Dataset)
    }
    let content: Content

    public init(_ x: any Structured<Tensor>, _ y: (any Structured<Tensor>)? = nil, sampleWeight: (any Structured<Tensor>)? = nil) {
        content = .arrays(x: x.structure, y: y?.structure, sampleWeight: sampleWeight?.structure)
    }

    /// A data set that yields batches.
    public init(_ dataset: Dataset) { content = .dataset(dataset) }
}

/// In which epochs a model is tried on validation data.
public enum ValidationFrequency: ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, Sendable {
    /// After every so many epochs.
    case every(Int)
    /// After these epochs, counted from 1.
    case epochs([Int])

    public init(integerLiteral value: Int) { self = .every(value) }
    public init(arrayLiteral elements: Int...) { self = .epochs(elements) }

    func includes(_ epoch: Int) -> Bool {
        switch self {
        case .every(let count): (epoch + 1).isMultiple(of: count)
        case .epochs(let epochs): epochs.contains(epoch + 1)
        }
    }
}

extension Model {
    /// Trains the model on arrays.
    ///
    /// ```swift
    /// let history = try model.fit(xTrain, yTrain, batchSize: 64, epochs: 2, validationSplit: 0.2)
    /// try router.fit(["title": titles, "body": bodies], ["priority": priorities, "department": departments], epochs: 2)
    /// ```
    ///
    /// Ctrl-C ends the run after the current step, as if `epochs` were reached: the history so far is returned. A second
    /// Ctrl-C ends the program.
    ///
    /// - Parameters:
    ///   - x: inputs, `[samples, …]`: one tensor, a list by position, or a dictionary by name.
    ///   - y: targets, arranged as the outputs.
    ///   - batchSize: samples in a step; nil: 32.
    ///   - epochs: the number of the last epoch; those from `initialEpoch` on are run.
    ///   - verbose: how much is printed.
    ///   - callbacks: told how the run goes.
    ///   - validationSplit: the share of samples, taken from the end before any shuffling, that is kept for validation; within 0 ..< 1.
    ///   - validationData: what the model is tried on after an epoch, in place of a split.
    ///   - shuffle: whether samples come in a new order in each epoch; the order follows from `setRandomSeed`.
    ///   - classWeight: how much samples of each class count; others count 1.
    ///   - sampleWeight: how much each sample counts: `[samples]`, or one for each output.
    ///   - initialEpoch: epochs before it count as done.
    ///   - stepsPerEpoch: steps of an epoch; nil: all samples once. Epochs go on where the last one ended.
    ///   - validationSteps: steps of a validation; nil: all samples.
    ///   - validationBatchSize: nil: as `batchSize`.
    ///   - validationFreq: after which epochs validation is run.
    /// - Throws: `KerasError` if the model is not compiled, or data and model do not suit each other.
    @discardableResult
    public func fit(
        _ x: some Structured<Tensor>, _ y: (any Structured<Tensor>)? = nil, batchSize: Int? = nil, epochs: Int = 1,
        verbose: Verbosity = .auto, callbacks: [Callback] = [], validationSplit: Double = 0, validationData: ValidationData? = nil,
        shuffle: Bool = true, classWeight: [Int: Double]? = nil, sampleWeight: (any Structured<Tensor>)? = nil, initialEpoch: Int = 0,
        stepsPerEpoch: Int? = nil, validationSteps: Int? = nil, validationBatchSize: Int? = nil, validationFreq: ValidationFrequency = 1
    ) throws -> History {
        _ = try trainer.requireSettings(self, "fit")
        try RunChecks.atLeast(1, "batchSize", batchSize, of: "fit")
        try RunChecks.atLeast(1, "validationBatchSize", validationBatchSize, of: "fit")
        guard (0..<1).contains(validationSplit) else { throw KerasError.trainingData(.validationSplit(validationSplit)) }
        let data = try TrainingData(model: self).arrays(
            x: x.structure, y: y?.structure, sampleWeight: sampleWeight?.structure, classWeight: classWeight)
        var parts: (training: Range<Int>, validation: Range<Int>)?
        if validationSplit > 0, validationData == nil { parts = try TrainingData.split(data.count, validationSplit) }
        let count = parts?.training.count ?? data.count
        let size = batchSize ?? stepsPerEpoch.map { max(1, (count + $0 - 1) / max($0, 1)) } ?? 32
        let feed = ArrayFeed(data, rows: parts?.training, batchSize: size, shuffles: shuffle, random: trainer.passRandom)
        let validationSize = validationBatchSize ?? batchSize ?? 32
        let validation = try parts.map { ArrayFeed(data, rows: $0.validation, batchSize: validationSize, shuffles: false) }
            ?? validationFeed(validationData, validationSize)
        return try run(
            feed, validation, verbose, callbacks, epochs: epochs, initialEpoch: initialEpoch, stepsPerEpoch: stepsPerEpoch,
            validationSteps: validationSteps, validationFreq: validationFreq)
    }

    /// Trains the model on arrays, with validation data as a pair.
    @discardableResult
    public func fit(
        _ x: some Structured<Tensor>, _ y: (any Structured<Tensor>)? = nil, batchSize: Int? = nil, epochs: Int = 1,
        verbose: Verbosity = .auto, callbacks: [Callback] = [],
        validationData: (any Structured<Tensor>, any Structured<Tensor>), shuffle: Bool = true, classWeight: [Int: Double]? = nil,
        sampleWeight: (any Structured<Tensor>)? = nil, initialEpoch: Int = 0, stepsPerEpoch: Int? = nil, validationSteps: Int? = nil,
        validationBatchSize: Int? = nil, validationFreq: ValidationFrequency = 1
    ) throws -> History {
        try fit(
            x, y, batchSize: batchSize, epochs: epochs, verbose: verbose, callbacks: callbacks,
            validationData: ValidationData(validationData.0, validationData.1), shuffle: shuffle, classWeight: classWeight,
            sampleWeight: sampleWeight, initialEpoch: initialEpoch, stepsPerEpoch: stepsPerEpoch, validationSteps: validationSteps,
            validationBatchSize: validationBatchSize, validationFreq: validationFreq)
    }

    /// Trains the model on arrays, with the number of epochs before the size of batches.
    @discardableResult
    public func fit(
        _ x: some Structured<Tensor>, _ y: (any Structured<Tensor>)? = nil, epochs: Int, batchSize: Int,
        verbose: Verbosity = .auto, callbacks: [Callback] = [], validationSplit: Double = 0, validationData: ValidationData? = nil,
        shuffle: Bool = true, classWeight: [Int: Double]? = nil, sampleWeight: (any Structured<Tensor>)? = nil, initialEpoch: Int = 0,
        stepsPerEpoch: Int? = nil, validationSteps: Int? = nil, validationBatchSize: Int? = nil, validationFreq: ValidationFrequency = 1
    ) throws -> History {
        try fit(
            x, y, batchSize: batchSize, epochs: epochs, verbose: verbose, callbacks: callbacks, validationSplit: validationSplit,
            validationData: validationData, shuffle: shuffle, classWeight: classWeight, sampleWeight: sampleWeight,
            initialEpoch: initialEpoch, stepsPerEpoch: stepsPerEpoch, validationSteps: validationSteps,
            validationBatchSize: validationBatchSize, validationFreq: validationFreq)
    }

    /// Trains the model on a data set that yields batches.
    ///
    /// ```swift
    /// let data = try Dataset(x: x, y: y).shuffle(1000).batch(32).prefetch()
    /// try model.fit(data, epochs: 3)
    /// ```
    ///
    /// - Parameter stepsPerEpoch: needed for a data set without end.
    @discardableResult
    public func fit(
        _ dataset: Dataset, epochs: Int = 1, verbose: Verbosity = .auto, callbacks: [Callback] = [],
        validationData: ValidationData? = nil, classWeight: [Int: Double]? = nil, initialEpoch: Int = 0, stepsPerEpoch: Int? = nil,
        validationSteps: Int? = nil, validationBatchSize: Int? = nil, validationFreq: ValidationFrequency = 1
    ) throws -> History {
        _ = try trainer.requireSettings(self, "fit")
        if dataset.isEndless, stepsPerEpoch == nil { throw KerasError.trainingData(.endlessDataset(action: "An epoch")) }
        let checks = TrainingData(model: self)
        let feed = DatasetFeed(dataset) { try checks.batch($0, classWeight: classWeight) }
        return try run(
            feed, validationFeed(validationData, validationBatchSize ?? 32), verbose, callbacks, epochs: epochs,
            initialEpoch: initialEpoch, stepsPerEpoch: stepsPerEpoch, validationSteps: validationSteps, validationFreq: validationFreq)
    }

    private func validationFeed(_ data: ValidationData?, _ batchSize: Int) throws -> (any Feed)? {
        let checks = TrainingData(model: self)
        switch data?.content {
        case nil:
            return nil
        case .arrays(let x, let y, let sampleWeight):
            return ArrayFeed(try checks.arrays(x: x, y: y, sampleWeight: sampleWeight), batchSize: batchSize, shuffles: false)
        case .dataset(let dataset):
            return DatasetFeed(dataset) { try checks.batch($0) }
        }
    }

    private func run(
        _ feed: any Feed, _ validation: (any Feed)?, _ verbose: Verbosity, _ callbacks: [Callback], epochs: Int, initialEpoch: Int,
        stepsPerEpoch: Int?, validationSteps: Int?, validationFreq: ValidationFrequency
    ) throws -> History {
        try RunChecks.atLeast(0, "epochs", epochs, of: "fit")
        try RunChecks.atLeast(0, "initialEpoch", initialEpoch, of: "fit")
        try RunChecks.atLeast(1, "stepsPerEpoch", stepsPerEpoch, of: "fit")
        try RunChecks.atLeast(1, "validationSteps", validationSteps, of: "fit")
        if case .every(let count) = validationFreq { try RunChecks.atLeast(1, "validationFreq", count, of: "fit") }
        let run = FitRun(
            model: self, feed: feed, validation: validation, epochs: epochs, initialEpoch: initialEpoch, stepsPerEpoch: stepsPerEpoch,
            validationSteps: validationSteps, validationFreq: validationFreq)
        return try Interrupt.listening { try run.run(verbose, callbacks) }
    }
}
