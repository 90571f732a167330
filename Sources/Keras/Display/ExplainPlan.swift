extension Model {
    /// Prints how `predict` computes a batch: the kernels in order, with what is fused into each, the layers it works for, the sizes
    /// and places of its results, and the memory of the whole. Nothing is computed.
    ///
    /// ```swift
    /// try model.explainPlan(batchSize: 64)
    /// try model.explainPlan(x[0..<64], y[0..<64])          // a step of training
    /// ```
    ///
    /// - Parameters:
    ///   - batchSize: the samples of a batch.
    ///   - inputShapes: the inputs' shapes without the batch, for models whose inputs have sizes that are not known.
    /// - Returns: what it prints.
    /// - Throws: as ``cost(batchSize:inputShapes:)``.
    @discardableResult
    public func explainPlan(batchSize: Int = 32, inputShapes: [Shape]? = nil) throws -> String {
        let text = try planText(batchSize: batchSize, inputShapes: inputShapes)
        print(text, terminator: "")
        return text
    }

    /// Prints how a step of training computes this batch.
    ///
    /// - Parameters: a batch, as ``trainOnBatch(_:_:sampleWeight:classWeight:)`` takes it.
    /// - Throws: `KerasError` if the model is not compiled, or data and model do not suit each other.
    @discardableResult
    public func explainPlan(_ x: some Structured<Tensor>, _ y: (any Structured<Tensor>)? = nil) throws -> String {
        let text = try planText(x, y)
        print(text, terminator: "")
        return text
    }

    /// The text that ``explainPlan(batchSize:inputShapes:)`` prints, without printing it.
    public func planText(batchSize: Int = 32, inputShapes: [Shape]? = nil) throws -> String {
        guard batchSize > 0 else { throw KerasError.display(.batchSize(got: batchSize)) }
        guard isDrawable else { throw KerasError.notBuilt(place, action: "explaining its plan") }
        let inputs = try costedInputs(batchSize, inputShapes).map(\.type)
        let function = try PreparedFunction(name: "\(name).predict", argumentTypes: inputs.leaves) { arguments in
            try self.outputs(of: inputs.filled(with: arguments), training: false).leaves
        }
        return try function.explanation
    }

    /// The text that ``explainPlan(_:_:)`` prints, without printing it.
    public func planText(_ x: some Structured<Tensor>, _ y: (any Structured<Tensor>)? = nil) throws -> String {
        _ = try trainer.requireSettings(self, "explaining a step of training")
        let batch = try FeedBatch(TrainingData(model: self).arrays(x: x.structure, y: y?.structure, sampleWeight: nil))
        return try trainer.step(.train, batch.template, batch.types, model: self).function.explanation
    }
}
