/// A tensor that a call takes or gives, with sizes for every axis.
struct CostedTensor {
    var type: TensorType
    var mask: TensorType?

    /// A tensor without numbers.
    var placeholder: Tensor {
        var tensor = Tensor.placeholder(type)
        tensor.kerasMask = mask.map(Tensor.placeholder)
        return tensor
    }
}

/// What one call of a layer costs, counted from the graph that its `call` traces to.
struct CallCost {
    /// What comes out.
    let outputs: Structure<CostedTensor>
    /// Of the way forwards, not in training.
    let multiplyAdds: Int
    /// Multiply-adds by the labels of the layers inside.
    let multiplyAddsByLabel: [String: Int]
    /// What the gradient needs; `nil` if there is none to take.
    let needs: GradientNeeds?
    /// The bytes of the gradients of weights.
    let weightGradients: Int

    /// - Parameter active: the numbers of the tensors that gradients are passed on to.
    init(of layer: Layer, _ arguments: CallArguments<CostedTensor>, place: CallPlace?, active: [Int]) throws {
        let call = arguments.map(\.placeholder)
        let tensors = call.tensors
        var outputs = Structure<CostedTensor>.list([])
        let forward = try TracedGraph.of(tensors + tensors.compactMap(\.kerasMask)) {
            let results = try CallContext.with(training: false) { try layer.invoke(call, at: place) }
            outputs = results.map { CostedTensor(type: $0.type, mask: $0.kerasMask?.type) }
            return results.leaves
        }
        self.outputs = outputs
        multiplyAdds = forward.multiplyAdds
        multiplyAddsByLabel = forward.multiplyAddsByLabel
        let weights = layer.trainableVariables.filter(\.dtype.isFloatingPoint)
        weightGradients = weights.reduce(0) { $0 + $1.type.byteCount }
        guard !weights.isEmpty || !active.isEmpty else {
            needs = nil
            return
        }
        // Masks are arguments too, so that what hangs on them alone is not taken for a constant.
        let all = tensors + tensors.compactMap(\.kerasMask)
        let traced = try TracedGraph.withGradients(all, inputs: active, of: weights) {
            try CallContext.with(training: true) { try layer.invoke(call, at: place) }.leaves
        }
        needs = GradientNeeds(traced.graph, arguments: all.count, seeds: traced.seeds, results: traced.results)
    }
}
