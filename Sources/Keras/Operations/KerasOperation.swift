/// An operation on places in a graph: what `x * 2`, `ops.reshape(x, [-1, 4])` and `x[.all, 0]` put into a model.
///
/// Operations have no weights and are no layers of a model: they stand in `model.operations`, not in `model.layers`, in summaries,
/// plots and configs. Masks end at them, as Keras'. Source: `keras.Operation` and its subclasses in `keras.ops`.
///
/// ```swift
/// let x = Input(shape: [16])
/// let y = try x * 2 + 1
/// y.node?.layer.name             // "add"
/// try Model(inputs: x, outputs: y).operations.map(\.name)     // ["input_layer", "multiply", "add"]
/// ```
public final class KerasOperation: Layer {
    let rule: OperationRule
    /// Keras' constructor arguments.
    let settings: Config

    /// - Throws: `KerasError.missingConfigKey`, `.unknownName` for settings.
    init(_ rule: OperationRule, settings: Config, name: String? = nil) throws {
        self.rule = rule
        self.settings = try rule.complete(settings)
        super.init(name: name ?? Naming.unique(forClass: rule.className), dtype: .float32)
        autocast = false
    }

    /// An operation is made from the class and the settings that a model's config names.
    public required init(config: Config) throws {
        throw KerasError.notConfigurable(object: "An operation", reason: "its config does not say which one it is; the model's does")
    }

    /// Keras' class: "Reshape".
    public var className: String { rule.className }

    override var classNameShown: String { rule.className }

    override public var config: Config { (["name": .string(name)] as Config).merging(settings) }

    override func arranged(_ arguments: CallArguments<KerasTensor>) throws -> CallArguments<KerasTensor> {
        if arguments.form != nil { return arguments }
        var arguments = arguments
        arguments.form = OperationForm(of: arguments.inputs, arguments: rule.arguments)
        return arguments
    }

    override public func call(_ inputs: Structure<Tensor>, _ call: LayerCall) throws -> Structure<Tensor> {
        let form = call.form ?? OperationForm(of: inputs, arguments: rule.arguments)
        var results = try rule.compute(OperationCall(self, form, inputs.leaves))
        for index in results.indices { results[index].kerasMask = nil }
        return results.count == 1 ? .one(results[0]) : Structure(list: results)
    }

    /// Sizes that may have to stand for unknown ones: those of constants and in settings, as in `ops.reshape(x, [2, 8])`.
    override func sizesForUnknown(_ arguments: CallArguments<KerasTensor>) -> [Int] {
        let form = arguments.form.map { $0.positional + $0.keywords.map(\.value) } ?? []
        func sizes(_ argument: OperationArgument<Int>) -> [Int] {
            switch argument {
            case .constant(let constant): constant.tensor.shape
            case .list(let items): [items.count] + items.flatMap(sizes)
            case .tensor, .plain, .slice, .ellipsis: []
            }
        }
        func sizes(_ value: ConfigValue) -> [Int] {
            switch value {
            case .int(let number): [number]
            case .list(let items): items.flatMap(sizes)
            case .null, .bool, .double, .string, .dictionary: []
            }
        }
        let found = form.flatMap(sizes) + settings.entries.flatMap { sizes($0.value) }
        return Set(found + [1]).filter { $0 > 0 && $0 <= Self.greatestSize }.sorted()
    }

    /// Larger sizes are not tried: no constant of a graph has them.
    private static let greatestSize = 1 << 16

    /// Tensor number `index` of a call.
    func tensor(_ index: Int, of tensors: [Tensor]) throws -> Tensor {
        guard tensors.indices.contains(index) else {
            throw KerasError.inputCount(place, expected: "\(index + 1) tensors or more", names: [], got: tensors.count)
        }
        return tensors[index]
    }
}
