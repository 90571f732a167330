import Testing

@testable import Tensors

@Suite("Traced functions")
struct TracedFunctionTests {
    @Test func isRecordedOncePerSignature() throws {
        nonisolated(unsafe) var calls = 0
        let f = TracedFunction { x in
            calls += 1
            return [try x[0] * 2 + 1]
        }
        for _ in 0..<3 { #expect(try f([Tensor([1.0, 2])])[0].array(Float.self) == [3, 5]) }
        #expect(calls == 1 && f.signatureCount == 1)
        #expect(try f([Tensor([1, 2, 3])])[0].array(Int.self) == [3, 5, 7])
        #expect(calls == 2 && f.signatureCount == 2)
    }

    @Test func variablesAreInputsAndOutputs() throws {
        let v = try Variable(Tensor([1.0, 2]), name: "v")
        let f = TracedFunction { x in
            let before = v.value
            try v.assign(before + x[0])
            return [before, try v.value * 10]
        }
        #expect(try f([Tensor([1.0, 1])]).map { try $0.array(Float.self) } == [[1, 2], [20, 30]])
        #expect(try f([Tensor([1.0, 1])]).map { try $0.array(Float.self) } == [[2, 3], [30, 40]])
        #expect(try v.value.array(Float.self) == [3, 4])
        try v.assign([0.0, 0])
        #expect(try f([Tensor([1.0, 1])])[1].array(Float.self) == [10, 10])
    }

    @Test func memoryIsReusedWhenNobodyElseReadsIt() throws {
        let v = try Variable(Tensor([1.0, 2]), name: "v")
        let f = TracedFunction { _ in
            try v.assign(add: 1)
            return []
        }
        _ = try f([])
        let first = try #require(v.memory()).buffer
        _ = try f([])
        let second = try #require(v.memory()).buffer
        #expect(first === second)
        let kept = v.value
        _ = try f([])
        #expect(try kept.array(Float.self) == [3, 4])
        #expect(try v.value.array(Float.self) == [4, 5])
    }

    @Test func exchange() throws {
        let a = try Variable(Tensor([1.0]), name: "a"), b = try Variable(Tensor([2.0]), name: "b")
        let f = TracedFunction { _ in
            let old = a.value
            try a.assign(b.value)
            try b.assign(old)
            return []
        }
        _ = try f([])
        #expect(try [a.value.item(Float.self), b.value.item(Float.self)] == [2, 1])
        let g = TracedFunction { _ in
            try a.assign(add: 1)
            return []
        }
        _ = try f([])
        _ = try g([])
        #expect(try [a.value.item(Float.self), b.value.item(Float.self)] == [2, 2])
    }

    @Test func errorsLeaveVariablesAlone() throws {
        struct Stop: Error {}
        let v = try Variable(Tensor([1.0]), name: "v")
        let f = TracedFunction { _ in
            try v.assign([5.0])
            throw Stop()
        }
        #expect(throws: Stop.self) { try f([]) }
        #expect(try v.value.item(Float.self) == 1)
        #expect(f.signatureCount == 0)
    }

    @Test func readingArgumentsWhileTracingIsAnError() throws {
        let f = TracedFunction { x in try x[0].item(Float.self) > 0 ? x : [x[0] * 2] }
        #expect(throws: TensorError.readWhileTracing(TensorType([], .float32))) { try f([Tensor(1.0)]) }
        // What does not depend on them can be read.
        let constant = try Tensor([3.0])
        let g = TracedFunction { x in try (constant + 1).item(Float.self) == 4 ? [x[0] * 2] : x }
        #expect(try g([Tensor([1.0])])[0].item(Float.self) == 2)
    }

    @Test func leakedPlaceholders() throws {
        nonisolated(unsafe) var leaked: Tensor?
        let f = TracedFunction { x in
            leaked = try x[0] * 2
            return x
        }
        _ = try f([Tensor([1.0])])
        #expect(throws: GraphError.leakedPlaceholder(TensorType([1], .float32))) { try leaked?.array(Float.self) }
    }

    @Test func nested() throws {
        let v = try Variable(Tensor([0.0]), name: "v")
        let inner = TracedFunction { x in
            try v.assign(add: x[0])
            return [try x[0] + v.value]
        }
        let outer = TracedFunction { x in try inner(inner(x)) }
        #expect(try outer([Tensor([1.0])])[0].item(Float.self) == 5)
        #expect(try v.value.item(Float.self) == 3)
        #expect(inner.signatureCount == 0)
    }

    @Test func argumentsPassedThrough() throws {
        let f = TracedFunction { x in [x[0], x[0], try x[0] + 0] }
        let results = try f([Tensor([1.0, 2])])
        for result in results { #expect(try result.array(Float.self) == [1, 2]) }
        let v = try Variable(results[0])
        let g = TracedFunction { _ in
            try v.assign(add: 1)
            return []
        }
        _ = try g([])
        #expect(try results[0].array(Float.self) == [1, 2])
    }

    @Test func preparedFunctions() throws {
        let v = try Variable(Tensor([1.0, 1]), name: "v")
        let f = TracedFunction(name: "step") { x in
            try v.assign(add: x[0])
            return [try v.value.sum()]
        }
        let prepared = try f.prepared(for: [TensorType([2], .float32)])
        #expect(prepared.variables == [v] && prepared.resultTypes == [TensorType([], .float32)])
        let batch = try Tensor([1.0, 2]).buffer()
        #expect(try prepared.run([batch])[0].item(Float.self) == 5)
        #expect(try prepared.run([batch])[0].item(Float.self) == 8)
        #expect(throws: TensorError.self) { try prepared.run([]) }
        #expect(throws: TensorError.self) { try prepared.run([Tensor([1.0]).buffer()]) }
    }

    @Test func shapesOnlyForgetsAssignments() throws {
        let v = try Variable(Tensor([1.0, 1]), name: "v")
        let shape = try Trace.shapesOnly {
            try v.assign([7.0, 7])
            return try ops.matmul(Tensor.placeholder(TensorType([5, 2], .float32)), v).shape
        }
        #expect(shape == [5])
        #expect(try v.value.array(Float.self) == [1, 1])
    }

    @Test func randomNumbersChangeFromCallToCall() throws {
        let generator = try SeedGenerator(seed: 42)
        let f = TracedFunction { _ in [try random.uniform([3], seed: .generator(generator))] }
        let eager = try SeedGenerator(seed: 42)
        for _ in 0..<3 {
            let traced = try f([])[0].array(Float.self)
            #expect(try traced == random.uniform([3], seed: .generator(eager)).array(Float.self))
        }
    }
}
