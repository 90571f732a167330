import Synchronization

/// A source of keys for random numbers: each draw gives another one.
///
/// The state is a variable, `[seed, counter]`, so that a traced function draws anew in each call, and a saved model
/// goes on where it was.
///
/// ```swift
/// let generator = try SeedGenerator(seed: 42)
/// let a = try random.normal([2, 3], seed: .generator(generator))
/// let b = try random.normal([2, 3], seed: .generator(generator))     // other numbers
/// ```
///
/// Keras: `keras.random.SeedGenerator`.
public final class SeedGenerator: Sendable {
    public let name: String
    /// The seed that was given; nil if it was drawn.
    public let initialSeed: Int?
    /// uint32 `[2]`: seed and counter.
    public let state: Variable

    /// - Parameter seed: nil draws one (the same ones after `setRandomSeed`). Only its lower 32 bits count.
    public init(seed: Int? = nil, name: String = "seed_generator") throws {
        self.name = name
        initialSeed = seed
        let first = UInt32(truncatingIfNeeded: seed ?? makeDefaultSeed())
        state = try Trace.suspended {
            try Variable(Tensor([first, 0]), name: "seed_generator_state", trainable: false)
        }
        state.path = "\(name)/seed_generator_state"
    }

    /// What the counter goes up by, spelled out in programs.
    private static let one = Tensor(.constant(Literal(
        type: TensorType([2], .uint32), bytes: [0, 1].flatMap { Swift.withUnsafeBytes(of: $0 as UInt32) { Array($0) } })))

    /// The key now, uint32 `[2]`; the counter goes up by one.
    public func next() throws -> Tensor { try next(ordered: true) }

    /// The key now.
    ///
    /// - Parameter ordered: count up; else hop to another place, as Keras' global generator does.
    package func next(ordered: Bool) throws -> Tensor {
        let key = state.rawValue
        guard Trace.current == nil, let buffer = key.value.buffer else {
            try state.assign(
                ordered ? ops.add(key, Self.one) : ops.mod(ops.multiply(ops.add(key, 1), 5387), 933_199))
            return key
        }
        // Known numbers are counted here, so that programs do not differ by the number of draws before them.
        let words: [UInt32] = try buffer.withUnsafeBytes { HostConversion.read($0, .uint32, count: 2) }
        let next = ordered ? [words[0], words[1] &+ 1] : words.map { ($0 &+ 1) &* 5387 % 933_199 }
        try state.assign(Tensor(next))
        return key
    }
}

/// Where random numbers come from.
public enum RandomSeed: Sendable, ExpressibleByIntegerLiteral {
    /// The same numbers in each call.
    case int(Int)
    /// Other numbers in each call.
    case generator(SeedGenerator)
    /// A key, uint32 `[2]`.
    case key(Tensor)

    public init(integerLiteral value: Int) { self = .int(value) }

    func key() throws -> Tensor {
        switch self {
        case .int(let seed): return try Tensor([UInt32(truncatingIfNeeded: seed), 0])
        case .generator(let generator): return try generator.next()
        case .key(let key):
            guard key.type == TensorType([2], .uint32) else {
                throw TensorError.argument(operation: "random", detail: "a key is uint32[2], not \(key.type)")
            }
            return key
        }
    }
}

private struct GlobalRandom {
    var python = PythonRandom(seed: Int(UInt32.random(in: 0 ... .max)))
    var seed: Int?
    var generator: SeedGenerator?
}

/// What ``setRandomSeed(_:)`` sets. A program has one; tests that run side by side give themselves others.
package final class RandomSession: Sendable {
    @TaskLocal package static var current = RandomSession()

    fileprivate let state = Mutex(GlobalRandom())

    package init() {}
}

/// Sets the seed of everything random that is given no seed: seeds of layers and initializers, the global generator,
/// the order of data. Keras: `keras.utils.set_random_seed`, with the same numbers.
public func setRandomSeed(_ seed: Int) {
    RandomSession.current.state.withLock { state in
        state.python = PythonRandom(seed: seed)
        state.seed = seed
        state.generator = nil
    }
}

/// The seed that was set last; nil if none was.
public func globalRandomSeed() -> Int? { RandomSession.current.state.withLock { $0.seed } }

/// A seed for something that was given none, 1 to 10⁹.
package func makeDefaultSeed() -> Int { RandomSession.current.state.withLock { $0.python.integer(in: 1...1_000_000_000) } }

/// Forgets the global generator, so that it is seeded anew. Part of Keras' `clear_session`.
package func resetGlobalSeedGenerator() { RandomSession.current.state.withLock { $0.generator = nil } }

/// The generator behind draws without a seed.
package func globalSeedGenerator() throws -> SeedGenerator {
    if let known = RandomSession.current.state.withLock({ $0.generator }) { return known }
    let fresh = try SeedGenerator(name: "global_seed_generator")
    return RandomSession.current.state.withLock { state in
        if let other = state.generator { return other }
        state.generator = fresh
        return fresh
    }
}
