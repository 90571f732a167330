/// Names and numbers that training reports: losses and metrics, in order.
///
/// The numbers of a batch are read from the model's state only when somebody asks for them.
///
/// ```swift
/// let scores = try model.evaluate(x, y)
/// scores["accuracy"]                    // 0.85
/// for (name, value) in scores { print(name, value) }
/// ```
public struct Logs {
    public typealias Element = (name: String, value: Double)

    private enum Storage {
        case known([Element])
        case later(Later)
    }

    /// Reads the numbers once.
    private final class Later {
        var load: (() -> [Element])?
        var entries: [Element] = []

        init(_ load: @escaping () -> [Element]) { self.load = load }

        func read() -> [Element] {
            if let load {
                self.load = nil
                entries = load()
            }
            return entries
        }
    }

    private var storage: Storage

    public init(_ entries: [Element] = []) { storage = .known(entries) }

    init(later load: @escaping () -> [Element]) { storage = .later(Later(load)) }

    /// The names and numbers, in order.
    public var entries: [Element] {
        switch storage {
        case .known(let entries): entries
        case .later(let later): later.read()
        }
    }

    public var names: [String] { entries.map(\.name) }
    public var values: [Double] { entries.map(\.value) }

    /// The number under a name. Setting a new one appends it; setting nil removes it.
    public subscript(name: String) -> Double? {
        get { entries.first { $0.name == name }?.value }
        set {
            var entries = entries
            let index = entries.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append((name, value))
            case (nil, nil): break
            }
            storage = .known(entries)
        }
    }

    /// Ordered by name, as Keras hands logs to callbacks.
    func sorted() -> Logs { Logs(entries.sorted { $0.name < $1.name }) }
}

extension Logs: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { entries.count }
    public subscript(position: Int) -> Element { entries[position] }
}

extension Logs: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, Double)...) { self.init(elements.map { (name: $0.0, value: $0.1) }) }
}

extension Logs: CustomStringConvertible {
    public var description: String { "[" + entries.map { "\"\($0.name)\": \($0.value)" }.joined(separator: ", ") + "]" }
}
