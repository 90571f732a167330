"""Records the training of models in which every kind of penalty adds to the loss, and of which every kind of layer draws at random.

    python Tests/Fixtures/attention/make_attention.py
"""

import json
import os

os.environ["KERAS_BACKEND"] = "jax"

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers, regularizers  # noqa: E402


def array(values):
    values = np.asarray(values, dtype="float64")
    return {"shape": list(values.shape), "values": [float(f"{x:.9g}") for x in values.ravel().tolist()]}


def penalized():
    """Every kind of penalty, and no random numbers."""
    x = keras.Input((4, 3), name="x")
    h = layers.Dense(4, activation="tanh", kernel_regularizer=regularizers.L2(0.01), bias_regularizer="l1",
                     activity_regularizer=regularizers.L1(0.02), kernel_constraint=keras.constraints.MaxNorm(1.0))(x)
    h = layers.MultiHeadAttention(2, 2, activity_regularizer=regularizers.L2(0.01))(h, h, use_causal_mask=True)
    h = layers.GroupQueryAttention(2, 2, 1, activity_regularizer=regularizers.L2(0.03), bias_constraint="non_neg")(h, h)
    h = layers.ActivityRegularization(l1=0.01, l2=0.03)(h)
    h = layers.GroupNormalization(groups=2)(h)
    h = layers.RMSNormalization()(h)
    h = layers.AdditiveAttention()([h, h])
    h = layers.EinsumDense("abc,bcd->ad", 3, bias_axes="d", kernel_regularizer=regularizers.L1L2(0.01, 0.02))(h)
    h = layers.UnitNormalization()(h)
    y = layers.Dense(1, kernel_regularizer=regularizers.OrthogonalRegularizer(0.1, mode="rows"))(h)
    return keras.Model(x, y, name="penalized")


def noisy():
    """Every layer that draws random numbers in training."""
    x = keras.Input((4, 3), name="x")
    h = layers.Dense(4, activation="selu")(x)
    h = layers.MultiHeadAttention(2, 2, dropout=0.2, seed=4)(h, h)
    h = layers.SpatialDropout1D(0.3, seed=5)(h)
    h = layers.AlphaDropout(0.2, seed=6)(h)
    h = layers.Attention(dropout=0.2, seed=3)([h, h])
    h = layers.GaussianDropout(0.2, seed=7)(h)
    h = layers.GaussianNoise(0.1, seed=8)(h)
    h = layers.Dropout(0.2, seed=9)(h)
    h = layers.UnitNormalization()(h)
    y = layers.EinsumDense("abc,bcd->ad", 1)(h)
    return keras.Model(x, y, name="noisy")


def record(model):
    random = np.random.default_rng(0)
    model.set_weights([random.standard_normal(weight.shape) * 0.3 for weight in model.get_weights()])
    inputs, targets = random.standard_normal((10, 4, 3)).astype("float32"), random.standard_normal((10, 1)).astype("float32")
    facts = {"model": json.loads(model.to_json()), "weights": [array(weight) for weight in model.get_weights()],
             "x": array(inputs), "y": array(targets)}
    model.compile(optimizer=keras.optimizers.SGD(0.05), loss="mse")
    facts["initial"] = model.evaluate(inputs, targets, batch_size=4, verbose=0)
    facts["loss"] = model.fit(inputs, targets, batch_size=4, epochs=4, shuffle=False, verbose=0).history["loss"]
    facts["evaluated"] = model.evaluate(inputs, targets, batch_size=4, verbose=0)
    facts["trained"] = [array(weight) for weight in model.get_weights()]
    return facts


with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "training.json"), "w") as file:
    json.dump([record(penalized()), record(noisy())], file, separators=(",", ":"))
    file.write("\n")
