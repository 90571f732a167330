import Testing

@testable import Graph

@Suite struct MultiplyAddsTests {
    private func types(_ shapes: [Int]...) -> [TensorType] { shapes.map { TensorType($0, .float32) } }

    private func count(_ primitive: Primitive, _ operands: [TensorType]) throws -> Int {
        primitive.multiplyAdds(operands, results: try primitive.resultTypes(of: operands))
    }

    @Test func products() throws {
        #expect(try count(.matmul(transposeA: false, transposeB: false), types([2, 3, 5], [2, 5, 7])) == 2 * 3 * 5 * 7)
        #expect(try count(.matmul(transposeA: true, transposeB: true), types([5, 3], [7, 5])) == 3 * 5 * 7)
        #expect(try count(.matmul(transposeA: false, transposeB: false), types([0, 3], [3, 4])) == 0)
    }

    @Test func convolutions() throws {
        let plain = Convolution(strides: [2], low: [1], high: [1])
        // Seven places of a padded input of 12 (in steps of 2: 5), a kernel of 3, 4 channels, 6 filters, a batch of 2.
        #expect(try count(.convolution(plain), types([2, 10, 4], [3, 4, 6])) == 2 * 5 * 3 * 4 * 6)
        let grouped = Convolution(strides: [1], low: [0], high: [0], groups: 2)
        #expect(try count(.convolution(grouped), types([1, 5, 4], [3, 2, 6])) == 3 * 3 * 2 * 6)
    }

    /// Counted one by one.
    @Test func zerosBetweenElementsDoNotCount() throws {
        for (size, kernel, dilation, low, high) in [(4, 3, 2, 1, 2), (5, 4, 3, 2, 2), (1, 3, 2, 2, 2), (7, 2, 4, 0, 1)] {
            let convolution = Convolution(strides: [1], low: [low], high: [high], inputDilation: [dilation])
            let operands = types([1, size, 1], [kernel, 1, 1])
            let output = try #require(try Primitive.convolution(convolution).resultTypes(of: operands).first).shape[1]
            var pairs = 0
            for place in 0..<output { for tap in 0..<kernel where (place + tap - low) % dilation == 0 { pairs += 1 } }
            #expect(try count(.convolution(convolution), operands) == pairs)
        }
    }

    @Test func gradientsOfConvolutionsCountLikeThem() throws {
        let convolution = Convolution(strides: [2, 1], low: [1, 0], high: [0, 1])
        let input = [2, 8, 7, 3], kernel = [3, 2, 3, 5]
        let forward = types(input, kernel)
        let output = try #require(try Primitive.convolution(convolution).resultTypes(of: forward).first).shape
        let expected = try count(.convolution(convolution), forward)
        #expect(expected == output.reduce(1, *) * 3 * 2 * 3)
        #expect(try count(.composite(.convolutionInputGradient(convolution, inputSpatial: [8, 7])), types(kernel, output)) == expected)
        #expect(try count(.composite(.convolutionKernelGradient(convolution, kernelSpatial: [3, 2])), types(input, output)) == expected)
    }

    @Test func loopsCountAsOftenAsTheyRun() throws {
        let h = Value.placeholder(TensorType([2, 4], .float32))
        func check(_ composite: Composite, _ operands: [Value], _ expected: Int) throws {
            let distinct = operands.reduce(into: [Value]()) { if !$0.contains($1) { $0.append($1) } }
            let whole = try Graph.capture(Value.makeAll(.composite(composite), operands), parameters: distinct).graph
            #expect(whole.multiplyAdds == expected)
            #expect(try whole.decomposingComposites { _ in true }.multiplyAdds == expected)
        }
        let inputs = Value.placeholder(TensorType([2, 6, 16], .float32)), outputs = Value.placeholder(TensorType([2, 6, 4], .float32))
        let recurrent = Value.placeholder(TensorType([4, 16], .float32))
        try check(.lstm(reverse: false), [inputs, h, h, recurrent], 2 * 6 * 4 * 16)
        try check(.lstmGradient(reverse: false), [recurrent, h, inputs, outputs, outputs, h, h], 2 * 6 * 4 * 16)
        let weights = [[3, 12], [4, 12], [2, 12]].map { Value.placeholder(TensorType($0, .float32)) }
        let x = Value.placeholder(TensorType([2, 6, 3], .float32))
        try check(.gru(reverse: false), [x, h] + weights, 2 * 6 * (3 * 12 + 4 * 12))
    }

    @Test func theLongerBranchCounts() throws {
        let a = Value.placeholder(TensorType([3, 3], .float32))
        let product = try Graph.capture([a.matmul(a)], parameters: [a]).graph
        let same = try Graph.capture([a], parameters: [a]).graph
        let primitive = Primitive.conditional(same, product)
        #expect(primitive.multiplyAdds([TensorType([], .bool), a.type, a.type], results: [a.type]) == 27)
    }

    @Test func greatNumbersStayGreat() throws {
        let side = 1 << 21
        #expect(Primitive.matmul(transposeA: false, transposeB: false).multiplyAdds(
            types([side, side], [side, side]), results: types([side, side])) == .max)
    }

    @Test func everythingElseIsFree() throws {
        let counting: Set = ["matmul", "convolution", "scan", "conditional", "composite.lstm", "composite.lstmGradient", "composite.gru",
                             "composite.convolutionInputGradient", "composite.convolutionKernelGradient"]
        for sample in Sample.all where !counting.contains(sample.primitive.kind.key) {
            #expect(try count(sample.primitive, sample.operands.map(\.type)) == 0, "\(sample)")
        }
    }
}
