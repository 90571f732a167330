import Testing

@testable import Tensors

@Suite("Loops and branches")
struct ControlTests {
    @Test func scanCarriesAndStacks() throws {
        let x = try Tensor([[1.0, 2], [3, 4], [5, 6]]), scale = try Variable(Tensor(2.0))
        let (carry, outputs) = try ops.scan(initial: [Tensor([0.0, 0])], sequences: [x]) { carry, slices in
            let sum = try carry[0] + slices[0] * scale
            return ([sum], [try sum + 1])
        }
        #expect(try carry[0].array(Float.self) == [18, 24])
        #expect(try outputs[0].array(Float.self) == [3, 5, 9, 13, 19, 25])
    }

    @Test func scanGradients() throws {
        let x = try Tensor([1.0, 2, 3])
        let g = try gradient(of: { x in
            try ops.scan(initial: [Tensor(1.0)], sequences: [x]) { carry, slices in ([try carry[0] * slices[0]], []) }.carry[0]
        }, at: x)
        expectClose(try g.array(), [6, 3, 2])
    }

    @Test func scanInReverse() throws {
        let (_, outputs) = try ops.scan(initial: [Tensor(0)], sequences: [Tensor([1, 2, 3])], reverse: true) { carry, slices in
            let sum = try carry[0] + slices[0]
            return ([sum], [sum])
        }
        #expect(try outputs[0].array(Int.self) == [6, 5, 3])
    }

    @Test func loops() throws {
        let factorial = try ops.foriLoop(1, 6, initial: [Tensor(1)]) { step, values in [try values[0] * step] }
        #expect(try factorial[0].item(Int.self) == 120)
        let doubled = try ops.whileLoop({ try ops.less($0[0], 100) }, { [try $0[0] * 2] }, [Tensor(3)])
        #expect(try doubled[0].item(Int.self) == 192)
        #expect(try ops.map(Tensor([1, 2, 3])) { try $0 * $0 }.array(Int.self) == [1, 4, 9])
    }

    @Test func branches() throws {
        let f = TracedFunction { x in [try ops.cond(ops.greater(x[0], 0), { try x[0] * 2 }, else: { try -x[0] })] }
        #expect(try f([Tensor(3.0)])[0].item(Float.self) == 6)
        #expect(try f([Tensor(-3.0)])[0].item(Float.self) == 3)
        #expect(try ops.cond(true, { Tensor(1) }, else: { Tensor(2) }).item(Int.self) == 1)
    }

    @Test func wrongBodies() throws {
        #expect(throws: TensorError.self) { try ops.scan(initial: [Tensor(0)], length: 3) { c, _ in ([try c[0] + 0.5], []) } }
        #expect(throws: TensorError.self) { try ops.scan(initial: [Tensor(0)]) { c, _ in (c, []) } }
        let v = try Variable(Tensor(0), name: "v")
        #expect(throws: TensorError.variableWrittenInBody(name: "v")) {
            try ops.scan(initial: [Tensor(0)], length: 3) { c, _ in
                try v.assign(add: 1)
                return (c, [])
            }
        }
    }
}
