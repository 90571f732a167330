/// Checks what users give as data, and brings it into the form that steps take.
struct TrainingData {
    let model: Model

    /// Arrays as one batch of all samples, checked.
    ///
    /// - Throws: `KerasError.trainingData` if something is empty, lengths differ, or an array does not suit its input.
    func arrays(
        x: Structure<Tensor>, y: Structure<Tensor>?, sampleWeight: Structure<Tensor>?, classWeight: [Int: Double]? = nil
    ) throws -> TrainingBatch {
        if let y, y.leafCount == 0 { throw KerasError.trainingData(.emptyData(argument: "y")) }
        guard x.leafCount > 0 else { throw KerasError.trainingData(.emptyData(argument: "x")) }
        if classWeight != nil, sampleWeight != nil { throw KerasError.trainingData(.weightsTwice) }
        try checkLengths([("x", x), ("y", y), ("sampleWeight", sampleWeight)])
        var batch = TrainingBatch(x: try inputs(x), y: try y?.map(inFloatx), sampleWeight: try sampleWeight?.map(inFloatx))
        if let sampleWeight, let y, sampleWeight.leafCount != 1, sampleWeight.leafCount != y.leafCount {
            throw KerasError.trainingData(.sampleWeightCount(expected: y.leafCount, got: sampleWeight.leafCount))
        }
        if let classWeight {
            guard let labels = y?.single else { throw KerasError.trainingData(.classWeightNeedsOneOutput) }
            batch.sampleWeight = .one(try ClassWeights.sampleWeights(labels, classWeight))
        }
        try evaluate(batch.leaves)
        return batch
    }

    /// A batch of a data set, checked.
    func batch(_ batch: TrainingBatch, classWeight: [Int: Double]? = nil) throws -> TrainingBatch {
        try arrays(x: batch.x, y: batch.y, sampleWeight: batch.sampleWeight, classWeight: classWeight)
    }

    // MARK: Lengths

    private func checkLengths(_ parts: [(argument: String, structure: Structure<Tensor>?)]) throws {
        var lengths: [TrainingDataError.Length] = []
        for (argument, structure) in parts {
            guard let structure else { continue }
            let isOne = structure.leafCount == 1
            for (index, leaf) in structure.leaves.enumerated() {
                let name = isOne ? argument : "\(argument)[\(leafNames(structure)[index])]"
                guard let count = leaf.shape.first else { throw KerasError.trainingData(.scalarData(argument: name)) }
                guard count > 0 else { throw KerasError.trainingData(.emptyData(argument: name)) }
                lengths.append(TrainingDataError.Length(argument: name, count: count))
            }
        }
        guard Set(lengths.map(\.count)).count <= 1 else { throw KerasError.trainingData(.lengths(lengths)) }
    }

    private func leafNames(_ structure: Structure<Tensor>) -> [String] {
        if case .dictionary(let entries) = structure, entries.count == structure.leafCount { return entries.map { "\"\($0.key)\"" } }
        return structure.leaves.indices.map(String.init)
    }

    // MARK: Inputs

    /// Inputs in shapes that suit the model's.
    private func inputs(_ x: Structure<Tensor>) throws -> Structure<Tensor> {
        let expected = model.inputs
        guard !expected.isEmpty else { return try x.map(inFloatx) }
        let names = model.inputNames
        if case .dictionary(let entries) = x {
            var keys = names
            if case .dictionary(let places)? = model.inputStructure, places.count == names.count,
                !Set(names).isSuperset(of: entries.map(\.key)) {
                keys = places.map(\.key)
            }
            guard Set(entries.map(\.key)) == Set(keys) else {
                throw KerasError.trainingData(.inputNames(model: model.name, expected: keys, got: entries.map(\.key)))
            }
            return .dictionary(try entries.map { key, value in
                let index = keys.firstIndex(of: key) ?? 0
                return (key: key, value: try value.map { try suited($0, to: expected[index], named: names[index]) })
            })
        }
        guard x.leafCount == expected.count else {
            throw KerasError.trainingData(.inputCount(model: model.name, expected: names, got: x.leafCount))
        }
        var index = -1
        return try x.map { leaf in
            index += 1
            return try suited(leaf, to: expected[index], named: names[index])
        }
    }

    /// As Keras: a last axis of size 1 is added or dropped where only that is amiss.
    private func suited(_ tensor: Tensor, to input: KerasTensor, named name: String) throws -> Tensor {
        var tensor = try inFloatx(tensor)
        let expected = input.shape
        if tensor.rank + 1 == expected.rank, expected.last == 1 {
            tensor = try tensor.reshaped(tensor.shape + [1])
        } else if tensor.rank == expected.rank + 1, tensor.shape.last == 1 {
            tensor = try tensor.reshaped(Array(tensor.shape.dropLast()))
        }
        let sizes = tensor.shape
        let fits = sizes.count == expected.rank && zip(sizes, expected).dropFirst().allSatisfy { $1 == nil || $0 == $1 }
        guard fits else {
            let shape = expected.rank > 0 ? [nil] + expected[1...] : expected
            throw KerasError.trainingData(.inputShape(model: model.name, input: name, expected: shape, got: tensor.shape))
        }
        return tensor
    }

    /// Floats in Keras' floating-point type; other types stay.
    private func inFloatx(_ tensor: Tensor) throws -> Tensor {
        tensor.dtype.isFloatingPoint && tensor.dtype != floatx() ? try tensor.cast(to: floatx()) : tensor
    }

    // MARK: Splitting

    /// The first samples for training, the last for validation.
    static func split(_ count: Int, _ share: Double) throws -> (training: Range<Int>, validation: Range<Int>) {
        let cut = Int((Double(count) * (1 - share)).rounded(.down))
        guard cut > 0, cut < count else { throw KerasError.trainingData(.validationSplitTooSmall(split: share, samples: count)) }
        return (0..<cut, cut..<count)
    }
}

/// Weights of samples from weights of their classes.
enum ClassWeights {
    /// - Parameter labels: class numbers `[batch]` or `[batch, 1]`, or rows whose greatest entry is the class.
    static func sampleWeights(_ labels: Tensor, _ weights: [Int: Double]) throws -> Tensor {
        var classes = labels
        if labels.rank > 1 {
            classes = labels.shape.last == 1 ? try ops.squeeze(labels, axis: -1) : try ops.argmax(labels, axis: -1)
        }
        guard classes.rank == 1 else { throw KerasError.trainingData(.classWeightNeedsOneOutput) }
        let numbers = try classes.cast(to: .float32).array(Float.self)
        return try Tensor(numbers.map { Float(weights[Int(saturating: $0.rounded(.toNearestOrEven))] ?? 1) })
    }
}

extension Int {
    /// The nearest Int; 0 for NaN.
    init(saturating value: Float) {
        self = value.isNaN ? 0 : value >= 9e18 ? .max : value <= -9e18 ? .min : Int(value)
    }
}
