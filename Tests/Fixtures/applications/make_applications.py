"""Writes what Keras says of its applications: python make_applications.py"""
import json
import os

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np
from keras.src.applications import imagenet_utils
from keras.src.saving import serialization_lib

facts = {"models": [], "preprocessing": []}
for make, options in [
    (keras.applications.VGG16, {"include_top": False, "pooling": "avg", "input_shape": (40, 32, 3)}),
    (keras.applications.VGG16, {"include_top": False}),
    (keras.applications.VGG19, {"include_top": False, "pooling": "max", "name": "features"}),
    (keras.applications.VGG19, {"include_top": True, "input_shape": (32, 32, 1), "classes": 3, "classifier_activation": None}),
]:
    keras.backend.clear_session()
    model = make(weights=None, **options)
    facts["models"].append({"class": make.__name__, "options": options, "count": model.count_params(),
                            "config": serialization_lib.serialize_keras_object(model)})

random = np.random.default_rng(1)
for mode in ["caffe", "tf", "torch"]:
    for data_format, shape in [("channels_last", (2, 1, 3)), ("channels_last", (2, 1, 2, 3)), ("channels_first", (3, 2, 1)), ("channels_first", (2, 3, 2, 1))]:
        x = random.integers(0, 256, shape)
        y = imagenet_utils.preprocess_input(x.astype("float32"), data_format=data_format, mode=mode)
        facts["preprocessing"].append({"mode": mode, "data_format": data_format, "shape": shape, "x": x.ravel().tolist(),
                                       "y": y.astype(float).ravel().tolist()})
json.dump(facts, open("applications.json", "w"), separators=(",", ":"))
