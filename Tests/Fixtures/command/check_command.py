"""Loads what the command wrote, and says how far predictions are from Keras' own: python check_command.py FOLDER CONVERTED

FOLDER is what make_command.py wrote. In CONVERTED lie files MODEL.HOW.ENDING; prints one JSON object, a result for each file.
"""
import glob
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np

folder, converted = sys.argv[1:]


def gap(model, name):
    x = dict(np.load(os.path.join(folder, f"{name}.x.npz")))
    got = keras.tree.flatten(model.predict(list(x.values())[0] if len(x) == 1 else x, verbose=0))
    want = list(np.load(os.path.join(folder, f"{name}.predicted.npz")).values())
    worst = 0.0
    for a, b in zip(got, want, strict=True):
        a, b = np.asarray(a, "float64"), np.asarray(b, "float64")
        worst = max(worst, float(np.max(np.abs(a - b)) / max(np.max(np.abs(b)), 1e-9)))
    return worst


def base(name):
    return keras.models.load_model(os.path.join(folder, f"{name}.keras"))


def check(path):
    name, _, ending = os.path.basename(path).split(".", 2)
    if ending == "json":
        with open(path) as file:
            text = file.read()
        model = keras.models.model_from_json(text)
        configs = [json.loads(m.to_json()) for m in (model, base(name))]
        for config in configs:
            # What Keras made of "auto" on its machine.
            config["compile_config"].pop("jit_compile", None)
        model.set_weights(base(name).get_weights())
        keys = list(json.loads(text))
        return {"predictions": gap(model, name), "isEqual": configs[0] == configs[1] and "compile_config" in keys}
    if ending == "weights.h5":
        model = base(name)
        for weight in model.weights:
            weight.assign(np.zeros(weight.shape))
        model.load_weights(path)
        return {"predictions": gap(model, name)}
    model = keras.models.load_model(path, compile=ending == "keras")
    result = {"predictions": gap(model, name)}
    if ending == "keras":
        result["isCompiled"] = bool(model.compiled)
    return result


results = {}
for path in sorted(glob.glob(os.path.join(converted, "*"))):
    try:
        results[os.path.basename(path)] = check(path)
    except Exception as error:
        results[os.path.basename(path)] = {"error": f"{type(error).__name__}: {error}"[:2000]}
print("RESULTS" + json.dumps(results))
