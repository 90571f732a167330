import Synchronization

extension Dataset {
    /// Inputs and targets from two data sets in step: the inputs of one, and those of the other as targets.
    ///
    /// ```swift
    /// let pairs = Dataset.zip(images, labels)
    /// let weighted = Dataset.zip(images, labels, weights)
    /// ```
    ///
    /// It ends with the shortest.
    ///
    /// - Parameters:
    ///   - x: its elements' inputs become the inputs.
    ///   - y: its elements' inputs become the targets.
    ///   - sampleWeight: its elements' inputs become the weights.
    /// - Source: `tf.data.Dataset.zip`.
    public static func zip(_ x: Dataset, _ y: Dataset, _ sampleWeight: Dataset? = nil) -> Dataset {
        inStep([x, y] + (sampleWeight.map { [$0] } ?? [])) { parts in
            TrainingBatch(x: parts[0].x, y: parts[1].x, sampleWeight: parts.count > 2 ? parts[2].x : nil)
        }
    }

    /// The elements of several data sets in step, put together by a function. It ends with the shortest.
    public static func zip(_ datasets: [Dataset], _ combine: @escaping @Sendable ([Element]) throws -> Element) -> Dataset {
        datasets.isEmpty ? Dataset([]) : inStep(datasets, combine)
    }

    private static func inStep(_ datasets: [Dataset], _ combine: @escaping @Sendable ([Element]) throws -> Element) -> Dataset {
        // Endless ones do not limit the others; where another's count is not known, the result's is not.
        let ending = datasets.filter { !$0.isEndless }
        let counts = ending.compactMap(\.count)
        return Dataset(count: counts.count == ending.count ? counts.min() : nil, isEndless: ending.isEmpty) {
            let streams = try datasets.map { try $0.start() }
            return ItemStream {
                var parts: [Element] = []
                for stream in streams {
                    guard let item = try stream.next() else { return nil }
                    parts.append(try item.element())
                }
                return .element(try combine(parts))
            }
        }
    }

    /// These elements, then those of another data set.
    public func concatenate(_ other: Dataset) -> Dataset {
        let total = count.flatMap { count in other.count.map { count + $0 } }
        return Dataset(count: isEndless ? nil : total, isEndless: isEndless || other.isEndless) { [start] in
            let first = try start()
            var second: ItemStream?
            return ItemStream {
                if second == nil {
                    if let item = try first.next() { return item }
                    second = try other.start()
                }
                return try second?.next()
            }
        }
    }

    /// The samples of batches one by one: the mirror of ``batch(_:dropRemainder:)``.
    ///
    /// - Throws: while it is used, `KerasError.trainingData` for elements that are no batches.
    public func unbatch() -> Dataset {
        Dataset(count: nil, isEndless: isEndless) { [start] in
            let upstream = try start()
            var rows: RowSource?
            var next = 0
            return ItemStream {
                while true {
                    if let rows, next < rows.count {
                        next += 1
                        return .row(rows, next - 1)
                    }
                    guard let item = try upstream.next() else { return nil }
                    rows = try RowSource(item.element())
                    next = 0
                }
            }
        }
    }

    /// Keeps the elements of the first whole pass, so that later passes do not make them again.
    public func cache() -> Dataset {
        let kept = KeptElements()
        return Dataset(count: count, isEndless: isEndless) { [start] in
            if let items = kept.items {
                let next = Counter()
                return ItemStream {
                    let index = next.advance()
                    return index < items.count ? items[index] : nil
                }
            }
            let upstream = try start()
            var seen: [ItemStream.Item] = []
            return ItemStream {
                guard let item = try upstream.next() else {
                    kept.keep(seen)
                    return nil
                }
                seen.append(item)
                return item
            }
        }
    }

    /// Every so many elements, beginning with number `index`: a part of the work for each of several workers.
    ///
    /// - Throws: `KerasError.data(.dataset)` unless `0 <= index < count`.
    public func shard(_ count: Int, _ index: Int) throws -> Dataset {
        guard count >= 1, (0..<count).contains(index) else {
            let rule = "a count of 1 or more and an index below it"
            throw KerasError.data(.dataset(operation: "shard", rule: rule, got: "\(count) and \(index)"))
        }
        let own = self.count.map { ($0 - index + count - 1) / count }
        return Dataset(count: own.map { max($0, 0) }, isEndless: isEndless) { [start] in
            let upstream = try start()
            let position = Counter()
            return ItemStream {
                while let item = try upstream.next() {
                    if position.advance() % count == index { return item }
                }
                return nil
            }
        }
    }
}

/// What the first pass of a cached data set gave.
private final class KeptElements: Sendable {
    private let kept = Mutex<[ItemStream.Item]?>(nil)
    var items: [ItemStream.Item]? { kept.withLock { $0 } }
    func keep(_ items: [ItemStream.Item]) { kept.withLock { $0 = items } }
}
