"""Loads files that were written elsewhere, and says how far predictions are from what stands beside them: python check_keras.py FOLDER

Beside NAME.keras (or .h5) stands NAME.json: inputs, outputs, and for compiled models targets and outputs after more training. NAME.weights.h5
is loaded into a new model of models.py.
"""
import glob
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import warnings

import keras
import numpy as np

folder = sys.argv[1]


class Scale(keras.layers.Layer):
    """The class of the user's that the Swift side saves."""

    def __init__(self, factor=1.0, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor
        self.inner = keras.layers.Dense(3)
        self.hidden_blocks = [keras.layers.Dense(3), keras.layers.Dense(3)]

    def build(self, shape):
        self.scale = self.add_weight(name="scale", shape=(shape[-1],), initializer="ones")
        for layer in [self.inner] + self.hidden_blocks:
            layer.build(shape)

    def call(self, x):
        x = self.inner(x) * self.scale * self.factor
        for block in self.hidden_blocks:
            x = block(x)
        return x

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}


def array(a):
    return np.array(a["values"], dtype=a["dtype"]).reshape(a["shape"])


def gap(got, want):
    got = list(got.values()) if isinstance(got, dict) else got if isinstance(got, list) else [got]
    worst = 0.0
    for a, b in zip(got, [array(w) for w in want], strict=True):
        a, b = np.asarray(a, "float64"), np.asarray(b, "float64")
        assert a.shape == b.shape, (a.shape, b.shape)
        worst = max(worst, float(np.max(np.abs(a - b)) / max(np.max(np.abs(b)), 1e-9)))
    return worst


results = {}
for path in sorted(glob.glob(os.path.join(folder, "*"))):
    name, ending = os.path.basename(path).split(".", 1)
    if ending == "json" or "_0" in name:
        continue
    with open(os.path.join(folder, name + ".json")) as file:
        facts = json.load(file)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            if ending.startswith("weights"):
                model = keras.models.load_model(os.path.join(folder, name + ".keras"), custom_objects={"Scale": Scale}, compile=False)
                for weight in model.weights:
                    weight.assign(np.zeros(weight.shape))
                model.load_weights(path)
            else:
                # Keras itself does not train on from an .h5 file: it makes an optimizer without slots, and knows no "mse" there.
                model = keras.models.load_model(path, custom_objects={"Scale": Scale}, compile=ending == "keras")
        x = [array(v) for v in facts["x"]]
        x = dict(zip([i.name for i in model.inputs], x)) if len(x) > 1 else x[0]
        result = {"predictions": gap(model.predict(x, verbose=0), facts["y"])}
        result["warnings"] = [str(w.message) for w in caught if "Skipping" in str(w.message) or "could not" in str(w.message)]
        if "trained" in facts and ending == "keras":
            y = [array(v) for v in facts["targets"]]
            y = dict(zip(model.output_names, y)) if len(y) > 1 else y[0]
            model.fit(x, y, batch_size=4, epochs=2, shuffle=False, verbose=0)
            result["trained"] = gap(model.predict(x, verbose=0), facts["trained"])
            result["iterations"] = int(np.asarray(keras.ops.convert_to_numpy(model.optimizer.iterations)))
        results[name + "." + ending] = result
    except Exception as error:
        results[name + "." + ending] = {"error": f"{type(error).__name__}: {error}"[:2000]}
print("RESULTS" + json.dumps(results))
