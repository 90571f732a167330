import CPUEngine
import Graph
import Testing

/// Every way to compute a float32 convolution (oneDNN's several, Winograd's, turned kernels, plain loops, parts of the batch)
/// gives what float64, which has plain loops only, gives; with the bias and the ReLU that ride on it.
@Suite struct ConvolutionTests {
    struct Row: CustomTestStringConvertible {
        let name: String
        var input = [4, 14, 15, 16]
        var kernel = [3, 3, 16, 24]
        var geometry = Convolution(strides: [1, 1], low: [1, 1], high: [1, 1])
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "3×3, same"),
        Row(name: "few channels", input: [5, 13, 12, 3], kernel: [3, 3, 3, 7]),
        Row(name: "Winograd", input: [3, 14, 17, 64], kernel: [3, 3, 64, 80]),
        Row(name: "Winograd without padding", input: [2, 15, 14, 80], kernel: [3, 3, 80, 64], geometry: Convolution(strides: [1, 1], low: [0, 0], high: [0, 0])),
        Row(name: "one example", input: [1, 14, 14, 16]),
        Row(name: "strides", geometry: Convolution(strides: [2, 3], low: [0, 1], high: [1, 0])),
        Row(name: "7×7 by 2", input: [3, 22, 22, 3], kernel: [7, 7, 3, 16], geometry: Convolution(strides: [2, 2], low: [3, 3], high: [3, 3])),
        Row(name: "1×1", kernel: [1, 1, 16, 24], geometry: Convolution(strides: [1, 1], low: [0, 0], high: [0, 0])),
        Row(name: "1×1 by 2", kernel: [1, 1, 16, 24], geometry: Convolution(strides: [2, 2], low: [0, 0], high: [0, 0])),
        Row(name: "dilated kernel", geometry: Convolution(strides: [1, 1], low: [2, 2], high: [2, 2], kernelDilation: [2, 2])),
        Row(name: "dilated input", input: [4, 7, 6, 16], geometry: Convolution(strides: [1, 1], low: [2, 2], high: [2, 2], inputDilation: [2, 2])),
        Row(name: "full padding", geometry: Convolution(strides: [1, 1], low: [2, 2], high: [2, 2])),
        Row(name: "groups", kernel: [3, 3, 4, 24], geometry: Convolution(strides: [1, 1], low: [1, 1], high: [1, 1], groups: 4)),
        Row(name: "depthwise", kernel: [3, 3, 1, 16], geometry: Convolution(strides: [1, 1], low: [1, 1], high: [1, 1], groups: 16)),
        Row(name: "one axis", input: [6, 40, 8], kernel: [5, 8, 12], geometry: Convolution(strides: [1], low: [2], high: [2])),
        Row(name: "three axes", input: [3, 6, 7, 5, 4], kernel: [2, 3, 2, 4, 8], geometry: Convolution(strides: [1, 2, 1], low: [0, 1, 0], high: [1, 1, 0])),
    ]

    @Test(arguments: rows, [1, 2, 3]) func agreesWithFloat64(_ row: Row, threads: Int) throws {
        let engine = CPUEngine()
        engine.threads = threads
        for deterministic in [false, true] {
            engine.deterministic = deterministic
            let (got, expected) = (try results(of: row, .float32, engine), try results(of: row, .float64, engine))
            for (name, (a, b)) in zip(["output", "with bias", "with bias and ReLU", "input's gradient", "kernel's gradient"], zip(got, expected)) {
                let scale = b.map(\.magnitude).max() ?? 0
                let worst = zip(a, b).map { ($0 - $1).magnitude }.max() ?? 0
                #expect(scale > 0.1 && worst <= 3e-5 * scale, "\(name): differs by \(worst), the greatest number is \(scale)")
            }
        }
    }

    /// NaN in an image is NaN behind the ReLU, for the other image nothing changes.
    @Test func notANumberPasses() throws {
        let row = Row(name: "NaN", input: [2, 4, 4, 16])
        let built = try build(row, .float32)
        var inputs = built.inputs
        inputs[0].bytes.replaceSubrange(0..<4, with: DType.float32.bytes(of: .nan))
        let rectified = try evaluate([built.outputs[2]], built.parameters, inputs)[0].doubles
        #expect(rectified[0].isNaN)
        #expect(rectified.suffix(rectified.count / 2).allSatisfy { $0 >= 0 })
    }

    private func results(of row: Row, _ dtype: DType, _ engine: CPUEngine) throws -> [[Double]] {
        let built = try build(row, dtype)
        // Each on its own: what only one reads is fused.
        return try built.outputs.map { try evaluate([$0], built.parameters, built.inputs, engine: engine)[0].doubles }
    }

    private func build(_ row: Row, _ dtype: DType) throws -> (outputs: [Value], parameters: [Value], inputs: [HostTensor]) {
        var numbers = Numbers(seed: 7)
        func tensor(_ shape: [Int]) -> HostTensor { HostTensor(shape, dtype) { _ in Double(Float(numbers.unit() * 2 - 1)) } }
        let inputs = [tensor(row.input), tensor(row.kernel), tensor([row.kernel.last!])]
        let parameters = inputs.map { Value.placeholder($0.type) }
        let output = try Value.make(.convolution(row.geometry), parameters[0], parameters[1])
        let biased = try output + parameters[2].broadcastTrailing(output.shape)
        let rectified = try Value.make(.binary(.maximum), biased, .zeros(like: biased))
        let weight = try Value.make(.unary(.sin), Value.iota([output.type.elementCount], dtype, axis: 0).reshaped(output.shape))
        let gradients = try vectorJacobian(of: [output], cotangents: [weight], withRespectTo: Array(parameters.prefix(2)))
        return ([output, biased, rectified] + gradients.compactMap { $0 }, parameters, inputs)
    }
}
