import Testing

@testable import Tensors

@Suite("Many threads")
struct ConcurrencyTests {
    @Test func onePreparedFunctionOnManyThreads() async throws {
        let w = try Variable(random.normal([8, 8], seed: 1), name: "w")
        let function = try PreparedFunction(name: "predict", argumentTypes: [TensorType([4, 8], .float32)]) { [try ops.relu(ops.matmul($0[0], w))] }
        let x = try random.normal([4, 8], seed: 2)
        let expected = try function.run([x.buffer()])[0].array(Float.self)
        try await withThrowingTaskGroup(of: [Float].self) { group in
            for _ in 0..<64 { group.addTask { try function.run([x.buffer()])[0].array(Float.self) } }
            for try await got in group { #expect(got == expected) }
        }
    }

    @Test func oneLazyTensorReadByMany() async throws {
        for round in 0..<20 {
            let x = try ops.exp(Tensor([Double(round), 1])) + 1
            let expected = try (ops.exp(Tensor([Double(round), 1])) + 1).array(Float.self)
            try await withThrowingTaskGroup(of: [Float].self) { group in
                for _ in 0..<8 { group.addTask { try x.array(Float.self) } }
                for try await got in group { #expect(got == expected) }
            }
        }
    }

    @Test func variablesOfSeveralThreads() async throws {
        let shared = try Variable(Tensor(1.0), name: "shared")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<8 {
                group.addTask {
                    let own = try Variable(Tensor(0.0), name: "own")
                    for _ in 0..<50 {
                        try own.assign(add: shared)
                        try shared.assign(shared.value * 1)
                    }
                    #expect(try own.value.item(Float.self) == 50, "task \(index)")
                }
            }
            try await group.waitForAll()
        }
        #expect(try shared.value.item(Float.self) == 1)
    }
}
