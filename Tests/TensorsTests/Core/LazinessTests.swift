import Testing

@testable import Tensors

@Suite("Laziness")
struct LazinessTests {
    @Test func nothingIsComputedBeforeItIsRead() throws {
        let x = try Tensor([1.0, 2])
        let y = try x * 2
        #expect(x.isEvaluated && !y.isEvaluated)
        #expect(try y.array(Float.self) == [2, 4])
        #expect(y.isEvaluated)
    }

    @Test func severalAtOnce() throws {
        let x = try Tensor([1.0, 2])
        let shared = try ops.exp(x), a = try shared + 1, b = try shared * 2
        try evaluate([a, b, a])
        #expect(a.isEvaluated && b.isEvaluated && !shared.isEvaluated)
    }

    @Test func readNodesForgetTheirOperands() throws {
        let x = try Tensor([1.0])
        let y = try x + 1
        try y.evaluate()
        #expect(y.value.node.operands.isEmpty)
    }

    @Test func longChains() throws {
        var x: Tensor = 0.0
        for _ in 0..<3000 { x = try x + 1 }
        #expect(try x.item(Float.self) == 3000)
        // A chain that is dropped without being read.
        var y = x
        for _ in 0..<200_000 { y = try y + 1 }
        _ = y
    }

    @Test func aGradientByHandIsForgottenToo() throws {
        weak var early: Node?
        var x = try Tensor([1.0, 2])
        for step in 0..<5 {
            x = try ops.relu(x + 1)
            if step == 0 { early = x.value.node }
            try x.evaluate()
        }
        #expect(early == nil)
        var y = x
        for _ in 0..<100_000 { y = try ops.relu(y) }
        _ = y
    }

    @Test func unchangedResultsHaveMemoryOfTheirOwn() throws {
        let x = try Tensor([1.0, 2])
        let v = try Variable(ops.transpose(x), name: "v")
        let bump = TracedFunction { _ in
            try v.assign(add: 1)
            return []
        }
        _ = try bump([])
        #expect(try x.array(Float.self) == [1, 2])
        #expect(try v.value.array(Float.self) == [2, 3])
    }

    @Test func expressionsThatDifferInNumbersAreOneGraph() throws {
        func graph(_ number: Double) throws -> Graph {
            let y = try (Tensor([number, 1]) * number + 0.125).sum()
            return try Graph.capture([y.value], liftingConstants: true).graph
        }
        #expect(try graph(3) == graph(4))
    }
}
