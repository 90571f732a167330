import Testing
@testable import Graph

/// No attribute and no shape makes a rule trap, whatever the numbers.
@Suite(.serialized) struct ExtremeShapeTests {
    private struct Dice {
        var state: UInt64
        mutating func roll() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33)
        }
        mutating func pick<T>(_ choices: [T]) -> T { choices[roll() % choices.count] }
        mutating func size() -> Int {
            pick([0, 1, 2, 3, 4, 7, -1, Int.max, Int.min, Int.max - 1, 1 << 46, 1 << 32, 1 << 45, -(1 << 46), Int.max / 2, Int(Int32.max) + 1])
        }
        mutating func small() -> Int { pick([0, 1, 1, 2, 3, 4, 5, 8]) }
        mutating func list(_ count: Int) -> [Int] { (0..<count).map { _ in roll() % 3 == 0 ? size() : small() } }
        mutating func type(_ rank: Int) -> TensorType { TensorType(list(rank), pick([.float32, .float32, .float64, .int32, .bool, .uint32])) }
    }

    private static func primitive(_ dice: inout Dice, rank: Int) -> Primitive {
        let spatial = max(rank - 2, 0)
        let convolution = Convolution(strides: dice.list(spatial), low: dice.list(spatial), high: dice.list(spatial),
                                      inputDilation: dice.list(spatial), kernelDilation: dice.list(spatial), groups: dice.pick([1, 1, 2, dice.size()]))
        let window = Window(sizes: dice.list(rank), strides: dice.list(rank), low: dice.list(rank), high: dice.list(rank), dilation: dice.list(rank))
        let axis = dice.pick([0, 1, 2, -1, Int.max, Int.min])
        let other = dice.pick([0, 0, 1, -1, Int.max, Int.min])
        let count = dice.pick([0, 1, 2, -1, Int.max, Int.min])
        let choices: [Primitive] = [
            .parameter(count, dice.type(rank)), .iota(dice.type(rank), axis: axis),
            .reshape(dice.list(rank)), .transpose(dice.list(rank)), .broadcast(dice.list(rank + 1), axes: dice.list(rank)),
            .slice(Slice(starts: dice.list(rank), limits: dice.list(rank), strides: dice.list(rank))),
            .dynamicSlice(sizes: dice.list(rank)), .dynamicUpdate, .concatenate(axis: axis),
            .pad(Padding(low: dice.list(rank), high: dice.list(rank), interior: dice.list(rank))), .reverse(axes: dice.list(1)),
            .reduce(.sum, axes: dice.list(2)), .argReduce(.max, axis: axis), .cumulative(.sum, axis: axis, reverse: true),
            .matmul(transposeA: dice.roll() % 2 == 0, transposeB: dice.roll() % 2 == 0), .convolution(convolution),
            .reduceWindow(.sum, window), .maxWindowGradient(window),
            .gather(axis: axis, batchAxes: other), .scatter(.add, axis: axis, batchAxes: other),
            .sort(axis: axis, descending: true), .topK(dice.size()), .randomBits(dice.list(rank)),
            .scan(Scan(body: Graph(), carries: count, constants: other, sequences: axis, length: dice.size())),
            .conditional(Graph(), Graph()), .identity(count: count), .stopGradient, .convert(.float64), .select, .binary(.add),
            .composite(.softmax(axis: axis)), .composite(.layerNormalization(axes: dice.size(), epsilon: 0)),
            .composite(.layerNormalizationGradient(axes: dice.size())), .composite(.batchNormalization(epsilon: 0)),
            .composite(.convolutionInputGradient(convolution, inputSpatial: dice.list(spatial))),
            .composite(.convolutionKernelGradient(convolution, kernelSpatial: dice.list(spatial))),
            .composite(.lstm(reverse: false)), .composite(.lstmGradient(reverse: false)), .composite(.gru(reverse: false)), .composite(.sparseCrossEntropy),
        ]
        return dice.pick(choices)
    }

    @Test(arguments: 1...8) func rulesDoNotTrap(_ seed: Int) {
        var dice = Dice(state: UInt64(seed) &* 0x9e37_79b9_7f4a_7c15)
        for _ in 0..<4_000 {
            let rank = dice.pick([0, 1, 2, 3, 3, 4])
            let primitive = Self.primitive(&dice, rank: rank)
            let count = dice.pick([0, 1, 1, 2, 2, 3, 5, 6])
            let operands = (0..<count).map { number in dice.type(number > 0 && dice.roll() % 3 == 0 ? dice.pick([0, 1, 2]) : rank) }
            for type in (try? primitive.resultTypes(of: operands)) ?? [] {
                #expect(type.shape.allSatisfy { $0 >= 0 } && type.byteCount <= TensorType.byteLimit, "\(primitive) on \(operands)")
            }
        }
    }

    /// What passes the rule can be differentiated and decomposed without a trap, on sizes that no machine holds.
    @Test(arguments: 1...4) func gradientsDoNotTrap(_ seed: Int) {
        var dice = Dice(state: UInt64(seed) &* 0xbf58_476d_1ce4_e5b9)
        for _ in 0..<8_000 {
            let rank = dice.pick([1, 2, 3, 3, 4])
            let primitive = Self.primitive(&dice, rank: rank)
            let indices = TensorType([dice.small()], .int32)
            let operands = [TensorType(dice.list(rank), .float64), dice.pick([TensorType([], .float64), TensorType(dice.list(rank), .float64), indices]),
                            TensorType(dice.list(rank), .float64)].prefix(dice.pick([1, 1, 2, 2, 3]))
            guard (try? primitive.resultTypes(of: Array(operands))) != nil else { continue }
            let x = operands.map { Value.placeholder($0) }
            do {
                let y = try Value.makeAll(primitive, x)
                let gradients = try vectorJacobian(of: y, cotangents: y.map { Value.placeholder($0.type) }, withRespectTo: x)
                for (gradient, x) in zip(gradients, x) { if let gradient { #expect(gradient.type == x.type) } }
                if case .composite(let composite) = primitive { _ = try composite.decomposed(x) }
            } catch { #expect(error is GraphError) }
        }
    }

    @Test func absurdCallsAreErrors() {
        let x = TensorType([2, 4, 3], .float32), kernel = TensorType([2, 3, 3], .float32)
        let far = Int.max
        let convolutions = [
            Convolution(strides: [far], low: [far], high: [far]),
            Convolution(strides: [1], low: [Int.min], high: [Int.min]),
            Convolution(strides: [1], low: [0], high: [0], inputDilation: [far], kernelDilation: [far]),
            Convolution(strides: [-1], low: [0], high: [0]),
        ]
        for convolution in convolutions {
            #expect(throws: GraphError.self) { try Primitive.convolution(convolution).resultTypes(of: [x, kernel]) }
        }
        #expect(throws: GraphError.self) { try Primitive.pad(Padding(low: [far, 0, 0], high: [far, 0, 0])).resultTypes(of: [x, TensorType([], .float32)]) }
        #expect(throws: GraphError.self) { try Primitive.unary(.exp).resultTypes(of: [TensorType([far, far], .float32)]) }
        #expect(throws: GraphError.self) { try Primitive.reshape([far, far, 0]).resultTypes(of: [TensorType([0], .float32)]) }
    }
}
