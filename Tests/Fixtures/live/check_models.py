"""Loads what was written of the table's models, and says how it differs: python check_models.py FOLDER BACK PART

BACK holds N.keras, N.h5, N.weights.h5 and N.json for the rows of FOLDER/rows-PART.json. Prints a JSON object: by row and file, the greatest
difference of an output, or what went wrong.
"""
import io
import json
import os
import sys
import warnings
import zipfile

import quick

folder, back, part = sys.argv[1:]
quick.cache(os.path.join(folder, "compiled"))
import h5py
import keras
import numpy as np
import table


def array(value):
    value = keras.ops.convert_to_numpy(value)
    return value.astype("float32") if value.dtype.name == "bfloat16" else value


def arrays(path):
    with np.load(path) as file:
        return [file[name] for name in file.files]


def gap(got, want):
    """The greatest difference, against the greatest number; whole numbers are to be the same."""
    worst = 0.0
    for a, b in zip(map(array, got), want, strict=True):
        assert a.shape == b.shape and a.dtype == b.dtype, f"{a.dtype}{list(a.shape)} where {b.dtype}{list(b.shape)} is to be"
        if a.dtype.kind in "biu":
            assert (a == b).all(), "whole numbers differ"
        elif a.size:
            assert (np.isnan(a) == np.isnan(b)).all(), "other numbers are NaN"
            a, b = np.nan_to_num(a.astype("float64")), np.nan_to_num(b.astype("float64"))
            worst = max(worst, float(np.abs(a - b).max() / max(np.abs(b).max(), 1e-9)))
    return worst


def parts(path):
    """What a .keras file holds: its config, and the arrays by place."""
    with zipfile.ZipFile(path) as archive:
        config, weights = json.loads(archive.read("config.json"))["config"], {}
        with h5py.File(io.BytesIO(archive.read("model.weights.h5"))) as file:
            file.visititems(lambda name, item: weights.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None)
    return {"config": config, "weights": weights}


def differing(got, want, place=""):
    """Where two values differ. Keras numbers settings that objects share, and keeps no state of random numbers."""
    if isinstance(want, dict) and isinstance(got, dict):
        for key in sorted(want.keys() | got.keys()):
            where = f"{place}/{key}"
            if key == "shared_object_id" or "/seed_generator/" in key and key not in want:
                continue
            if key not in got or key not in want:
                yield f"{where} is {'missing' if key in want else 'too much'}"
            else:
                yield from differing(got[key], want[key], where)
    elif isinstance(want, list) and isinstance(got, list) and len(want) == len(got):
        for index, pair in enumerate(zip(got, want)):
            yield from differing(*pair, f"{place}/{index}")
    elif isinstance(want, np.ndarray):
        if got.dtype != want.dtype or got.shape != want.shape or got.tobytes() != want.tobytes():
            yield f"{place} holds other numbers"
    elif got != want or isinstance(got, bool) != isinstance(want, bool):
        yield f"{place} is {got!r}, Keras' {want!r}"


class Check:
    def __init__(self, facts, row):
        self.facts, self.row = facts, row
        self.original, self.path = (os.path.join(place, str(facts["index"])) for place in (folder, back))
        self.inputs, self.targets = row.data()

    def outputs(self, model):
        return keras.tree.flatten(model(table.pack(model, self.inputs), training=False))

    def predictions(self, model):
        return gap(self.outputs(model), arrays(self.original + ".outputs.npz"))

    def keras_file(self):
        """Predictions, training that goes on, and the file itself: config and stored arrays are those that Keras wrote."""
        model = keras.models.load_model(self.path + ".keras", compile=bool(self.targets))
        result = {"outputs": self.predictions(model)}
        if self.targets:
            self.row.train(model, self.inputs, self.targets)
            result["trained"] = gap(self.outputs(model), arrays(self.original + ".trained.npz"))
        differences = list(differing(*map(parts, (self.path + ".keras", self.original + ".keras"))))
        return {**result, "differences": differences} if differences else result

    def legacy_file(self):
        return {"outputs": self.predictions(keras.models.load_model(self.path + ".h5", compile=False))}

    def weights_file(self):
        with open(self.path + ".json") as file:
            model = keras.models.model_from_json(file.read())
        if not model.built:
            model(table.pack(model, self.inputs))
        for weight in model.weights:
            if keras.backend.is_float_dtype(weight.dtype):
                weight.assign(np.full(weight.shape, 0.125))
        model.load_weights(self.path + ".weights.h5")
        return {"outputs": self.predictions(model)}

    def own_legacy_file(self):
        """Whether Keras reads the `.h5` file that it wrote itself."""
        return {"outputs": self.predictions(keras.models.load_model(self.original + ".h5", compile=False))}


def attempt(body):
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            result = body()
        words = [str(w.message) for w in caught if any(word in str(w.message) for word in ("Skipping", "could not", "not loaded", "Error in loading"))]
        return {**result, "warnings": words} if words else result
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:1500]}


with open(os.path.join(folder, f"rows-{part}.json")) as file:
    rows = json.load(file)
models = table.load()
quick.start()
results = {}
for facts in rows:
    check = Check(facts, models[facts["name"]])
    results[facts["name"]] = {".keras": attempt(check.keras_file), ".weights.h5": attempt(check.weights_file)}
    results[facts["name"]][".h5" if facts["legacy"] else "own .h5"] = attempt(check.legacy_file if facts["legacy"] else check.own_legacy_file)
print(json.dumps(results))
