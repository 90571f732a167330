import Testing

@testable import Keras

/// What attention layers say about inputs and arguments that do not suit them.
@Suite(.ownSession) struct AttentionErrorTests {
    private let file = "AttentionErrorTests.swift"
    private let query = Input(shape: [3, 4], name: "query"), value = Input(shape: [5, 4], name: "value")

    @Test func oneInput() {
        let line = #line + 1
        let text = message { _ = try Attention(name: "a")(query) as KerasTensor }
        #expect(
            text == """
                Attention "a" (called at \(file):\(line)) takes a list of 2 or 3 inputs ("query", "value" and "key"); it got 1.
                """)
    }

    @Test func sizesThatDiffer() {
        let other = Input(shape: [5, 3], name: "value")
        let line = #line + 1
        let text = message { _ = try Attention(name: "a")([query, other]) as KerasTensor }
        #expect(
            text == """
                Attention "a" (called at \(file):\(line)) needs query [batch, Tq, dim], value [batch, Tv, …] and key [batch, Tv, dim]; \
                it got [nil, 3, 4] from Input "query" and [nil, 5, 3] from Input "value".
                Bring query and key to one size in the last axis, for example with Dense.
                """)
        #expect(message { _ = try AdditiveAttention()([query, Input(shape: [4])]) as KerasTensor }.contains("needs query [batch, Tq, dim]"))
        let key = Input(shape: [6, 4], name: "key")
        #expect(message { _ = try Attention()([query, value, key]) as KerasTensor }.contains("and [nil, 6, 4] from Input \"key\"."))
    }

    @Test func arguments() {
        #expect(
            message { _ = try Attention(dropout: 2)([query, value]) as KerasTensor }
                .contains("needs dropout to be within 0 … 1; it got 2.0."))
        #expect(message { _ = try Attention(config: ["score_mode": "dots"]) }.contains("Did you mean \"dot\"?"))
        func heads(_ layer: HeadAttention) -> String { message { _ = try layer(query, value: value) } }
        #expect(heads(MultiHeadAttention(numHeads: 0, keyDim: 2)).contains("needs numHeads to be 1 or more; it got 0."))
        #expect(heads(MultiHeadAttention(numHeads: 2, keyDim: 0)).contains("needs keyDim to be 1 or more; it got 0."))
        #expect(heads(MultiHeadAttention(numHeads: 2, keyDim: 2, valueDim: 0)).contains("needs valueDim to be 1 or more"))
        #expect(heads(MultiHeadAttention(numHeads: 2, keyDim: 2, slidingWindow: 0)).contains("needs slidingWindow to be nil, or 1 or more"))
        #expect(
            heads(MultiHeadAttention(numHeads: 2, keyDim: 2, outputShape: [0]))
                .contains("needs outputShape to be of sizes of 1 or more"))
        #expect(
            heads(MultiHeadAttention(numHeads: 2, keyDim: 2, attentionAxes: [2]))
                .contains("needs attentionAxes to be different axes of the 1 between batch and features; it got [2]."))
        #expect(
            heads(GroupQueryAttention(headDim: 2, numQueryHeads: 3, numKeyValueHeads: 2))
                .contains("needs numQueryHeads to be a multiple of numKeyValueHeads, 2; it got 3."))
        #expect(
            heads(GroupQueryAttention(headDim: 2, numQueryHeads: 3, numKeyValueHeads: 0))
                .contains("needs numKeyValueHeads to be 1 or more"))
    }

    @Test func noValue() {
        let line = #line + 1
        let text = message { _ = try MultiHeadAttention(numHeads: 2, keyDim: 2, name: "m")(query) as KerasTensor }
        #expect(
            text == """
                MultiHeadAttention "m" (called at \(file):\(line)) has an input "value" that was not given; given were "query".
                """)
        #expect(
            message { _ = try MultiHeadAttention(numHeads: 2, keyDim: 2)([query, value]) as KerasTensor }
                .contains("takes a query, and value and key by name: layer(query, value: value); it got 2."))
    }

    @Test func shapes() throws {
        let attention = MultiHeadAttention(numHeads: 2, keyDim: 2, name: "m")
        let flat = Input(shape: [4], name: "x")
        #expect(
            message { _ = try attention(flat, value: value) }
                .contains("needs input \"query\" of rank 3 or more, [batch, time, features]"))
        let line = #line + 1
        let text = message { _ = try attention(query, value: value, key: Input(shape: [6, 4])) }
        #expect(
            text == """
                MultiHeadAttention "m" (called at \(file):\(line)) needs query, value and key of one rank, and value and key equal but for \
                the batch and the last axis; it got [nil, 3, 4], [nil, 5, 4] and [nil, 6, 4].
                Take value and key from the same sequence.
                """)
        #expect(message { _ = try attention(query, value: Input(shape: [5, nil])) }.contains("to know the size of axis -1"))
        _ = try attention(query, value: value)
        #expect(message { _ = try attention(query, value: Input(shape: [5, 3])) }.contains("needs inputs with size 4 in axis 2"))
        #expect(
            message { _ = try GroupQueryAttention(headDim: 2, numQueryHeads: 2, numKeyValueHeads: 1)(query, value: Input(shape: [5, 3])) }
                .contains("needs query [batch, Tq, features] and value [batch, Tv, features] of as many features"))
    }
}
