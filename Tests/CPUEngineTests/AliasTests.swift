import CPUEngine
import Graph
import Testing

/// Outputs that take over a parameter's memory: variables updated in place.
@Suite struct AliasTests {
    private let x = HostTensor([6], .float32) { Double($0) + 1 }
    private let y = HostTensor([6], .float32) { 10 * Double($0) }

    private func parameters(_ inputs: [HostTensor]) -> [Value] { inputs.map { Value.placeholder($0.type) } }

    /// Runs with `aliases` and without, on the same inputs; both must give the same numbers, and the aliased outputs the
    /// parameters' own buffers.
    private func check(_ inputs: [HostTensor], aliases: [Int: Int], runs: Int = 2, _ body: ([Value]) throws -> [Value]) throws {
        let p = parameters(inputs)
        let outputs = try body(p)
        let plain = try compile(outputs, p), aliased = try compile(outputs, p, aliases: aliases)
        var host = inputs
        for run in 1...runs {
            let expected = try plain.run(host.map { try $0.buffer() }).map { HostTensor($0) }
            let buffers = try host.map { try $0.buffer() }
            let results = try aliased.run(buffers)
            for (index, (result, want)) in zip(results, expected).enumerated() {
                let got = HostTensor(result)
                #expect(got == want, "run \(run), output \(index): \(got.doubles), not \(want.doubles)")
                if let parameter = aliases[index] {
                    #expect(result === buffers[parameter], "output \(index) is not in parameter \(parameter)'s memory")
                } else {
                    #expect(!buffers.contains { $0 === result }, "output \(index) shares a parameter's memory without being asked to")
                }
            }
            for index in buffers.indices where !aliases.values.contains(index) {
                #expect(HostTensor(buffers[index]) == host[index], "parameter \(index) was overwritten")
            }
            for (output, parameter) in aliases { host[parameter] = expected[output] }
        }
    }

    @Test func update() throws { try check([x, y], aliases: [0: 0]) { p in [try p[0] + p[1] * 0.5] } }

    @Test func updateReadByOthers() throws {
        // The old value is read by another output, written later in the program.
        try check([x, y], aliases: [0: 0]) { p in
            let new = try p[0] + p[1]
            return [new, try new * p[0], try p[0].sum()]
        }
    }

    @Test func oldValueIsAnOutput() throws { try check([x, y], aliases: [0: 0]) { p in [try p[0] + p[1], p[0]] } }

    @Test func swap() throws { try check([x, y], aliases: [0: 0, 1: 1], runs: 3) { p in [p[1], p[0]] } }

    @Test func rotation() throws {
        try check([x, y, x], aliases: [0: 0, 1: 1, 2: 2], runs: 4) { p in [p[1], p[2], try p[0] + p[1]] }
    }

    @Test func unchanged() throws { try check([x, y], aliases: [0: 0, 1: 1]) { p in [p[0], try p[0] + p[1]] } }

    @Test func sameNewValueTwice() throws {
        try check([x, y], aliases: [0: 0, 1: 1]) { p in
            let new = try p[0] * p[1]
            return [new, new]
        }
    }

    @Test func sumThatTheUpdateNeeds() throws {
        // All of the old numbers are needed for each new one.
        try check([x], aliases: [0: 0]) { p in [try p[0] - p[0].sum().broadcast([6], axes: [])] }
    }

    @Test func movedElements() throws {
        let square = HostTensor([4, 4], .float32) { Double($0) }
        try check([square], aliases: [0: 0], runs: 3) { p in [try p[0].transposed([1, 0])] }
        try check([square], aliases: [0: 0], runs: 3) { p in [try p[0].reversed(axes: [0])] }
        try check([square], aliases: [0: 0]) { p in [try p[0] + p[0].transposed([1, 0])] }
        try check([square], aliases: [0: 0]) { p in [try p[0].matmul(p[0])] }
        try check([square], aliases: [0: 0]) { p in [try p[0].shifted(axis: 0, back: false, filling: 0)] }
        try check([square], aliases: [0: 0]) { p in [try p[0].cumulative(.sum, axis: 0)] }
        try check([square], aliases: [0: 0]) { p in [try Value.makeAll(.sort(axis: 1, descending: true), p)[0]] }
    }

    @Test func writesIntoAPart() throws {
        let base = HostTensor([5, 3], .float32) { Double($0) }, rows = HostTensor([2, 3], .float32) { -Double($0) }
        let indices = HostTensor([2], .int32) { Double($0 * 3) }
        try check([base, indices, rows], aliases: [0: 0], runs: 3) { p in [try .make(.scatter(.add, axis: 0, batchAxes: 0), p[0], p[1], p[2])] }
        try check([base, HostTensor([2], .int32) { Double($0 + 1) }, HostTensor([2, 2], .float32) { Double($0) }], aliases: [0: 0]) { p in
            [try .make(.dynamicUpdate, p[0], p[2], p[1])]
        }
        // The updates come out of the tensor that they go into.
        try check([base, indices], aliases: [0: 0]) { p in
            let taken = try Value.make(.gather(axis: 0, batchAxes: 0), p[0].reversed(axes: [0]), p[1])
            return [try .make(.scatter(.set, axis: 0, batchAxes: 0), p[0], p[1], taken)]
        }
    }

    @Test func optimizerStep() throws {
        let shape = [33, 17]
        let inputs = (0..<4).map { seed in
            var numbers = Numbers(seed: seed)
            return HostTensor(shape, .float32) { _ in numbers.unit() }
        }
        try check(inputs, aliases: [0: 0, 1: 1, 2: 2], runs: 5) { p in
            let m = try p[1] + (p[3] - p[1]) * 0.1, v = try p[2] + (p[3].squared() - p[2]) * 0.01
            return [try p[0] - (m * 0.01) / (v.sqrt() + 1e-7), m, v]
        }
    }

    @Test func ofAnotherType() throws {
        // A parameter's memory under a result of the same size and another type.
        try check([x], aliases: [0: 0], runs: 1) { p in [try p[0].squared()] }
        let counter = HostTensor([], .int32) { _ in 4 }
        try check([counter], aliases: [0: 0], runs: 5) { p in [try p[0] + .constant(Literal(1, .int32))] }
    }

    @Test func memoryOfOthers() throws {
        // A buffer that is not the engine's is copied; the result is the copy, and the buffer stays as it was.
        final class Foreign: Buffer {
            let type = TensorType([3], .float32)
            let floats: [Float] = [1, 2, 3]
            func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R { try floats.withUnsafeBytes(body) }
        }
        let p = Value.placeholder(TensorType([3], .float32))
        let results = try compile([try p + p], [p], aliases: [0: 0]).run([Foreign()])
        #expect(HostTensor(results[0]).doubles == [2, 4, 6])
    }

    @Test func wrongAliases() throws {
        let p = parameters([x, y]), wide = Value.placeholder(TensorType([6], .float64))
        let sum = try p[0] + p[1]
        for aliases in [[0: 7], [3: 0], [0: -1], [-1: 0], [0: 2], [0: 0, 1: 0]] {
            #expect(throws: GraphError.self, "\(aliases)") { try compile([sum, sum], p + [wide], aliases: aliases) }
        }
    }

    @Test func scalarsAndNothing() throws {
        let empty = HostTensor([0, 3], .float32) { _ in 0 }
        try check([empty], aliases: [0: 0]) { p in [try p[0] + p[0]] }
    }
}
