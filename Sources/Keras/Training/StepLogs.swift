/// What one step reports: names and numbers, in order. The numbers are tensors of the step, read when somebody looks.
///
/// ```swift
/// override func trainStep(_ data: TrainingBatch) throws -> StepLogs {
///     …
///     return ["loss": loss, "distance": ops.mean(distance)]
/// }
/// ```
///
/// A tensor with several elements is reported as their mean.
public struct StepLogs: ExpressibleByDictionaryLiteral {
    public typealias Element = (name: String, value: Tensor)

    /// The names and numbers, in order.
    public private(set) var entries: [Element]
    /// Whether these are the results of the model's metrics and nothing else: those can be read after any step.
    private(set) var areMetrics = false

    public init(_ entries: [Element] = []) { self.entries = entries }

    public init(dictionaryLiteral elements: (String, Tensor)...) { self.init(elements.map { (name: $0.0, value: $0.1) }) }

    /// The results of the model's metrics.
    init(metrics: [Element]) {
        entries = metrics
        areMetrics = true
    }

    public var names: [String] { entries.map(\.name) }

    /// The number under a name. Setting a new one appends it; setting nil removes it.
    public subscript(name: String) -> Tensor? {
        get { entries.first { $0.name == name }?.value }
        set {
            areMetrics = false
            let index = entries.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append((name: name, value: value))
            case (nil, nil): break
            }
        }
    }
}

extension StepLogs: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { entries.count }
    public subscript(position: Int) -> Element { entries[position] }
}
