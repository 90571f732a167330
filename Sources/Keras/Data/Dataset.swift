/// A stream of samples or batches that is made while it is used, and can be gone through again.
///
/// ```swift
/// let data = try Dataset(x: images, y: labels)
///     .shuffle(1000)
///     .batch(32)
///     .prefetch()
/// try model.fit(data, epochs: 3)
/// for batch in try data.take(1).elements() { print(batch.x) }
/// ```
///
/// A data set is a value: each of the methods gives a new one. Functions that are given to it may run on another thread.
public struct Dataset: Sendable {
    public typealias Element = TrainingBatch

    /// The number of elements of a pass; nil if it is not known, or there is no end.
    public let count: Int?
    /// Whether a pass never ends.
    public let isEndless: Bool
    let start: @Sendable () throws -> ItemStream

    init(count: Int?, isEndless: Bool = false, start: @escaping @Sendable () throws -> ItemStream) {
        self.count = count
        self.isEndless = isEndless
        self.start = start
    }

    // MARK: Sources

    /// The samples of arrays: slices along the first axis.
    ///
    /// - Parameters:
    ///   - x: inputs `[samples, …]`: one tensor, a list, or a dictionary.
    ///   - y: targets, of as many samples.
    ///   - sampleWeight: weights, of as many samples.
    /// - Throws: `KerasError.trainingData(.lengths)`, `.emptyData`, `.scalarData`.
    public init(x: any Structured<Tensor>, y: (any Structured<Tensor>)? = nil, sampleWeight: (any Structured<Tensor>)? = nil) throws {
        let rows = try RowSource(TrainingBatch(x: x, y: y, sampleWeight: sampleWeight))
        self.init(count: rows.count) {
            let next = Counter()
            return ItemStream {
                let index = next.advance()
                return index < rows.count ? .row(rows, index) : nil
            }
        }
    }

    /// Elements that are there.
    public init(_ elements: [Element]) {
        self.init(count: elements.count) {
            let next = Counter()
            return ItemStream {
                let index = next.advance()
                return index < elements.count ? .element(elements[index]) : nil
            }
        }
    }

    /// Elements that a function makes.
    ///
    /// ```swift
    /// let squares = Dataset.generator {
    ///     var i = 0
    ///     return {
    ///         i += 1
    ///         return i > 100 ? nil : TrainingBatch(x: Tensor(Float(i)), y: Tensor(Float(i * i)))
    ///     }
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - count: how many there are, if known.
    ///   - makeNext: called at the beginning of each pass; gives a function that gives the next element, or nil at the end.
    public static func generator(count: Int? = nil, _ makeNext: @escaping @Sendable () throws -> (() throws -> Element?)) -> Dataset {
        Dataset(count: count) {
            let next = try makeNext()
            return ItemStream { try next().map(ItemStream.Item.element) }
        }
    }

    // MARK: Use

    /// Begins a pass.
    public func makeIterator() throws -> DatasetIterator { DatasetIterator(try start()) }

    /// All elements of a pass.
    ///
    /// - Throws: `KerasError.trainingData(.endlessDataset)` for one without end.
    public func elements() throws -> [Element] {
        if isEndless { throw KerasError.trainingData(.endlessDataset(action: "Collecting the elements")) }
        let iterator = try makeIterator()
        var elements: [Element] = []
        while let element = try iterator.next() { elements.append(element) }
        return elements
    }
}

/// One pass through a ``Dataset``.
public final class DatasetIterator {
    private let stream: ItemStream

    init(_ stream: ItemStream) { self.stream = stream }

    /// The next element; nil at the end.
    public func next() throws -> Dataset.Element? { try stream.next()?.element() }
}

/// Elements one after another; rows of arrays are not cut out before somebody needs them.
///
/// It is `Sendable` because it has one owner at a time: what makes it hands it on and keeps nothing of it, and `prefetch`
/// hands it to one thread for good.
final class ItemStream: @unchecked Sendable {
    enum Item: Sendable {
        case element(TrainingBatch)
        case row(RowSource, Int)

        func element() throws -> TrainingBatch {
            switch self {
            case .element(let element): element
            case .row(let source, let index): try source.sample(index)
            }
        }
    }

    private let body: () throws -> Item?
    private var isAtEnd = false

    init(_ body: @escaping () throws -> Item?) { self.body = body }

    func next() throws -> Item? {
        if isAtEnd { return nil }
        let item = try body()
        if item == nil { isAtEnd = true }
        return item
    }
}

/// Counts up. One owner at a time, as the stream it belongs to.
final class Counter {
    private var value: Int

    init(_ value: Int = 0) { self.value = value }

    /// The number before.
    func advance() -> Int {
        defer { value += 1 }
        return value
    }
}
