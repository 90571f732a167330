import Testing

@testable import Tensors

@Suite("Variables")
struct VariableTests {
    @Test func assignment() throws {
        let v = try Variable(Tensor([1.0, 2]), name: "v")
        let old = v.value
        try v.assign([3.0, 4])
        try v.assign(add: 1)
        try v.assign(subtract: Tensor([0.5, 0]))
        #expect(try v.value.array(Float.self) == [3.5, 5])
        #expect(try old.array(Float.self) == [1, 2])
    }

    @Test func typesStay() throws {
        let v = try Variable(Tensor([1, 2], dtype: .float16))
        try v.assign(Tensor([1.0, 5], dtype: .float64))
        #expect(v.value.dtype == .float16)
        #expect(throws: TensorError.variableShape(name: "variable", expected: [2], got: [3])) { try v.assign([1, 2, 3]) }
    }

    @Test func autocast() throws {
        let v = try Variable(Tensor([1.0, 2])), n = try Variable(Tensor([1, 2]))
        Autocast.$dtype.withValue(.bfloat16) {
            #expect(v.value.dtype == .bfloat16)
            #expect(n.value.dtype == .int32)
            v.autocast = false
            #expect(v.value.dtype == .float32)
        }
    }

    @Test func stepsByHandDoNotPileUp() throws {
        let v = try Variable(Tensor([1.0, 2]), name: "v"), slot = try Variable(Tensor([0.0, 0]), name: "slot")
        for _ in 0..<50 {
            let (_, gradients) = try valueAndGradient(of: [v]) { try ops.sum(v * v) }
            try slot.assign(slot.value * 0.9 + gradients[0])
            try v.assign(subtract: slot.value * 0.01)
        }
        // At most one step waits to be computed.
        let waiting = try Graph.capture([v.value.value], liftingConstants: true).graph
        #expect(waiting.instructions.count < 20)
        #expect(try v.value.array(Float.self)[0] < 1)
    }

    @Test func assignmentsWithoutReadingDoNotPileUp() throws {
        let v = try Variable(Tensor(0.0), name: "v")
        for _ in 0..<1000 { try v.assign(add: 1) }
        let waiting = try Graph.capture([v.value.value], liftingConstants: true).graph
        #expect(waiting.instructions.count < 250)
        #expect(try v.value.item(Float.self) == 1000)
    }
}
