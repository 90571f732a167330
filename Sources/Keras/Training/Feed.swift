/// One batch as the traced step takes it: memory, types, arrangement.
struct FeedBatch {
    let buffers: [any Buffer]
    let types: [TensorType]
    let template: BatchTemplate

    var count: Int { types.first?.shape.first ?? 0 }

    /// The batch as tensors, for running without a trace.
    var tensors: TrainingBatch { template.fill(buffers.map { Tensor(buffer: $0) }) }

    init(buffers: [any Buffer], types: [TensorType], template: BatchTemplate) {
        self.buffers = buffers
        self.types = types
        self.template = template
    }

    /// A batch of tensors, computed now.
    init(_ batch: TrainingBatch) throws {
        let leaves = batch.leaves
        try evaluate(leaves)
        buffers = try leaves.map { try $0.buffer() }
        types = leaves.map(\.type)
        template = BatchTemplate(batch)
    }
}

/// Batches, one pass after another.
protocol Feed: AnyObject {
    /// The number of batches of a pass, if it is known.
    var batchCount: Int? { get }
    /// Begins a pass.
    func restart() throws
    /// The next batch of the pass; nil at its end.
    func next() throws -> FeedBatch?
}

/// Batches of rows of arrays, in a new order for each pass if wanted.
final class ArrayFeed: Feed {
    let sampleCount: Int
    let batchSize: Int
    /// The rows that are taken.
    private let rows: Range<Int>
    private let shuffles: Bool
    private let random: () throws -> HostRandom
    private let leaves: [Tensor]
    private let rowBytes: [Int]
    private let template: BatchTemplate
    private let fullTypes, lastTypes: [TensorType]
    private var order: [Int32] = []
    private var position = 0

    /// - Parameters:
    ///   - data: computed tensors of equal first size, at least one sample.
    ///   - rows: which samples; nil: all.
    ///   - random: by what a pass is shuffled.
    init(
        _ data: TrainingBatch, rows: Range<Int>? = nil, batchSize: Int, shuffles: Bool,
        random: @escaping () throws -> HostRandom = HostRandom.fromGlobalSeed
    ) {
        self.shuffles = shuffles
        self.random = random
        leaves = data.leaves
        self.rows = rows ?? 0..<data.count
        sampleCount = self.rows.count
        self.batchSize = min(batchSize, max(sampleCount, 1))
        template = BatchTemplate(data)
        rowBytes = leaves.map { $0.type.byteCount / max($0.shape.first ?? 1, 1) }
        func types(_ rows: Int) -> [TensorType] { data.leaves.map { TensorType([rows] + $0.shape.dropFirst(), $0.dtype) } }
        fullTypes = types(self.batchSize)
        let rest = sampleCount % self.batchSize
        lastTypes = rest == 0 ? fullTypes : types(rest)
    }

    var batchCount: Int? { (sampleCount + batchSize - 1) / batchSize }

    func restart() throws {
        position = 0
        guard shuffles else { return }
        order = rows.map { Int32(clamping: $0) }
        var generator = try random()
        order.shuffle(using: &generator)
    }

    func next() throws -> FeedBatch? {
        let count = min(batchSize, sampleCount - position)
        guard count > 0 else { return nil }
        let types = count == batchSize ? fullTypes : lastTypes
        let start = position
        position += count
        // All rows in their order: the arrays themselves.
        if !shuffles, count == leaves.first?.shape.first {
            return FeedBatch(buffers: try leaves.map { try $0.buffer() }, types: types, template: template)
        }
        let buffers = try leaves.indices.map { index in
            try Backend.engine.makeBuffer(types[index]) { target in
                try leaves[index].withUnsafeBytes { source in copy(start, count, rowBytes[index], from: source, to: target) }
            }
        }
        return FeedBatch(buffers: buffers, types: types, template: template)
    }

    private func copy(_ start: Int, _ count: Int, _ bytes: Int, from source: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer) {
        guard bytes > 0, let from = source.baseAddress, let to = target.baseAddress else { return }
        if !shuffles {
            to.copyMemory(from: from + (rows.lowerBound + start) * bytes, byteCount: count * bytes)
            return
        }
        order.withUnsafeBufferPointer { order in
            for row in 0..<count {
                (to + row * bytes).copyMemory(from: from + Int(order[start + row]) * bytes, byteCount: bytes)
            }
        }
    }
}

/// Batches of a data set that yields them.
final class DatasetFeed: Feed {
    private let dataset: Dataset
    private var iterator: DatasetIterator?
    private let prepare: (TrainingBatch) throws -> TrainingBatch
    private(set) var batchCount: Int?

    init(_ dataset: Dataset, prepare: @escaping (TrainingBatch) throws -> TrainingBatch) {
        self.dataset = dataset
        self.prepare = prepare
        batchCount = dataset.count
    }

    func restart() throws { iterator = try dataset.makeIterator() }

    func next() throws -> FeedBatch? {
        if iterator == nil { try restart() }
        guard let batch = try iterator?.next() else { return nil }
        return try FeedBatch(prepare(batch))
    }
}
