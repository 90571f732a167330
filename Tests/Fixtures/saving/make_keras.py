"""Saves models and says what they give: python make_keras.py [--output FOLDER] [NAMES]; without names, the recorded set."""
import argparse
import json
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import models
import numpy as np

RECORDED = ["mlp", "two_outputs", "recurrent", "halves", "operations"]
parser = argparse.ArgumentParser()
parser.add_argument("--output", default=os.path.dirname(os.path.abspath(__file__)))
parser.add_argument("names", nargs="*", default=[])
given = parser.parse_args()
names = given.names or RECORDED
if names == ["all"]:
    names = list(models.MODELS)


def array(a):
    a = np.asarray(a)
    return {"shape": list(a.shape), "dtype": str(a.dtype), "values": a.astype("float64").ravel().tolist()}


def arrays(values):
    return [array(v) for v in (values.values() if isinstance(values, dict) else [values])]


facts = []
for name in names:
    keras.utils.set_random_seed(3)
    keras.backend.clear_session()
    model, x, y = models.MODELS[name]()
    model.save(os.path.join(given.output, f"{name}.keras"))
    named = dict(zip([i.name for i in model.inputs], x)) if len(x) > 1 else x[0]
    row = {"name": name, "keras": keras.__version__, "x": [array(v) for v in x], "y": arrays(model.predict(named, verbose=0))}
    row["names"] = [w.path for w in model.weights]
    if given.names:
        model.save_weights(os.path.join(given.output, f"{name}.weights.h5"))
        if name in models.OLD:
            model.save(os.path.join(given.output, f"{name}.h5"))
            row["old"] = True
    if y is not None:
        row["targets"] = arrays(y)
        row["scores"] = model.evaluate(named, y, batch_size=4, verbose=0, return_dict=True)
        model.fit(named, y, batch_size=4, epochs=2, shuffle=False, verbose=0)
        row["trained"] = arrays(model.predict(named, verbose=0))
        row["iterations"] = int(np.asarray(keras.ops.convert_to_numpy(model.optimizer.iterations)))
    facts.append(row)
with open(os.path.join(given.output, "keras.json"), "w") as file:
    file.write(json.dumps(facts, indent=None, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")
