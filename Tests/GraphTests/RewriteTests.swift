import Testing
@testable import Graph

/// Rewrites keep results (see also `GradientTests`, which runs every gradient both ways) and do what they promise.
@Suite struct RewriteTests {
    private func scans(_ graph: Graph) -> [Scan] {
        graph.instructions.compactMap { if case .scan(let scan) = $0.primitive { scan } else { nil } }
    }

    private func composites(_ graph: Graph) -> [Composite] {
        graph.instructions.compactMap { if case .composite(let composite) = $0.primitive { composite } else { nil } }
    }

    @Test func aTrainedLoopRunsForwardOnce() throws {
        for sample in Sample.control {
            guard case .scan(let scan) = sample.primitive else { continue }
            let x = sample.operands.map { Value.placeholder($0.type) }
            let y = try Value.makeAll(sample.primitive, x)
            let loss = try Slope.weighted(y)
            let gradients = try vectorJacobian(of: [loss], cotangents: [.ones(like: loss)], withRespectTo: x).compactMap { $0 }
            let graph = try Graph.capture([loss] + gradients, parameters: x).graph
            #expect(scans(graph).count == 3)
            let simplified = try graph.simplified()
            #expect(scans(simplified).map(\.reverse) == [scan.reverse, !scan.reverse])
            let plain = try Interpreter.run(graph, sample.operands), merged = try Interpreter.run(simplified, sample.operands)
            for (a, b) in zip(plain, merged) { #expect(Slope.distance(a.values, b.values) < 1e-12) }
        }
    }

    @Test func trainedRecurrentCompositesBecomeTheirLoop() throws {
        for sample in Sample.composites {
            guard case .composite(let composite) = sample.primitive, composite == .gru(reverse: false) else { continue }
            let x = sample.operands.map { Value.placeholder($0.type) }
            let loss = try Slope.weighted(Value.makeAll(sample.primitive, x))
            let gradients = try vectorJacobian(of: [loss], cotangents: [.ones(like: loss)], withRespectTo: x).compactMap { $0 }
            let graph = try Graph.capture([loss] + gradients, parameters: x).graph.simplified()
            #expect(composites(graph).isEmpty)
            #expect(scans(graph).count == 2)
            // The weights' gradients are products after the loop: only states are carried backwards.
            #expect(scans(graph)[1].carries == scans(graph)[0].carries)
            let inference = try Graph.capture([loss], parameters: x).graph.simplified()
            #expect(composites(inference) == [composite])
        }
    }

    @Test func compositesAreWrittenOutInBodiesToo() throws {
        let type = TensorType([3], .float64)
        let p = [Value.placeholder(type), Value.placeholder(type)]
        let gelu = try Value.make(.composite(.gelu(approximate: true)), p[0])
        let body = try Graph.capture([gelu + p[1]], parameters: p).graph
        let x = Value.placeholder(type), rows = Value.placeholder(TensorType([4, 3], .float64))
        let loop = Scan(body: body, carries: 1, constants: 0, sequences: 1, length: 4)
        let result = try Value.makeAll(.scan(loop), [x, rows])[0]
        let softmax = try Value.make(.composite(.softmax(axis: 0)), result)
        let graph = try Graph.capture([softmax], parameters: [x, rows]).graph
        let all = try graph.decomposingComposites { _ in true }
        #expect(composites(all).isEmpty && scans(all).allSatisfy { composites($0.body).isEmpty })
        let some = try graph.decomposingComposites { $0 == .gelu(approximate: true) }
        #expect(composites(some) == [.softmax(axis: 0)] && scans(some).allSatisfy { composites($0.body).isEmpty })
        #expect(try graph.decomposingComposites { _ in false } == graph)
        let inputs = [Sample.floats([3]), Sample.floats([4, 3])]
        #expect(try Slope.distance(Interpreter.run(graph, inputs)[0].values, Interpreter.run(all, inputs)[0].values) < 1e-12)
    }

    @Test func movesOfMovesBecomeOne() throws {
        let x = Value.placeholder(TensorType([2, 3, 4], .float64))
        func names(_ value: Value) throws -> [String] {
            try Graph.capture([value], parameters: [x]).graph.simplified().instructions.dropFirst().map(\.primitive.name)
        }
        #expect(try names(x.transposed([1, 2, 0]).transposed([2, 0, 1])).isEmpty)
        #expect(try names(x.transposed([1, 2, 0]).transposed([1, 2, 0])) == ["transpose([2, 0, 1])"])
        #expect(try names(x.reshaped([24]).reshaped([4, 6]).reshaped([2, 3, 4])).isEmpty)
        #expect(try names(x.reversed(axes: [0, 2]).reversed(axes: [2, 1])) == ["reverse(axes: [0, 1])"])
        #expect(try names(-(-x)).isEmpty)
        #expect(try names(x.matmul(x.transposed([0, 2, 1]))) == ["matmul bᵀ"])
        #expect(try names(x.transposed([0, 2, 1]).matmul(x)) == ["matmul aᵀ"])
    }

    @Test func numbersAreComputedBeforehand() throws {
        let x = Value.placeholder(TensorType([2], .float32))
        let graph = try Graph.capture([x + (Value.full(2, like: x) * 3 - 1) / 2], parameters: [x]).graph.simplified()
        #expect(graph.instructions.map(\.primitive) == [
            .parameter(0, x.type), .constant(Literal(2.5, .float32)), .broadcast([2], axes: []), .binary(.add),
        ])
    }
}
