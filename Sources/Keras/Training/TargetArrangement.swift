/// Targets and weights by the outputs' positions.
struct TargetArrangement {
    let targets: [Tensor?]
    let weights: [Tensor?]

    /// - Parameter loss: what is compiled, which says which outputs have targets; nil: all.
    /// - Throws: `KerasError.trainingData` for targets or weights that do not fit the outputs.
    init(y: Structure<Tensor>?, sampleWeight: Structure<Tensor>?, names: OutputNames, model: Model, loss: CompiledLoss?) throws {
        let count = names.names.count
        guard let y else {
            if loss != nil { throw KerasError.trainingData(.missingTargets(model: model.name, action: "The loss")) }
            targets = Array(repeating: nil, count: count)
            weights = targets
            return
        }
        targets = try Self.positions(of: y, names, loss, model: model.name) {
            .targetCount(model: model.name, expected: names.names, got: $0)
        }
        switch sampleWeight {
        case nil:
            weights = Array(repeating: nil, count: count)
        case .one(let weight)?:
            weights = targets.map { $0 == nil ? nil : weight }
        case let given?:
            weights = try Self.positions(of: given, names, loss, model: model.name) { .sampleWeightCount(expected: count, got: $0) }
        }
    }

    private static func positions(
        of given: Structure<Tensor>, _ names: OutputNames, _ loss: CompiledLoss?, model: String, wrongCount: (Int) -> TrainingDataError
    ) throws -> [Tensor?] {
        let count = names.names.count
        var result = [Tensor?](repeating: nil, count: count)
        if case .dictionary(let entries) = given {
            for (key, value) in entries {
                guard let position = names.position(of: key), let leaf = value.single else {
                    throw KerasError.trainingData(.targetNames(model: model, expected: names.names, got: entries.map(\.key)))
                }
                result[position] = leaf
            }
            return result
        }
        let leaves = given.leaves
        if leaves.count == count { return leaves }
        // Targets for the outputs that have a loss only.
        guard let places = try loss?.outputsWithLoss(names), places.count == leaves.count else {
            throw KerasError.trainingData(wrongCount(leaves.count))
        }
        for (place, leaf) in zip(places, leaves) { result[place] = leaf }
        return result
    }
}
