/// What a model costs for a batch: arithmetic and memory, for the whole and for each layer.
///
/// ```swift
/// let cost = try vgg.cost(batchSize: 32)
/// cost.multiplyAdds                            // of one forward pass
/// cost.trainingPeak                            // bytes, besides weights and the optimizer's variables
/// try cost.of(vgg.layer(named: "block1_conv1")).activationBytes
/// ```
///
/// Everything is counted from the graphs that the layers' `call`s trace to, so that layers of one's own count like Keras'. Nothing is
/// computed.
public struct ModelCost: Sendable {
    /// What a layer costs, its calls in the model together; for a model inside, all that is in it.
    public struct Part: Hashable, Sendable {
        /// The multiplications, each with its addition, of matrix products and convolutions in one forward pass, as the field counts
        /// them: padding counts, the rest of the arithmetic does not.
        public var multiplyAdds = 0
        /// The bytes of what the calls give; `nil` where calls are not told apart: in a subclassed model.
        public var activationBytes: Int? = 0
        /// The bytes that live while the gradient of the layer's call is computed, at most over its calls; `nil` if no gradient is.
        ///
        /// These are, each once: what the calls up to this one keep for the way back (the inputs and outputs that gradients are
        /// computed from, and values in between, or what these are computed from element by element, whichever is less); the gradients
        /// of this call's outputs, inputs and weights; and the gradients of earlier results that later calls have already sent back.
        /// Masks, weights and the optimizer's variables are not in it.
        public var trainingPeak: Int?

        /// One multiply-add is two floating-point operations.
        public var flops: Int { multiplyAdds.multipliedReportingOverflow(by: 2).overflow ? .max : multiplyAdds * 2 }
    }

    public let batchSize: Int
    /// The whole model.
    public let total: Part
    /// The layer whose gradient needs the most memory.
    public let peakLayer: String?
    let parts: [ObjectIdentifier: Part]

    public var multiplyAdds: Int { total.multiplyAdds }
    /// Twice the multiply-adds.
    public var flops: Int { total.flops }
    public var activationBytes: Int { total.activationBytes ?? 0 }
    public var trainingPeak: Int? { total.trainingPeak }

    /// What a layer of the model costs; `nil` for one that is not in it, or is called by the code of another layer.
    public func of(_ layer: Layer) -> Part? { parts[ObjectIdentifier(layer)] }
}

extension Model {
    /// The floating-point operations of a forward pass for one sample: two for each multiply-add of a matrix product or convolution.
    ///
    /// - Throws: as ``flops(batchSize:inputShapes:)``.
    public var flops: Int { get throws { try flops(batchSize: 1) } }

    /// The floating-point operations of a forward pass: two for each multiply-add of a matrix product or convolution.
    ///
    /// - Parameters: as of ``cost(batchSize:inputShapes:)``.
    public func flops(batchSize: Int, inputShapes: [Shape]? = nil) throws -> Int {
        try cost(batchSize: batchSize, inputShapes: inputShapes).flops
    }

    /// What the model costs for a batch.
    ///
    /// - Parameters:
    ///   - batchSize: the samples of a batch.
    ///   - inputShapes: the inputs' shapes without the batch, for models whose inputs have sizes that are not known.
    /// - Throws: `KerasError.notBuilt`; `.display(.unknownSizes)` for inputs with sizes that are not known; what a layer's `call` throws.
    public func cost(batchSize: Int = 1, inputShapes: [Shape]? = nil) throws -> ModelCost {
        guard batchSize > 0 else { throw KerasError.display(.batchSize(got: batchSize)) }
        guard isDrawable else { throw KerasError.notBuilt(place, action: "counting its costs") }
        let tensors = try costedInputs(batchSize, inputShapes)
        var walk = CostWalk()
        let inputs = tensors.leaves.map { walk.add($0) }
        // Losses that layers added while they were traced mean nothing.
        defer { clearLosses() }
        walk.finish(
            graph != nil
                ? try walk.walk(self, inputs, inside: [])
                : try walk.call(self, CallArguments(inputs: tensors), slots: inputs, place: nil, inside: []))
        return walk.cost(of: self, batchSize: batchSize)
    }

    /// The model's inputs with every size known.
    func costedInputs(_ batchSize: Int, _ given: [Shape]?) throws -> Structure<CostedTensor> {
        let known: Structure<(name: String, shape: Shape, dtype: DType)>
        if let structure = inputStructure {
            known = structure.map { ($0.history?.layer.name ?? $0.name, $0.shape, $0.dtype) }
        } else {
            guard let shapes = buildShapes else { throw KerasError.notBuilt(place, action: "counting its costs") }
            // The batch that the model was built for says nothing of others.
            known = shapes.map { ("inputs", $0.rank > 0 ? [nil] + $0[1...] : $0, computeDType) }
        }
        if let given, given.count != known.leafCount {
            let names = known.leaves.map(\.name)
            throw KerasError.inputCount(place, expected: "\(names.count) shapes in inputShapes", names: names, got: given.count)
        }
        var next = 0
        return try known.map { name, shape, dtype in
            defer { next += 1 }
            var sizes = shape.sizes
            if !sizes.isEmpty { sizes[0] = sizes[0] ?? batchSize }
            if let given {
                let own = given[next].sizes
                guard own.count == max(sizes.count - 1, 0), zip(own, sizes.dropFirst()).allSatisfy({ $1 == nil || $0 == $1 }) else {
                    throw KerasError.display(.inputShape(model: self.name, input: name, expected: shape, got: given[next]))
                }
                sizes = sizes.prefix(1) + own
            }
            guard let known = Shape(sizes).known else {
                throw KerasError.display(.unknownSizes(model: self.name, input: name, shape: shape))
            }
            return CostedTensor(type: try TensorType(checking: known, dtype))
        }
    }
}
