/// Gives the values of each sample another shape.
///
/// - Input: `[batch, …]`. Output: `[batch] + targetShape`; one size may be -1 and is then found from the others.
/// - Throws: `KerasError.incompatibleInput` if the numbers of elements differ; `.invalidArgument` for other negative sizes.
/// - Source: `keras.layers.Reshape`.
///
/// ```swift
/// let y = try Reshape([4, 4, 1])(Input(shape: [16]))     // [nil, 4, 4, 1]
/// ```
public final class Reshape: Layer {
    public let targetShape: [Int]

    public init(_ targetShape: [Int], name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.targetShape = targetShape
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        // Keras writes an unknown size as null in older files.
        targetShape = try config.value("target_shape", as: Shape.self).sizes.map { $0 ?? -1 }
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        let rule = "of sizes that are 0 or more, one of them -1 at most"
        require(targetShape.allSatisfy { $0 >= -1 } && targetShape.count { $0 == -1 } < 2, "targetShape", rule, got: targetShape)
        inputSpec = [InputSpec(minRank: 1, layout: "[batch, …]")]
    }

    override func check(_ sources: Structure<TensorSource>) throws {
        try super.check(sources)
        guard let source = sources.single, let count = source.shape[1...].elementCount else { return }
        let known = targetShape.filter { $0 != -1 }.reduce(1, *)
        if targetShape.contains(-1) ? known > 0 && count % known == 0 : count == known { return }
        let need = "inputs of \(targetShape.contains(-1) ? "a multiple of " : "")\(known) elements a sample for its shape \(targetShape)"
        throw KerasError.incompatibleInput(
            place, requirement: .other(need, remedy: "Each sample has \(count)."), index: nil, name: nil, input: source)
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        let count = inputs.shape.dropFirst().reduce(1, *)
        var sizes = targetShape
        if let free = targetShape.firstIndex(of: -1) {
            // Spelled out, so that an empty batch is no riddle.
            let known = targetShape.filter { $0 != -1 }.reduce(1, *)
            sizes[free] = known == 0 ? 0 : count / known
        }
        let shape = [inputs.shape[0]] + sizes
        // A size that stands for an unknown one need not fit; what comes later will.
        if CallContext.current?.standIn != nil, sizes.reduce(1, *) != count { return try ops.zeros(shape, dtype: inputs.dtype) }
        return try inputs.reshaped(shape)
    }

    override public var config: Config { ["target_shape": targetShape.configValue] }
}
