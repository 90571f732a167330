import CPUEngine
import Graph
import Testing

/// Graphs at the edges: no work, no elements, no parameters; inputs that do not fit.
@Suite struct EdgeTests {
    private func placeholder(_ shape: [Int], _ dtype: DType = .float32) -> Value { .placeholder(TensorType(shape, dtype)) }

    @Test func outputsThatAreParametersOrConstants() throws {
        let x = placeholder([3]), constant = try Value.full(2.5, TensorType([2, 2], .float32))
        let input = HostTensor([1, 2, 3])
        let executable = try compile([x, constant, x, .constant(Literal(7, .int32)), constant], [x])
        let buffer = try input.buffer()
        let results = try executable.run([buffer])
        #expect(results.map { HostTensor($0).doubles } == [[1, 2, 3], [2.5, 2.5, 2.5, 2.5], [1, 2, 3], [7], [2.5, 2.5, 2.5, 2.5]])
        #expect(results.allSatisfy { $0 !== buffer }, "an output shares memory with an input that it is not aliased to")
        #expect(results[0] !== results[2])
    }

    @Test func noOutputs() throws {
        let x = placeholder([3])
        #expect(try compile([], [x]).run([try HostTensor([1, 2, 3]).buffer()]).isEmpty)
    }

    @Test func noParameters() throws {
        let results = try compile([try Value.iota([4], .int32, axis: 0) + .iota([4], .int32, axis: 0)], []).run([])
        #expect(HostTensor(results[0]).doubles == [0, 2, 4, 6])
    }

    @Test func unusedParameters() throws {
        let x = placeholder([2]), unused = placeholder([1000, 1000])
        let big = HostTensor([1000, 1000], .float32) { _ in 1 }
        #expect(try evaluate([try x + x], [unused, x], [big, HostTensor([1, 2])])[0].doubles == [2, 4])
    }

    @Test func noElements() throws {
        let x = placeholder([0, 3]), w = placeholder([3, 2])
        let product = try x.matmul(w), sum = try product.sum(axes: [0])
        let results = try evaluate([try product.exp(), sum, try x.transposed([1, 0]), try Value.makeAll(.sort(axis: 1, descending: false), [x])[1]], [x, w],
                                   [HostTensor([0, 3], .float32) { _ in 0 }, HostTensor([3, 2], .float32) { Double($0) }])
        #expect(results.map(\.type.shape) == [[0, 2], [2], [3, 0], [0, 3]])
        #expect(results[1].doubles == [0, 0])
    }

    @Test func wrongInputs() throws {
        let x = placeholder([3])
        let executable = try compile([try x + x], [x])
        #expect(throws: GraphError.self) { try executable.run([]) }
        #expect(throws: GraphError.self) { try executable.run([try HostTensor([1, 2]).buffer()]) }
        #expect(throws: GraphError.self) { try executable.run([try HostTensor([3], .float64) { _ in 1 }.buffer()]) }
        #expect(throws: GraphError.self) { try executable.run([try HostTensor([1, 2, 3]).buffer(), try HostTensor([1]).buffer()]) }
        let bytes = [UInt8](repeating: 0, count: 7)
        #expect(throws: GraphError.self) { try bytes.withUnsafeBytes { try CPUEngine.shared.makeBuffer(TensorType([2], .float32), copying: $0) } }
    }

    @Test func moreMemoryThanThereIs() throws {
        let x = placeholder([])
        // 64 TiB: a shape that is allowed and no machine's memory. An error, not a trap.
        let huge = try x.broadcast([1 << 22, 1 << 22], axes: [])
        #expect(throws: (any Error).self) { try evaluate([huge], [x], [HostTensor([], .float32) { _ in 1 }]) }
    }

    @Test func longChains() throws {
        let x = placeholder([5])
        var y = x
        for step in 0..<3000 { y = try step % 2 == 0 ? y + x : y - x }
        #expect(try evaluate([y], [x], [HostTensor([1, 2, 3, 4, 5])])[0].doubles == [1, 2, 3, 4, 5])
    }

    @Test func manyOutputsOfOneChain() throws {
        let x = placeholder([4])
        var values = [x]
        for _ in 0..<60 { values.append(try values[values.count - 1] + x) }
        let results = try evaluate(values, [x], [HostTensor([1, 2, 3, 4])])
        for (index, result) in results.enumerated() { #expect(result.doubles == [1, 2, 3, 4].map { $0 * Double(index + 1) }) }
    }

    @Test func manyRanks() throws {
        let x = placeholder([1, 2, 1, 3, 1, 2, 1, 2, 1]), order = [8, 3, 0, 5, 1, 7, 2, 4, 6]
        let input = HostTensor(x.shape, .float32) { Double($0) }
        let moved = try x.transposed(order)
        let back = try moved.transposed(order.indices.map { order.firstIndex(of: $0) ?? 0 })
        #expect(try evaluate([back], [x], [input])[0] == input)
        let sum = try evaluate([try moved.sum(axes: [1, 3, 5])], [x], [input])[0]
        #expect(sum.doubles.reduce(0, +) == input.doubles.reduce(0, +))
    }

    @Test func deadBranchesOfLargeIntermediates() throws {
        // Intermediates of every life-time over one arena.
        let x = placeholder([1000])
        var alive = [x]
        var numbers = Numbers(seed: 5)
        for _ in 0..<200 {
            let a = numbers.pick(alive), b = numbers.pick(alive)
            alive.append(try numbers.flip() ? a.reversed(axes: [0]) + b : Value.make(.binary(.maximum), a.cumulative(.max, axis: 0), b) - a)
            if alive.count > 9 { alive.remove(at: numbers.below(alive.count)) }
        }
        let input = HostTensor([1000], .float32) { Double($0 % 13) }
        let whole = try evaluate(alive, [x], [input])
        for (value, result) in zip(alive, whole) { #expect(try evaluate([value], [x], [input])[0] == result) }
    }
}
