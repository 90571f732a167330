import Testing

@testable import Keras

/// What is said about recurrent layers that do not suit their inputs, states, masks or cells.
@Suite(.ownSession) struct RecurrentErrorTests {
    private let file = "RecurrentErrorTests.swift"

    @Test func rank() {
        let x = Input(shape: [8], name: "x")
        let line = #line + 1
        let text = message { _ = try LSTM(4, name: "memory")(x) as KerasTensor }
        #expect(
            text == """
                LSTM "memory" (called at \(file):\(line)) needs inputs of rank 3, [batch, time, features]; it got [nil, 8] from Input "x".
                Give the input a feature axis: Input(shape: [8, 1]) or Reshape([8, 1]).
                """)
    }

    @Test func unknownFeatures() {
        let x = Input(shape: [nil, nil], name: "x")
        let line = #line + 1
        let text = message { _ = try Bidirectional(GRU(4, name: "memory"), name: "both")(x) as KerasTensor }
        #expect(
            text == """
                GRU "forward_memory" (called at \(file):\(line)) needs to know the size of axis -1 of its input, because its weights \
                depend on it; it got [nil, nil, nil] from Input "x".
                Give that axis a size where the input is made: Input(shape: …) without nil there.
                """)
    }

    @Test func otherFeatures() throws {
        let layer = RNN([GRUCell(4), GRUCell(2)], name: "stack")
        _ = try layer(Input(shape: [nil, 3])) as KerasTensor
        let x = Input(shape: [nil, 5], name: "x")
        let line = #line + 1
        let text = message { _ = try layer(x) as KerasTensor }
        #expect(
            text == """
                RNN "stack" (called at \(file):\(line)) needs inputs with size 3 in axis -1; it got [nil, nil, 5] from Input "x".
                Its weights were made for 3. Use a new layer for another size.
                """)
    }

    @Test func arguments() {
        let x = Input(shape: [nil, 3])
        let line = #line + 1
        let text = message { _ = try SimpleRNN(0, name: "memory")(x) as KerasTensor }
        #expect(text == "SimpleRNN \"memory\" (called at \(file):\(line)) needs units to be 1 or more; it got 0.")
        let pictures = Input(shape: [nil, 8, 8, 3])
        #expect(message { _ = try ConvLSTM2D(0, 3)(pictures) as KerasTensor }.contains("needs filters to be 1 or more; it got 0."))
        #expect(message { _ = try ConvLSTM2D(2, [1, 2, 3])(pictures) as KerasTensor }.contains("kernelSize"))
        let padding = message { _ = try ConvLSTM2D(2, 3, padding: .causal)(pictures) as KerasTensor }
        #expect(padding.contains(".valid or .same; it got .causal."))
        #expect(message { _ = try ConvLSTM2D(2, 3, strides: 2, dilationRate: 2)(pictures) as KerasTensor }.contains("not both"))
        #expect(message { _ = try RNN([RNNCell]())(x) as KerasTensor }.contains("needs cells to be one cell or more; it got none."))
        #expect(message { _ = try RNN(LSTMCell(-1))(x) as KerasTensor }.contains("needs units to be 1 or more; it got -1."))
    }

    @Test func spatialSizes() {
        let text = message { _ = try ConvLSTM2D(2, 3, name: "film")(Input(shape: [nil, nil, 8, 3], name: "x")) as KerasTensor }
        #expect(text.contains("ConvLSTM2D \"film\""))
        #expect(text.contains("needs to know the size of axis 2 of its input"))
        let small = message { _ = try ConvLSTM2D(2, 3, name: "film")(Input(shape: [nil, 2, 8, 3], name: "x")) as KerasTensor }
        #expect(small.contains("ConvLSTM2D \"film\""))
    }

    @Test func initialStates() throws {
        let x = Input(shape: [nil, 3], name: "x"), h = Input(shape: [4], name: "h"), other = Input(shape: [5], name: "other")
        let line = #line + 1
        let few = message { _ = try LSTM(4, name: "memory")(x, initialState: [h]) as KerasTensor }
        #expect(few == "LSTM \"memory\" (called at \(file):\(line)) takes 2 initial states; it got 1.")
        let next = #line + 1
        let wrong = message { _ = try LSTM(4, name: "memory")(x, initialState: [h, other]) as KerasTensor }
        #expect(wrong == "LSTM \"memory\" (called at \(file):\(next)) needs initial state 1 of shape [nil, 4]; it got [nil, 5].")
    }

    @Test func statesThatAreNotGiven() {
        let line = #line + 1
        let text = message { let (_, _) = try GRU(4, name: "memory")(Input(shape: [nil, 3])) }
        #expect(
            text == """
                GRU "memory" (called at \(file):\(line)) does not give its outputs as an output and states: \
                make it with returnState: true.
                """)
        let two = message { _ = try GRU(4, returnState: true)(Input(shape: [nil, 3])) as KerasTensor }
        #expect(two.contains("gives 2 outputs where one is asked for."))
    }

    @Test func unknownLengthUnrolled() {
        let line = #line + 1
        let text = message { _ = try GRU(4, unroll: true, name: "memory")(Input(shape: [nil, 3])) as KerasTensor }
        #expect(
            text == """
                GRU "memory" (called at \(file):\(line)) needs a number of steps that is known, because it is unrolled; \
                it got [nil, nil, 3].
                Give it where the input is made, Input(shape: [10, …]), or leave unroll out.
                """)
    }

    @Test func noSteps() throws {
        let text = try message { _ = try LSTM(4)(Tensor([Float](), shape: [2, 0, 3])) as Tensor }
        #expect(text.contains("needs one step or more; it got [2, 0, 3]."))
    }

    @Test func batchOfStateful() throws {
        let line = #line + 1
        let text = message { _ = try LSTM(4, stateful: true, name: "memory")(Input(shape: [5, 3], name: "x")) as KerasTensor }
        #expect(
            text == """
                LSTM "memory" (called at \(file):\(line)) needs a batch size that is known, because it is stateful; \
                it got [nil, 5, 3] from Input "x".
                Give it where the input is made: Input(shape: …, batchSize: 32).
                """)
        let layer = LSTM(4, stateful: true, name: "memory")
        _ = try layer(ops.zeros([2, 5, 3])) as Tensor
        let other = message { _ = try layer(ops.zeros([3, 5, 3])) as Tensor }
        #expect(other.contains("needs batches of 2, the size that its states were made for; it got [3, 5, 3]."))
    }

    @Test func masks() throws {
        let x = try ops.zeros([2, 5, 3]), mask = try ops.ones([2, 4], dtype: .bool)
        #expect(message { _ = try GRU(2)(x, mask: mask) as Tensor }.contains("needs a mask of shape [2, 5]; it got [2, 4]."))
        #expect(
            message { _ = try TimeDistributed(Dense(2))(x, mask: mask) }.contains("needs a mask of shape [2, 5]; it got [2, 4]."))
    }

    @Test func directions() {
        let x = Input(shape: [nil, 3])
        let line = #line + 1
        let same = message { _ = try Bidirectional(GRU(2), backwardLayer: GRU(2), name: "both")(x) as KerasTensor }
        #expect(
            same == """
                Bidirectional "both" (called at \(file):\(line)) needs backwardLayer to be a layer with another goBackwards than the \
                forward one; it got false for both.
                """)
        let sequences = GRU(2, returnSequences: true, goBackwards: true)
        let other = message { _ = try Bidirectional(GRU(2), backwardLayer: sequences)(x) as KerasTensor }
        #expect(other.contains("needs backwardLayer to be a layer with the forward one's returnSequences; it got true."))
        #expect(message { _ = try Bidirectional(GRU(0))(x) as KerasTensor }.contains("needs units to be 1 or more; it got 0."))
    }

    @Test func rankOfTimeDistributed() {
        let text = message { _ = try TimeDistributed(Dense(2), name: "each")(Input(shape: [3])) }
        #expect(text.contains("TimeDistributed \"each\""))
        #expect(text.contains("needs inputs of rank 3 or more, [batch, time, …]; it got [nil, 3]"))
    }

    final class WrongCell: RNNCell {
        override var stateSize: [Int] { [3] }
        override func call(_ inputs: Tensor, states: [Tensor]) throws -> (output: Tensor, states: [Tensor]) { (inputs, [inputs]) }
    }

    final class EmptyCell: RNNCell {
        override var stateSize: [Int] { [3] }
    }

    @Test func cells() throws {
        let x = Input(shape: [nil, 5])
        let states = message { _ = try RNN(WrongCell())(x) as KerasTensor }
        #expect(states.contains("WrongCell \"wrong_cell\""))
        #expect(states.contains("needs its call to give states of the shapes it takes: [nil, 3]; it got [nil, 5]."))
        #expect(message { _ = try RNN(EmptyCell())(x) as KerasTensor }.contains("Override call(_ inputs: Tensor, states: [Tensor])."))
        #expect(message { _ = try LSTMCell(2, name: "c")(ops.zeros([2, 3]), states: []) }.contains("takes 2 states; it got 0."))
        #expect(message { _ = try RNN(config: ["cell": LayerConfig.value(of: Dense(2))]) }.contains("stands where a cell is wanted"))
        #expect(message { _ = try Bidirectional(config: ["layer": LayerConfig.value(of: Dense(2))]) }.contains("is no recurrent layer"))
        let mode: Config = ["layer": LayerConfig.value(of: GRU(2)), "merge_mode": "sun"]
        #expect(message { _ = try Bidirectional(config: mode) }.contains("There is no merge mode named \"sun\".\nDid you mean \"sum\"?"))
    }
}
