extension Model {
    /// The data for the model's inputs from a file: an array for each, named after the input's layer (or after its key, where the model
    /// takes a dictionary), cast to the input's type. Where there is one input, `x` will do.
    ///
    /// - Returns: the inputs by position; a single one by itself.
    /// - Throws: `KerasError.data(.arrayNames)` if the file has other names; what ``ArrayFile/tensor(_:dtype:)`` throws.
    public func inputs(from file: ArrayFile) throws -> Structure<Tensor> {
        // A model that was never built does not say what it takes.
        if graph == nil { return try arrays(file, .input, [["x"]], short: "x") { _ in nil } }
        let keys = Self.keys(inputStructure, count: inputs.count)
        return try arrays(file, .input, [inputNames] + (keys.map { [$0] } ?? []), short: "x") { inputs[$0].dtype }
    }

    /// The targets for the model's outputs from a file: an array for each, named after the output as ``named(_:)`` does (or after its
    /// key, where the model gives a dictionary). Where there is one output, `y` will do. Outputs that no loss is compiled for need none.
    ///
    /// - Returns: the targets by position; a single one by itself.
    /// - Throws: `KerasError.data(.arrayNames)` if the file has other names; what ``ArrayFile/tensor(_:dtype:)`` throws.
    public func targets(from file: ArrayFile) throws -> Structure<Tensor> {
        if graph == nil { return try arrays(file, .output, [["y"]], short: "y") { _ in nil } }
        var choices = [Self.distinct(outputNames)] + (Self.keys(outputStructure, count: outputs.count).map { [$0] } ?? [])
        if let loss = trainer.settings?.loss, let structure = outputStructure {
            let places = try loss.outputsWithLoss(OutputNames(structure, layers: outputNames))
            if !places.isEmpty, places.count < outputs.count { choices += choices.map { names in places.map { names[$0] } } }
        }
        return try arrays(file, .output, choices, short: "y") { _ in nil }
    }

    /// What `predictions` gave, with the outputs' names: those of the layers that make them. A layer that makes several counts them:
    /// `lstm`, `lstm_1`, `lstm_2`.
    public func named(_ outputs: Structure<Tensor>) -> [(name: String, tensor: Tensor)] {
        let names = OutputNames(outputs, layers: outputNames).layers
        return Array(zip(Self.distinct(names), outputs.leaves))
    }

    /// - Parameter choices: names by position, any of which will do; messages say the first.
    private func arrays(
        _ file: ArrayFile, _ role: DataError.ArrayRole, _ choices: [[String]], short: String, dtype: (Int) -> DType?
    ) throws -> Structure<Tensor> {
        let given = Set(file.names)
        let expected = choices[0]
        let single = choices.contains { $0.count == 1 } ? [short] : nil
        guard let names = (choices + (single.map { [$0] } ?? [])).first(where: { Set($0) == given }) else {
            throw KerasError.data(.arrayNames(path: file.path, role, model: name, expected: expected, short: single?[0], got: file.names))
        }
        let tensors = try names.enumerated().map { try file.tensor($1, dtype: dtype($0)) }
        return tensors.count == 1 ? .one(tensors[0]) : Structure(list: tensors)
    }

    /// The keys of a flat dictionary, by position.
    private static func keys(_ structure: Structure<KerasTensor>?, count: Int) -> [String]? {
        guard case .dictionary(let entries)? = structure, entries.count == count else { return nil }
        return entries.map(\.key)
    }

    /// Names that differ: the second of a name gets `_1`.
    private static func distinct(_ names: [String]) -> [String] {
        var taken = Set(names)
        var seen: Set<String> = []
        return names.map { name in
            if seen.insert(name).inserted { return name }
            var count = 1
            while !taken.insert("\(name)_\(count)").inserted { count += 1 }
            return "\(name)_\(count)"
        }
    }
}
