@testable import Keras

/// Graphs of operations drawn here as the rows of `Tests/Fixtures/operations` draw them in Python, by the rows' names.
enum DrawnOperations {
    typealias Drawing = @Sendable ([KerasTensor]) throws -> [KerasTensor]

    static let all: [String: Drawing] = [
        functions, options, operators, slices, reductions, movements, places, products, networks,
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }

    static let names = all.keys.sorted()
}
