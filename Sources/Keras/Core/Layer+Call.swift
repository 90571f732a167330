extension Layer {
    // MARK: Calling on tensors

    /// Applies the layer to a tensor.
    ///
    /// - Parameters:
    ///   - training: whether this is part of training; `nil`: as the call around this one, else false.
    ///   - mask: the steps that count; `nil`: the mask that comes with the tensor.
    /// - Throws: `KerasError` if the tensor does not suit the layer.
    public func callAsFunction(
        _ inputs: Tensor, training: Bool? = nil, mask: Tensor? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> Tensor {
        let outputs = try invoke(arguments(.one(inputs), training, mask), at: CallPlace(fileID: fileID, line: line))
        return try single(outputs)
    }

    /// Applies the layer to several tensors.
    public func callAsFunction(
        _ inputs: [Tensor], training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> Tensor {
        try single(invoke(arguments(Structure(list: inputs), training, nil), at: CallPlace(fileID: fileID, line: line)))
    }

    /// Applies the layer to tensors by name.
    public func callAsFunction(
        _ inputs: [String: Tensor], training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> Tensor {
        try single(invoke(arguments(inputs.structure, training, nil), at: CallPlace(fileID: fileID, line: line)))
    }

    /// Applies a layer with several outputs.
    @_disfavoredOverload
    public func callAsFunction(
        _ inputs: some Structured<Tensor>, training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> [Tensor] {
        try invoke(arguments(inputs.structure, training, nil), at: CallPlace(fileID: fileID, line: line)).leaves
    }

    /// Applies a layer whose outputs have names.
    @_disfavoredOverload
    public func callAsFunction(
        _ inputs: some Structured<Tensor>, training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> [String: Tensor] {
        let outputs = try invoke(arguments(inputs.structure, training, nil), at: CallPlace(fileID: fileID, line: line))
        guard let named = outputs.flatDictionary else { throw KerasError.outputArrangement(place, expected: "a dictionary") }
        return named
    }

    /// Applies the layer to tensors in any arrangement, and gives what comes in the layer's.
    public func outputs(
        of inputs: some Structured<Tensor>, training: Bool? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> Structure<Tensor> {
        try invoke(arguments(inputs.structure, training, nil), at: CallPlace(fileID: fileID, line: line))
    }

    func arguments<Leaf>(_ inputs: Structure<Leaf>, _ training: Bool?, _ mask: Leaf?) -> CallArguments<Leaf> {
        CallArguments(inputs: inputs, keywords: mask.map { [(name: "mask", value: .one($0))] } ?? [], training: training)
    }

    func single<Leaf>(_ outputs: Structure<Leaf>) throws -> Leaf {
        guard let leaf = outputs.single else { throw KerasError.severalOutputs(place, count: outputs.leafCount) }
        return leaf
    }

    // MARK: The call

    /// Casts and checks the inputs, builds the layer if need be, calls it, and sees to masks and penalties.
    func invoke(_ arguments: CallArguments<Tensor>, at callPlace: CallPlace?) throws -> Structure<Tensor> {
        let outer = CallContext.current
        if outer == nil { clearLosses() }
        var context = CallContext(
            training: arguments.training ?? outer?.training, path: CallContext.path(inside: outer, name),
            standIn: outer?.standIn)
        if let path { context.path = path }
        return try CurrentPlace.$current.withValue(CurrentPlace.inner(callPlace)) {
            try CallContext.$current.withValue(context) {
                try Label.$current.withValue(context.path) { try perform(arguments, in: context) }
            }
        }
    }

    private func perform(_ arguments: CallArguments<Tensor>, in context: CallContext) throws -> Structure<Tensor> {
        try checkArguments()
        func sources(_ tensors: Structure<Tensor>) -> Structure<TensorSource> {
            tensors.map { TensorSource(shape: context.shape(of: $0.shape), dtype: $0.dtype) }
        }
        let inputs = try translatingErrors(sources(arguments.inputs).leaves) { try prepare(arguments.inputs) }
        let given = sources(inputs)
        let words = arguments.keywords.map { ($0.name, $0.value.map { context.shape(of: $0.shape) }) }
        try translatingErrors(given.leaves) {
            try ensureBuilt(given.map(\.shape), sources: given, path: context.path, keywords: words)
        }
        let masks: [Tensor?]
        if let mask = arguments.keywords.first(where: { $0.name == "mask" }) {
            masks = mask.value.masks
        } else {
            masks = inputs.leaves.map(\.kerasMask)
        }
        let keywords = Dictionary(uniqueKeysWithValues: try arguments.keywords.map { ($0.name, try $0.value.map(autocasted)) })
        let call = LayerCall(training: context.training ?? false, masks: masks, keywords: keywords, options: arguments.options, form: arguments.form)
        var outputs = try withAutocast { try translatingErrors(given.leaves) { try self.call(inputs, call) } }
        // Found once, so that calls from several threads only read.
        if foundParts == nil { foundParts = parts }
        try addActivityPenalty(of: outputs)
        if supportsMasking { outputs = try masked(outputs, inputs: inputs.leaves, masks: masks) }
        warnOfLostMask(inputs)
        return outputs
    }

    func autocasted(_ tensor: Tensor) throws -> Tensor {
        guard autocast, tensor.dtype.isFloatingPoint, computeDType.isFloatingPoint, tensor.dtype != computeDType else { return tensor }
        var result = try tensor.cast(to: computeDType)
        result.kerasMask = tensor.kerasMask
        return result
    }

    func withAutocast<Result>(_ body: () throws -> Result) rethrows -> Result {
        let scope: DType? = autocast && computeDType.isFloatingPoint ? computeDType : nil
        if Autocast.dtype == nil, scope == variableDType { return try body() }
        return try Autocast.$dtype.withValue(scope, operation: body)
    }

    private func addActivityPenalty(of outputs: Structure<Tensor>) throws {
        guard let activityRegularizer, penalizesOutputs, CallContext.current?.standIn == nil else { return }
        for output in outputs.leaves {
            let penalty = try activityRegularizer(output)
            let batch = output.shape.first ?? 1
            callLosses.append(batch == 0 ? try ops.zerosLike(penalty) : try penalty / Double(batch))
        }
    }

    private func masked(_ outputs: Structure<Tensor>, inputs: [Tensor], masks: [Tensor?]) throws -> Structure<Tensor> {
        if outputs.leaves.allSatisfy({ $0.kerasMask != nil }) { return outputs }
        let computed = try computeMasks(inputs, masks: masks)
        var next = 0
        return outputs.map { output in
            defer { next += 1 }
            guard output.kerasMask == nil, next < computed.count, let mask = computed[next] else { return output }
            var output = output
            output.kerasMask = mask
            return output
        }
    }

    // MARK: Building

    /// Creates the weights for inputs of the given shape, if they do not exist.
    ///
    /// - Parameter inputShape: with the batch axis: `[nil, 784]`.
    public func build(for inputShape: Shape, fileID: String = #fileID, line: Int = #line) throws {
        try CurrentPlace.$current.withValue(CallPlace(fileID: fileID, line: line)) {
            try checkArguments()
            try ensureBuilt(.one(inputShape), sources: .one(TensorSource(shape: inputShape, dtype: computeDType)), path: name)
            // Layers inside are built by calling them.
            if sublayers.contains(where: { !$0.built }) { try inferOutputs(of: KerasTensor(shape: inputShape, dtype: computeDType)) }
        }
    }

    /// Checks the inputs, and builds the layer if that has not been done.
    func ensureBuilt(
        _ shapes: Structure<Shape>, sources: Structure<TensorSource>, path newPath: String, keywords: [(String, Structure<Shape>)] = []
    ) throws {
        try check(sources)
        if built { return }
        path = newPath
        buildShapes = shapes
        try Building.$sources.withValue(sources.leaves) {
            try build(shapes, keywords: Dictionary(keywords, uniquingKeysWith: { $1 }))
        }
        built = true
        try check(sources)
    }

    // MARK: Errors

    /// Errors of operations inside a call become errors of the layer.
    func translatingErrors<Result>(_ inputs: [TensorSource], _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as GraphError {
            if case .leakedPlaceholder = error { throw KerasError.needsValues(place) }
            throw KerasError.callFailed(place, reason: explained(error), inputs: inputs)
        } catch let error as TensorError {
            if case .readWhileTracing = error { throw KerasError.needsValues(place) }
            throw KerasError.callFailed(place, reason: explained(error), inputs: inputs)
        }
    }

    /// The text of an error, with the sizes that stand for unknown ones written as `nil`.
    private func explained(_ error: any Error) -> String {
        let text = "\(error)"
        guard let size = CallContext.current?.standIn?.size else { return text }
        return text.replacing(number: size, with: "nil")
    }
}

extension String {
    /// The text with every occurrence of a number, not as a part of a longer one, replaced.
    func replacing(number: Int, with word: String) -> String {
        var result = ""
        var digits = ""
        func flush() {
            result += digits == String(number) ? word : digits
            digits = ""
        }
        for character in self {
            if character.isWholeNumber { digits.append(character) } else { flush(); result.append(character) }
        }
        flush()
        return result
    }
}

extension CallContext {
    static func path(inside outer: CallContext?, _ name: String) -> String {
        guard let path = outer?.path, !path.isEmpty else { return name }
        return "\(path)/\(name)"
    }

    func shape(of sizes: [Int]) -> Shape { standIn?.shape(of: sizes) ?? Shape(sizes) }

    /// The shape of a tensor in the call that runs now, as the user knows it.
    static func shape(of tensor: Tensor) -> Shape { current?.shape(of: tensor.shape) ?? Shape(tensor.shape) }
}

/// What the layer that is being built was called on, for messages.
enum Building {
    @TaskLocal static var sources: [TensorSource] = []
}

extension Shape {
    /// The size of an axis that a layer's weights depend on.
    ///
    /// - Throws: `KerasError.unknownDimension` if it is not known.
    public func known(axis: Int, for layer: Layer) throws -> Int {
        if let size = self[axis] { return size }
        let source = Building.sources.first { $0.shape == self } ?? TensorSource(shape: self, dtype: layer.computeDType)
        throw KerasError.unknownDimension(layer.place, axis: axis, input: source)
    }
}
