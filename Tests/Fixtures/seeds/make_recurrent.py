"""Records the first weights of recurrent layers after set_random_seed: the order in which their parts draw seeds.

    python Tests/Fixtures/seeds/make_recurrent.py
"""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "jax"

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers  # noqa: E402

ROWS = [
    (layers.SimpleRNN(2), (None, None, 3)), (layers.LSTM(2), (None, None, 3)), (layers.GRU(2), (None, None, 3)),
    (layers.ConvLSTM1D(2, 2), (None, None, 4, 3)), (layers.Bidirectional(layers.LSTM(2)), (None, None, 3)),
]

rows = []
for made, shape in ROWS:
    config = keras.saving.serialize_keras_object(made)
    keras.utils.set_random_seed(7)
    layer = keras.saving.deserialize_keras_object(config)
    layer.build(shape)
    rows.append({"layer": config, "shape": shape, "weights": [
        {"shape": list(variable.shape), "values": [float(f"{x:.9g}") for x in np.asarray(variable.value).ravel()]}
        for variable in layer.weights]})
    # As a user makes it: all defaults.
    keras.utils.set_random_seed(7)
    made = type(made)(**{key: config["config"][key] for key in ("units", "filters", "kernel_size") if key in config["config"]}) \
        if not isinstance(made, layers.Bidirectional) else layers.Bidirectional(layers.LSTM(2))
    made.build(shape)
    rows[-1]["made"] = [[float(f"{x:.9g}") for x in np.asarray(variable.value).ravel()] for variable in made.weights]
with open(pathlib.Path(__file__).parent / "recurrent.json", "w") as file:
    json.dump(rows, file, separators=(",", ":"))
    file.write("\n")
