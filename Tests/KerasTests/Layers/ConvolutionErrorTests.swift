import Testing

@testable import Keras

/// What convolutions, poolings and their like say about inputs and arguments that do not suit them.
@Suite(.ownSession) struct ConvolutionErrorTests {
    private let file = "ConvolutionErrorTests.swift"
    private let image = Input(shape: [8, 8, 3], name: "image")

    @Test func rank() {
        let flat = Input(shape: [28, 28], name: "x")
        let line = #line + 1
        let text = message { _ = try Conv2D(2, 3, name: "c")(flat) }
        #expect(
            text == """
                Conv2D "c" (called at \(file):\(line)) needs inputs of rank 4, [batch, height, width, channels]; \
                it got [nil, 28, 28] from Input "x".
                Give the input another axis: Input(shape: [28, 28, 1]) or Reshape([28, 28, 1]).
                """)
    }

    @Test(arguments: [
        ("Conv1D \"c\"", "rank 3, [batch, steps, channels]"), ("Conv3D \"c\"", "rank 5, [batch, depth, height, width, channels]"),
        ("Conv1DTranspose \"c\"", "rank 3, [batch, channels, steps]"),
        ("MaxPooling3D \"c\"", "rank 5, [batch, depth, height, width, channels]"),
        ("GlobalAveragePooling1D \"c\"", "rank 3, [batch, steps, channels]"), ("UpSampling1D \"c\"", "rank 3, [batch, steps, channels]"),
        ("AdaptiveMaxPooling1D \"c\"", "rank 3, [batch, steps, channels]"),
        ("Cropping3D \"c\"", "rank 5, [batch, depth, height, width, channels]"),
        ("ZeroPadding1D \"c\"", "rank 3, [batch, channels, steps]"), ("SeparableConv1D \"c\"", "rank 3, [batch, steps, channels]"),
        ("DepthwiseConv1D \"c\"", "rank 3, [batch, steps, channels]"),
    ]) func rankOfEveryKind(_ expected: (layer: String, rank: String)) {
        let layers: [Layer] = [
            Conv1D(2, 3, name: "c"), Conv3D(2, 3, name: "c"), Conv1DTranspose(2, 3, dataFormat: .channelsFirst, name: "c"),
            MaxPooling3D(name: "c"), GlobalAveragePooling1D(name: "c"), UpSampling1D(name: "c"), AdaptiveMaxPooling1D(2, name: "c"),
            Cropping3D(name: "c"), ZeroPadding1D(dataFormat: .channelsFirst, name: "c"), SeparableConv1D(2, 3, name: "c"),
            DepthwiseConv1D(3, name: "c"),
        ]
        let texts = layers.map { layer in message { _ = try layer(image) as KerasTensor } }
        #expect(texts.contains { $0.hasPrefix(expected.layer) && $0.contains("needs inputs of \(expected.rank); it got [nil, 8, 8, 3]") })
    }

    @Test func unknownChannels() {
        let x = Input(shape: [8, 8, nil], name: "x")
        let line = #line + 1
        let text = message { _ = try Conv2D(2, 3, name: "c")(x) }
        #expect(
            text == """
                Conv2D "c" (called at \(file):\(line)) needs to know the size of axis -1 of its input, because its weights depend on it; \
                it got [nil, 8, 8, nil] from Input "x".
                Give that axis a size where the input is made: Input(shape: …) without nil there.
                """)
        let first = Input(shape: [nil, 8], name: "x")
        #expect(message { _ = try Conv1DTranspose(2, 3, dataFormat: .channelsFirst)(first) }.contains("the size of axis 1 of its input"))
        #expect(message { _ = try DepthwiseConv2D(3)(x) }.contains("the size of axis -1"))
        #expect(message { _ = try SeparableConv2D(2, 3)(x) }.contains("the size of axis -1"))
    }

    @Test func otherChannels() throws {
        let shared = Conv2D(2, 3, name: "c")
        _ = try shared(image)
        let gray = Input(shape: [8, 8, 1], name: "gray")
        let line = #line + 1
        let text = message { _ = try shared(gray) }
        #expect(
            text == """
                Conv2D "c" (called at \(file):\(line)) needs inputs with size 3 in axis -1; it got [nil, 8, 8, 1] from Input "gray".
                Its weights were made for 3. Use a new layer for another size.
                """)
    }

    @Test func groups() {
        let line = #line + 1
        let text = message { _ = try Conv2D(4, 3, groups: 2, name: "c")(image) }
        #expect(
            text == """
                Conv2D "c" (called at \(file):\(line)) needs a number of channels that is a multiple of its 2 groups; \
                it got [nil, 8, 8, 3] from Input "image".
                The inputs have 3 channels. Give another number of groups.
                """)
        #expect(message { _ = try Conv2D(4, 3, groups: 3)(image) }.contains("needs filters to be a multiple of its 3 groups; it got 4."))
        #expect(message { _ = try Conv2D(4, 3, groups: 0)(image) }.contains("needs groups to be 1 or more; it got 0."))
    }

    @Test func windowsLargerThanInputs() throws {
        let line = #line + 1
        let text = message { _ = try Conv2D(4, [3, 5], dilationRate: 2, name: "c")(image) }
        #expect(
            text == """
                Conv2D "c" (called at \(file):\(line)) needs inputs of 5 × 9 or more in its spatial axes, for its windows; \
                it got [nil, 8, 8, 3] from Input "image".
                Give larger inputs, a smaller kernelSize, or padding: .same.
                """)
        #expect(message { _ = try MaxPooling2D(9)(image) }.contains("needs inputs of 9 × 9 or more"))
        #expect(message { _ = try AveragePooling2D([1, 9])(image) }.contains("a smaller poolSize, or padding: .same"))
        #expect(message { _ = try DepthwiseConv2D(9)(image) }.contains("needs inputs of 9 × 9 or more"))
        #expect(message { _ = try SeparableConv2D(2, 9)(image) }.contains("needs inputs of 9 × 9 or more"))
        #expect(message { _ = try Cropping2D([[4, 4], [0, 0]])(image) }.contains("needs inputs of 9 × 1 or more in its spatial axes"))
        // Where an axis is not known, nothing is wrong with it.
        let wide = Input(shape: [8, nil, 3])
        #expect(try Conv2D(4, [3, 9])(wide).shape == [nil, 6, nil, 4])
        #expect(message { _ = try Conv2D(4, [9, 3])(wide) }.contains("it got [nil, 8, nil, 3]"))
        #expect(try Conv2D(4, 9, padding: .same)(image).shape == [nil, 8, 8, 4])
    }

    @Test func tooSmallForTensors() throws {
        let layer = Conv1D(2, 3, name: "c")
        _ = try layer(Input(shape: [nil, 2]))
        let text = message { _ = try layer(ops.ones([1, 2, 2])) }
        #expect(text.contains("needs inputs of 3 or more in its spatial axes, for its windows; it got [1, 2, 2]"))
    }

    @Test func arguments() {
        func text(_ layer: Layer) -> String { message { _ = try layer(image) as KerasTensor } }
        #expect(text(Conv2D(0, 3)).hasSuffix("needs filters to be 1 or more; it got 0."))
        #expect(text(Conv2D(2, 0)).hasSuffix("needs kernelSize to be a number, or 2 of them, each 1 or more; it got [0, 0]."))
        #expect(text(Conv2D(2, [1, 2, 3])).hasSuffix("needs kernelSize to be a number, or 2 of them, each 1 or more; it got [1, 2, 3]."))
        #expect(text(Conv2D(2, 3, strides: -1)).contains("needs strides to be"))
        #expect(text(Conv2D(2, 3, dilationRate: 0)).contains("needs dilationRate to be"))
        #expect(text(Conv2D(2, 3, padding: .causal)).hasSuffix("needs padding to be .valid or .same; it got .causal."))
        #expect(
            text(Conv2D(2, 3, strides: [2, 1], dilationRate: [1, 2])).hasSuffix(
                "needs strides or dilationRate to be 1: windows are moved by more than 1 or dilated, not both; "
                    + "it got strides [2, 1] and dilationRate [1, 2]."))
        #expect(text(Conv2DTranspose(2, 3, strides: 2, dilationRate: 2)).contains("needs strides or dilationRate to be 1"))
        #expect(
            text(Conv2DTranspose(2, 3, strides: 2, outputPadding: 2)).hasSuffix(
                "needs outputPadding to be less than the strides [2, 2]; it got [2, 2]."))
        #expect(text(DepthwiseConv2D(3, depthMultiplier: 0)).hasSuffix("needs depthMultiplier to be 1 or more; it got 0."))
        #expect(text(SeparableConv2D(2, 3, depthMultiplier: -1)).hasSuffix("needs depthMultiplier to be 1 or more; it got -1."))
        #expect(text(MaxPooling2D([2, 2, 2])).contains("needs poolSize to be a number, or 2 of them"))
        #expect(text(MaxPooling2D(2, strides: 0)).contains("needs strides to be a number, or 2 of them, each 1 or more"))
        #expect(text(MaxPooling2D(padding: .causal)).hasSuffix("needs padding to be .valid or .same; it got .causal."))
        #expect(text(AdaptiveAveragePooling2D(0)).contains("needs outputSize to be"))
        #expect(text(UpSampling2D(0)).contains("needs size to be a number, or 2 of them, each 1 or more; it got [0, 0]."))
        #expect(
            text(ZeroPadding2D(-1)).hasSuffix(
                "needs padding to be for each of 2 axes two numbers, each 0 or more; it got [[-1, -1], [-1, -1]]."))
        #expect(text(Cropping2D([1, 2, 3])).contains("needs cropping to be for each of 2 axes two numbers"))
        #expect(text(Cropping2D([[1, 2, 3], [0]])).contains("needs cropping to be"))
    }

    /// Absurd sizes are errors, not traps.
    @Test func absurdSizes() {
        let huge = Int(Int32.max) - 1
        let layers: [Layer] = [
            Conv2D(Int.max, 3), Conv2D(2, huge), Conv2D(2, Int.max), Conv2DTranspose(2, 1, strides: huge), Conv2DTranspose(huge, huge),
            DepthwiseConv2D(1, depthMultiplier: Int.max), SeparableConv2D(2, 1, depthMultiplier: Int.max), UpSampling2D(huge),
            UpSampling2D(huge, interpolation: .bicubic), AdaptiveMaxPooling2D(huge), ZeroPadding2D(huge), Cropping2D(huge),
            MaxPooling2D(huge),
        ]
        for layer in layers { #expect(throws: (any Error).self, "\(layer.name)") { _ = try layer(image) as KerasTensor } }
    }

    @Test func configs() {
        func text(_ type: Layer.Type, _ config: Config) -> String { message { _ = try type.init(config: config) } }
        #expect(text(Conv2D.self, ["filters": 2, "kernel_size": 3, "padding": "some"]).contains("There is no padding named \"some\""))
        #expect(text(Conv2D.self, ["filters": 2, "kernel_size": "x"]).contains("kernel_size"))
        #expect(text(UpSampling2D.self, ["interpolation": "bilinar"]).contains("Did you mean \"bilinear\"?"))
        #expect(text(ZeroPadding2D.self, ["padding": ["x", 1]]).contains("a number, or two for each axis"))
        #expect(text(MaxPooling2D.self, ["data_format": "channels"]).contains("data format"))
    }
}
