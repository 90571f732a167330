import Foundation
import Testing

@testable import Keras

/// What is wrong is said at the line that draws the arrow: which layer, what it expected, what came from where, what to do.
@Suite(.ownSession) struct DrawingErrorTests {
    private let file = "DrawingErrorTests.swift"

    @Test func wrongRank() {
        let ids = Input(shape: [], name: "ids")
        let line = #line + 1
        let text = message { _ = try Dense(10, name: "scores")(ids) }
        #expect(
            text == """
                Dense "scores" (called at \(file):\(line)) needs inputs of rank 2 or more, [batch, …, features]; it got [nil] from Input "ids".
                Give the input a feature axis: Input(shape: [1]) or Reshape([1]).
                """)
    }

    @Test func wrongRankTooMany() {
        let x = Input(shape: [4, 4], name: "x")
        let line = #line + 1
        let text = message { _ = try RepeatVector(3, name: "r")(x) }
        #expect(
            text == """
                RepeatVector "r" (called at \(file):\(line)) needs inputs of rank 2, [batch, features]; it got [nil, 4, 4] from Input "x".
                Take axes away first: Flatten() or Reshape(…).
                """)
    }

    @Test func wrongFeatureCount() throws {
        let shared = Dense(3, name: "shared")
        _ = try shared(Input(shape: [784]))
        let other = try Dense(100, name: "other")(Input(shape: [5]))
        let line = #line + 1
        let text = message { _ = try shared(other) }
        #expect(
            text == """
                Dense "shared" (called at \(file):\(line)) needs inputs with size 784 in axis -1; it got [nil, 100] from Dense "other".
                Its weights were made for 784. Use a new layer for another size.
                """)
    }

    @Test func mergeShapes() {
        let a = Input(shape: [3], name: "a"), b = Input(shape: [4], name: "b")
        let line = #line + 1
        let text = message { _ = try Add(name: "sum")([a, b]) }
        #expect(
            text == """
                Add "sum" (called at \(file):\(line)) needs inputs of one shape, or with size 1 where they differ; \
                it got [nil, 3] from Input "a" and [nil, 4] from Input "b".
                Bring them to one shape first, for example with Dense or Reshape; or join them with concatenate.
                """)
    }

    @Test func concatenateShapes() {
        let a = Input(shape: [3, 2], name: "a"), b = Input(shape: [4, 5], name: "b")
        let line = #line + 1
        let text = message { _ = try concatenate([a, b], axis: 1, name: "join") }
        #expect(
            text == """
                Concatenate "join" (called at \(file):\(line)) needs inputs of one rank whose shapes agree except in axis 1; \
                it got [nil, 3, 2] from Input "a" and [nil, 4, 5] from Input "b".
                Bring the other axes to one size first, or choose another axis.
                """)
    }

    @Test func mergeCounts() {
        let a = Input(shape: [3], name: "a")
        #expect(message { _ = try Subtract(name: "s")([a]) }.hasSuffix("takes a list of 2 inputs; it got 1."))
        #expect(message { _ = try Add(name: "s")(a) }.hasSuffix("takes a list of inputs; it got 1."))
        #expect(message { _ = try Add(name: "s")([] as [KerasTensor]) }.hasSuffix("takes a list of inputs; it got 0."))
        #expect(message { _ = try Dense(1, name: "s")([a, a]) }.hasSuffix("takes 1 input; it got 2."))
    }

    @Test func batchSizes() {
        let a = Input(shape: [3], batchSize: 2), b = Input(shape: [3], batchSize: 4)
        #expect(message { _ = try add([a, b]) }.contains("needs inputs of one batch size; it got [2, 3]"))
    }

    @Test func dotAxes() {
        let a = Input(shape: [3, 4]), b = Input(shape: [5, 6])
        #expect(message { _ = try dot([a, b], axes: 2, 1) }.contains("with one size in axes 2 and 1"))
        #expect(message { _ = try dot([a, b], axes: 0) }.contains("(not the batch's)"))
        #expect(message { _ = try dot([a, b], axes: 7) }.contains("in axes 7 and 7"))
        #expect(message { _ = try dot([a, b], axes: 1, 2, 3) }.contains("needs axes to be one axis, or one for each input; it got [1, 2, 3]."))
    }

    @Test func unknownWidth() {
        let x = Input(shape: [nil], name: "x")
        let line = #line + 1
        let text = message { _ = try Dense(4, name: "d")(x) }
        #expect(
            text == """
                Dense "d" (called at \(file):\(line)) needs to know the size of axis -1 of its input, because its weights depend on it; \
                it got [nil, nil] from Input "x".
                Give that axis a size where the input is made: Input(shape: …) without nil there.
                """)
        for layer in [BatchNormalization(), LayerNormalization(), PReLU()] as [Layer] {
            #expect(message { _ = try layer(x) }.contains("needs to know the size of axis"))
        }
    }

    /// Also where the width is lost on the way.
    @Test func unknownWidthAfterFlatten() throws {
        let flat = try Flatten(name: "flat")(Input(shape: [nil, 8]))
        #expect(flat.shape == [nil, nil])
        #expect(message { _ = try Dense(4)(flat) }.contains("it got [nil, nil] from Flatten \"flat\"."))
    }

    /// And inside a layer made of layers, which builds what it holds.
    @Test func unknownWidthInside() throws {
        final class Block: Layer {
            let flatten = Flatten(), dense = Dense(4)
            override func call(_ inputs: Tensor) throws -> Tensor { try dense(flatten(inputs)) }
        }
        #expect(message { _ = try Block(name: "block")(Input(shape: [nil, 8])) }.contains("needs to know the size of axis -1"))
        #expect(try Block()(Input(shape: [3, 8])).shape == [nil, 4])
    }

    @Test func arguments() {
        let x = Input(shape: [4])
        let line = #line + 1
        #expect(message { _ = try Dense(0, name: "d")(x) } == "Dense \"d\" (called at \(file):\(line)) needs units to be 1 or more; it got 0.")
        #expect(message { _ = try Dense(-3)(x) }.contains("needs units to be 1 or more; it got -3."))
        #expect(message { _ = try Dropout(1.5)(x) }.contains("needs rate to be within 0 … 1; it got 1.5."))
        #expect(message { _ = try Dropout(.nan)(x) }.contains("needs rate to be within 0 … 1; it got nan."))
        #expect(message { _ = try Embedding(0, 4)(x) }.contains("needs inputDim to be 1 or more; it got 0."))
        #expect(message { _ = try Embedding(4, -1)(x) }.contains("needs outputDim to be 1 or more; it got -1."))
        #expect(message { _ = try RepeatVector(-1)(x) }.contains("needs n to be 0 or more; it got -1."))
        #expect(message { _ = try Permute([1, 3])(x) }.contains("needs dims to be the axes 1 … 2, each once; it got [1, 3]."))
        #expect(message { _ = try Reshape([-1, -1])(x) }.contains("one of them -1 at most; it got [-1, -1]."))
        #expect(message { _ = try ReLU(negativeSlope: -1)(x) }.contains("needs negativeSlope to be 0 or more; it got -1.0."))
        #expect(message { _ = try BatchNormalization(momentum: 2)(x) }.contains("needs momentum to be within 0 … 1"))
        #expect(message { _ = try Dense(3)(Input(shape: [-4])) }.contains("Input \"input_layer"))
        #expect(message { _ = try Sequential([Dense(-1)]).build(for: [nil, 3]) }.contains("needs units to be 1 or more"))
        #expect(message { _ = try Dense(Int.max)(x) }.contains("does not fit any memory"))
    }

    @Test func reshapeCount() {
        let x = Input(shape: [10], name: "x")
        #expect(
            message { _ = try Reshape([3, 4], name: "r")(x) }.hasSuffix(
                """
                needs inputs of 12 elements a sample for its shape [3, 4]; it got [nil, 10] from Input "x".
                Each sample has 10.
                """))
        #expect(message { _ = try Reshape([-1, 4])(x) }.contains("a multiple of 4 elements a sample"))
    }

    @Test func disconnected() throws {
        let a = Input(shape: [4], name: "a"), b = Input(shape: [4], name: "b")
        let line = #line + 1
        let sum = try Add(name: "sum")([a, b])
        let text = message { _ = try Model(inputs: a, outputs: Dense(2)(sum), name: "half") }
        #expect(
            text == """
                Model "half" is not connected: Add "sum" (called at \(file):\(line)) needs [nil, 4] from Input "b", \
                which the model's inputs do not lead to.
                The inputs are [nil, 4] from Input "a". Add what is missing to them, or draw the outputs from them.
                """)
        let other = message { _ = try Model(inputs: a, outputs: b, name: "none") }
        #expect(other.contains("Model \"none\" is not connected"))
    }

    @Test func duplicateNames() throws {
        let x = Input(shape: [4])
        let first = #line + 1
        let y = try Dense(4, name: "same")(x)
        let second = #line + 1
        let z = try Dense(4, name: "same")(y)
        #expect(
            message { _ = try Model(inputs: x, outputs: z, name: "m") } == """
                Model "m" has 2 layers named "same": Dense called at \(file):\(first) and Dense called at \(file):\(second).
                Give each its own name.
                """)
        #expect(
            message { _ = try Sequential([Dense(2, name: "a"), Dense(3, name: "a")], name: "s") }
                == "Dense \"a\" cannot be added to Sequential \"s\": the model has a layer of that name already.")
    }

    @Test func cycles() throws {
        let stack = Sequential(name: "stack")
        #expect(message { try stack.add(stack) }.contains("Model \"stack\" has a cycle: stack → stack."))
        let outer = try Sequential([stack], name: "outer")
        #expect(message { try stack.add(outer) }.contains("Model \"stack\" has a cycle: stack → outer → stack."))
        // A config can claim what drawing cannot.
        let x = Input(shape: [4])
        let model = try Model(inputs: x, outputs: Dense(4, name: "b")(Dense(4, name: "a")(x)), name: "m")
        let json = model.json().replacingOccurrences(of: "\"keras_history\": [\"input_layer", with: "\"keras_history\": [\"b\", 0, 0, \"x")
        #expect(message { _ = try Model.fromJSON(json) }.contains("Model \"m\" has a cycle: "))
    }

    @Test func modelInputs() throws {
        let a = Input(shape: [4], name: "title"), b = Input(shape: [2], name: "tags")
        let model = try Model(inputs: [a, b], outputs: concatenate([a, b]), name: "router")
        let x = Input(shape: [4], name: "x"), y = Input(shape: [2], name: "y")
        let line = #line + 1
        let text = message { _ = try model([x, y, x]) }
        #expect(text == "Model \"router\" (called at \(file):\(line)) takes 2 inputs (\"title\" and \"tags\"); it got 3.")
        #expect(message { _ = try model(x) }.hasSuffix("it got 1."))
        #expect(message { _ = try model([y, x]) }.hasSuffix("needs input \"title\" of shape [nil, 4]; it got [nil, 2] from Input \"y\"."))
        #expect(message { _ = try model(["title": x]) }.hasSuffix("has an input \"tags\" that was not given; given were \"title\"."))
        #expect(message { _ = try model(["title": x, "tags": y, "extra": y]) }.contains("has no input \"extra\"."))
        #expect(try model(["tags": y, "title": x]).shape == [nil, 6])
        let tensor = try ops.zeros([3, 5])
        #expect(message { _ = try model([tensor, tensor]) }.contains("needs input \"title\" of shape [nil, 4]; it got [3, 5]."))
    }

    @Test func modelEnds() throws {
        let x = Input(shape: [4], name: "x")
        #expect(message { _ = try Model(inputs: [x, x], outputs: x, name: "m") }.contains("got [nil, 4] from Input \"x\" as an input twice."))
        #expect(message { _ = try Model(inputs: [] as [KerasTensor], outputs: x, name: "m") }.contains("needs inputs to be one KerasTensor or more"))
        let model = try Model(inputs: x, outputs: Dense(2, name: "head")(x), name: "m")
        #expect(
            message { _ = try model.layer(named: "haed") } == """
                There is no layer in model "m" named "haed".
                Did you mean "head"?
                """)
        #expect(message { _ = try model.layer(at: 9) }.contains("it got 9."))
    }

    @Test func sharedLayersSayWhichCall() throws {
        let shared = Embedding(1000, 128, name: "words")
        #expect(message { _ = try Dense(1)(shared.output) } == "Embedding \"words\" has no output: it has not been called on a KerasTensor.")
        let a = Input(shape: [3], name: "a"), b = Input(shape: [5], name: "b")
        let first = #line + 1
        _ = try shared(a)
        _ = try shared(b)
        #expect(shared.inboundNodes.count == 2)
        #expect(
            message { _ = try Dense(1)(shared.output) } == """
                Embedding "words" was called 2 times. Say which output is meant:
                  output(at: 0): called at \(file):\(first) on [nil, 3] from Input "a"
                  output(at: 1): called at \(file):\(first + 1) on [nil, 5] from Input "b"
                """)
        #expect(try shared.output(at: 1).shape == [nil, 5, 128])
        #expect(try shared.input(at: 0) == a)
        #expect(message { _ = try shared.output(at: 2) } == "Embedding \"words\" has 2 calls; there is no call 2.")
    }

    @Test func layersThatReadValues() {
        final class Branching: Layer {
            override func call(_ inputs: Tensor) throws -> Tensor { try inputs.sum().item(Float.self) > 0 ? inputs : -inputs }
        }
        #expect(message { _ = try Branching(name: "b")(Input(shape: [2])) }.contains("reads a tensor's numbers in its call"))
    }

    @Test func layersWithoutACall() {
        final class Empty: Layer {}
        #expect(message { _ = try Empty(name: "e")(Input(shape: [2])) }.contains("Override call(_ inputs: Tensor) throws -> Tensor."))
    }

    @Test func operationsInsideACall() {
        final class Wrong: Layer {
            override func call(_ inputs: Tensor) throws -> Tensor { try inputs + ops.ones([7, 3]) }
        }
        let text = message { _ = try Wrong(name: "w")(Input(shape: [2], name: "x")) }
        #expect(text.contains("Wrong \"w\" (called at \(file)"))
        #expect(text.contains("cannot be applied to [nil, 2]"))
        #expect(!text.contains("1680"))
    }

    @Test func weights() throws {
        final class Odd: Layer {
            override func build(inputShape: Shape) throws { try addWeight("w", shape: [inputShape.first, 2]) }
            override func call(_ inputs: Tensor) -> Tensor { inputs }
        }
        #expect(message { _ = try Odd(name: "o")(Input(shape: [2])) }.contains("asks for a weight \"w\" of shape [nil, 2]"))
        let dense = Dense(2, name: "d")
        #expect(message { _ = try dense.countParams() }.contains("Dense \"d\" has no weights yet, so counting parameters is not possible."))
        _ = try dense(Input(shape: [3]))
        #expect(message { try dense.setWeights([]) } == "Dense \"d\" has 2 weights; setWeights got 0.")
        let wrong = [try ops.zeros([3, 3]), try ops.zeros([2])]
        #expect(message { try dense.setWeights(wrong) } == "Dense \"d\" has a weight \"d/kernel\" of shape [3, 2]; it got [3, 3].")
    }

    @Test func configs() {
        #expect(message { _ = try Dense(config: ["name": "d"]) } == "The config has no \"units\"; it has \"name\".")
        #expect(message { _ = try Dense(config: ["units": "many"]) } == "The config's \"units\" is to be a whole number; it is \"many\".")
        #expect(message { _ = try Dense(config: ["units": 2, "activation": "rely"]) }.contains("Did you mean \"relu\"?"))
        #expect(message { _ = try DTypePolicy(named: "mixed_float61") }.contains("Did you mean \"mixed_float16\"?"))
        let unknown = "{\"class_name\": \"Dens\", \"module\": \"keras.layers\", \"config\": {}}"
        #expect(message { _ = try Model.fromJSON(unknown) }.contains("There is no layer class named \"Dens\".\nDid you mean \"Dense\"?"))
    }
}
