/// The outputs of a model under the names that losses, metrics and targets go by.
struct OutputNames: Equatable {
    /// By position: the key of a dictionary of outputs, else the layer's name.
    let names: [String]
    /// By position: the name of the layer that makes the output, where a graph tells.
    let layers: [String]

    init(_ outputs: Structure<Tensor>, model: Model) { self.init(outputs, layers: model.outputNames) }

    /// - Parameter known: the names of the layers that make the outputs, if a graph tells.
    init<Leaf>(_ outputs: Structure<Leaf>, layers known: [String]) {
        let count = outputs.leafCount
        layers = known.count == count ? known : (0..<count).map { "output_\($0)" }
        if case .dictionary(let entries) = outputs, entries.count == count {
            names = entries.map(\.key)
        } else {
            names = layers
        }
    }

    /// The position of an output by key or layer name.
    func position(of name: String) -> Int? { names.firstIndex(of: name) ?? layers.firstIndex(of: name) }

    /// Values given by name, by position.
    ///
    /// - Throws: `KerasError.training(.outputKeys)` for a name that no output has.
    func arranged<Value>(_ entries: [(key: String, value: Value)], argument: String) throws -> [Value?] {
        var result = [Value?](repeating: nil, count: names.count)
        for (key, value) in entries {
            guard let position = position(of: key) else {
                throw KerasError.training(.outputKeys(argument: argument, given: entries.map(\.key), outputs: names))
            }
            result[position] = value
        }
        return result
    }
}
