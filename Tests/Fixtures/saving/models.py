"""Models for files: each a function that gives a model and its inputs. Used by make_keras.py and check_keras.py."""
import keras
import numpy as np
from keras import layers as L
from keras import ops

random = np.random.default_rng(7)


def floats(*shape):
    return random.normal(size=shape).astype("float32")


def ints(high, *shape):
    return random.integers(0, high, size=shape).astype("int32")


def fitted(model, x, y, optimizer="adam", loss="mse", **settings):
    model.compile(optimizer, loss, **settings)
    model.fit(x, y, batch_size=4, epochs=2, shuffle=False, verbose=0)
    return model


def mlp():
    i = keras.Input((3,))
    x = floats(8, 3)
    h = L.Dense(4, activation="relu", kernel_regularizer="l2")(i)
    model = keras.Model(i, L.Dense(2, activation="softmax", name="scores")(L.BatchNormalization()(h)), name="mlp")
    y = ints(2, 8)
    return fitted(model, x, y, keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"]), [x], y


def stack():
    model = keras.Sequential([keras.Input((3,)), L.Dense(4, activation="gelu"), L.LayerNormalization(), L.Dense(1)], name="stack")
    x, y = floats(8, 3), floats(8, 1)
    return fitted(model, x, y, keras.optimizers.RMSprop(0.01, momentum=0.5), keras.losses.Huber(), metrics=["mae"]), [x], y


def late_stack():
    model = keras.Sequential([L.Dense(4), L.Dense(2)])
    x = floats(4, 3)
    model(x)
    return model, [x], None


def two_outputs():
    a, b = keras.Input((3,), name="numbers"), keras.Input((4,), dtype="int32", name="words")
    x = L.Concatenate()([L.Dense(3)(a), L.GlobalAveragePooling1D()(L.Embedding(9, 3)(b))])
    model = keras.Model({"numbers": a, "words": b}, {"p": L.Dense(2, name="p")(x), "q": L.Dense(1, activation="sigmoid", name="q")(x)})
    x = {"numbers": floats(8, 3), "words": ints(9, 8, 4)}
    y = {"p": floats(8, 2), "q": ints(2, 8, 1).astype("float32")}
    model = fitted(
        model, x, y, keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.05, 4, 0.5), momentum=0.9),
        {"p": "mse", "q": keras.losses.BinaryCrossentropy()}, metrics={"p": ["mae"], "q": [keras.metrics.BinaryAccuracy()]},
        loss_weights={"p": 1.0, "q": 0.5})
    return model, [x["numbers"], x["words"]], y


def nested():
    shared = L.Dense(3, name="shared")
    i = keras.Input((3,))
    inner = keras.Model(i, shared(shared(i)), name="inner")
    stack = keras.Sequential([keras.Input((3,)), L.Dense(3), L.Dense(2)], name="stack")
    j = keras.Input((3,))
    model = keras.Model(j, L.Dense(2)(stack(inner(j) + 1.0) * 2.0), name="outer")
    return model, [floats(4, 3)], None


def shared_inside():
    """Layers that two models inside share. Keras does not load its own file of it: it makes two layers, and has the weights of one."""
    shared, pair = L.Dense(4, name="shared"), keras.Sequential([keras.Input((4,)), L.Dense(3), L.Dense(4)], name="pair")
    i, j = keras.Input((4,)), keras.Input((4,))
    first = keras.Model(i, shared(L.Activation("tanh")(shared(i))), name="first")
    second = keras.Model(j, L.Dense(2)(pair(shared(j))), name="second")
    stack = keras.Sequential([keras.Input((4,)), L.Dense(4), pair, shared], name="stack")
    x = keras.Input((4,))
    return keras.Model(x, L.Concatenate()([first(x), second(x), stack(x)])), [floats(3, 4)], None


def recurrent():
    i = keras.Input((5, 3))
    x = L.Bidirectional(L.LSTM(2, return_sequences=True))(i)
    x = L.RNN([L.GRUCell(3), L.LSTMCell(2)], return_sequences=True)(x)
    x = L.SimpleRNN(3, return_sequences=True)(x)
    x = L.TimeDistributed(L.Dense(2))(x)
    return keras.Model(i, L.GRU(2)(x)), [floats(2, 5, 3)], None


def attention():
    i = keras.Input((4, 6))
    x = L.MultiHeadAttention(2, 3)(i, i)
    x = L.GroupQueryAttention(2, 4, 2)(x, x)
    return keras.Model(i, L.Attention(use_scale=True)([x, L.AdditiveAttention()([x, i])])), [floats(2, 4, 6)], None


def pictures():
    i = keras.Input((6, 6, 3))
    x = L.Conv2D(4, 3, padding="same", activation="relu")(i)
    x = L.SpectralNormalization(L.Conv2D(4, 2))(x)
    x = L.SeparableConv2D(3, 2)(L.BatchNormalization()(x))
    x = L.PReLU(shared_axes=[1, 2])(L.DepthwiseConv2D(2)(x))
    x = L.MaxPooling2D(2)(L.GroupNormalization(1)(x))
    x = L.Conv2DTranspose(2, 2)(x)
    return keras.Model(i, L.Dense(2)(L.Flatten()(x))), [floats(2, 6, 6, 3)], None


def films():
    i = keras.Input((2, 4, 4, 1))
    return keras.Model(i, L.ConvLSTM2D(2, 2)(i)), [floats(1, 2, 4, 4, 1)], None


def halves():
    i = keras.Input((3,))
    x = L.Dense(4, dtype="mixed_bfloat16")(i)
    x = L.Dense(4, dtype="bfloat16")(x)
    return keras.Model(i, L.Dense(2, dtype="float32")(L.Dense(3, dtype="float16")(x))), [floats(4, 3)], None


def masked():
    i = keras.Input((5,), dtype="int32")
    x = L.Embedding(6, 3, mask_zero=True)(i)
    return keras.Model(i, L.LSTM(2)(x)), [ints(3, 3, 5)], None


def masked_graph():
    """Masks that operations make and join, given on to layers, to a model and to a stack inside."""
    a, b = keras.Input((5,), dtype="int32", name="a"), keras.Input((4,), dtype="int32", name="b")
    shared = L.Embedding(6, 3, mask_zero=True)
    x, y = shared(a), L.Masking(0.25)(shared(b))
    joined = L.Concatenate(axis=1)([L.Bidirectional(L.GRU(2, return_sequences=True))(x), L.TimeDistributed(L.Dense(4))(y)])
    summed = L.Add()([joined, L.LSTM(4, return_sequences=True)(joined)])
    i, j = keras.Input((9, 4)), keras.Input((5, 3))
    inner = keras.Model([i, j], L.Attention()([i, L.Dense(4)(j)]), name="inner")
    stack = keras.Sequential([keras.Input((9, 4)), L.SimpleRNN(3, return_sequences=True)], name="stack")
    return keras.Model([a, b], L.GlobalAveragePooling1D()(stack(inner([summed, x])))), [ints(3, 4, 5), ints(3, 4, 4)], None


def masked_steps():
    """Steps that do not count in the loss."""
    i = keras.Input((5,), dtype="int32")
    h = L.LSTM(3, return_sequences=True)(L.Embedding(6, 3, mask_zero=True)(i))
    model = keras.Model(i, L.TimeDistributed(L.Dense(2, activation="softmax"))(h))
    x, y = ints(3, 8, 5), ints(2, 8, 5)
    return fitted(model, x, y, keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"]), [x], y


def operations():
    i = keras.Input((4,))
    x = ops.reshape(ops.sigmoid(i) - 0.5, (-1, 2, 2))
    x = ops.concatenate([x[:, 0], ops.sum(x, axis=1)], axis=-1)
    return keras.Model(i, L.Dense(2)(ops.matmul(x, ops.transpose(x)) @ x)), [floats(3, 4)], None


def optimizer(make):
    def build():
        model = keras.Sequential([keras.Input((3,)), L.Dense(4, activation="tanh"), L.Dense(1)])
        x, y = floats(8, 3), floats(8, 1)
        return fitted(model, x, y, make()), [x], y
    return build


O = keras.optimizers
MODELS = dict(
    mlp=mlp, stack=stack, late_stack=late_stack, two_outputs=two_outputs, nested=nested, shared_inside=shared_inside,
    recurrent=recurrent, attention=attention,
    pictures=pictures, films=films, halves=halves, masked=masked, masked_graph=masked_graph, masked_steps=masked_steps,
    operations=operations,
    sgd_nesterov=optimizer(lambda: O.SGD(0.05, momentum=0.9, nesterov=True)),
    adam_amsgrad=optimizer(lambda: O.Adam(0.01, amsgrad=True, clipnorm=1.0)), adamw=optimizer(lambda: O.AdamW(0.01)),
    adam_accumulated=optimizer(lambda: O.Adam(0.01, gradient_accumulation_steps=3)),
    rmsprop_centered=optimizer(lambda: O.RMSprop(0.01, centered=True, momentum=0.9)))
# Models that are saved as `.h5`, too. Keras does not read its own `.h5` of masked: it forgets that an operation is one.
OLD = ["mlp", "stack", "two_outputs", "recurrent", "pictures", "masked", "adamw"]
