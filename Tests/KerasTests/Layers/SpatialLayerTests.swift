import Testing

@testable import Keras

/// How convolutions, poolings and their like are called, and what shapes they give where sizes are not known.
@Suite(.ownSession) struct SpatialLayerTests {
    @Test func callStyles() throws {
        let x = Input(shape: [28, 28, 1])
        #expect(try Conv2D(32, 3, activation: .relu)(x).shape == [nil, 26, 26, 32])
        #expect(try Conv2D(32, kernelSize: 3, activation: .relu, padding: .same)(x).shape == [nil, 28, 28, 32])
        #expect(try Conv2D(8, [3, 5], strides: [1, 2])(x).shape == [nil, 26, 12, 8])
        let size = 5
        #expect(try Convolution2D(8, size)(x).shape == [nil, 24, 24, 8])
        #expect(try Conv2DTranspose(16, 3, strides: 2, padding: .same)(x).shape == [nil, 56, 56, 16])
        #expect(try DepthwiseConv2D(kernelSize: 3, depthMultiplier: 2)(x).shape == [nil, 26, 26, 2])
        #expect(try SeparableConv2D(4, kernelSize: [3, 1])(x).shape == [nil, 26, 28, 4])
        #expect(try MaxPooling2D(3)(x).shape == [nil, 9, 9, 1])
        #expect(try MaxPooling2D()(x).shape == [nil, 14, 14, 1])
        #expect(try AveragePooling2D(poolSize: [2, 4], strides: 1, padding: .same)(x).shape == [nil, 28, 28, 1])
        #expect(try UpSampling2D(3)(x).shape == [nil, 84, 84, 1])
        #expect(try UpSampling2D(size: [1, 2], interpolation: .bilinear)(x).shape == [nil, 28, 56, 1])
        #expect(try GlobalAveragePooling2D()(x).shape == [nil, 1])
        #expect(try GlobalMaxPooling2D(keepdims: true)(x).shape == [nil, 1, 1, 1])
        #expect(try AdaptiveAveragePooling2D([7, 3])(x).shape == [nil, 7, 3, 1])
        #expect(try ZeroPadding2D(padding: [[1, 0], [2, 2]])(x).shape == [nil, 29, 32, 1])
        #expect(try Cropping2D(cropping: [1, 2])(x).shape == [nil, 26, 24, 1])
        #expect(try Cropping2D()(x).shape == [nil, 28, 28, 1])
    }

    @Test func unknownSizes() throws {
        let x = Input(shape: [nil, nil, 3])
        #expect(try Conv2D(8, 3, strides: 2)(x).shape == [nil, nil, nil, 8])
        #expect(try Conv2DTranspose(8, 3, strides: 2)(x).shape == [nil, nil, nil, 8])
        #expect(try MaxPooling2D(3)(x).shape == [nil, nil, nil, 3])
        #expect(try GlobalAveragePooling2D()(x).shape == [nil, 3])
        #expect(try AdaptiveMaxPooling2D(4)(x).shape == [nil, 4, 4, 3])
        #expect(try UpSampling2D(2, interpolation: .bicubic)(x).shape == [nil, nil, nil, 3])
        #expect(try ZeroPadding2D(1)(x).shape == [nil, nil, nil, 3])
        #expect(try Cropping2D(1)(x).shape == [nil, nil, nil, 3])
        let volume = Input(shape: [nil, nil, nil, 2])
        #expect(try Conv3D(8, 3, padding: .same)(volume).shape == [nil, nil, nil, nil, 8])
        #expect(try AveragePooling3D(2)(volume).shape == [nil, nil, nil, nil, 2])
        let sound = Input(shape: [nil, 1])
        #expect(try Conv1D(4, 400, strides: 160)(sound).shape == [nil, nil, 4])
        #expect(try Conv1D(4, 4096, padding: .causal)(sound).shape == [nil, nil, 4])
        #expect(try Conv1D(4, 4096)(sound).shape == [nil, nil, 4])
        #expect(try Reshape([-1, 160])(Input(shape: [nil])).shape == [nil, nil, 160])
        #expect(try Reshape([-1, 13])(sound).shape == [nil, nil, 13])
        #expect(try Reshape([3, 2])(sound).shape == [nil, 3, 2])
    }

    /// Stand-ins for unknown sizes that no memory would hold are smaller ones.
    @Test func largeKnownSizes() throws {
        #expect(try Conv2D(8192, 1)(Input(shape: [nil, nil, 4096])).shape == [nil, nil, nil, 8192])
        #expect(try Dense(100_000)(Input(shape: [nil, 30_000])).shape == [nil, nil, 100_000])
        #expect(try Conv3D(4096, 1)(Input(shape: [nil, nil, nil, 240])).shape == [nil, nil, nil, nil, 4096])
    }

    /// The same numbers as after a transposition, computed in the graph of a model.
    @Test func channelsFirst() throws {
        let first = Conv2D(3, 3, padding: .same, dataFormat: .channelsFirst)
        let last = Conv2D(3, 3, padding: .same, dataFormat: .channelsLast)
        let x = try random.normal([2, 5, 6, 4], seed: 1)
        let turned = try ops.transpose(x, axes: [0, 3, 1, 2])
        let y = try last(x)
        _ = try first(turned)
        try first.setWeights(last.getWeights())
        let difference = try ops.max(ops.abs(first(turned) - ops.transpose(y, axes: [0, 3, 1, 2]))).item(Float.self)
        #expect(difference < 1e-5)
    }

    @Test func olderConfigs() throws {
        let pooling = try MaxPooling2D(config: ["pool_size": 3, "strides": nil])
        #expect(pooling.strides == [3, 3])
        let padding = try ZeroPadding2D(config: ["padding": 2])
        #expect(padding.borders == [[2, 2], [2, 2]])
        let cropping = try Cropping2D(config: ["cropping": [1, [2, 3]]])
        #expect(cropping.borders == [[1, 1], [2, 3]])
        let conv = try Conv2D(config: ["filters": 2, "kernel_size": 3, "padding": "SAME"])
        #expect(conv.kernelSize == [3, 3] && conv.padding == .same && conv.strides == [1, 1])
    }
}
