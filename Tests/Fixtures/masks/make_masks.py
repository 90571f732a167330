"""What Keras draws, writes and computes for models with masks: operations, summary, plot, config, predictions, losses.

    python Tests/Fixtures/masks/make_masks.py

The Swift side, `Tests/KerasTests/Models/MaskedModels.swift`, draws the same models under the same names.
"""

import json
import os
import pathlib
import re
import warnings

os.environ["KERAS_BACKEND"] = "jax"
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ["COLUMNS"] = "112"
warnings.simplefilter("ignore")

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import Input, Model, Sequential, ops  # noqa: E402
from keras import layers as L  # noqa: E402

HERE = pathlib.Path(__file__).parent
STEPS = 6


def words(name="words", dtype="int32", size=6):
    """Places of whole numbers, and their embeddings with a mask."""
    ids = Input((size,), dtype=dtype, name=name)
    return ids, L.Embedding(10, 4, mask_zero=True)(ids)


def embedding_lstm():
    ids, x = words(size=None)
    return Model(ids, L.Dense(1)(L.LSTM(3)(x)))


def masking_gru():
    x = Input((5, 3))
    return Model(x, L.Dense(2)(L.GRU(4)(L.Masking(-1.0)(x))))


def bidirectional():
    ids, x = words(dtype="float32")
    x = L.Bidirectional(L.LSTM(3, return_sequences=True))(x)
    return Model(ids, L.Bidirectional(L.GRU(2), merge_mode="sum")(x))


def bidirectional_apart():
    ids, x = words()
    a, b = L.Bidirectional(L.SimpleRNN(3, return_sequences=True), merge_mode=None)(x)
    return Model(ids, [L.GRU(2)(a), L.GlobalAveragePooling1D()(b)])


def time_distributed():
    x = Input((4, 3))
    y = L.TimeDistributed(L.Dense(5, activation="relu"))(L.Masking()(x))
    return Model(x, L.LSTM(2)(y))


def concatenated_steps():
    a, x = words("a")
    b, y = words("b", size=3)
    return Model([a, b], L.LSTM(2)(L.Concatenate(axis=1)([x, y])))


def concatenated_features():
    """One input has no mask: it counts everywhere."""
    ids, x = words()
    given = Input((6, 2))
    return Model([ids, given], L.GRU(2)(L.Concatenate()([x, given])))


def concatenated_unused():
    """The mask of the joined tensors is drawn, and no model has it."""
    a, x = words("a")
    b, y = words("b")
    z = L.Concatenate()([x, y])
    return Model([a, b], L.Dense(2)(L.Flatten()(z)))


def merged(layer, count):
    def build():
        ends = [words(f"x{i}") for i in range(count)]
        return Model([ids for ids, _ in ends], L.LSTM(2)(layer()([x for _, x in ends])))
    return build


def added_to_unmasked():
    ids, x = words()
    given = Input((6, 4))
    return Model([ids, given], L.LSTM(2)(L.Add()([x, given])))


def attention():
    q, x = words("query")
    v, y = words("value", size=4)
    return Model([q, v], L.GlobalAveragePooling1D()(L.Attention()([x, y])))


def additive_attention():
    q, x = words("query")
    v, y = words("value", size=4)
    return Model([q, v], L.LSTM(2)(L.AdditiveAttention()([x, y, y])))


def multi_head_attention():
    q, x = words("query")
    v, y = words("value", size=4)
    return Model([q, v], L.GlobalAveragePooling1D()(L.MultiHeadAttention(2, 3)(x, y)))


def stacked():
    ids, x = words()
    x = L.LSTM(4, return_sequences=True)(x)
    x = L.Dropout(0.0)(x)
    x = L.GRU(3, return_sequences=True)(x)
    return Model(ids, L.SimpleRNN(2)(x))


def masked_loss():
    """The outputs keep the mask: steps that do not count do not count in the loss."""
    ids, x = words()
    x = L.LSTM(4, return_sequences=True)(x)
    return Model(ids, L.TimeDistributed(L.Dense(3, activation="softmax"))(x))


def nested():
    """The inner model's mask goes on without a node; the outer mask goes in as an argument."""
    i, e = words("inner_words")
    inner = Model(i, L.LSTM(4, return_sequences=True)(e), name="inner")
    j = Input((6, 4), name="inner_series")
    other = Model(j, L.GRU(4, return_sequences=True)(j), name="other")
    ids = Input((6,), dtype="int32", name="words")
    return Model(ids, L.GlobalAveragePooling1D()(other(inner(ids))))


def nested_given():
    j = Input((6, 4), name="series")
    inner = Model(j, L.Dense(3)(L.LSTM(4, return_sequences=True)(j)), name="inner")
    ids, x = words()
    return Model(ids, L.LSTM(2)(inner(x)))


def nested_list():
    a, b = Input((6, 4), name="a"), Input((6, 4), name="b")
    inner = Model([a, b], L.LSTM(2)(L.Add()([a, b])), name="inner")
    ids, x = words()
    given = Input((6, 4), name="given")
    return Model([ids, given], inner([given, x]))


def sequential_inside():
    stack = Sequential([Input((6, 4)), L.LSTM(3, return_sequences=True), L.Dropout(0.0)], name="stack")
    ids, x = words()
    return Model(ids, L.GlobalAveragePooling1D()(stack(x)))


def sequential_first():
    """The stack makes the mask itself, and its input is of another type than it computes in."""
    stack = Sequential([Input((6,), dtype="int32"), L.Embedding(10, 4, mask_zero=True), L.LSTM(3, return_sequences=True)], name="stack")
    ids = Input((6,), dtype="int32", name="words")
    return Model(ids, L.LSTM(2)(stack(ids)))


def sequential():
    return Sequential([Input((6,)), L.Embedding(10, 4, mask_zero=True), L.LSTM(3, return_sequences=True), L.GRU(2)])


def pooled():
    ids, x = words()
    return Model(ids, L.GlobalAveragePooling1D()(x))


def shared_embedding():
    shared = L.Embedding(10, 4, mask_zero=True)
    a, b = Input((6,), dtype="int32", name="a"), Input((3,), dtype="int32", name="b")
    reader = L.LSTM(3)
    return Model([a, b], L.Dense(1)(L.concatenate([reader(shared(a)), reader(shared(b))])))


def normalised():
    ids, x = words()
    x = L.BatchNormalization()(x)
    x = L.LayerNormalization()(x)
    return Model(ids, L.LSTM(2)(L.Activation("tanh")(x)))


def states():
    """A call that is given states has no mask among its arguments."""
    a, x = words("source")
    b, y = words("target", size=4)
    _, *last = L.LSTM(3, return_state=True)(x)
    z = L.LSTM(3, return_sequences=True)(y, initial_state=last)
    return Model([a, b], L.GlobalAveragePooling1D()(z))


def all_states():
    ids, x = words()
    y, h = L.GRU(3, return_sequences=True, return_state=True)(x)
    return Model(ids, L.Concatenate()([L.GlobalAveragePooling1D()(y), h]))


def cells():
    ids, x = words()
    return Model(ids, L.RNN([L.LSTMCell(3), L.GRUCell(2)])(x))


def other_types():
    """Inputs of another type than a layer computes in: the mask goes along without being an argument."""
    ids, x = words()
    x = L.LSTM(3, return_sequences=True, dtype="mixed_bfloat16")(x)
    return Model(ids, L.LSTM(2, dtype="float32")(x))


def in_training():
    """So do arguments that are given by name."""
    ids, x = words()
    return Model(ids, L.LSTM(3)(x, training=False))


def given_mask():
    x, mask = Input((5, 3), name="x"), Input((5,), dtype="bool", name="mask")
    y = L.LSTM(3, return_sequences=True)(x, mask=mask)
    return Model([x, mask], L.GlobalAveragePooling1D()(y))


def given_softmax_mask():
    x = Input((5,), name="x")
    return Model(x, L.Dense(2)(L.Softmax()(x, mask=ops.greater(x, -0.5)) * 2))


def computed_mask():
    x = Input((5, 3), name="x")
    mask = ops.any(ops.greater(x, 0), axis=-1)
    return Model(x, L.GRU(3)(x, mask=mask))


def lost():
    """Operations and layers without masks end it."""
    ids, x = words()
    return Model(ids, L.LSTM(2)(L.Conv1D(3, 2)(x * 2)))


def reshaped():
    ids, x = words()
    a = L.LSTM(2)(L.ZeroPadding1D(1)(x))
    b = L.GlobalAveragePooling1D()(L.Cropping1D(1)(x))
    return Model(ids, [a, b])


def masked_twice():
    """A mask of a layer replaces the one that comes in."""
    ids, x = words()
    return Model(ids, L.LSTM(2)(L.Masking(0.5)(x)))


def two_readers():
    ids, x = words()
    return Model(ids, [L.LSTM(2)(x), L.GRU(2)(x), L.GlobalAveragePooling1D()(x)])


def extracted():
    """A model of places in another one's graph."""
    ids, x = words()
    y = L.LSTM(3, return_sequences=True)(x)
    whole = Model(ids, L.GRU(2)(y))
    return Model(whole.input, [layer.output for layer in whole.layers[2:]])


MODELS = dict(
    embedding_lstm=embedding_lstm, masking_gru=masking_gru, bidirectional=bidirectional, bidirectional_apart=bidirectional_apart,
    time_distributed=time_distributed, concatenated_steps=concatenated_steps, concatenated_features=concatenated_features,
    concatenated_unused=concatenated_unused, added=merged(L.Add, 2), averaged=merged(L.Average, 3), multiplied=merged(L.Multiply, 2),
    greatest=merged(L.Maximum, 2), subtracted=merged(L.Subtract, 2), added_to_unmasked=added_to_unmasked, attention=attention,
    additive_attention=additive_attention, multi_head_attention=multi_head_attention, stacked=stacked, masked_loss=masked_loss,
    nested=nested, nested_given=nested_given, nested_list=nested_list, sequential_inside=sequential_inside,
    sequential_first=sequential_first, sequential=sequential, pooled=pooled, shared_embedding=shared_embedding, normalised=normalised,
    states=states, all_states=all_states, cells=cells, other_types=other_types, in_training=in_training, given_mask=given_mask,
    given_softmax_mask=given_softmax_mask, computed_mask=computed_mask, lost=lost, reshaped=reshaped, masked_twice=masked_twice,
    two_readers=two_readers, extracted=extracted)

PLOT = dict(show_shapes=True, show_dtype=True, show_layer_names=True, show_layer_activations=True, show_trainable=True)


def data(model):
    random = np.random.default_rng(0)
    arrays = []
    for x in model.inputs:
        shape = tuple(5 if size is None else size for size in x.shape[1:])
        if x.dtype == "bool":
            arrays.append(np.arange(shape[0])[None] < np.array([[3], [5], [1]]))
            continue
        # Steps at the end that do not count.
        length = random.integers(1, shape[0] + 1, (3,) + (1,) * len(shape))
        kept = np.arange(shape[0]).reshape((1, -1) + (1,) * (len(shape) - 1)) < length
        values = random.integers(1, 10, (3, *shape)) if len(shape) == 1 else np.round(random.normal(size=(3, *shape)), 2)
        padding = -1 if any(isinstance(layer, L.Masking) and layer.mask_value == -1 for layer in model.layers) else 0
        arrays.append(np.where(kept, values, padding).astype(x.dtype))
    return arrays


def array(values):
    values = np.asarray(values)
    dtype = str(values.dtype)
    wide = values.astype("float32") if dtype == "bfloat16" else values
    return {"shape": list(values.shape), "dtype": dtype, "values": [float(f"{x:.9g}") for x in wide.astype("float64").ravel().tolist()]}


class Losses(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.losses = []

    def on_epoch_end(self, epoch, logs=None):
        self.losses.append(float(f"{logs['loss']:.8g}"))


def plot(model):
    """The DOT text; pydot's node names, Python's object numbers, become n0, n1, ... in the order they appear."""
    numbers = {}
    text = keras.utils.model_to_dot(model, **PLOT).to_string()
    return re.sub(r"\b\d{12,}\b", lambda m: numbers.setdefault(m.group(0), f"n{len(numbers)}"), text)


def record(name):
    keras.backend.clear_session()
    keras.utils.set_random_seed(7)
    model = MODELS[name]()
    lines = []
    model.summary(print_fn=lambda text, line_break=True: lines.append(text), line_length=108)
    x = data(model)
    given = x[0] if len(x) == 1 else x
    outputs = keras.tree.flatten(model(given))
    fact = {
        "name": name, "summary": "\n".join(lines), "plot": plot(model), "config": json.loads(model.to_json()),
        "layers": [layer.name for layer in model.layers], "x": [array(value) for value in x], "y": [array(y) for y in outputs],
    }
    if hasattr(model, "operations"):
        fact["operations"] = [operation.name for operation in model.operations]
    targets = [np.full(y.shape, 0.25, "float32") for y in outputs]
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss=["mse"] * len(targets) if len(targets) > 1 else "mse")
    watch = Losses()
    model.fit(given, targets if len(targets) > 1 else targets[0], batch_size=3, epochs=STEPS, shuffle=False, verbose=0, callbacks=[watch])
    return fact | {"losses": watch.losses}


(HERE / "masks.json").write_text(json.dumps([record(name) for name in MODELS], separators=(",", ":")) + "\n")
