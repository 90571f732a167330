import Testing

@testable import Tensors

@Suite("Gradients")
struct GradientTests {
    @Test func ofVariables() throws {
        let w = try Variable(Tensor([[1.0], [2]]), name: "w"), b = try Variable(Tensor([0.5]), name: "b"), unused = try Variable(Tensor([1.0]))
        let x = try Tensor([[1.0, 2], [3, 4]])
        let (loss, predictions, gradients) = try valueAndGradient(of: [w, b, unused]) {
            let y = try ops.matmul(x, w) + b
            return (try ops.mean(y * y), y)
        }
        expectClose(try predictions.array(), [5.5, 11.5])
        expectClose([try loss.item()], [(5.5 * 5.5 + 11.5 * 11.5) / 2])
        expectClose(try gradients[0].array(), [5.5 + 3 * 11.5, 2 * 5.5 + 4 * 11.5])
        expectClose(try gradients[1].array(), [17])
        #expect(try gradients[2].array(Float.self) == [0])
        #expect(loss.isEvaluated && gradients.allSatisfy(\.isEvaluated) && predictions.isEvaluated)
    }

    @Test func readingInsideKeepsTheWay() throws {
        let v = try Variable(Tensor([2.0]), name: "v")
        let (_, gradients) = try valueAndGradient(of: [v]) {
            let y = try v * v
            let shown: Float = try y.item()
            #expect(shown == 4)
            return try (y * y).sum()
        }
        expectClose(try gradients[0].array(), [32])
    }

    @Test func ofAVariableThatWaits() throws {
        let v = try Variable(Tensor([2.0]), name: "v")
        try v.assign(v.value * 3)
        let (_, gradients) = try valueAndGradient(of: [v]) { try (v * v).sum() }
        expectClose(try gradients[0].array(), [12])
    }

    @Test func second() throws {
        let x = try Tensor([1.0, 2, 3])
        let second = try gradient(of: { x in
            let first = try gradient(of: { try ($0 * $0 * $0).sum() }, at: x)
            return try first.sum()
        }, at: x)
        expectClose(try second.array(), [6, 12, 18])
    }

    @Test func severalArguments() throws {
        let (a, b) = try gradient(of: { try ($0 * $1).sum() }, at: Tensor([1.0, 2]), Tensor([3.0, 4]))
        #expect(try a.array(Float.self) == [3, 4] && b.array(Float.self) == [1, 2])
        let x = try Tensor([2.0])
        let (c, d) = try gradient(of: { try ($0 * $0 * $1).sum() }, at: x, x)
        #expect(try c.item(Float.self) == 8 && d.item(Float.self) == 4)
    }

    @Test func stopAndCustom() throws {
        let x = try Tensor([3.0])
        expectClose(try gradient(of: { try (stopGradient($0) * $0).sum() }, at: x).array(), [3])
        let g = try gradient(of: { x in
            let y = try customGradient([x]) { x in
                (outputs: [try x[0] * 2], pullback: { [try $0[0] * 100] })
            }
            return try (y[0] * y[0]).sum()
        }, at: x)
        expectClose(try g.array(), [1200])
    }

    @Test func insideATracedFunction() throws {
        let v = try Variable(Tensor([1.0, -1]), name: "v")
        let step = TracedFunction(name: "step") { x in
            let (loss, gradients) = try valueAndGradient(of: [v]) { try ops.mean(ops.square(ops.subtract(v, x[0]))) }
            try v.assign(subtract: gradients[0] * 0.5)
            return [loss]
        }
        let target = try Tensor([3.0, 5])
        var last: Float = .infinity
        for _ in 0..<20 { last = try step([target])[0].item() }
        #expect(last < 1e-4)
    }

    @Test func aTracedFunctionInsideAGradient() throws {
        let f = TracedFunction { [try $0[0] * $0[0]] }
        expectClose(try gradient(of: { try f([$0])[0].sum() }, at: Tensor([3.0])).array(), [6])
    }

    @Test func conventionsAtKinks() throws {
        let zero = try Tensor([0.0])
        func slope(_ f: (Tensor) throws -> Tensor) throws -> Double { try gradient(of: { try f($0).sum() }, at: zero).item() }
        #expect(try slope { try ops.relu($0) } == 0)
        #expect(try slope { try ops.relu6($0) } == 0)
        #expect(try slope { try ops.maximum($0, 0) } == 0.5)
        #expect(try slope { try ops.abs($0) } == 0)
        #expect(try slope { try ops.softplus($0) } == 0.5)
        #expect(try slope { try ops.leakyRelu($0) } == 1)
        #expect(try ops.relu(Tensor([Double.nan])).item(Float.self).isNaN)
    }

    @Test func errors() throws {
        let v = try Variable(Tensor([1.0, 2]), name: "v"), n = try Variable(Tensor([1, 2]), name: "n")
        #expect(throws: TensorError.lossNotScalar(TensorType([2], .float32))) { try valueAndGradient(of: [v]) { try v * 2 } }
        #expect(throws: TensorError.notDifferentiable(name: "variable \"n\"", dtype: .int32)) {
            try valueAndGradient(of: [n]) { try ops.sum(n) }
        }
        #expect(throws: TensorError.lossNotScalar(TensorType([], .int32))) { try valueAndGradient(of: [v]) { try ops.sum(n) } }
    }

    /// The second gradient sees the first variable as it is after its update, not how it came about: `a` has a part in that.
    @Test func gradientsDoNotFlowThroughUpdates() throws {
        func step(_ a: Variable, _ b: Variable) throws -> [Tensor] {
            let (_, first) = try valueAndGradient(of: [b]) { try a.value * b.value * b.value }
            try b.assign(b.value - 0.1 * first[0])
            return try valueAndGradient(of: [a]) { try a.value * b.value }.gradients
        }
        func variables() throws -> (Variable, Variable) { try (Variable(Tensor(2.0)), Variable(Tensor(3.0))) }
        // b - 0.1 · 2ab = 1.8
        let (a, b) = try variables(), (c, d) = try variables()
        let traced = TracedFunction(name: "step") { _ in try step(c, d) }
        for gradient in try step(a, b) + traced([]) { #expect(abs(try gradient.item(Double.self) - 1.8) < 1e-6) }
    }
}
