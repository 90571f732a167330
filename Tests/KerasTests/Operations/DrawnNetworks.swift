@testable import Keras

/// The rows of `Tests/Fixtures/operations/rows_networks.py`, drawn here.
extension DrawnOperations {
    /// The script's `constant`.
    private static func constant(_ shape: Int...) throws -> Tensor {
        try Tensor((0..<shape.reduce(1, *)).map { Double($0 % 5) * 0.25 - 0.5 }, shape: shape, dtype: .float32)
    }

    private static func positive(_ count: Int) throws -> Tensor { try ops.abs(constant(count)) + 1 }

    static let products: [String: Drawing] = [
        "matmul": { x in try [ops.matmul(x[0], x[1])] },
        "operator matmul constant": { x in try [ops.matmul(x[0], constant(3, 2))] },
        "dot": { x in try [ops.dot(x[0], constant(3, 2))] },
        "tensordot": { x in try [ops.tensordot(x[0], constant(3, 2), axes: 1)] },
        "tensordot axes": { x in try [ops.tensordot(x[0], constant(4, 3, 2), axes: ([1, 2], [0, 1]))] },
        "outer": { x in try [ops.outer(x[0][0], x[0][1])] },
        "inner": { x in try [ops.inner(x[0], constant(2, 3))] },
        "vdot": { x in try [ops.vdot(x[0][0], x[1][0])] },
        "einsum": { x in try [ops.einsum("bij,bjk->bik", x[0], x[1])] },
        "einsum one": { x in try [ops.einsum("bij->bji", x[0])] },
        "einsum constant": { x in try [ops.einsum("bij,jk->bik", x[0], constant(4, 2))] },
        "conv": { x in try [ops.conv(x[0], constant(2, 2, 3, 2), strides: 1, padding: .same)] },
        "conv options": { x in try [ops.conv(x[0], constant(2, 2, 3, 2), strides: [2, 1], padding: .valid, dataFormat: .channelsFirst)] },
        "conv 1d": { x in try [ops.conv(x[0], constant(2, 3, 2), padding: .valid, dilationRate: 2)] },
        "depthwise_conv": { x in try [ops.depthwiseConv(x[0], constant(2, 2, 3, 2), padding: .same)] },
        "separable_conv": { x in try [ops.separableConv(x[0], constant(2, 2, 3, 1), constant(1, 1, 3, 2))] },
        "conv_transpose": { x in try [ops.convTranspose(x[0], constant(2, 2, 2, 3), strides: 2, padding: .same)] },
        "conv_transpose output padding": { x in try [ops.convTranspose(x[0], constant(3, 2, 3), strides: 2, outputPadding: [1])] },
    ]

    static let networks: [String: Drawing] = [
        "max_pool": { x in try [ops.maxPool(x[0], 2)] },
        "max_pool options": { x in try [ops.maxPool(x[0], [2, 1], strides: 1, padding: .same, dataFormat: .channelsLast)] },
        "average_pool": { x in try [ops.averagePool(x[0], 2, padding: .same)] },
        "adaptive_max_pool": { x in try [ops.adaptiveMaxPool(x[0], 2)] },
        "adaptive_average_pool": { x in try [ops.adaptiveAveragePool(x[0], [2, 3], dataFormat: .channelsFirst)] },
        "resize": { x in try [ops.resize(x[0], [2, 6])] },
        "resize options": { x in try [ops.resize(x[0], [3, 2], interpolation: .nearest, antialias: true, dataFormat: .channelsFirst)] },
        "batch_normalization": { x in try [ops.batchNormalization(x[0], constant(3), positive(3), axis: -1)] },
        "batch_normalization options": { x in
            try [ops.batchNormalization(
                x[0], constant(3), positive(3), axis: -1, offset: constant(3), scale: constant(3) + 1, epsilon: 0.1)]
        },
        "layer_normalization": { x in try [ops.layerNormalization(x[0])] },
        "layer_normalization options": { x in
            try [ops.layerNormalization(x[0], gamma: constant(3) + 1, beta: constant(3), axes: [-1], epsilon: 0.01)]
        },
        "rms_normalization": { x in try [ops.rmsNormalization(x[0])] },
        "rms_normalization scale": { x in try [ops.rmsNormalization(x[0], scale: constant(3) + 1, axis: -1, epsilon: 0.01)] },
        "normalize options": { x in try [ops.normalize(x[0], axis: 1, order: 1, epsilon: 0.01)] },
        "binary_crossentropy": { x in try [ops.binaryCrossentropy(x[0], x[1])] },
        "binary_crossentropy logits": { x in try [ops.binaryCrossentropy(x[0], x[1], fromLogits: true)] },
        "categorical_crossentropy": { x in try [ops.categoricalCrossentropy(x[0], x[1])] },
        "sparse_categorical_crossentropy": { x in try [ops.sparseCategoricalCrossentropy(x[0][.all, 0], x[1], fromLogits: true)] },
        "graph: shared results": { x in
            let h = try Dense(4, kernelInitializer: .ones, name: "h")(x[0])
            return try [ops.relu(h) + h * 2]
        },
        "graph: nested models": { x in
            let inside = Input(shape: [3], name: "inner_x")
            let inner = try Model(inputs: inside, outputs: ops.tanh(inside) * inside, name: "inner")
            return try [inner(ops.exp(x[0])) - inner(x[0])]
        },
        "graph: between layers": { x in
            try [Dense(2, kernelInitializer: .ones, name: "last")(ops.reshape(x[0] * 2 + 1, [-1, 6]))]
        },
        "graph: a mask ends at an operation": { x in
            let e = try Embedding(5, 3, embeddingsInitializer: .ones, maskZero: true, name: "e")(x[0])
            return try [GlobalAveragePooling1D(name: "g")(e * 2)]
        },
    ]
}
