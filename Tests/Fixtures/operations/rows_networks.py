"""Operations of networks: products, convolutions, pooling, normalisations, losses; and graphs of operations."""

import keras
import numpy as np
from keras import ops
from keras.layers import Dense
from rows_elementwise import b, f, i


def constant(*shape):
    return (np.arange(np.prod(shape)).reshape(shape) % 5 * 0.25 - 0.5).astype("float32")


def shared(x):
    h = Dense(4, kernel_initializer="ones", name="h")(x)
    return ops.relu(h) + h * 2


def nested(x):
    inner_x = keras.Input((3,), name="inner_x")
    inner = keras.Model(inner_x, ops.tanh(inner_x) * inner_x, name="inner")
    return inner(ops.exp(x)) - inner(x)


def masks(n):
    x = keras.layers.Embedding(5, 3, mask_zero=True, embeddings_initializer="ones", name="e")(n)
    return keras.layers.GlobalAveragePooling1D(name="g")(x * 2)


def transposed_2d(x):
    return ops.conv_transpose(x, constant(2, 2, 2, 3), strides=2, padding="same", data_format="channels_last")


def transposed_1d(x):
    return ops.conv_transpose(x, constant(3, 2, 3), strides=2, padding="valid", output_padding=1, data_format="channels_last")


ROWS = [
    ("matmul", ops.matmul, [f(2, 3), f(2, 3, 4)]),
    ("operator matmul constant", lambda x: x @ constant(3, 2), [f(2, 3)]),
    ("dot", lambda x: ops.dot(x, constant(3, 2)), [f(2, 3)]),
    ("tensordot", lambda x: ops.tensordot(x, constant(3, 2), axes=1), [f(2, 3)]),
    ("tensordot axes", lambda x: ops.tensordot(x, constant(4, 3, 2), axes=[[1, 2], [0, 1]]), [f(2, 4, 3)]),
    ("outer", lambda x: ops.outer(x[0], x[1]), [f(2, 3)]),
    ("inner", lambda x: ops.inner(x, constant(2, 3)), [f(2, 3)]),
    ("vdot", lambda x, y: ops.vdot(x[0], y[0]), [f(2, 3), f(2, 3)]),
    ("einsum", lambda x, y: ops.einsum("bij,bjk->bik", x, y), [f(2, 3, 4), f(2, 4, 2)]),
    ("einsum one", lambda x: ops.einsum("bij->bji", x), [f(2, 3, 4)]),
    ("einsum constant", lambda x: ops.einsum("bij,jk->bik", x, constant(4, 2)), [f(2, 3, 4)]),
    ("conv", lambda x: ops.conv(x, constant(2, 2, 3, 2), strides=1, padding="same"), [f(2, 4, 4, 3)]),
    ("conv options", lambda x: ops.conv(x, constant(2, 2, 3, 2), strides=(2, 1), padding="valid", data_format="channels_first", dilation_rate=1),
     [f(2, 3, 4, 4)]),
    ("conv 1d", lambda x: ops.conv(x, constant(2, 3, 2), padding="valid", dilation_rate=2), [f(2, 5, 3)]),
    ("depthwise_conv", lambda x: ops.depthwise_conv(x, constant(2, 2, 3, 2), padding="same"), [f(2, 4, 4, 3)]),
    ("separable_conv", lambda x: ops.separable_conv(x, constant(2, 2, 3, 1), constant(1, 1, 3, 2)), [f(2, 4, 4, 3)]),
    ("conv_transpose", transposed_2d, [f(2, 3, 3, 3)], transposed_2d),
    ("max_pool", lambda x: ops.max_pool(x, 2, strides=2), [f(2, 4, 4, 3)]),
    ("max_pool options", lambda x: ops.max_pool(x, (2, 1), strides=1, padding="same", data_format="channels_last"), [f(2, 4, 4, 3)]),
    ("conv_transpose output padding", transposed_1d, [f(2, 3, 3)], transposed_1d),
    ("average_pool", lambda x: ops.average_pool(x, 2, strides=2, padding="same"), [f(2, 3, 3, 2)]),
    ("adaptive_max_pool", lambda x: ops.adaptive_max_pool(x, (2, 2), data_format="channels_last"), [f(2, 5, 4, 2)]),
    ("adaptive_average_pool", lambda x: ops.adaptive_average_pool(x, (2, 3), data_format="channels_first"), [f(2, 2, 4, 5)]),
    ("resize", lambda x: ops.image.resize(x, (2, 6), data_format="channels_last"), [f(2, 4, 4, 2)]),
    ("resize options", lambda x: ops.image.resize(x, (3, 2), interpolation="nearest", antialias=True, data_format="channels_first"), [f(2, 2, 4, 4)]),
    ("batch_normalization", lambda x: ops.batch_normalization(x, constant(3), np.abs(constant(3)) + 1, axis=-1), [f(2, 3)]),
    ("batch_normalization options",
     lambda x: ops.batch_normalization(x, constant(3), np.abs(constant(3)) + 1, axis=-1, offset=constant(3), scale=constant(3) + 1, epsilon=0.1), [f(2, 3)]),
    ("layer_normalization", lambda x: ops.layer_normalization(x), [f(2, 3)]),
    ("layer_normalization options", lambda x: ops.layer_normalization(x, gamma=constant(3) + 1, beta=constant(3), axis=-1, epsilon=0.01), [f(2, 3)]),
    ("rms_normalization", lambda x: ops.rms_normalization(x), [f(2, 3)]),
    ("rms_normalization scale", lambda x: ops.rms_normalization(x, scale=constant(3) + 1, axis=-1, epsilon=0.01), [f(2, 3)]),
    ("normalize options", lambda x: ops.normalize(x, axis=1, order=1, epsilon=0.01), [f(2, 3)]),
    ("binary_crossentropy", lambda t, o: ops.binary_crossentropy(t, o), [f(2, 3, low=0, high=1), f(2, 3, low=0.1, high=0.9)]),
    ("binary_crossentropy logits", lambda t, o: ops.binary_crossentropy(t, o, from_logits=True), [f(2, 3, low=0, high=1), f(2, 3)]),
    ("categorical_crossentropy", lambda t, o: ops.categorical_crossentropy(t, o), [f(2, 3, low=0.1, high=1), f(2, 3, low=0.1, high=0.9)]),
    ("sparse_categorical_crossentropy", lambda t, o: ops.sparse_categorical_crossentropy(t[:, 0], o, from_logits=True), [i(2, 1, high=3), f(2, 3)]),
    ("graph: shared results", shared, [f(2, 3)]),
    ("graph: nested models", nested, [f(2, 3)]),
    ("graph: a mask ends at an operation", masks, [i(2, 4, high=3)]),
    ("graph: between layers", lambda x: Dense(2, kernel_initializer="ones", name="last")(ops.reshape(x * 2 + 1, [-1, 6])), [f(2, 2, 3)]),
]


def rows():
    yield from ROWS
