"""Recurrent layers, their cells and wrappers, and attention."""
from keras import initializers, layers as L, regularizers
from table import B, F, I, chain, functional

X = F(5, 3)
WEIGHTS = dict(
    kernel_initializer="he_normal", recurrent_initializer="glorot_normal", bias_initializer="ones", kernel_regularizer="l2",
    recurrent_regularizer="l1", bias_regularizer=regularizers.L1L2(0.1, 0.2), kernel_constraint="max_norm", recurrent_constraint="unit_norm",
    bias_constraint="non_neg")

for name, layer in [("simple rnn", L.SimpleRNN), ("lstm", L.LSTM), ("gru", L.GRU)]:
    chain(name, X, lambda layer=layer: [layer(4, return_sequences=True), layer(2)])
    functional(f"{name} states", [X], lambda x, layer=layer: layer(3, return_sequences=True, return_state=True)(x))
    chain(f"{name} backwards", X, lambda layer=layer: [layer(3, go_backwards=True, return_sequences=True), layer(2, use_bias=False)])
    chain(f"{name} unrolled", X, lambda layer=layer: [layer(3, unroll=True, return_sequences=True), layer(2, dropout=0.2, recurrent_dropout=0.3)])
    chain(f"{name} options", X, lambda layer=layer: [layer(3, activation="relu", seed=3, activity_regularizer="l2", **WEIGHTS)])
    chain(f"{name} free steps", F(5, 3, free=1), lambda layer=layer: [layer(3, return_sequences=True), L.Dense(2)])
    chain(f"{name} mask", I(3, 6), lambda layer=layer: [
        L.Embedding(3, 3, mask_zero=True), layer(3, return_sequences=True, zero_output_for_mask=True), layer(2)], legacy=False)
    functional(f"{name} initial state", [X, F(3)], lambda x, s, layer=layer: layer(3)(
        x, initial_state=[s, L.Dense(3)(s)] if layer is L.LSTM else s))
chain("lstm without forget bias", X, lambda: [L.LSTM(3, unit_forget_bias=False, recurrent_activation="hard_sigmoid")])
chain("gru reset before", X, lambda: [L.GRU(3, reset_after=False, return_sequences=True), L.GRU(2, recurrent_activation="hard_sigmoid")])
chain("stateful lstm", X, lambda: [L.LSTM(3, stateful=False)])


def encoder_decoder(source, target):
    _, *states = L.LSTM(4, return_state=True)(source)
    return L.Dense(2)(L.LSTM(4, return_sequences=True)(target, initial_state=states))


functional("encoder and decoder", [F(5, 3), F(4, 2)], encoder_decoder)
chain("rnn of cells", X, lambda: [
    L.RNN(L.LSTMCell(3), return_sequences=True), L.RNN(L.GRUCell(3, reset_after=False), return_sequences=True), L.RNN(L.SimpleRNNCell(2))])
chain("rnn of stacked cells", X, lambda: [
    L.RNN([L.LSTMCell(3), L.GRUCell(2)], return_sequences=True), L.RNN(L.StackedRNNCells([L.SimpleRNNCell(3), L.LSTMCell(2)]), go_backwards=True)])
for mode in ["concat", "sum", "mul", "ave"]:
    chain(f"bidirectional {mode}", X, lambda mode=mode: [
        L.Bidirectional(L.LSTM(3, return_sequences=True), merge_mode=mode), L.Bidirectional(L.GRU(2), merge_mode=mode)])
functional("bidirectional lists", [X], lambda x: L.Bidirectional(L.LSTM(2, return_sequences=True), merge_mode=None)(x))
functional("bidirectional states", [X], lambda x: L.Bidirectional(L.LSTM(2, return_state=True))(x))
chain("bidirectional backward layer", X, lambda: [L.Bidirectional(
    L.LSTM(3, return_sequences=True), backward_layer=L.GRU(3, return_sequences=True, go_backwards=True, name="back"), name="both")])
chain("bidirectional mask", I(3, 6), lambda: [L.Embedding(3, 3, mask_zero=True), L.Bidirectional(L.LSTM(2))], legacy=False)
chain("time distributed", F(4, 5, 3), lambda: [
    L.TimeDistributed(L.Dense(3, activation="tanh")), L.TimeDistributed(L.Conv1D(2, 2)), L.TimeDistributed(L.LSTM(2))])
chain("time distributed normalization", F(4, 5, 3), lambda: [L.TimeDistributed(L.BatchNormalization()), L.TimeDistributed(L.Flatten())])
chain("conv lstm 1d", F(3, 6, 2), lambda: [
    L.ConvLSTM1D(3, 3, return_sequences=True, padding="same"), L.ConvLSTM1D(2, 2, strides=2, dropout=0.2, recurrent_dropout=0.1)])
functional("conv lstm 2d", [F(3, 4, 4, 2)], lambda x: L.ConvLSTM2D(2, (2, 3), return_sequences=True, return_state=True)(x))
chain("conv lstm 2d options", F(2, 2, 4, 4), lambda: [L.ConvLSTM2D(
    2, 2, data_format="channels_first", go_backwards=True, activation="relu", recurrent_activation="hard_sigmoid", unit_forget_bias=False,
    activity_regularizer="l2", **WEIGHTS)])
chain("conv lstm 2d dilation", F(2, 5, 5, 2), lambda: [L.ConvLSTM2D(2, 2, dilation_rate=2, use_bias=False)])
chain("conv lstm 3d", F(2, 3, 3, 3, 1), lambda: [L.ConvLSTM3D(2, 2, return_sequences=True), L.Flatten()])
# XLA compiles the loop over time as a whole, and drops roundings between a step's operations: two units in the last place after ten steps.
chain("recurrent of bfloat16", X, lambda: [L.LSTM(3, dtype="mixed_bfloat16", return_sequences=True), L.GRU(2, dtype="mixed_bfloat16")],
      tolerance=2**-6)

# A cell as a layer
functional("cells", [F(3), F(2), F(2)], lambda x, h, c: [
    L.SimpleRNNCell(2)(x, [h])[0], L.GRUCell(2)(x, [h])[0], L.LSTMCell(2)(x, [h, c])[0]])

# Attention
Q, V = F(3, 4), F(5, 4)
functional("attention", [Q, V], lambda q, v: [
    L.Attention()([q, v]), L.Attention(use_scale=True)([q, v, L.Dense(4)(v)]), L.Attention(score_mode="concat", dropout=0.2, seed=1)([q, v])], legacy=False)
functional("attention causal", [Q, V], lambda q, v: L.Attention()([q, v], use_causal_mask=True, return_attention_scores=True), legacy=False)
functional("attention masks", [Q, V, B(3), B(5)], lambda q, v, a, b: L.Attention()([q, v], mask=[a, b]), legacy=False)
functional("additive attention", [Q, V], lambda q, v: [L.AdditiveAttention()([q, v]), L.AdditiveAttention(use_scale=False, dropout=0.1)([q, v])])
functional("multi-head attention", [Q, V], lambda q, v: L.MultiHeadAttention(2, 3)(q, v))
functional("multi-head attention key", [Q, V, F(5, 2)], lambda q, v, k: L.MultiHeadAttention(2, 3, output_shape=5)(q, v, k))
functional("multi-head attention options", [Q], lambda x: L.MultiHeadAttention(
    2, 2, dropout=0.3, use_bias=False, kernel_initializer="he_normal", bias_initializer="ones", kernel_regularizer="l2", bias_regularizer="l1",
    activity_regularizer="l2", kernel_constraint="non_neg", bias_constraint="non_neg", seed=4)(x, x, x))
functional("multi-head attention scores", [Q, V], lambda q, v: L.MultiHeadAttention(2, 3)(
    q, v, return_attention_scores=True, use_causal_mask=True))
functional("multi-head attention mask", [Q, V, B(3, 5)], lambda q, v, m: L.MultiHeadAttention(2, 3)(q, v, attention_mask=m))
functional("multi-head attention axes", [F(2, 3, 4)], lambda x: L.MultiHeadAttention(2, 3, attention_axes=(2,))(x, x))
functional("multi-head attention gate", [Q], lambda x: L.MultiHeadAttention(2, 3, use_gate=True, sliding_window=2)(x, x))
functional("group query attention", [Q, V], lambda q, v: L.GroupQueryAttention(3, 4, 2)(q, v))
functional("group query attention options", [Q], lambda x: L.GroupQueryAttention(
    2, 2, 1, dropout=0.1, use_bias=False, use_gate=True, kernel_initializer="he_normal", kernel_regularizer="l2",
    kernel_constraint="non_neg", seed=2)(x, x))


def transformer(words):
    x = L.Embedding(9, 4, embeddings_initializer=initializers.RandomNormal(0, 0.1))(words)
    x = L.LayerNormalization()(x + L.MultiHeadAttention(2, 2)(x, x))
    x = L.LayerNormalization()(x + L.Dense(4)(L.Dense(8, activation="gelu")(x)))
    return L.Dense(3, activation="softmax")(L.GlobalAveragePooling1D()(x))


functional("transformer", [I(9, 6)], transformer, legacy=False)
functional("transformer mask", [I(3, 6)], lambda w: L.MultiHeadAttention(2, 2)(
    *[L.Embedding(3, 4, mask_zero=True)(w)] * 2))
