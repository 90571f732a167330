extension Model {
    /// The model's output for arrays, computed in batches.
    ///
    /// ```swift
    /// let probabilities = try model.predict(xTest)        // [samples, 10]
    /// ```
    ///
    /// - Parameters:
    ///   - x: inputs, `[samples, …]`: one tensor, a list by position, or a dictionary by name.
    ///   - batchSize: samples in a step; nil: 32.
    /// - Returns: all samples' outputs, `[samples, …]`. A model with several outputs gives a list or a dictionary, where the
    ///   result's type asks for one.
    /// - Throws: `KerasError` if data and model do not suit each other.
    public func predict(
        _ x: some Structured<Tensor>, batchSize: Int? = nil, verbose: Verbosity = .auto, steps: Int? = nil, callbacks: [Callback] = []
    ) throws -> Tensor {
        try single(predictions(x, batchSize: batchSize, verbose: verbose, steps: steps, callbacks: callbacks))
    }

    /// The outputs of a model with several, by position.
    @_disfavoredOverload
    public func predict(
        _ x: some Structured<Tensor>, batchSize: Int? = nil, verbose: Verbosity = .auto, steps: Int? = nil, callbacks: [Callback] = []
    ) throws -> [Tensor] {
        try predictions(x, batchSize: batchSize, verbose: verbose, steps: steps, callbacks: callbacks).leaves
    }

    /// The outputs of a model whose outputs have names.
    @_disfavoredOverload
    public func predict(
        _ x: some Structured<Tensor>, batchSize: Int? = nil, verbose: Verbosity = .auto, steps: Int? = nil, callbacks: [Callback] = []
    ) throws -> [String: Tensor] {
        try named(predictions(x, batchSize: batchSize, verbose: verbose, steps: steps, callbacks: callbacks))
    }

    /// The outputs in the model's arrangement.
    public func predictions(
        _ x: some Structured<Tensor>, batchSize: Int? = nil, verbose: Verbosity = .auto, steps: Int? = nil, callbacks: [Callback] = []
    ) throws -> Structure<Tensor> {
        try RunChecks.atLeast(1, "batchSize", batchSize, of: "predict")
        try RunChecks.atLeast(1, "steps", steps, of: "predict")
        let data = try TrainingData(model: self).arrays(x: x.structure, y: nil, sampleWeight: nil)
        let size = batchSize ?? steps.map { max(1, (data.count + $0 - 1) / $0) } ?? 32
        return try predict(ArrayFeed(data, batchSize: size, shuffles: false), verbose, steps, callbacks)
    }

    /// The outputs for a data set that yields batches, in the model's arrangement.
    public func predictions(
        _ dataset: Dataset, verbose: Verbosity = .auto, steps: Int? = nil, callbacks: [Callback] = []
    ) throws -> Structure<Tensor> {
        try RunChecks.atLeast(1, "steps", steps, of: "predict")
        if dataset.isEndless, steps == nil { throw KerasError.trainingData(.endlessDataset(action: "Prediction")) }
        let checks = TrainingData(model: self)
        let feed = DatasetFeed(dataset) { try checks.batch(TrainingBatch(x: $0.x, y: nil, sampleWeight: nil)) }
        return try predict(feed, verbose, steps, callbacks)
    }

    /// The output for a data set that yields batches.
    public func predict(
        _ dataset: Dataset, verbose: Verbosity = .auto, steps: Int? = nil, callbacks: [Callback] = []
    ) throws -> Tensor {
        try single(predictions(dataset, verbose: verbose, steps: steps, callbacks: callbacks))
    }

    private func predict(_ feed: any Feed, _ verbose: Verbosity, _ steps: Int?, _ callbacks: [Callback]) throws -> Structure<Tensor> {
        let progress = Progress(self, callbacks, verbose: verbose, epochs: 1, steps: steps ?? feed.batchCount)
        progress.begin()
        try progress.each { try $0.onPredictBegin() }
        try feed.restart()
        var collected: [[Tensor]] = []
        var arrangement = BatchTemplate.Node.leaf
        var step = 0
        while step < steps ?? .max, let batch = try feed.next() {
            if progress.hasCallbacks { try progress.each { try $0.onPredictBatchBegin(step) } }
            let traced = try predictBatch(batch)
            arrangement = traced.arrangement
            collected.append(traced.outputs)
            step += 1
            if progress.hasCallbacks { try progress.each { try $0.onPredictBatchEnd(step - 1) } }
            progress.stepped(step) { Logs() }
        }
        guard let first = collected.first else { throw KerasError.trainingData(.emptyData(argument: "The data set")) }
        progress.end(Logs())
        try progress.each { try $0.onPredictEnd() }
        if collected.count == 1 { return arrangement.fill(first) }
        return arrangement.fill(try first.indices.map { index in try Rows.joined(collected.map { $0[index] }) })
    }

    private func predictBatch(_ batch: FeedBatch) throws -> (outputs: [Tensor], arrangement: BatchTemplate.Node) {
        if trainer.settings?.runEagerly == true {
            let result = try predictStep(batch.tensors)
            try Tensors.evaluate(result.leaves)
            return (result.leaves, BatchTemplate.Node(result))
        }
        let step = try trainer.step(.predict, batch.template, batch.types, model: self)
        return (try step.function.run(batch.buffers), step.outputs)
    }

    private func named(_ outputs: Structure<Tensor>) throws -> [String: Tensor] {
        guard let dictionary = outputs.flatDictionary else { throw KerasError.outputArrangement(place, expected: "a dictionary") }
        return dictionary
    }

    // MARK: One batch

    /// The output for one batch.
    public func predictOnBatch(_ x: some Structured<Tensor>) throws -> Tensor { try single(predictionsOnBatch(x)) }

    /// The outputs for one batch, by position.
    @_disfavoredOverload
    public func predictOnBatch(_ x: some Structured<Tensor>) throws -> [Tensor] { try predictionsOnBatch(x).leaves }

    /// The outputs for one batch, by name.
    @_disfavoredOverload
    public func predictOnBatch(_ x: some Structured<Tensor>) throws -> [String: Tensor] { try named(predictionsOnBatch(x)) }

    private func predictionsOnBatch(_ x: some Structured<Tensor>) throws -> Structure<Tensor> {
        let data = try TrainingData(model: self).arrays(x: x.structure, y: nil, sampleWeight: nil)
        let traced = try predictBatch(FeedBatch(data))
        return traced.arrangement.fill(traced.outputs)
    }

    /// One step of training.
    ///
    /// - Returns: the loss and metrics of this batch, the loss first.
    @discardableResult
    public func trainOnBatch(
        _ x: some Structured<Tensor>, _ y: (any Structured<Tensor>)? = nil, sampleWeight: (any Structured<Tensor>)? = nil,
        classWeight: [Int: Double]? = nil
    ) throws -> Logs {
        try onBatch(.train, "trainOnBatch", x.structure, y?.structure, sampleWeight?.structure, classWeight)
    }

    /// The loss and metrics of one batch, without training.
    @discardableResult
    public func testOnBatch(
        _ x: some Structured<Tensor>, _ y: (any Structured<Tensor>)? = nil, sampleWeight: (any Structured<Tensor>)? = nil
    ) throws -> Logs {
        try onBatch(.test, "testOnBatch", x.structure, y?.structure, sampleWeight?.structure, nil)
    }

    private func onBatch(
        _ mode: Trainer.Mode, _ action: String, _ x: Structure<Tensor>, _ y: Structure<Tensor>?, _ sampleWeight: Structure<Tensor>?,
        _ classWeight: [Int: Double]?
    ) throws -> Logs {
        let settings = try trainer.requireSettings(self, action)
        let data = try TrainingData(model: self).arrays(x: x, y: y, sampleWeight: sampleWeight, classWeight: classWeight)
        try trainer.resetMetrics()
        try trainer.run(mode, FeedBatch(data), self, settings)
        return try trainer.results()
    }
}

/// Joins tensors along the first axis, on the host.
enum Rows {
    static func joined(_ parts: [Tensor]) throws -> Tensor {
        guard let first = parts.first, first.rank > 0 else { return try ops.stack(parts) }
        let count = parts.reduce(0) { $0 + ($1.shape.first ?? 0) }
        return try Tensor(shape: [count] + first.shape.dropFirst(), dtype: first.dtype) { target in
            var offset = 0
            for part in parts {
                try part.withUnsafeBytes { bytes in
                    let end = min(offset + bytes.count, target.count)
                    UnsafeMutableRawBufferPointer(rebasing: target[offset..<end]).copyMemory(from: bytes)
                    offset = end
                }
            }
        }
    }
}
