"""Writes what Keras says of its residual networks: python make_resnet.py

`resnet.json.gz`: configs and counts, and the output for an image with weights that a formula gives.
`resnet50.h5.gz`: the same weights of ResNet50 in the published form, packed twice.
"""
import gzip
import json
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["COLUMNS"] = "120"
import h5py
import keras
import numpy as np
from keras.src.legacy.saving import legacy_h5_format
from keras.src.saving import serialization_lib
from keras.src.utils import file_utils


def numbers(shape, layer):
    """Whole numbers from -6 to 6, or -50 to 50 for vectors, that repeat, so that they pack well."""
    period = 13 if len(shape) > 1 else 101
    index = np.arange(np.prod(shape)) % period
    return ((index * 5 + layer) % period - period // 2).astype("float32").reshape(shape)


def fill(model):
    """Gives each weight numbers by its place among all, in the range that its kind has."""
    for place, weight in enumerate(model.weights):
        n = numbers(weight.shape, place)
        if weight.name == "kernel":
            weight.assign(n * np.float32(1 / np.sqrt(np.prod(weight.shape))))
        else:
            weight.assign(n * np.float32(1 / 128) + np.float32(1 if weight.name in ("gamma", "moving_variance") else 0))


apps = keras.applications
facts = {"models": [], "predictions": [], "published": []}
for make, options in [
    (apps.ResNet50, {}),
    (apps.ResNet50, {"include_top": False, "pooling": "avg", "input_shape": (40, 32, 3)}),
    (apps.ResNet101, {"include_top": False, "pooling": "max", "name": "features"}),
    (apps.ResNet152, {"include_top": True, "input_shape": (32, 32, 1), "classes": 3, "classifier_activation": None}),
    (apps.ResNet50V2, {}),
    (apps.ResNet101V2, {"include_top": False}),
    (apps.ResNet152V2, {"include_top": True, "input_shape": (64, 64, 3), "classes": 3, "classifier_activation": None}),
]:
    keras.backend.clear_session()
    model = make(weights=None, **options)
    lines = []
    model.summary(line_length=120, print_fn=lines.append)
    facts["models"].append({"summary": "\n".join(lines), "class": make.__name__, "options": options, "count": model.count_params(),
                            "paths": [w.path for w in model.weights], "shapes": [w.shape for w in model.weights],
                            "config": serialization_lib.serialize_keras_object(model)})

for make, options in [
    (apps.ResNet50, {"include_top": False, "pooling": "avg", "input_shape": (48, 40, 3)}),
    (apps.ResNet50V2, {"include_top": True, "input_shape": (48, 40, 3), "classes": 7, "classifier_activation": None}),
]:
    keras.backend.clear_session()
    model = make(weights=None, **options)
    fill(model)
    x = numbers((2, 48, 40, 3), 5) * np.float32(0.25)
    y = model.predict(x, verbose=0)
    facts["predictions"].append({"class": make.__name__, "options": options, "y": y.astype(float).ravel().tolist()})
    if make is apps.ResNet50:
        with h5py.File("plain.h5", "w") as plain:
            legacy_h5_format.save_weights_to_hdf5_group(plain, model)
        with h5py.File("plain.h5") as plain, h5py.File("resnet50.h5", "w", libver=("v108", "v110")) as packed:
            packed.attrs.update(plain.attrs)

            def copy(name, item):
                if isinstance(item, h5py.Group):
                    packed.require_group(name).attrs.update(item.attrs)
                else:
                    packing = dict(chunks=item.shape, compression="gzip", compression_opts=9) if item.ndim > 1 else {}
                    packed.create_dataset(name, data=item[()], **packing)

            plain.visititems(copy)
        with gzip.GzipFile("resnet50.h5.gz", "w", mtime=0) as file:
            file.write(open("resnet50.h5", "rb").read())
        os.remove("plain.h5")
        os.remove("resnet50.h5")



class Asked(Exception):
    pass


def ask(name, origin, cache_subdir, file_hash):
    raise Asked({"name": name, "origin": origin, "folder": cache_subdir, "hash": file_hash})


file_utils.get_file = ask
for make in [apps.ResNet50, apps.ResNet101, apps.ResNet152, apps.ResNet50V2, apps.ResNet101V2, apps.ResNet152V2]:
    for top in [True, False]:
        keras.backend.clear_session()
        try:
            make(weights="imagenet", include_top=top)
        except Asked as asked:
            facts["published"].append({"class": make.__name__, "top": top, **asked.args[0]})

with gzip.GzipFile("resnet.json.gz", "w", mtime=0) as file:
    file.write(json.dumps(facts, separators=(",", ":")).encode())
