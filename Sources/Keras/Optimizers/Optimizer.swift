/// Changes variables so that a loss becomes smaller.
///
/// An optimizer is made with its settings and given to `Model.compile`; it creates its variables when it first sees the
/// model's. A loop written by hand calls ``apply(_:to:)``:
///
/// ```swift
/// let optimizer = try Adam(1e-3)
/// let (loss, gradients) = try valueAndGradient(of: model.trainableVariables) { try lossFunction(y, model(x)) }
/// try optimizer.apply(gradients, to: model.trainableVariables)
/// ```
///
/// A new method is a subclass that creates its slots in ``build(_:)`` and overrides ``update(_:gradient:learningRate:)``.
///
/// - Source: `keras.optimizers.Optimizer`.
open class Optimizer {
    /// Unique among optimizers, and the first part of the variables' paths.
    public let name: String
    public let options: OptimizerOptions
    /// All of the optimizer's variables in Keras' order: `iteration`, `learning_rate`, then the slots.
    public private(set) var variables: [Variable] = []
    /// The number of updates so far (int32 scalar); with gradient accumulation, the number of batches.
    public let iterations: Variable
    public private(set) var isBuilt = false

    var learningRateVariable: Variable?
    var schedule: (any LearningRateSchedule)?
    private(set) var trainableVariables: [Variable] = []
    private var positions: [ObjectIdentifier: Int] = [:]
    private var averages: [Variable] = []
    private var accumulators: [Variable] = []
    private var shared: [String: Tensor] = [:]
    /// Updates outside a trace, as one traced function.
    private var eagerApply: TracedFunction?

    /// The name that Keras' files give the class.
    open class var registeredName: String { "\(Self.self)" }

    /// - Throws: `KerasError.training(.learningRate)` for a rate that is NaN, infinite or negative;
    ///   `.invalidSetting` for an option out of range.
    public init(learningRate: any LearningRateConvertible, options: OptimizerOptions = OptimizerOptions(), name: String? = nil) throws {
        try options.check()
        self.options = options
        let name = name ?? Naming.unique(forClass: Self.registeredName)
        self.name = name
        iterations = try Variable(Tensor(Int32(0)), name: "iteration", trainable: false)
        iterations.path = "\(name)/iteration"
        variables = [iterations]
        switch learningRate.asLearningRate {
        case .value(let rate):
            try Optimizer.check(rate: rate)
            let variable = try Variable(Tensor(Float(rate)), name: "learning_rate", trainable: false)
            variable.path = "\(name)/learning_rate"
            learningRateVariable = variable
            variables.append(variable)
        case .schedule(let schedule):
            self.schedule = schedule
        }
    }

    /// Reads what every optimizer's config holds.
    public required init(config: Config) throws {
        throw KerasError.notConfigurable(object: "\(Self.self)", reason: "it has no init(config:)")
    }

    // MARK: To be overridden

    /// Creates the slots for the variables to be trained. Overrides call `super` first.
    open func build(_ variables: [Variable]) throws {
        guard !isBuilt else { return }
        trainableVariables = variables
        for (index, variable) in variables.enumerated() { positions[ObjectIdentifier(variable)] = index }
        isBuilt = true
        if options.useEMA { averages = try addSlots("average", for: variables) }
        if options.gradientAccumulationSteps != nil { accumulators = try addSlots("gradient_accumulator", for: variables) }
    }

    /// Changes one variable by its gradient. Called inside a trace.
    ///
    /// - Parameters:
    ///   - gradient: of the variable's shape and element type.
    ///   - learningRate: a scalar of the variable's element type.
    open func update(_ variable: Variable, gradient: Tensor, learningRate: Tensor) throws {
        throw KerasError.training(.optimizerWithoutUpdate("\(type(of: self))"))
    }

    /// Settings under Keras' names. Overrides add to `super.config`.
    open var config: Config {
        let config: Config = ["name": .string(name), "learning_rate": learningRateConfig]
        return config.merging(options.config)
    }

    /// A scalar that all updates of a step share, computed once.
    public func once(_ key: String, _ compute: () throws -> Tensor) throws -> Tensor {
        if let known = shared[key] { return known }
        let value = try compute()
        shared[key] = value
        return value
    }

    // MARK: Slots

    /// Creates one variable of zeros beside each of the given ones.
    ///
    /// - Parameter name: the slot's name; its path is `optimizer/model_layer_kernel_name`, as Keras has it.
    public func addSlots(_ name: String, for variables: [Variable]) throws -> [Variable] {
        try addSlots([name], for: variables)[0]
    }

    /// Creates several slots for each variable, interleaved as in Keras' files: `m₀ v₀ m₁ v₁ …`.
    public func addSlots(_ names: [String], for variables: [Variable]) throws -> [[Variable]] {
        var slots = names.map { _ in [Variable]() }
        for reference in variables {
            for (index, name) in names.enumerated() {
                let full = reference.path.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "_") + "_" + name
                let zeros = try ops.zeros(reference.shape, dtype: reference.dtype)
                let slot = try Variable(zeros, name: full, trainable: false)
                slot.path = "\(self.name)/\(full)"
                slot.companion = reference
                slots[index].append(slot)
                self.variables.append(slot)
            }
        }
        return slots
    }

    /// The place of a variable among those the optimizer was built with.
    ///
    /// - Throws: `KerasError.training(.unknownVariable)` for another variable.
    public func index(of variable: Variable) throws -> Int {
        guard let index = positions[ObjectIdentifier(variable)] else {
            throw KerasError.training(.unknownVariable(optimizer: name, variable: variable.path))
        }
        return index
    }

    // MARK: Applying

    /// Changes the variables by their gradients, and counts the iteration.
    ///
    /// - Parameters:
    ///   - gradients: one for each variable, of its shape.
    ///   - variables: on the first call these are what the optimizer is built for; later ones must be among them.
    /// - Throws: `KerasError.training(.gradientCount)` if the numbers differ; `.unknownVariable` for a variable that the
    ///   optimizer was not built with.
    public func apply(_ gradients: [Tensor], to variables: [Variable]) throws {
        guard gradients.count == variables.count else {
            throw KerasError.training(.gradientCount(gradients: gradients.count, variables: variables.count))
        }
        if gradients.isEmpty { return }
        if !isBuilt { try Trace.suspended { try build(variables) } }
        for (gradient, variable) in zip(gradients, variables) {
            _ = try index(of: variable)
            guard gradient.shape == variable.shape else {
                throw KerasError.training(.gradientShape(variable: variable.path, expected: variable.shape, got: gradient.shape))
            }
        }
        if Trace.current != nil { return try step(gradients, variables) }
        if eagerApply == nil || eagerVariables != variables.map(ObjectIdentifier.init) {
            eagerVariables = variables.map(ObjectIdentifier.init)
            eagerApply = TracedFunction(name: "\(name).apply") { [unowned self] gradients in
                try self.step(gradients, variables)
                return []
            }
        }
        _ = try eagerApply?(gradients)
    }
    private var eagerVariables: [ObjectIdentifier] = []

    /// The loss to differentiate: times `lossScaleFactor` where that is set.
    public func scaled(_ loss: Tensor) throws -> Tensor {
        guard let scale = options.lossScaleFactor else { return loss }
        return try loss * scale
    }

    /// Ends training: with `useEMA`, the variables take the averages' values.
    public func finalizeVariables() throws {
        guard options.useEMA, isBuilt else { return }
        for (variable, average) in zip(trainableVariables, averages) { try variable.assign(average.value.evaluate()) }
    }

    private func step(_ gradients: [Tensor], _ variables: [Variable]) throws {
        var gradients = gradients
        if let scale = options.lossScaleFactor { gradients = try gradients.map { try $0 / scale } }
        if let steps = options.gradientAccumulationSteps {
            try accumulate(gradients, variables, steps)
        } else {
            try updateAll(gradients, variables)
        }
        if options.useEMA { try updateAverages() }
        try iterations.assign(add: Tensor(Int32(1)))
    }

    private func updateAll(_ gradients: [Tensor], _ variables: [Variable]) throws {
        let gradients = try options.clipped(gradients)
        let rate = try learningRateTensor()
        var rates: [DType: Tensor] = [:]
        if let decay = options.weightDecay {
            for variable in variables where usesWeightDecay(variable) {
                let rate = try rate.cast(to: variable.dtype)
                try variable.assign(variable.value - variable.value * decay * rate)
            }
        }
        shared = [:]
        defer { shared = [:] }
        for (gradient, variable) in zip(gradients, variables) {
            let own = try rates[variable.dtype] ?? rate.cast(to: variable.dtype)
            rates[variable.dtype] = own
            try update(variable, gradient: gradient.cast(to: variable.dtype), learningRate: own)
        }
        for variable in variables {
            if let constraint = variable.constraint { try variable.assign(constraint(variable.value)) }
        }
    }

    // MARK: Weight decay

    private var excludedVariables: Set<ObjectIdentifier> = []
    private var excludedNames: [String] = []

    /// Leaves variables out of weight decay.
    ///
    /// - Parameters:
    ///   - variables: these.
    ///   - names: and those whose name contains one of these.
    /// - Throws: `KerasError.training(.optimizerAlreadyBuilt)` after the first update.
    public func excludeFromWeightDecay(_ variables: [Variable] = [], names: [String] = []) throws {
        guard !isBuilt else { throw KerasError.training(.optimizerAlreadyBuilt(name)) }
        excludedVariables = Set(variables.map(ObjectIdentifier.init))
        excludedNames = names
    }

    private func usesWeightDecay(_ variable: Variable) -> Bool {
        !excludedVariables.contains(ObjectIdentifier(variable)) && !excludedNames.contains { variable.name.contains($0) }
    }

    // MARK: Accumulation and averages

    /// Adds gradients up and updates every `steps` batches with their mean. Everything is computed each time and chosen
    /// by a flag: the step stays one straight program.
    private func accumulate(_ gradients: [Tensor], _ variables: [Variable], _ steps: Int) throws {
        let isUpdate = try ops.equal(ops.mod(iterations.value + 1, Int32(clamping: steps)), 0)
        let own = try variables.map { accumulators[try index(of: $0)] }
        let sums = try zip(gradients, own).map { try $0.cast(to: $1.dtype) + $1.value }
        let state = variables + self.variables.filter { slot in !own.contains { $0 === slot } && slot !== iterations && slot !== learningRateVariable }
        let before = state.map(\.value)
        try updateAll(sums.map { try $0 / Double(steps) }, variables)
        for (variable, old) in zip(state, before) { try variable.assign(ops.where(isUpdate, variable.value, old)) }
        for (accumulator, sum) in zip(own, sums) { try accumulator.assign(ops.where(isUpdate, ops.zerosLike(sum), sum)) }
    }

    private func updateAverages() throws {
        let step = try effectiveIterations()
        let isLater = try ops.notEqual(step, 0)
        for (variable, average) in zip(trainableVariables, averages) {
            let momentum = try isLater.cast(to: variable.dtype) * options.emaMomentum
            try average.assign(momentum * average.value + (1 - momentum) * variable.value)
        }
        guard let every = options.emaOverwriteFrequency else { return }
        let overwrites = try ops.equal(ops.mod(step + 1, Int32(clamping: every)), 0)
        for (variable, average) in zip(trainableVariables, averages) {
            try variable.assign(ops.where(overwrites, average.value, variable.value))
        }
    }

    /// The number of updates: iterations, over the accumulation steps where there are some.
    public func effectiveIterations() throws -> Tensor {
        guard let steps = options.gradientAccumulationSteps else { return iterations.value }
        return try ops.floorDivide(iterations.value, Int32(clamping: steps))
    }
}
