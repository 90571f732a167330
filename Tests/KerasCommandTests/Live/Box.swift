import Synchronization

/// Results of work that is done side by side, by number.
final class Box<Value: Sendable>: Sendable {
    private let results: Mutex<[Result<Value, any Error>?]>

    init(_ count: Int) { results = Mutex(Array(repeating: nil, count: count)) }

    func set(_ index: Int, _ result: Result<Value, any Error>) { results.withLock { $0[index] = result } }

    /// - Throws: the first error.
    func values() throws -> [Value] { try results.withLock { try $0.compactMap { try $0?.get() } } }
}
