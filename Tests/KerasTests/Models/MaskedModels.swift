import Keras

/// The models of `Tests/Fixtures/masks/make_masks.py`, under the same names.
enum MaskedModels {
    /// Places of whole numbers, and their embeddings with a mask.
    private static func words(_ name: String = "words", dtype: DType = .int32, size: Int? = 6) throws -> (ids: KerasTensor, x: KerasTensor) {
        let ids = Input(shape: [size], dtype: dtype, name: name)
        return (ids, try Embedding(10, 4, maskZero: true)(ids))
    }

    static let recurrent: [String: @Sendable () throws -> Model] = [
        "embedding_lstm": {
            let (ids, x) = try words(size: nil)
            return try Model(inputs: ids, outputs: Dense(1)(LSTM(3)(x)))
        },
        "masking_gru": {
            let x = Input(shape: [5, 3])
            return try Model(inputs: x, outputs: Dense(2)(GRU(4)(Masking(maskValue: -1)(x))))
        },
        "bidirectional": {
            let (ids, x) = try words(dtype: .float32)
            let y = try Bidirectional(LSTM(3, returnSequences: true))(x)
            return try Model(inputs: ids, outputs: Bidirectional(GRU(2), mergeMode: .sum)(y))
        },
        "bidirectional_apart": {
            let (ids, x) = try words()
            let both: [KerasTensor] = try Bidirectional(SimpleRNN(3, returnSequences: true), mergeMode: nil)(x)
            return try Model(inputs: ids, outputs: [GRU(2)(both[0]), GlobalAveragePooling1D()(both[1])])
        },
        "time_distributed": {
            let x = Input(shape: [4, 3])
            let y = try TimeDistributed(Dense(5, activation: .relu))(Masking()(x))
            return try Model(inputs: x, outputs: LSTM(2)(y))
        },
        "stacked": {
            let (ids, embedded) = try words()
            var x = try LSTM(4, returnSequences: true)(embedded)
            x = try Dropout(0)(x)
            x = try GRU(3, returnSequences: true)(x)
            return try Model(inputs: ids, outputs: SimpleRNN(2)(x))
        },
        "masked_loss": {
            let (ids, x) = try words()
            let y = try LSTM(4, returnSequences: true)(x)
            return try Model(inputs: ids, outputs: TimeDistributed(Dense(3, activation: .softmax))(y))
        },
        "states": {
            let (a, x) = try words("source"), (b, y) = try words("target", size: 4)
            let (_, last) = try LSTM(3, returnState: true)(x)
            let z: KerasTensor = try LSTM(3, returnSequences: true)(y, initialState: last)
            return try Model(inputs: [a, b], outputs: GlobalAveragePooling1D()(z))
        },
        "all_states": {
            let (ids, x) = try words()
            let (y, states) = try GRU(3, returnSequences: true, returnState: true)(x)
            return try Model(inputs: ids, outputs: Concatenate()([GlobalAveragePooling1D()(y), states[0]]))
        },
        "cells": {
            let (ids, x) = try words()
            return try Model(inputs: ids, outputs: RNN([LSTMCell(3), GRUCell(2)])(x))
        },
        "other_types": {
            let (ids, x) = try words()
            let y = try LSTM(3, returnSequences: true, dtype: .mixedBfloat16)(x)
            return try Model(inputs: ids, outputs: LSTM(2, dtype: .float32)(y))
        },
        "in_training": {
            let (ids, x) = try words()
            return try Model(inputs: ids, outputs: LSTM(3)(x, training: false))
        },
        "two_readers": {
            let (ids, x) = try words()
            return try Model(inputs: ids, outputs: [LSTM(2)(x), GRU(2)(x), GlobalAveragePooling1D()(x)])
        },
    ]

    static let merging: [String: @Sendable () throws -> Model] = [
        "concatenated_steps": {
            let (a, x) = try words("a"), (b, y) = try words("b", size: 3)
            return try Model(inputs: [a, b], outputs: LSTM(2)(Concatenate(axis: 1)([x, y])))
        },
        "concatenated_features": {
            let (ids, x) = try words()
            let given = Input(shape: [6, 2])
            return try Model(inputs: [ids, given], outputs: GRU(2)(Concatenate()([x, given])))
        },
        "concatenated_unused": {
            let (a, x) = try words("a"), (b, y) = try words("b")
            let joined = try Concatenate()([x, y])
            return try Model(inputs: [a, b], outputs: Dense(2)(Flatten()(joined)))
        },
        "added": { try merged(2) { try Add()($0) } },
        "averaged": { try merged(3) { try Average()($0) } },
        "multiplied": { try merged(2) { try Multiply()($0) } },
        "greatest": { try merged(2) { try Maximum()($0) } },
        "subtracted": { try merged(2) { try Subtract()($0) } },
        "added_to_unmasked": {
            let (ids, x) = try words()
            let given = Input(shape: [6, 4])
            return try Model(inputs: [ids, given], outputs: LSTM(2)(Add()([x, given])))
        },
        "attention": {
            let (q, x) = try words("query"), (v, y) = try words("value", size: 4)
            return try Model(inputs: [q, v], outputs: GlobalAveragePooling1D()(Attention()([x, y])))
        },
        "additive_attention": {
            let (q, x) = try words("query"), (v, y) = try words("value", size: 4)
            return try Model(inputs: [q, v], outputs: LSTM(2)(AdditiveAttention()([x, y, y])))
        },
        "multi_head_attention": {
            let (q, x) = try words("query"), (v, y) = try words("value", size: 4)
            return try Model(inputs: [q, v], outputs: GlobalAveragePooling1D()(MultiHeadAttention(numHeads: 2, keyDim: 3)(x, value: y)))
        },
        "shared_embedding": {
            let shared = Embedding(10, 4, maskZero: true)
            let a = Input(shape: [6], dtype: .int32, name: "a"), b = Input(shape: [3], dtype: .int32, name: "b")
            let reader = LSTM(3)
            let read = try [reader(shared(a)), reader(shared(b))]
            return try Model(inputs: [a, b], outputs: Dense(1)(concatenate(read)))
        },
    ]

    private static func merged(_ count: Int, _ merge: ([KerasTensor]) throws -> KerasTensor) throws -> Model {
        let ends = try (0..<count).map { try words("x\($0)") }
        return try Model(inputs: ends.map(\.ids), outputs: LSTM(2)(merge(ends.map(\.x))))
    }

    static let models: [String: @Sendable () throws -> Model] = [
        "nested": {
            let (i, e) = try words("inner_words")
            let inner = try Model(inputs: i, outputs: LSTM(4, returnSequences: true)(e), name: "inner")
            let j = Input(shape: [6, 4], name: "inner_series")
            let other = try Model(inputs: j, outputs: GRU(4, returnSequences: true)(j), name: "other")
            let ids = Input(shape: [6], dtype: .int32, name: "words")
            return try Model(inputs: ids, outputs: GlobalAveragePooling1D()(other(inner(ids))))
        },
        "nested_given": {
            let j = Input(shape: [6, 4], name: "series")
            let inner = try Model(inputs: j, outputs: Dense(3)(LSTM(4, returnSequences: true)(j)), name: "inner")
            let (ids, x) = try words()
            return try Model(inputs: ids, outputs: LSTM(2)(inner(x)))
        },
        "nested_list": {
            let a = Input(shape: [6, 4], name: "a"), b = Input(shape: [6, 4], name: "b")
            let inner = try Model(inputs: [a, b], outputs: LSTM(2)(Add()([a, b])), name: "inner")
            let (ids, x) = try words()
            let given = Input(shape: [6, 4], name: "given")
            let y: KerasTensor = try inner([given, x])
            return try Model(inputs: [ids, given], outputs: y)
        },
        "sequential_inside": {
            let stack = try Sequential([Input(shape: [6, 4]), LSTM(3, returnSequences: true), Dropout(0)], name: "stack")
            let (ids, x) = try words()
            return try Model(inputs: ids, outputs: GlobalAveragePooling1D()(stack(x)))
        },
        "sequential_first": {
            let stack = try Sequential(
                [Input(shape: [6], dtype: .int32), Embedding(10, 4, maskZero: true), LSTM(3, returnSequences: true)], name: "stack")
            let ids = Input(shape: [6], dtype: .int32, name: "words")
            return try Model(inputs: ids, outputs: LSTM(2)(stack(ids)))
        },
        "sequential": {
            try Sequential([Input(shape: [6]), Embedding(10, 4, maskZero: true), LSTM(3, returnSequences: true), GRU(2)])
        },
        "pooled": {
            let (ids, x) = try words()
            return try Model(inputs: ids, outputs: GlobalAveragePooling1D()(x))
        },
        "normalised": {
            let (ids, embedded) = try words()
            var x = try BatchNormalization()(embedded)
            x = try LayerNormalization()(x)
            x = try Activation(.tanh)(x)
            return try Model(inputs: ids, outputs: LSTM(2)(x))
        },
        "given_mask": {
            let x = Input(shape: [5, 3], name: "x"), mask = Input(shape: [5], dtype: .bool, name: "mask")
            let y = try LSTM(3, returnSequences: true)(x, mask: mask)
            return try Model(inputs: [x, mask], outputs: GlobalAveragePooling1D()(y))
        },
        "given_softmax_mask": {
            let x = Input(shape: [5], name: "x")
            return try Model(inputs: x, outputs: Dense(2)(Softmax()(x, mask: ops.greater(x, -0.5)) * 2))
        },
        "computed_mask": {
            let x = Input(shape: [5, 3], name: "x")
            let mask = try ops.any(ops.greater(x, 0), axis: -1)
            return try Model(inputs: x, outputs: GRU(3)(x, mask: mask))
        },
        "lost": {
            let (ids, x) = try words()
            return try Model(inputs: ids, outputs: LSTM(2)(Conv1D(3, 2)(x * 2)))
        },
        "reshaped": {
            let (ids, x) = try words()
            let a = try LSTM(2)(ZeroPadding1D(1)(x)), b = try GlobalAveragePooling1D()(Cropping1D(1)(x))
            return try Model(inputs: ids, outputs: [a, b])
        },
        "masked_twice": {
            let (ids, x) = try words()
            return try Model(inputs: ids, outputs: LSTM(2)(Masking(maskValue: 0.5)(x)))
        },
        "extracted": {
            let (ids, x) = try words()
            let y = try LSTM(3, returnSequences: true)(x)
            let whole = try Model(inputs: ids, outputs: GRU(2)(y))
            return try Model(inputs: whole.input, outputs: whole.layers.dropFirst(2).map(\.output))
        },
    ]

    static let all = recurrent.merging(merging) { first, _ in first }.merging(models) { first, _ in first }
}
