/// Arrays whose rows are samples.
final class RowSource: Sendable {
    let count: Int
    private let leaves: [Tensor]
    private let rowBytes: [Int]
    private let template: BatchTemplate

    init(_ arrays: TrainingBatch) throws {
        leaves = arrays.leaves
        template = BatchTemplate(arrays)
        var lengths: [TrainingDataError.Length] = []
        for (argument, structure) in [("x", arrays.x), ("y", arrays.y), ("sampleWeight", arrays.sampleWeight)] {
            for leaf in structure?.leaves ?? [] {
                guard let count = leaf.shape.first else { throw KerasError.trainingData(.scalarData(argument: argument)) }
                guard count > 0 else { throw KerasError.trainingData(.emptyData(argument: argument)) }
                lengths.append(TrainingDataError.Length(argument: argument, count: count))
            }
        }
        guard let first = lengths.first else { throw KerasError.trainingData(.emptyData(argument: "x")) }
        guard lengths.allSatisfy({ $0.count == first.count }) else { throw KerasError.trainingData(.lengths(lengths)) }
        count = first.count
        try evaluate(leaves)
        rowBytes = leaves.map { $0.type.byteCount / max($0.shape.first ?? 1, 1) }
    }

    /// One row, without the first axis.
    func sample(_ index: Int) throws -> TrainingBatch {
        template.fill(try leaves.indices.map { try rows([index], of: $0, shape: Array(leaves[$0].shape.dropFirst())) })
    }

    /// Rows as a batch.
    func batch(_ indices: [Int]) throws -> TrainingBatch {
        template.fill(try leaves.indices.map { try rows(indices, of: $0, shape: [indices.count] + leaves[$0].shape.dropFirst()) })
    }

    private func rows(_ indices: [Int], of leaf: Int, shape: [Int]) throws -> Tensor {
        let bytes = rowBytes[leaf]
        return try Tensor(shape: shape, dtype: leaves[leaf].dtype) { target in
            try leaves[leaf].withUnsafeBytes { source in
                guard bytes > 0, let from = source.baseAddress, let to = target.baseAddress else { return }
                for (place, index) in indices.enumerated() {
                    (to + place * bytes).copyMemory(from: from + index * bytes, byteCount: bytes)
                }
            }
        }
    }
}

/// Puts samples together.
enum Collation {
    static func batch(_ items: [ItemStream.Item]) throws -> TrainingBatch {
        if case .row(let source, _)? = items.first {
            let indices = items.compactMap { item -> Int? in
                if case .row(let other, let index) = item, other === source { return index }
                return nil
            }
            if indices.count == items.count { return try source.batch(indices) }
        }
        return try stack(items.map { try $0.element() })
    }

    private static func stack(_ samples: [TrainingBatch]) throws -> TrainingBatch {
        let template = BatchTemplate(samples[0])
        let rows = samples.map(\.leaves)
        try evaluate(rows.flatMap { $0 })
        for row in rows where row.count != rows[0].count {
            throw KerasError.data(.elementStructure(expected: rows[0].count, got: row.count))
        }
        return template.fill(try rows[0].indices.map { leaf in
            let first = rows[0][leaf]
            for (position, row) in rows.enumerated() where row[leaf].type != first.type {
                throw KerasError.data(.unevenElements(position: position, expected: first.shape, got: row[leaf].shape))
            }
            let bytes = first.type.byteCount
            return try Tensor(shape: [rows.count] + first.shape, dtype: first.dtype) { target in
                for (position, row) in rows.enumerated() {
                    try row[leaf].withUnsafeBytes { source in
                        UnsafeMutableRawBufferPointer(rebasing: target[(position * bytes)..<((position + 1) * bytes)]).copyMemory(from: source)
                    }
                }
            }
        })
    }
}
