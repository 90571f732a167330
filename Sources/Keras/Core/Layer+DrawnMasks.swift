/// Arguments of a drawn call that nobody gave: Keras fills them in where a layer is called on one tensor and nothing else, and writes them
/// into configs.
struct FilledArguments: OptionSet {
    let rawValue: Int

    /// `training`, as false: how the model is called decides later.
    static let training = FilledArguments(rawValue: 1)
    /// `mask`, as the one that comes with the tensor.
    static let mask = FilledArguments(rawValue: 2)
}

extension Layer {
    /// The arguments of a drawn call with those that Keras fills in.
    ///
    /// It does so for a call on one tensor, of the type that the layer takes, and for any call of a functional model. Elsewhere a mask
    /// goes along without being an argument: in lists of inputs, beside arguments by name, and where types are cast.
    func filled(_ arguments: CallArguments<KerasTensor>) -> CallArguments<KerasTensor> {
        guard arguments.keywords.isEmpty, arguments.options.isEmpty, arguments.training == nil, arguments.filled.isEmpty,
            takesUnchanged(arguments.inputs)
        else { return arguments }
        var result = arguments
        result.filled = filledArguments
        guard filledArguments.contains(.mask), arguments.inputs.leaves.contains(where: { $0.drawnMask != nil }) else { return result }
        result.keywords = [(name: "mask", value: arguments.inputs.flatMap { $0.drawnMask.map(Structure.one) ?? .list([]) })]
        return result
    }

    /// The masks of a drawn call's results as places in the graph, as far as Keras knows them while a graph is drawn.
    func drawingMasks(of outputs: Structure<TensorSpec>, _ arguments: CallArguments<KerasTensor>) throws -> Structure<TensorSpec> {
        guard outputs.leaves.contains(where: { $0.mask != nil }) else { return outputs }
        guard supportsMasking else { return outputs.map(\.withHiddenMask) }
        let inputs = arguments.inputs.leaves
        let given = arguments.keywords.first { $0.name == "mask" }?.value.masks ?? inputs.map(\.drawnMask)
        let masks = given.map { $0?.history == nil ? nil : $0 }
        guard let drawn = try drawMasks(inputs, masks: masks) else { return outputs }
        var index = 0
        return outputs.map { output in
            defer { index += 1 }
            guard index < drawn.count, let mask = drawn[index] else { return output.withHiddenMask }
            var output = output
            output.mask = mask
            return output
        }
    }
}

extension KerasTensor {
    /// The mask, if it is a place in the graph.
    var drawnMask: KerasTensor? { mask?.history == nil ? nil : mask }
}

extension TensorSpec {
    /// The same with a mask that is there when the model runs, but no place in the graph.
    var withHiddenMask: TensorSpec {
        var result = self
        result.mask = mask.map { KerasTensor(shape: $0.shape, dtype: $0.dtype) }
        return result
    }
}

/// Draws the operations that make masks, at the place of the layer call that runs now.
struct MaskPen {
    private let place = CurrentPlace.current ?? CallPlace()

    func draw(_ className: String, _ arguments: (any GraphOperand)?..., settings: Config = [:]) throws -> KerasTensor {
        try KerasOperation.draw(className, arguments, settings: settings, at: place)[0]
    }

    /// Whether a step of `x` has anything but `value`.
    func differs(_ x: KerasTensor, from value: some GraphOperand) throws -> KerasTensor { try draw("NotEqual", x, value) }
    func any(_ x: KerasTensor) throws -> KerasTensor { try draw("Any", x, settings: ["axis": -1]) }
    func or(_ a: KerasTensor, _ b: KerasTensor) throws -> KerasTensor { try draw("LogicalOr", a, b) }
}
