"""Writes weights in the form that came before Keras 3, and what the models give: python make_saving.py"""
import json
import os

os.environ["KERAS_BACKEND"] = "jax"
import h5py
import keras
import numpy as np
from keras.src.legacy.saving import legacy_h5_format

random = np.random.default_rng(1)


def set_random(model):
    for weight in model.weights:
        weight.assign(random.normal(size=weight.shape) * 0.3)


def tiny_vgg():
    """The first block of VGG and a small top."""
    inputs = keras.Input((8, 8, 3))
    x = keras.layers.Conv2D(4, 3, activation="relu", padding="same", name="block1_conv1")(inputs)
    x = keras.layers.Conv2D(4, 3, activation="relu", padding="same", name="block1_conv2")(x)
    x = keras.layers.MaxPooling2D(2, strides=2, name="block1_pool")(x)
    x = keras.layers.Flatten(name="flatten")(x)
    x = keras.layers.Dense(6, activation="relu", name="fc1")(x)
    return keras.Model(inputs, keras.layers.Dense(5, activation="softmax", name="predictions")(x))


def normalised():
    """Weights that are not trained come last."""
    inputs = keras.Input((3,))
    x = keras.layers.Dense(4, name="one")(inputs)
    x = keras.layers.BatchNormalization(name="norm")(x)
    inner = keras.Sequential([keras.layers.Dense(2, name="inner_one"), keras.layers.BatchNormalization(name="inner_norm")], name="inner")
    return keras.Model(inputs, inner(x))


facts = {}
keras.utils.set_random_seed(1)
for name, make, shape in [("tiny_vgg", tiny_vgg, (2, 8, 8, 3)), ("normalised", normalised, (5, 3))]:
    model = make()
    set_random(model)
    if name == "normalised":
        for layer in [model.get_layer("norm"), model.get_layer("inner").layers[1]]:
            layer.moving_variance.assign(np.abs(layer.moving_variance) + 0.5)
    with h5py.File(f"{name}.h5", "w") as f:
        legacy_h5_format.save_weights_to_hdf5_group(f, model)
    x = random.normal(size=shape).astype("float32")
    facts[name] = {"x": np.round(x, 6).ravel().tolist(), "x_shape": shape,
                   "y": np.asarray(model(np.round(x, 6)), "float64").ravel().tolist()}

# As Keras 1 and 2 wrote it: names of its own in strings of one length, no top-level weights, the list of layers cut into pieces.
model = tiny_vgg()
with h5py.File("tiny_vgg.h5") as f, h5py.File("tiny_vgg_old.h5", "w") as old:
    text = lambda names: [n if isinstance(n, str) else n.decode() for n in names]
    names = text(f.attrs["layer_names"])
    old.attrs["layer_names0"] = np.array(names[:3], "S")
    old.attrs["layer_names1"] = np.array(names[3:], "S")
    for name in names:
        group = old.create_group(name)
        parts = [(f"{name}_{'W' if i == 0 else 'b'}_1:0", f[name][w][()]) for i, w in enumerate(text(f[name].attrs["weight_names"]))]
        group.attrs["weight_names"] = np.array([n for n, _ in parts], "S") if parts else np.zeros(0)
        for part, value in parts:
            group[part] = value
json.dump(facts, open("saving.json", "w"))
