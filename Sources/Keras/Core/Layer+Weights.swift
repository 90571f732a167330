extension Layer {
    // MARK: Making weights

    /// Adds a weight. For `build`.
    ///
    /// - Parameters:
    ///   - name: the weight's name; its path is the layer's path and this.
    ///   - shape: every size known; `[]` for a scalar.
    ///   - initializer: its first value; `nil`: Glorot uniform for floating-point types, zeros for others.
    ///   - dtype: its element type; `nil`: the layer's variable type.
    ///   - trainable: whether training changes it.
    ///   - autocast: whether reading it in a call gives it in the layer's compute type.
    ///   - regularizer: a penalty on it, added to the loss.
    ///   - constraint: applied to it after every optimizer update.
    /// - Throws: `KerasError.unknownWeightShape`; what the initializer throws.
    @discardableResult
    public func addWeight(
        _ name: String? = nil, shape: Shape = [], initializer: Initializer? = nil, dtype: DType? = nil, trainable: Bool = true,
        autocast: Bool = true, regularizer: Regularizer? = nil, constraint: Constraint? = nil
    ) throws -> Variable {
        let name = name ?? (ownWeights.isEmpty ? "variable" : "variable_\(ownWeights.count)")
        guard let sizes = shape.known, sizes.allSatisfy({ $0 >= 0 }) else {
            throw KerasError.unknownWeightShape(place, weight: name, shape: shape)
        }
        let dtype = dtype ?? variableDType
        let initializer = initializer ?? (dtype.isFloatingPoint ? .glorotUniform() : .zeros)
        // Outside any trace: the weight outlives it. Nothing is computed here.
        let variable = try Trace.suspended { try Variable(initialValue(initializer, sizes, dtype), name: name, trainable: trainable) }
        variable.path = "\(path ?? self.name)/\(name)"
        variable.autocast = autocast
        if let regularizer { variable.regularizer = { tensor in try regularizer(tensor) } }
        if let constraint { variable.constraint = { tensor in try constraint(tensor) } }
        ownWeights.append(variable)
        if !ownTrainable { variable.trainable = false }
        return variable
    }

    /// A weight's first value; of a weight that a file's config leads to, as far as the policy takes it.
    private func initialValue(_ initializer: Initializer, _ shape: [Int], _ dtype: DType) throws -> Tensor {
        guard let budget = LoadBudget.current else { return try initializer(shape, dtype: dtype) }
        let type = try TensorType(checking: shape, dtype)
        try budget.addWeight(type)
        if initializer.isEager {
            // The file has the values.
            if budget.hasWeights { return try ops.zeros(shape, dtype: dtype) }
            try budget.checkEager(type.elementCount)
        }
        return try initializer(shape, dtype: dtype)
    }

    /// Adds a source of random numbers, whose state is one of the layer's variables.
    public func addSeedGenerator(seed: Int? = nil) throws -> SeedGenerator {
        let generator = try SeedGenerator(seed: seed, name: "seed_generator")
        generator.state.path = "\(path ?? name)/seed_generator/seed_generator_state"
        ownSeeds.append(generator)
        return generator
    }

    // MARK: Weights

    public var variableDType: DType { dtypePolicy.variableDType }
    public var computeDType: DType { dtypePolicy.computeDType }
    /// The element type of the layer's weights.
    public var dtype: DType { dtypePolicy.variableDType }

    /// The layer's own weights as Keras orders them: trainable ones, then the others.
    package var directWeights: [Variable] {
        let found = parts.variables
        let all = unique(ownWeights + found)
        return all.filter(\.isMadeTrainable) + all.filter { !$0.isMadeTrainable }
    }

    /// All weights: the layer's own (trainable ones first), then its sub-layers'.
    public var weights: [Variable] { unique(flattenedLayers.flatMap(\.directWeights)) }

    /// The weights that training changes.
    public var trainableWeights: [Variable] { trainable ? weights.filter(\.trainable) : [] }

    /// The weights that training does not change.
    public var nonTrainableWeights: [Variable] { trainable ? weights.filter { !$0.trainable } : weights }

    /// All state: weights, and the states of random number generators.
    public var variables: [Variable] {
        unique(flattenedLayers.flatMap { $0.directWeights + ($0.ownSeeds + $0.parts.seeds).map(\.state) })
    }

    public var trainableVariables: [Variable] { trainable ? variables.filter(\.trainable) : [] }
    public var nonTrainableVariables: [Variable] { trainable ? variables.filter { !$0.trainable } : variables }

    private func unique(_ variables: [Variable]) -> [Variable] {
        var seen: Set<ObjectIdentifier> = []
        return variables.filter { seen.insert(ObjectIdentifier($0)).inserted }
    }

    /// The number of elements of all weights.
    ///
    /// - Throws: `KerasError.notBuilt`.
    public func countParams() throws -> Int {
        guard built || !weights.isEmpty else { throw KerasError.notBuilt(place, action: "counting parameters") }
        return weights.reduce(0) { $0 + $1.shape.reduce(1, *) }
    }

    /// The values of all weights, in the order of ``weights``.
    public func getWeights() throws -> [Tensor] { weights.map(\.rawValue) }

    /// Sets all weights, in the order of ``weights``.
    ///
    /// - Throws: `KerasError.weightCount`, `.weightShape`; nothing is changed then.
    public func setWeights(_ values: [Tensor]) throws {
        let weights = weights
        guard weights.count == values.count else {
            throw KerasError.weightCount(place, expected: weights.count, got: values.count)
        }
        for (variable, value) in zip(weights, values) where variable.shape != value.shape {
            throw KerasError.weightShape(place, weight: variable.path, expected: variable.shape, got: value.shape)
        }
        for (variable, value) in zip(weights, values) { try variable.assign(value.cast(to: variable.dtype)) }
    }

    func setTrainable(_ value: Bool) {
        for layer in flattenedLayers {
            layer.ownTrainable = value
            for variable in layer.directWeights where variable.isMadeTrainable { variable.trainable = value }
        }
    }

    // MARK: Losses

    /// Adds a scalar to the loss, from inside `call`.
    public func addLoss(_ loss: Tensor) {
        if CallContext.current?.standIn == nil { callLosses.append(loss) }
    }

    /// The scalars of the last call that belong to the loss: those added by ``addLoss(_:)``, activity and weight regularizers; of the
    /// sub-layers too.
    public func losses() throws -> [Tensor] {
        let penalties = try trainableWeights.compactMap { variable in try variable.regularizer.map { try $0(variable.value) } }
        return flattenedLayers.flatMap(\.callLosses) + penalties
    }

    /// Forgets the losses of the last call.
    package func clearLosses() {
        for layer in flattenedLayers where !layer.callLosses.isEmpty { layer.callLosses = [] }
    }
}
