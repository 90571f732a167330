import Synchronization

extension Dataset {
    /// Puts `size` samples together to a batch with a new first axis.
    ///
    /// - Parameter dropRemainder: whether a short last batch is left out.
    /// - Throws: `KerasError.data(.dataset)` for a size below 1. Samples of different shapes throw while the data set is used.
    public func batch(_ size: Int, dropRemainder: Bool = false) throws -> Dataset {
        guard size >= 1 else { throw KerasError.data(.dataset(operation: "batch", rule: "a size of 1 or more", got: "\(size)")) }
        let batches = count.map { dropRemainder ? $0 / size : ($0 + size - 1) / size }
        return derived(batches) { upstream in
            var items: [ItemStream.Item] = []
            while items.count < size, let item = try upstream.next() { items.append(item) }
            if items.isEmpty || (dropRemainder && items.count < size) { return nil }
            return .element(try Collation.batch(items))
        }
    }

    /// Gives elements in a random order: each is drawn from a buffer of the next `bufferSize` ones.
    ///
    /// - Parameters:
    ///   - bufferSize: as many as there are elements for a fully random order.
    ///   - seed: for an order that does not depend on `setRandomSeed`; each pass still has its own.
    ///   - reshuffleEachPass: whether each pass has its own order.
    /// - Throws: `KerasError.data(.dataset)` for a buffer below 1.
    public func shuffle(_ bufferSize: Int, seed: Int? = nil, reshuffleEachPass: Bool = true) throws -> Dataset {
        guard bufferSize >= 1 else {
            throw KerasError.data(.dataset(operation: "shuffle", rule: "a buffer of 1 or more", got: "\(bufferSize)"))
        }
        let seeds = ShuffleSeeds(seed: seed, changes: reshuffleEachPass)
        return Dataset(count: count, isEndless: isEndless) { [start] in
            let upstream = try start()
            var generator = try seeds.next()
            var buffer: [ItemStream.Item] = []
            return ItemStream {
                while buffer.count < bufferSize, let item = try upstream.next() { buffer.append(item) }
                guard !buffer.isEmpty else { return nil }
                buffer.swapAt(Int.random(in: buffer.indices, using: &generator), buffer.count - 1)
                return buffer.popLast()
            }
        }
    }

    /// Applies a function to each element.
    public func map(_ transform: @escaping @Sendable (Element) throws -> Element) -> Dataset {
        derived(count) { upstream in try upstream.next().map { .element(try transform($0.element())) } }
    }

    /// Leaves out the elements for which the function gives false.
    public func filter(_ isIncluded: @escaping @Sendable (Element) throws -> Bool) -> Dataset {
        derived(nil) { upstream in
            while let item = try upstream.next() {
                if try isIncluded(item.element()) { return item }
            }
            return nil
        }
    }

    /// The first `count` elements.
    public func take(_ limit: Int) -> Dataset {
        let limit = max(limit, 0)
        let count = isEndless ? limit : count.map { min($0, limit) }
        return Dataset(count: count) { [start] in
            let upstream = try start()
            let taken = Counter()
            return ItemStream { taken.advance() < limit ? try upstream.next() : nil }
        }
    }

    /// All but the first `amount` elements.
    public func skip(_ amount: Int) -> Dataset {
        let amount = max(amount, 0)
        return Dataset(count: count.map { max($0 - amount, 0) }, isEndless: isEndless) { [start] in
            let upstream = try start()
            var left = amount
            return ItemStream {
                while left > 0 {
                    left -= 1
                    if try upstream.next() == nil { return nil }
                }
                return try upstream.next()
            }
        }
    }

    /// The elements several times over; nil: without end.
    public func `repeat`(_ times: Int? = nil) -> Dataset {
        let total = times.flatMap { times in count.map { $0.multipliedReportingOverflow(by: max(times, 0)) } }
        return Dataset(count: total.flatMap { $0.overflow ? nil : $0.partialValue }, isEndless: times == nil && count != 0) { [start] in
            var upstream: ItemStream?
            var pass = 0
            return ItemStream {
                while pass < times ?? .max {
                    if upstream == nil { upstream = try start() }
                    let isNew = upstream
                    if let item = try isNew?.next() { return item }
                    upstream = nil
                    pass += 1
                    if times == nil, try start().next() == nil { return nil }
                }
                return nil
            }
        }
    }

    /// Makes elements on a thread of its own, up to `depth` ahead of their use.
    public func prefetch(_ depth: Int = 2) -> Dataset {
        let depth = max(depth, 1)
        return Dataset(count: count, isEndless: isEndless) { [start] in
            let prefetcher = Prefetcher(try start(), depth: depth)
            return ItemStream { try prefetcher.next() }
        }
    }

    /// A data set whose streams are made of this one's.
    private func derived(_ count: Int?, _ next: @escaping @Sendable (ItemStream) throws -> ItemStream.Item?) -> Dataset {
        Dataset(count: count, isEndless: isEndless) { [start] in
            let upstream = try start()
            return ItemStream { try next(upstream) }
        }
    }
}

/// The seeds of the passes of a shuffle.
private final class ShuffleSeeds: Sendable {
    private let seed: Int?
    private let changes: Bool
    private let state = Mutex<(pass: UInt64, fixed: UInt64?)>((0, nil))

    init(seed: Int?, changes: Bool) {
        self.seed = seed
        self.changes = changes
    }

    func next() throws -> HostRandom {
        if let seed {
            let pass = state.withLock { state in
                defer { if changes { state.pass += 1 } }
                return state.pass
            }
            return HostRandom(seed: UInt64(bitPattern: Int64(seed)) &+ pass &* 0x9e37_79b9_7f4a_7c15)
        }
        if !changes, let fixed = state.withLock({ $0.fixed }) { return HostRandom(seed: fixed) }
        var generator = try HostRandom.fromGlobalSeed()
        if !changes {
            let fixed = generator.next()
            state.withLock { $0.fixed = fixed }
            return HostRandom(seed: fixed)
        }
        return generator
    }
}
