"""Rows of recurrent layers, their cells, and the wrappers for sequences."""

import keras
from keras import layers

from recording import row

L2 = keras.regularizers.L2
X = (2, 4, 3)
# JAX makes no orthogonal matrices of float16: rows of policies have another initializer.
POLICIES = ("mixed_bfloat16", "mixed_float16", "float16")
WEIGHTS = dict(kernel_initializer="he_normal", recurrent_initializer="glorot_normal", bias_initializer="ones", kernel_regularizer=L2(0.1),
               recurrent_regularizer="l1", bias_regularizer="l2", activity_regularizer=L2(0.2),
               kernel_constraint=keras.constraints.MaxNorm(3), recurrent_constraint="unit_norm", bias_constraint="non_neg")


def seeded_simple_rnn(units, return_sequences=False, return_state=False, **options):
    """The config of a SimpleRNN has no seed."""
    return layers.RNN(layers.SimpleRNNCell(units, **options), return_sequences=return_sequences, return_state=return_state)


def of_each_kind(name, make, states, seeded=None, **extra):
    """The options that all recurrent layers have; `states`: the number of states; `seeded`: makes one whose config tells the seed."""
    seeded = seeded or make
    state = [(2, 2)] * states
    row(name, lambda: make(2), X)
    row(name + ", sequences", lambda: make(2, return_sequences=True), X)
    row(name + ", states", lambda: make(2, return_state=True), X)
    row(name + ", sequences and states", lambda: make(2, return_sequences=True, return_state=True), X)
    row(name + ", initial state", lambda: make(2, return_state=True), X, keywords={"initial_state": state})
    row(name + ", backwards", lambda: make(2, go_backwards=True, return_state=True), X)
    row(name + ", backwards, sequences", lambda: make(2, go_backwards=True, return_sequences=True), X, keywords={"initial_state": state})
    row(name + ", unrolled", lambda: make(2, unroll=True, return_sequences=True, return_state=True), X)
    row(name + ", unrolled, backwards", lambda: make(2, unroll=True, go_backwards=True, return_sequences=True), X)
    row(name + ", unrolled, mask", lambda: make(2, unroll=True, return_state=True), X, mask="all")
    row(name + ", unrolled, mask, backwards", lambda: make(2, unroll=True, go_backwards=True, return_sequences=True), X, mask="all")
    row(name + ", mask", lambda: make(2, return_state=True), X, mask="all")
    row(name + ", mask, initial state", lambda: make(2, return_sequences=True), X, mask="all", keywords={"initial_state": state})
    row(name + ", mask, backwards", lambda: make(2, return_sequences=True, go_backwards=True, return_state=True), X, mask="all")
    row(name + ", mask, zeros", lambda: make(2, return_sequences=True, zero_output_for_mask=True), X, mask="all")
    row(name + ", mask, zeros, last output", lambda: make(2, zero_output_for_mask=True, return_state=True), X, mask="all")
    row(name + ", no bias", lambda: make(2, use_bias=False, return_sequences=True), X)
    row(name + ", relu", lambda: make(2, activation="relu", return_sequences=True, **extra), X)
    row(name + ", no activation", lambda: make(2, activation=None), X)
    row(name + ", weights", lambda: make(2, **WEIGHTS), X)
    row(name + ", dropout", lambda: seeded(2, dropout=0.4, seed=3, return_sequences=True), X, training=True)
    row(name + ", dropout, inference", lambda: make(2, dropout=0.4, seed=3), X)
    row(name + ", dropout, mask", lambda: seeded(2, dropout=0.4, seed=6), X, training=True, mask="all")
    row(name + ", recurrent dropout", lambda: seeded(2, recurrent_dropout=0.4, seed=4, return_state=True), X, training=True)
    row(name + ", both dropouts", lambda: seeded(3, dropout=0.3, recurrent_dropout=0.4, seed=5), X, training=True)
    for policy in POLICIES:
        row(f"{name}, {policy}", lambda policy=policy: make(
            2, return_sequences=True, return_state=True, recurrent_initializer="he_normal", dtype=policy), X, policy=policy)
    row(name + ", mask, mixed_bfloat16", lambda: make(2, return_sequences=True, dtype="mixed_bfloat16"), X, mask="all",
        policy="mixed_bfloat16")


of_each_kind("simple rnn", layers.SimpleRNN, 1, seeded=seeded_simple_rnn)
of_each_kind("lstm", layers.LSTM, 2, recurrent_activation="hard_sigmoid")
of_each_kind("gru", layers.GRU, 1, recurrent_activation="hard_sigmoid")
row("lstm, forget bias", lambda: layers.LSTM(2, unit_forget_bias=False), X)
for options in [dict(), dict(use_bias=False), dict(dropout=0.3, recurrent_dropout=0.4, seed=7), dict(go_backwards=True)]:
    words = ", ".join(options)
    row("gru, reset before, " + words, lambda options=options: layers.GRU(2, reset_after=False, return_sequences=True, **options), X,
        training="seed" in options)
row("gru, reset before, mask", lambda: layers.GRU(2, reset_after=False, return_sequences=True), X, mask="all")
row("gru, no bias, recurrent dropout", lambda: layers.GRU(2, use_bias=False, recurrent_dropout=0.3, seed=8), X, training=True)

# Cells
row("simple rnn cell", lambda: layers.SimpleRNNCell(2), (2, 3), keywords={"states": [(2, 2)]})
row("simple rnn cell, options", lambda: layers.SimpleRNNCell(2, activation="relu", use_bias=False, dropout=0.2, seed=3), (2, 3),
    keywords={"states": [(2, 2)]})
row("lstm cell", lambda: layers.LSTMCell(2), (2, 3), keywords={"states": [(2, 2), (2, 2)]})
row("lstm cell, options", lambda: layers.LSTMCell(2, activation="relu", recurrent_activation="hard_sigmoid", unit_forget_bias=False),
    (2, 3), keywords={"states": [(2, 2), (2, 2)]})
row("gru cell", lambda: layers.GRUCell(2), (2, 3), keywords={"states": [(2, 2)]})
row("gru cell, reset before", lambda: layers.GRUCell(2, reset_after=False), (2, 3), keywords={"states": [(2, 2)]})
row("gru cell, mixed_bfloat16", lambda: layers.GRUCell(2, dtype="mixed_bfloat16"), (2, 3), keywords={"states": [(2, 2)]},
    policy="mixed_bfloat16")
row("stacked cells", lambda: layers.StackedRNNCells([layers.GRUCell(2), layers.SimpleRNNCell(3, seed=4)]), (2, 3),
    keywords={"states": [(2, 2), (2, 3)]})


# Any cell, and stacks
def lstm_and_gru():
    return [layers.LSTMCell(2), layers.GRUCell(3)]


row("rnn", lambda: layers.RNN(layers.LSTMCell(2)), X)
row("rnn, mixed_bfloat16", lambda: layers.RNN(layers.GRUCell(2, dtype="mixed_bfloat16"), dtype="mixed_bfloat16"), X,
    policy="mixed_bfloat16")
row("rnn, cell of other type", lambda: layers.RNN(layers.GRUCell(2, dtype="mixed_bfloat16"), return_sequences=True), X,
    policy="mixed_bfloat16")
row("rnn, stack", lambda: layers.RNN(lstm_and_gru(), return_sequences=True, return_state=True), X)
row("rnn, stack, backwards", lambda: layers.RNN(lstm_and_gru(), return_sequences=True, go_backwards=True), X)
row("rnn, stack, mask", lambda: layers.RNN(lstm_and_gru(), return_sequences=True, return_state=True), X, mask="all")
row("rnn, stack, mask, backwards", lambda: layers.RNN(lstm_and_gru(), return_state=True, go_backwards=True), X, mask="all")
row("rnn, stack, mask, zeros", lambda: layers.RNN(lstm_and_gru(), return_sequences=True, zero_output_for_mask=True), X, mask="all")
row("rnn, stack, unrolled", lambda: layers.RNN(lstm_and_gru(), unroll=True, return_sequences=True), X)
row("rnn, stack, initial state", lambda: layers.RNN([layers.SimpleRNNCell(2), layers.GRUCell(3)], return_state=True), X,
    keywords={"initial_state": [(2, 2), (2, 3)]})
row("rnn, stack, dropout", lambda: layers.RNN(
    [layers.LSTMCell(2, dropout=0.3, recurrent_dropout=0.2, seed=1), layers.GRUCell(3, dropout=0.4, seed=2)]), X, training=True)

# Both directions
for mode in ["concat", "sum", "mul", "ave", None]:
    row(f"bidirectional, {mode}", lambda mode=mode: layers.Bidirectional(layers.GRU(2), merge_mode=mode), X)
    row(f"bidirectional, {mode}, sequences and states", lambda mode=mode: layers.Bidirectional(
        layers.LSTM(2, return_sequences=True, return_state=True), merge_mode=mode), X)
    row(f"bidirectional, {mode}, mask", lambda mode=mode: layers.Bidirectional(
        layers.SimpleRNN(2, return_sequences=True), merge_mode=mode), X, mask="all")
row("bidirectional, mask", lambda: layers.Bidirectional(layers.LSTM(2)), X, mask="all")
row("bidirectional, initial state", lambda: layers.Bidirectional(layers.LSTM(2, return_state=True)), X,
    keywords={"initial_state": [(2, 2)] * 4})
row("bidirectional, backward layer", lambda: layers.Bidirectional(
    layers.LSTM(2, return_sequences=True), backward_layer=layers.GRU(2, activation="relu", return_sequences=True, go_backwards=True)), X)
row("bidirectional, dropout", lambda: layers.Bidirectional(layers.LSTM(2, dropout=0.3, seed=3)), X, training=True)
row("bidirectional, stack", lambda: layers.Bidirectional(layers.RNN(lstm_and_gru(), return_sequences=True)), X)
row("bidirectional, mixed_bfloat16", lambda: layers.Bidirectional(layers.LSTM(2, dtype="mixed_bfloat16"), dtype="mixed_bfloat16"), X,
    policy="mixed_bfloat16")

# Every step by itself
row("time distributed", lambda: layers.TimeDistributed(layers.Dense(2, activation="tanh")), X)
row("time distributed, mask", lambda: layers.TimeDistributed(layers.Dense(2)), X, mask="all")
row("time distributed, convolution", lambda: layers.TimeDistributed(layers.Conv1D(2, 2)), (2, 3, 4, 2))
row("time distributed, batch normalization", lambda: layers.TimeDistributed(layers.BatchNormalization()), X, training=True)
row("time distributed, batch normalization, inference", lambda: layers.TimeDistributed(layers.BatchNormalization()), X)
row("time distributed, dropout", lambda: layers.TimeDistributed(layers.Dropout(0.4, seed=3)), X, training=True)
row("time distributed, softmax", lambda: layers.TimeDistributed(layers.Softmax(axis=0)), X)
row("time distributed, lstm", lambda: layers.TimeDistributed(layers.LSTM(2)), (2, 3, 4, 2))
row("time distributed, mixed_bfloat16", lambda: layers.TimeDistributed(layers.Dense(2, dtype="mixed_bfloat16"), dtype="mixed_bfloat16"), X,
    policy="mixed_bfloat16")


# Convolutions
C1, C2, C3 = (1, 3, 5, 2), (1, 3, 3, 4, 2), (1, 2, 2, 3, 3, 1)
row("conv lstm 1d", lambda: layers.ConvLSTM1D(2, 3), (2, 3, 5, 2))
row("conv lstm 1d, sequences and states", lambda: layers.ConvLSTM1D(2, 3, padding="same", return_sequences=True, return_state=True), C1)
row("conv lstm 1d, strides", lambda: layers.ConvLSTM1D(2, 2, strides=2, padding="same"), C1)
row("conv lstm 1d, dilation", lambda: layers.ConvLSTM1D(2, 2, dilation_rate=2), C1)
row("conv lstm 1d, channels first", lambda: layers.ConvLSTM1D(2, 2, data_format="channels_first", return_sequences=True), (1, 3, 2, 4))
row("conv lstm 1d, initial state", lambda: layers.ConvLSTM1D(2, 3), (2, 3, 5, 2), keywords={"initial_state": [(2, 3, 2)] * 2})
row("conv lstm 1d, backwards", lambda: layers.ConvLSTM1D(2, 3, go_backwards=True, return_sequences=True), C1)
row("conv lstm 1d, mask", lambda: layers.ConvLSTM1D(2, 3, return_sequences=True), C1, mask="all")
row("conv lstm 1d, unrolled", lambda: layers.ConvLSTM1D(2, 3, unroll=True), C1)
row("conv lstm 1d, activations", lambda: layers.ConvLSTM1D(
    2, 3, activation="relu", recurrent_activation="hard_sigmoid", use_bias=False), C1)
row("conv lstm 1d, weights", lambda: layers.ConvLSTM1D(2, 2, unit_forget_bias=False, **WEIGHTS), C1)
row("conv lstm 1d, dropout", lambda: layers.ConvLSTM1D(2, 2, dropout=0.3, seed=3), C1, training=True)
row("conv lstm 1d, both dropouts", lambda: layers.ConvLSTM1D(2, 2, dropout=0.3, recurrent_dropout=0.4, seed=4,
                                                             data_format="channels_first"), (1, 3, 2, 4), training=True)
for policy in POLICIES:
    row(f"conv lstm 1d, {policy}", lambda policy=policy: layers.ConvLSTM1D(2, 2, recurrent_initializer="he_normal", dtype=policy), C1,
        policy=policy)
row("conv lstm 2d", lambda: layers.ConvLSTM2D(2, (2, 3), return_state=True), C2)
row("conv lstm 2d, same", lambda: layers.ConvLSTM2D(2, 2, padding="same", strides=(1, 2), return_sequences=True), C2)
row("conv lstm 2d, channels first", lambda: layers.ConvLSTM2D(2, 2, data_format="channels_first"), (1, 2, 2, 3, 3))
row("conv lstm 2d, mixed_bfloat16", lambda: layers.ConvLSTM2D(2, 2, dtype="mixed_bfloat16"), C2, policy="mixed_bfloat16")
row("conv lstm 3d", lambda: layers.ConvLSTM3D(1, 2, return_sequences=True), C3)
row("conv lstm 3d, channels first", lambda: layers.ConvLSTM3D(1, 2, data_format="channels_first", padding="same"), (1, 2, 1, 2, 3, 3))

# Masks: one that comes with the input is lost where an initial state is given
for name, make, states in [("simple rnn", layers.SimpleRNN, 1), ("lstm", layers.LSTM, 2), ("gru", layers.GRU, 1)]:
    row(name + ", mask, sequences", lambda make=make: make(2, return_sequences=True), X, mask="all")
    row(name + ", mask given, initial state", lambda make=make: make(2, return_sequences=True), X,
        keywords={"initial_state": [(2, 2)] * states, "mask": ("bool", (2, 4))})
row("bidirectional, mask, initial state", lambda: layers.Bidirectional(layers.GRU(2)), X, mask="all",
    keywords={"initial_state": [(2, 2)] * 2})
