import Testing
@testable import Graph

/// How cotangents travel: what counts as an input, what stops them, what users put in.
@Suite struct VectorJacobianTests {
    private let scalar = TensorType([], .float64)
    private func number(_ value: Double) -> Value { .constant(Literal(value, .float64)) }
    private func evaluate(_ value: Value, _ arguments: [(Value, Double)]) throws -> Double {
        try Interpreter.evaluate([value], arguments.map { ($0.0, Numbers($0.0.type, [$0.1])) })[0].values[0]
    }

    @Test func usesAddUp() throws {
        let x = Value.placeholder(scalar)
        let y = try x * x + x.exp() * x
        let gradient = try #require(try vectorJacobian(of: [y], cotangents: [number(1)], withRespectTo: [x])[0])
        #expect(try evaluate(gradient, [(x, 0)]) == 1)
    }

    @Test func unreachedInputsHaveNoGradient() throws {
        let x = Value.placeholder(scalar), other = Value.placeholder(scalar)
        #expect(try vectorJacobian(of: [x.exp()], cotangents: [number(1)], withRespectTo: [other, x])[0] == nil)
    }

    @Test func outputsMayBeInputs() throws {
        let x = Value.placeholder(scalar)
        let seed = number(3)
        #expect(try vectorJacobian(of: [x], cotangents: [seed], withRespectTo: [x, x]) == [seed, seed])
    }

    @Test func inputsAreIndependent() throws {
        let x = Value.placeholder(scalar)
        let y = try x.exp()
        let gradients = try vectorJacobian(of: [y * x], cotangents: [number(1)], withRespectTo: [x, y])
        #expect(try evaluate(#require(gradients[0]), [(x, 2), (y, 5)]) == 5)
        #expect(try evaluate(#require(gradients[1]), [(x, 2), (y, 5)]) == 2)
    }

    @Test func oneValueInTwoPlacesOfAComposite() throws {
        let x = Value.placeholder(scalar)
        let y = try Value.make(.composite(.geluGradient(approximate: true)), x, x)
        let gradient = try #require(try vectorJacobian(of: [y], cotangents: [number(1)], withRespectTo: [x])[0])
        let step = 1e-5
        let slope = try (evaluate(y, [(x, 0.7 + step)]) - evaluate(y, [(x, 0.7 - step)])) / (2 * step)
        #expect(try abs(evaluate(gradient, [(x, 0.7)]) - slope) < 1e-8)
    }

    @Test func integersAndStopsEndTheWay() throws {
        let x = Value.placeholder(scalar)
        let throughInteger = try x.converted(to: .int32).converted(to: .float64)
        let stopped = try Value.make(.stopGradient, x)
        #expect(try vectorJacobian(of: [throughInteger, stopped], cotangents: [number(1), number(1)], withRespectTo: [x]) == [nil])
        #expect(try vectorJacobian(of: [x.converted(to: .int32)], cotangents: [.constant(Literal(1, .int32))], withRespectTo: [x]) == [nil])
    }

    @Test func stopsInBodiesStop() throws {
        let p = Value.placeholder(scalar)
        let stopped = try p * Value.make(.stopGradient, p)
        let body = try Graph.capture([stopped], parameters: [p], keepingStops: true).graph
        let x = Value.placeholder(scalar)
        let loop = Scan(body: body, carries: 1, constants: 0, sequences: 0, length: 1)
        let branch = try Value.makeAll(.conditional(body, body), [.constant(Literal(true)), x])
        for y in try [Value.makeAll(.scan(loop), [x])[0], branch[0]] {
            let gradient = try #require(try vectorJacobian(of: [y], cotangents: [number(1)], withRespectTo: [x])[0])
            #expect(try evaluate(gradient, [(x, 3)]) == 3)
            let graph = try Graph.capture([gradient], parameters: [x]).graph.simplified()
            #expect(!"\(graph.instructions)".contains("stopGradient"))
        }
    }

    @Test func customGradientsReplaceTheRule() throws {
        let x = Value.placeholder(scalar)
        let node = Node(.identity(count: 1), [try x.exp(), x], types: [scalar]) { cotangents in [nil, try cotangents[0].map { try $0 * 7 }] }
        let gradient = try #require(try vectorJacobian(of: [Value(node)], cotangents: [number(2)], withRespectTo: [x])[0])
        #expect(try evaluate(gradient, [(x, 1)]) == 14)
    }

    @Test func customGradientsAreChecked() throws {
        let x = Value.placeholder(scalar)
        let short = Node(.identity(count: 1), [x], types: [scalar]) { _ in [] }
        #expect(throws: GraphError.operandCount(operation: "The gradient of identity", expected: 1, got: 0)) {
            try vectorJacobian(of: [Value(short)], cotangents: [number(1)], withRespectTo: [x])
        }
        let wrong = Node(.identity(count: 1), [x], types: [scalar]) { _ in [try .zeros(TensorType([2], .float64))] }
        #expect(throws: GraphError.shapeMismatch(operation: "The gradient of identity", shapes: [[2], []], rule: "a cotangent has its value's shape")) {
            try vectorJacobian(of: [Value(wrong)], cotangents: [number(1)], withRespectTo: [x])
        }
    }

    @Test func cotangentsAreChecked() throws {
        let x = Value.placeholder(scalar)
        #expect(throws: GraphError.self) { try vectorJacobian(of: [x], cotangents: [], withRespectTo: [x]) }
        #expect(throws: GraphError.self) { try vectorJacobian(of: [x], cotangents: [.constant(Literal(1.0, .float32))], withRespectTo: [x]) }
    }

    @Test func bitsHaveNoGradient() throws {
        let x = Value.placeholder(TensorType([], .float16))
        let y = try Value.make(.bitcast(.bfloat16), x)
        #expect(throws: GraphError.notDifferentiable(operation: "bitcast(bfloat16)", detail: "it reads numbers as bits")) {
            try vectorJacobian(of: [y], cotangents: [y], withRespectTo: [x])
        }
    }

    @Test func tiesShare() throws {
        let x = Value.placeholder(TensorType([3], .float64))
        let point = Numbers(x.type, [2, 1, 2])
        let greatest = try vectorJacobian(of: [x.reduced(.max, axes: [0])], cotangents: [number(1)], withRespectTo: [x])
        #expect(try Interpreter.evaluate([#require(greatest[0])], [(x, point)])[0].values == [0.5, 0, 0.5])
        let clipped = try vectorJacobian(of: [x.binary(.maximum, .full(2, like: x))], cotangents: [.ones(like: x)], withRespectTo: [x])
        #expect(try Interpreter.evaluate([#require(clipped[0])], [(x, point)])[0].values == [0.5, 0, 0.5])
    }

    @Test func longChains() throws {
        let x = Value.placeholder(scalar)
        var y = x
        for _ in 0..<100_000 { y = try -y }
        let gradient = try #require(try vectorJacobian(of: [y], cotangents: [number(1)], withRespectTo: [x])[0])
        #expect(try Graph.capture([gradient], parameters: [x]).graph.instructions.count > 1)
    }

    @Test func gradientsCarryTheLayersLabel() throws {
        let x = Value.placeholder(scalar)
        let y = try Label.$current.withValue("dense") { try x.unary(.sin) }
        let gradient = try #require(try vectorJacobian(of: [y], cotangents: [number(1)], withRespectTo: [x])[0])
        #expect(gradient.node.label == "dense")
    }
}
