import Testing

@testable import Keras

/// What EinsumDense, Lambda, normalizations and regularizing layers say about inputs and arguments that do not suit them.
@Suite(.ownSession) struct RemainingLayerErrorTests {
    private let x = Input(shape: [3, 4], name: "x")

    private func einsum(_ equation: String, _ shape: Shape, biasAxes: String? = nil) -> String {
        message { _ = try EinsumDense(equation, outputShape: shape, biasAxes: biasAxes, name: "e")(x) }
    }

    @Test func equations() {
        let line = #line + 1
        let text = message { _ = try EinsumDense("abc,cd", outputShape: 2, name: "e")(x) }
        #expect(
            text == """
                EinsumDense "e" (called at RemainingLayerErrorTests.swift:\(line)) needs equation to be of the form "ab,bc->ac", \
                "...ab,bc->...ac" or "ab...,bc->ac..."; it got "abc,cd".
                """)
        for wrong in ["", "->", ",->", "a b,bc->ac", "a...,ab->b...", "...ab,bc->ac", "ab,...bc->ac", "ab1,bc->ac", "ab,bc,cd->ad"] {
            #expect(einsum(wrong, [2]).contains("of the form"), "\(wrong)")
        }
        #expect(einsum("aab,bc->ac", [2]).contains("one that names an axis once in each term"))
        #expect(einsum("abc,cd->abe", [3, 2]).contains("whose output axis \"e\" is an axis of the input or the kernel"))
        #expect(einsum("abc,cde->abd", [3, 2]).contains("whose kernel axis \"e\" is an axis of the input or the output"))
        #expect(einsum("abc,cd->abd", [3, 2], biasAxes: "c").contains("needs biasAxes to be letters of the output \"abd\"; it got \"c\"."))
    }

    @Test func shapes() {
        #expect(einsum("ab,bc->ac", [2]).contains("needs inputs of rank 2, [a, b]; it got [nil, 3, 4] from Input \"x\"."))
        #expect(einsum("abc,cd->abd", [2]).contains("needs outputShape to be 2 sizes for an input of rank 3; it got [2]."))
        #expect(einsum("...x,xy->...y", [2, 3]).contains("needs outputShape to be 1 size for an input of rank 3; it got [2, 3]."))
        #expect(einsum("abc,cd->abd", [2, 2]).contains("needs outputShape to be of the input's size, 3, in axis \"b\"; it got [2, 2]."))
        #expect(einsum("abc,cd->abd", [nil, nil]).contains("needs outputShape to be known for the kernel's axis \"d\"; it got [nil, nil]."))
        #expect(einsum("abc,cd->abd", [nil, 0]).contains("needs outputShape to be of sizes that are nil or 1 or more"))
        let unknown = Input(shape: [3, nil], name: "x")
        #expect(message { _ = try EinsumDense("abc,cd->abd", outputShape: [nil, 2])(unknown) }.contains("to know the size of axis 2"))
        #expect(message { try EinsumDense("abc,cd->abd", outputShape: [nil, 2]).build(inputShape: [2]) }.contains("needs inputs of rank 3"))
    }

    @Test func lambdas() throws {
        let layer = Lambda("half") { x in try x / 2 }
        let copy = try Lambda(config: layer.getConfig())
        #expect(try copy(Tensor([4.0, 2.0])).numbers == [2, 1])
        var config = layer.getConfig()
        config["function"] = "haff"
        #expect(
            message { _ = try Lambda(config: config) }
                .contains("There is no Swift function registered for Lambda named \"haff\".\nDid you mean \"half\"?"))
        config["function"] = ["class_name": "__lambda__", "config": ["code": "4wE=", "defaults": nil, "closure": nil]]
        #expect(
            message { _ = try Lambda(config: config) }
                == """
                    Lambda "lambda" cannot be made from a config: its function is Python code, which is not run here; in Python, use a \
                    named function, and register a Swift one of its name.
                    """)
        config["function"] = 3
        #expect(message { _ = try Lambda(config: config) }.contains("its function is no function with a name"))
        clearSession()
        #expect(
            message { _ = try Lambda(config: layer.getConfig()) }
                .contains("There is no Swift function registered for Lambda named \"half\"."))
        #expect(message { _ = try layer([x, x]) }.contains("its function takes one tensor, not 2"))
    }

    @Test func lambdasInAModel() throws {
        let y = try Lambda(ofList: "weighted", name: "own") { inputs in try inputs[0] * 2 + inputs[1] }([x, x])
        let model = try Model(inputs: x, outputs: y)
        let copy = try Model(config: model.config)
        let input = try random.normal([2, 3, 4], seed: 1)
        #expect(try copy(input).numbers == model(input).numbers)
    }

    @Test func normalizations() {
        #expect(
            message { _ = try GroupNormalization(groups: 0)(x) }
                .contains("needs groups to be 1 or more, or -1 for one group for each channel; it got 0."))
        #expect(
            message { _ = try GroupNormalization(groups: 3, name: "g")(x) }
                .contains(
                    "needs a multiple of 3 channels in axis -1; it got [nil, 3, 4] from Input \"x\".\nChoose another number of groups."))
        #expect(message { _ = try GroupNormalization()(x) }.contains("needs a multiple of 32 channels"))
        #expect(message { _ = try GroupNormalization(groups: 1, axis: 0)(x) }.contains("another axis than the batch's"))
        #expect(message { _ = try GroupNormalization(groups: 1, axis: 4)(x) }.contains("of rank 5 or more"))
        #expect(message { _ = try RMSNormalization(axes: [3])(x) }.contains("of rank 4 or more, with axes [3]"))
        #expect(message { _ = try RMSNormalization(axes: [1, 1])(x) }.contains("needs axes to be one or more different axes"))
        #expect(message { _ = try UnitNormalization(axes: [])(x) }.contains("needs axes to be one or more different axes; it got []."))
        #expect(message { _ = try UnitNormalization(axes: [-4])(x) }.contains("of rank 4 or more"))
        #expect(
            message { _ = try SpectralNormalization(Dense(2), powerIterations: 0)(x) }
                .contains("needs powerIterations to be 1 or more"))
        #expect(
            message { _ = try SpectralNormalization(ReLU(name: "r"), name: "s")(x) }
                .contains("needs the layer to be one with a weight \"kernel\" or \"embeddings\"; it got ReLU \"r\"."))
    }

    @Test func softmaxMask() {
        let mask = Input(shape: [5], dtype: .bool)
        #expect(
            message { _ = try Softmax()(x, mask: mask) }
                .contains("needs a mask whose sizes are the input's or 1; it got [nil, 3, 4] and [nil, 5]."))
    }

    @Test func noises() {
        #expect(message { _ = try GaussianNoise(2)(x) }.contains("needs stddev to be within 0 … 1; it got 2.0."))
        #expect(message { _ = try GaussianDropout(1)(x) }.contains("needs rate to be 0 or more, and below 1; it got 1.0."))
        #expect(message { _ = try AlphaDropout(-1)(x) }.contains("needs rate to be 0 or more, and below 1"))
        #expect(message { _ = try AlphaDropout(0.5, noiseShape: [nil, 1])(x) }.contains("of rank 2"))
        #expect(message { _ = try SpatialDropout1D(1.5)(x) }.contains("needs rate to be within 0 … 1"))
        #expect(
            message { _ = try SpatialDropout2D(0.5, dataFormat: .channelsFirst)(x) }
                .contains("of rank 4, [batch, channels, rows, columns]"))
        #expect(message { _ = try ActivityRegularization(l1: -1)(x) }.contains("needs l1 to be a finite number, 0 or more"))
    }
}
