"""Records initializers, regularizers and constraints of Keras, and the initial weights that follow from a global seed.

    KERAS_BACKEND=jax python Tests/Fixtures/parts/make_parts.py
"""

import json
import os

os.environ["KERAS_BACKEND"] = "jax"

import keras  # noqa: E402
import numpy as np  # noqa: E402


def array(values):
    values = np.asarray(values, dtype="float64")
    return {"shape": list(values.shape), "values": [float(f"{x:.9g}") for x in values.ravel().tolist()]}


I = keras.initializers
INITIALIZERS = [
    (I.Zeros(), (2, 3)), (I.Ones(), (3,)), (I.Constant(0.25), (2, 2)), (I.Identity(), (3, 2)),
    (I.RandomNormal(mean=0.5, stddev=2.0, seed=1), (3, 5)), (I.RandomUniform(-2.0, 1.0, seed=2), (4, 3)),
    (I.TruncatedNormal(mean=1.0, stddev=0.3, seed=3), (5, 3)),
    (I.VarianceScaling(scale=0.3, mode="fan_out", distribution="untruncated_normal", seed=4), (4, 5)),
    (I.VarianceScaling(scale=2.0, mode="fan_avg", distribution="truncated_normal", seed=5), (3, 3, 2, 4)),
    (I.VarianceScaling(seed=5, distribution="uniform"), (6,)),
    (I.GlorotUniform(seed=6), (4, 6)), (I.GlorotNormal(seed=7), (4, 6)), (I.HeUniform(seed=8), (3, 2, 5)),
    (I.HeNormal(seed=9), (4, 6)), (I.LecunUniform(seed=10), (4, 6)), (I.LecunNormal(seed=11), (4, 6)),
    (I.Orthogonal(seed=12), (4, 4)), (I.Orthogonal(gain=1.5, seed=13), (6, 3)), (I.Orthogonal(seed=14), (2, 2, 7)),
    (I.GlorotUniform(seed=15, input_axes=[0, 2], output_axes=[1]), (3, 4, 2)),
    (I.VarianceScaling(scale=2.0, mode="fan_out", seed=16, input_axes=[1], output_axes=[0, 2]), (3, 4, 2)),
    (I.STFT(), (8, 1, 5)), (I.STFT(side="imag", window="hamming", scaling="spectrum", periodic=True), (7, 1, 5)),
    (I.STFT(window=None), (4, 1, 3)), (I.STFT(window="blackman", scaling=None), (6, 1, 4)),
    *((I.STFT(window=name, periodic=periodic), (length, 1, 2)) for name, periodic, length in [
        ("nuttall", True, 6), ("blackmanharris", False, 6), ("flattop", False, 7), ("boxcar", True, 3), ("bartlett", False, 6),
        ("bartlett", True, 5), ("triang", False, 6), ("triang", False, 5), ("cosine", False, 6), ("bohman", False, 6),
        ("barthann", True, 7), ("parzen", False, 6), ("parzen", False, 7)]),
]
weight = np.random.default_rng(0).standard_normal((4, 3)).astype("float32") * 2
tensor = keras.ops.convert_to_tensor(weight)
R = keras.regularizers
REGULARIZERS = [R.L1(0.1), R.L2(0.2), R.L1L2(l1=0.3, l2=0.4), R.OrthogonalRegularizer(factor=0.5, mode="rows"),
                R.OrthogonalRegularizer(factor=0.5, mode="columns")]
NAMED_REGULARIZERS = ["l1", "l2", "l1l2", "orthogonal_regularizer"]
C = keras.constraints
CONSTRAINTS = [C.MaxNorm(1.5), C.MaxNorm(1.0, axis=1), C.NonNeg(), C.UnitNorm(), C.UnitNorm(axis=[0, 1]),
               C.MinMaxNorm(min_value=1.0, max_value=2.0, rate=0.5, axis=1)]
serialize = keras.saving.serialize_keras_object


def seeded_weights():
    """A model whose initial weights follow from one global seed."""
    keras.utils.set_random_seed(1)
    x = inputs = keras.Input((6,))
    x = keras.layers.Dense(5, activation="relu")(x)
    x = keras.layers.Dropout(0.5)(x)
    x = keras.layers.Dense(4, kernel_initializer="he_normal", bias_initializer="random_normal")(x)
    x = keras.layers.Dense(3, kernel_initializer="orthogonal")(x)
    return [array(value) for value in keras.Model(inputs, x).get_weights()]


def seeded_attention():
    """The initial weights of layers that count the inputs of their kernels by the equation, and clone their initializers."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(2)
    x = keras.Input((3, 4))
    y = keras.layers.EinsumDense("abc,cde->abde", (None, 2, 3), kernel_initializer="he_uniform")(x)
    y = keras.layers.EinsumDense("abde,dec->abc", (None, 4), bias_axes="c", bias_initializer="random_normal")(y)
    y = keras.layers.MultiHeadAttention(2, 3, dropout=0.5, use_gate=True)(y, y)
    y = keras.layers.Dropout(0.5)(y)
    y = keras.layers.GroupQueryAttention(2, 4, 2, bias_initializer="random_uniform")(y, y)
    y = keras.layers.SpectralNormalization(keras.layers.Dense(2))(y)
    model = keras.Model(x, y)
    return {"names": [layer.name for layer in model.layers], "weights": [array(value) for value in model.get_weights()]}


with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "parts.json"), "w") as file:
    json.dump({
        "initializers": [{"object": serialize(one), **array(one(shape))} for one, shape in INITIALIZERS],
        "weight": array(weight),
        "regularizers": [{"object": serialize(one), "penalty": float(one(tensor))} for one in REGULARIZERS],
        "named_regularizers": [{"name": name, "penalty": float(R.get(name)(tensor))} for name in NAMED_REGULARIZERS],
        "constraints": [{"object": serialize(one), **array(one(tensor))} for one in CONSTRAINTS],
        "seeded_weights": seeded_weights(),
        "seeded_attention": seeded_attention(),
    }, file, separators=(",", ":"))
    file.write("\n")
