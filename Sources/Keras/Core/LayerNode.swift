/// One call of a layer in a graph: what it was called on, what came out, and where in the user's program that stands.
///
/// A shared layer has several: `layer.inboundNodes`.
public struct LayerNode {
    public let layer: Layer
    /// Which of the layer's calls this is, from 0.
    public let index: Int

    var record: CallRecord { layer.records[index] }

    /// What the layer was called on, as it was given.
    public var inputs: Structure<KerasTensor> { record.arguments.inputs }

    /// Everything that goes into the call: inputs, then tensors given by name, such as `mask`.
    public var inputTensors: [KerasTensor] { record.arguments.tensors }

    /// What came out, in the layer's arrangement.
    public var outputs: Structure<KerasTensor> {
        var index = 0
        return record.outputs.map { spec in
            defer { index += 1 }
            return spec.tensor(of: self, at: index)
        }
    }

    public var outputTensors: [KerasTensor] { outputs.leaves }

    /// `training` as given in the call; `nil`: as the model is called.
    public var training: Bool? { record.arguments.training }

    /// Where the call stands: `Router.swift:42`.
    public var place: CallPlace { record.place }

    /// Whether this is the node of an `Input`.
    public var isInput: Bool { inputTensors.isEmpty && layer is InputLayer }

    /// The nodes that this one's inputs come from.
    public var parents: [LayerNode] { inputTensors.compactMap(\.node) }
}

extension LayerNode: Hashable {
    public static func == (a: LayerNode, b: LayerNode) -> Bool { a.layer === b.layer && a.index == b.index }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(layer))
        hasher.combine(index)
    }
}

/// A place in a user's program.
public struct CallPlace: Hashable, Sendable, CustomStringConvertible {
    public let fileID: String
    public let line: Int

    public init(fileID: String = #fileID, line: Int = #line) {
        self.fileID = fileID
        self.line = line
    }

    /// The file without its module, and the line.
    public var description: String {
        let file = fileID.split(separator: "/").last.map(String.init) ?? fileID
        return line > 0 ? "\(file):\(line)" : file
    }
}

/// What a layer is called with.
struct CallArguments<Leaf> {
    var inputs: Structure<Leaf>
    /// Further tensors, by Keras' name for the argument (`mask`, `initial_state`), sorted.
    var keywords: [(name: String, value: Structure<Leaf>)] = []
    var training: Bool?
    /// Arguments that are no tensors, by Keras' name (`use_causal_mask`).
    var options = Config()
    /// Of an operation's call: its arguments as they were given, constants among them. The inputs are their tensors, in order.
    var form: OperationForm?
    /// Arguments that were not given and that Keras writes into configs all the same.
    var filled: FilledArguments = []

    var tensors: [Leaf] { inputs.leaves + keywords.flatMap(\.value.leaves) }

    /// With the keywords in the order in which Keras comes across them, which decides the order of a model's layers: those that can stand
    /// by position, as far as they follow one another, then the others by name.
    func ordered(_ positional: [String]) -> CallArguments {
        let byPosition = positional.prefix { name in keywords.contains { $0.name == name } }
        var result = self
        result.keywords = byPosition.flatMap { name in keywords.filter { $0.name == name } }
            + keywords.filter { !byPosition.contains($0.name) }.sorted { $0.name < $1.name }
        return result
    }

    func map<Other>(_ transform: (Leaf) throws -> Other) rethrows -> CallArguments<Other> {
        CallArguments<Other>(
            inputs: try inputs.map(transform), keywords: try keywords.map { (name: $0.name, value: try $0.value.map(transform)) },
            training: training, options: options, form: form, filled: filled)
    }
}

/// What a layer remembers of one call. It names the inputs, and so keeps alive what is before it, but not what comes after.
final class CallRecord {
    let arguments: CallArguments<KerasTensor>
    let outputs: Structure<TensorSpec>
    let place: CallPlace
    /// The layers that were called on the results, for `outboundNodes`.
    var consumers: [Consumer] = []

    struct Consumer {
        weak var layer: Layer?
        let index: Int
    }

    init(arguments: CallArguments<KerasTensor>, outputs: Structure<TensorSpec>, place: CallPlace) {
        self.arguments = arguments
        self.outputs = outputs
        self.place = place
    }
}

/// Shape, type and mask of a result. The mask comes from what is before the call, never from the call itself.
struct TensorSpec {
    var shape: Shape
    var dtype: DType
    var name: String?
    var mask: KerasTensor?

    func tensor(of node: LayerNode, at index: Int) -> KerasTensor {
        KerasTensor(
            shape: shape, dtype: dtype, name: name, mask: mask,
            history: .init(layer: node.layer, nodeIndex: node.index, tensorIndex: index))
    }
}
