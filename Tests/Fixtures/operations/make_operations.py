"""Records small functional models of raw operations: Keras' config, inputs, and what comes out.

    python Tests/Fixtures/operations/make_operations.py [PART ...]     without a part: all of them (elementwise, shapes, networks)
"""

import importlib
import json
import os
import pathlib
import sys
import warnings
import zlib

os.environ["KERAS_BACKEND"] = "jax"
warnings.simplefilter("ignore")
folder = pathlib.Path(__file__).parent
sys.path.insert(0, str(folder))

import keras  # noqa: E402
import numpy as np  # noqa: E402


def array(x):
    x = np.asarray(x)
    dtype = str(x.dtype)
    return {"shape": list(x.shape), "dtype": dtype, "values": [float(v) if "float" in dtype else int(v) for v in x.ravel()]}


def data(name, spec):
    shape, dtype, low, high = spec
    random = np.random.default_rng(zlib.crc32(name.encode()))
    if dtype == "bool":
        return random.integers(0, 2, shape).astype(bool)
    if "int" in dtype:
        return random.integers(low, high, shape).astype(dtype)
    return np.round(random.uniform(low, high, shape), 3).astype(dtype)


def record(name, function, specs, values=None):
    """`values`: what computes the results where Keras' own node cannot (it draws some that it does not run)."""
    keras.backend.clear_session()
    inputs = [keras.Input(batch_shape=(None,) + spec[0][1:] if spec[0] else (), dtype=spec[1], name=f"x{n}") for n, spec in enumerate(specs)]
    outputs = function(*inputs)
    model = keras.Model(inputs, outputs, name="m")
    flat = keras.tree.flatten(outputs)
    given = [data(f"{name} {n}", spec) for n, spec in enumerate(specs)]
    results = keras.tree.flatten(values(*map(keras.ops.convert_to_tensor, given)) if values else model(given))
    return {
        "name": name, "config": model.get_config(), "operations": [o.name for o in model.operations], "layers": [o.name for o in model.layers],
        "output_shapes": [list(t.shape) for t in flat],
        "inputs": [array(v) for v in given], "outputs": [array(keras.ops.convert_to_numpy(r)) for r in results],
    }


def main():
    for part in sys.argv[1:] or ["elementwise", "shapes", "networks"]:
        recorded = []
        for name, *row in importlib.import_module("rows_" + part).rows():
            try:
                recorded.append(record(name, *row))
            except Exception as error:  # noqa: BLE001
                print(f"no row {name}: {type(error).__name__}: {str(error).strip().splitlines()[-1][:160]}")
        with open(folder / (part + ".json"), "w") as file:
            json.dump(recorded, file, separators=(",", ":"))
            file.write("\n")
        print(f"{part}: {len(recorded)} rows")


if __name__ == "__main__":
    main()
