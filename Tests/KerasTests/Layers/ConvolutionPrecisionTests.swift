import Testing

@testable import Keras

/// Convolutions and poolings of sizes as in use, where the engine takes its fast ways: float32 against float64, which it computes by plain
/// loops. Values and all gradients.
@Suite(.ownSession) struct ConvolutionPrecisionTests {
    struct Case: Sendable {
        let name: String
        let shape: [Int]
        let layer: @Sendable (DTypePolicy) -> Layer
    }

    private static let cases: [Case] = [
        Case(name: "image", shape: [3, 28, 28, 16]) { Conv2D(32, 3, activation: .tanh, padding: .same, dtype: $0) },
        Case(name: "image, one channel", shape: [4, 28, 28, 1]) { Conv2D(16, 3, dtype: $0) },
        Case(name: "image, one filter", shape: [2, 26, 26, 32]) { Conv2D(1, 3, dtype: $0) },
        Case(name: "strides", shape: [2, 31, 33, 8]) { Conv2D(24, [5, 3], strides: [2, 3], padding: .same, dtype: $0) },
        Case(name: "dilation", shape: [2, 24, 20, 8]) { Conv2D(17, 3, dilationRate: [3, 2], dtype: $0) },
        Case(name: "groups", shape: [2, 18, 18, 32]) { Conv2D(48, 3, padding: .same, groups: 4, dtype: $0) },
        Case(name: "windows of 1", shape: [2, 16, 16, 64]) { Conv2D(48, 1, strides: 2, dtype: $0) },
        Case(name: "channels first", shape: [2, 12, 19, 21]) { Conv2D(20, 3, strides: 2, dataFormat: .channelsFirst, dtype: $0) },
        Case(name: "depthwise", shape: [2, 24, 24, 24]) { DepthwiseConv2D(3, depthMultiplier: 2, padding: .same, dtype: $0) },
        Case(name: "depthwise, strides", shape: [2, 25, 24, 32]) { DepthwiseConv2D(5, strides: 2, dtype: $0) },
        Case(name: "separable", shape: [2, 20, 20, 16]) { SeparableConv2D(40, 3, depthMultiplier: 2, dtype: $0) },
        Case(name: "transpose", shape: [2, 8, 9, 32]) { Conv2DTranspose(16, 4, strides: 2, padding: .same, dtype: $0) },
        Case(name: "transpose, output padding", shape: [2, 10, 10, 8]) {
            Conv2DTranspose(16, [3, 5], strides: 3, outputPadding: [1, 2], dtype: $0)
        },
        Case(name: "transpose, dilation", shape: [2, 10, 12, 16]) { Conv2DTranspose(8, 3, padding: .same, dilationRate: 2, dtype: $0) },
        Case(name: "sequence", shape: [4, 120, 16]) { Conv1D(32, 7, padding: .causal, dilationRate: 3, dtype: $0) },
        Case(name: "sequence, strides", shape: [2, 400, 1]) { Conv1D(24, 40, strides: 16, dtype: $0) },
        Case(name: "sequence, groups", shape: [2, 64, 24]) { Conv1D(24, 5, padding: .same, groups: 3, dtype: $0) },
        Case(name: "sequence, transpose", shape: [2, 50, 16]) { Conv1DTranspose(12, 8, strides: 4, dtype: $0) },
        Case(name: "volume", shape: [2, 10, 12, 11, 8]) { Conv3D(16, 3, padding: .same, dtype: $0) },
        Case(name: "volume, strides, groups", shape: [2, 9, 12, 11, 8]) { Conv3D(16, [2, 3, 1], strides: [1, 2, 2], groups: 2, dtype: $0) },
        Case(name: "volume, dilation", shape: [1, 10, 12, 11, 8]) { Conv3D(9, 2, dilationRate: [1, 3, 2], dtype: $0) },
        Case(name: "volume, transpose", shape: [1, 5, 6, 4, 8]) { Conv3DTranspose(6, 3, strides: 2, outputPadding: 1, dtype: $0) },
        Case(name: "average pooling", shape: [3, 27, 25, 20]) { AveragePooling2D(3, strides: 2, padding: .same, dtype: $0) },
        Case(name: "max pooling", shape: [3, 27, 25, 20]) { MaxPooling2D(3, strides: 2, padding: .same, dtype: $0) },
        Case(name: "max pooling, volume", shape: [2, 9, 8, 10, 7]) { MaxPooling3D([2, 3, 2], strides: 1, dtype: $0) },
        Case(name: "adaptive pooling", shape: [2, 23, 17, 12]) { AdaptiveAveragePooling2D([7, 5], dtype: $0) },
        Case(name: "up sampling", shape: [2, 13, 11, 6]) { UpSampling2D([2, 3], interpolation: .bicubic, dtype: $0) },
    ]

    @Test(arguments: cases.indices) func agree(_ index: Int) throws {
        let test = Self.cases[index]
        let short = test.layer(.float32), long = test.layer(.float64)
        let x = try random.normal(test.shape, seed: 1)
        let shape = try short(x).shape
        _ = try long(x)
        for (variable, wide) in zip(short.weights, long.weights) {
            let value = try random.normal(variable.shape, seed: 3) * 0.3
            try variable.assign(value)
            try wide.assign(value.cast(to: .float64))
        }
        let cotangent = try random.normal(shape, seed: 2)
        func gradients(_ layer: Layer, _ dtype: DType) throws -> [Tensor] {
            let input = try Variable(x.cast(to: dtype)), weights = try cotangent.cast(to: dtype)
            let result = try valueAndGradient(of: [input] + layer.trainableWeights) { try ops.sum(layer(input.value) * weights) }
            return try [layer(input.value)] + result.gradients
        }
        for (got, expected) in try zip(gradients(short, .float32), gradients(long, .float64)) {
            #expect(got.shape == expected.shape)
            let size = try ops.max(ops.abs(expected)).item(Double.self)
            let difference = try ops.max(ops.abs(got.cast(to: .float64) - expected)).item(Double.self)
            #expect(difference < 1e-5 * max(size, 1), "\(test.name), \(got.shape)")
        }
    }
}
