import Testing
@testable import Graph

/// From expressions to graphs.
@Suite struct CaptureTests {
    private let type = TensorType([2, 3], .float32)

    @Test func equalComputationsAreWrittenOnce() throws {
        let x = Value.placeholder(type)
        let graph = try Graph.capture([x.exp() + x.exp(), x.exp()], parameters: [x]).graph
        #expect(graph.instructions.map(\.primitive) == [.parameter(0, type), .unary(.exp), .binary(.add)])
    }

    @Test func movesThatChangeNothingAreLeftOut() throws {
        let x = Value.placeholder(type)
        let y = try Value.make(.transpose([0, 1]), Value.make(.reshape([2, 3]), x))
        let z = try Value.make(.slice(Slice(starts: [0, 0], limits: [2, 3], strides: [1, 1])), y) * 1
        let graph = try Graph.capture([z.renamed()], parameters: [x]).graph
        #expect(graph.outputs == [Graph.Operand(0)])
    }

    @Test func whatNoOutputNeedsIsLeftOut() throws {
        let x = Value.placeholder(type), unused = Value.placeholder(type)
        var graph = Graph()
        graph.append(.parameter(0, type), [], results: [type])
        graph.append(.parameter(1, type), [], results: [type])
        graph.append(.unary(.exp), [Graph.Operand(0)], results: [type])
        graph.append(.unary(.sin), [Graph.Operand(1)], results: [type], label: "kept")
        graph.outputs = [Graph.Operand(3)]
        let pruned = graph.pruned()
        #expect(pruned.instructions.map(\.primitive.name) == ["parameter(0)", "parameter(1)", "sin"])
        #expect(pruned.labels.last == "kept")
        #expect(try Graph.capture([x.exp()], parameters: [x, unused]).graph.parameters.count == 2)
    }

    @Test func placeholdersOutsideTheParametersAreErrors() throws {
        let x = Value.placeholder(type), leaked = Value.placeholder(type)
        #expect(throws: GraphError.leakedPlaceholder(type)) { try Graph.capture([x + leaked], parameters: [x]) }
    }

    @Test func liftedConstantsShareAGraph() throws {
        let x = Value.placeholder(type)
        func graph(_ number: Double) throws -> CapturedGraph { try Graph.capture([x * number], parameters: [x], liftingConstants: true) }
        #expect(try graph(2).graph == graph(3).graph)
        #expect(try graph(2).captured.count == 1)
        #expect(try Graph.capture([x * 2], parameters: [x]).graph != Graph.capture([x * 3], parameters: [x]).graph)
    }

    @Test func instantiatedGraphsComputeTheSame() throws {
        let x = Value.placeholder(TensorType([4], .float64))
        let graph = try Graph.capture([x.exp() * x, x], parameters: [x]).graph
        let y = Value.placeholder(TensorType([4], .float64))
        #expect(try Graph.capture(graph.instantiate([y]), parameters: [y]).graph == graph)
    }

    @Test func aMillionNodesAreLetGo() throws {
        var x: Value? = .placeholder(TensorType([], .float32))
        for _ in 0..<1_000_000 { x = x.map { Value(Node(.unary(.negate), [$0], types: [$0.type])) } }
        weak let last = x?.node
        #expect(last != nil)
        x = nil
        #expect(last == nil)
    }

    @Test func aHundredThousandNodesAreCaptured() throws {
        let x = Value.placeholder(TensorType([], .float32))
        var y = x
        for _ in 0..<100_000 { y = try y + x }
        #expect(try Graph.capture([y], parameters: [x]).graph.instructions.count == 100_001)
    }
}
