import Foundation
import Keras

/// Neural style transfer (Gatys et al., 2015): a picture is changed until VGG19 sees the content of one picture and the style of another.
///
/// The content is what a late layer gives; the style is which channels of several layers occur together: their Gram matrices.
/// `--weights` takes Keras' published weights without top (`vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5`); without them random
/// ones are used, which show the machinery, not art.
enum StyleStory {
    static let styleLayers = ["block1_conv1", "block2_conv1", "block3_conv1", "block4_conv1", "block5_conv1"]
    static let contentLayer = "block5_conv2"
    static let contentWeight = 2.5e-8, styleWeight = 1e-6, variationWeight = 1e-6

    @Sendable static func run(_ options: StoryOptions) throws {
        let size = options.int("size", 128)
        let weights: PretrainedWeights? = options.text("weights").map { .file($0) }
        let vgg = try VGG19(includeTop: false, weights: weights, inputShape: [size, size, 3])
        let wanted = styleLayers + [contentLayer]
        let features = try Model(
            inputs: vgg.input, outputs: Dictionary(uniqueKeysWithValues: wanted.map { ($0, try vgg.layer(named: $0).output) }))

        let content = try options.text("content").map { try picture($0, size) } ?? waves(size)
        let style = try options.text("style").map { try picture($0, size) } ?? stripes(size)
        let contentFeatures: [String: Tensor] = try features(VGG19.preprocessInput(content))
        let styleFeatures: [String: Tensor] = try features(VGG19.preprocessInput(style))
        let aim = try contentFeatures[contentLayer]!.evaluate()
        let grams = try styleLayers.map { try gram(styleFeatures[$0]!).evaluate() }

        let painting = try Variable(VGG19.preprocessInput(content), name: "painting")
        let optimizer = try Optimizer.adam(4)
        let steps = options.int("steps", 20)
        for step in 1...steps {
            let (loss, gradients) = try valueAndGradient(of: [painting]) {
                let seen: [String: Tensor] = try features(painting.value)
                var loss = try ops.sum(ops.square(seen[contentLayer]! - aim)) * contentWeight
                for (name, wanted) in zip(styleLayers, grams) {
                    let size = Double(painting.shape[1] * painting.shape[2])
                    let difference = try ops.sum(ops.square(gram(seen[name]!) - wanted))
                    loss = try loss + difference / (4 * 9 * size * size) * (styleWeight / Double(styleLayers.count))
                }
                return try loss + variation(painting.value) * variationWeight
            }
            try optimizer.apply(gradients, to: [painting])
            if step == 1 || step % 5 == 0 || step == steps {
                print("step \(step): loss \(decimal(Double(try loss.item(Float.self)), 2))")
                fflush(nil)
            }
        }
        try saveImage(deprocessed(painting.value), to: "output/style.png")
        print("painted: output/style.png")
    }

    /// Which channels occur together: `[channels, channels]` from `[1, height, width, channels]`.
    static func gram(_ features: Tensor) throws -> Tensor {
        let rows = try features.reshaped([-1, features.shape[3]])
        return try ops.matmul(ops.transpose(rows), rows)
    }

    /// How much neighbours differ.
    static func variation(_ image: Tensor) throws -> Tensor {
        let last = image.shape[1] - 1
        let inner = try image[.all, 0..<last, 0..<last]
        let down = try ops.square(inner - image[.all, 1..., 0..<last]), right = try ops.square(inner - image[.all, 0..<last, 1...])
        return try ops.sum(ops.power(down + right, 1.25))
    }

    static func picture(_ path: String, _ size: Int) throws -> Tensor {
        try ops.expandDims(imageToArray(loadImage(path, targetSize: (size, size))), axis: 0)
    }

    /// A picture of its own for a trial without files: rings.
    static func waves(_ size: Int) throws -> Tensor { try drawn(size) { x, y in 127 + 120 * sin(20 * (x * x + y * y).squareRoot()) } }

    /// Another: slanted stripes.
    static func stripes(_ size: Int) throws -> Tensor { try drawn(size) { x, y in 127 + 120 * sin(40 * x + 25 * y) } }

    private static func drawn(_ size: Int, _ value: (Double, Double) -> Double) throws -> Tensor {
        var numbers: [Float] = []
        for row in 0..<size {
            for column in 0..<size {
                let (x, y) = (Double(column) / Double(size) - 0.5, Double(row) / Double(size) - 0.5)
                numbers += [Float(value(x, y)), Float(value(y, x)), Float(value(x, -y))]
            }
        }
        return try Tensor(numbers, shape: [1, size, size, 3])
    }

    /// What VGG19's preprocessing did, undone: mean colour added, BGR to RGB.
    static func deprocessed(_ image: Tensor) throws -> Tensor {
        let mean = try Tensor([103.939, 116.779, 123.68] as [Float])
        return try ops.clip(ops.flip(image[0] + mean, axis: -1), 0, 255)
    }
}
