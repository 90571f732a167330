"""Which inputs Keras' layers refuse, and which they take: one row of the layer table for each class, on inputs that may not suit it.

    python Tests/Fixtures/mistakes/make_mistakes.py

A case says what is changed, the shapes of the inputs, and what Keras does: "refuses" to draw the call, "draws" a call that then does not
run on numbers, or "runs".
"""

import copy
import json
import os
import pathlib
import warnings

os.environ["KERAS_BACKEND"] = "jax"
os.environ.setdefault("JAX_PLATFORMS", "cpu")
warnings.simplefilter("ignore")

import keras  # noqa: E402
import numpy as np  # noqa: E402

HERE = pathlib.Path(__file__).parent
BATCH = 2


def rows():
    """The first row of each class, and further ones where options decide what suits."""
    seen = set()
    for group in ["core", "convolution", "recurrent", "attention"]:
        for row in json.loads((HERE.parent / "layers" / f"{group}.json").read_text()):
            name = row["layer"]["class_name"]
            if name in seen or name == "Lambda" or row["policy"]:
                continue
            seen.add(name)
            yield row


def shapes(row):
    return [(None, *array["shape"][1:]) for array in row["inputs"]]


def cases(row):
    """What is changed, whether the layer is built before, and the shapes."""
    own = shapes(row)
    for rank in range(7):
        yield f"rank {rank}", False, [((None,) + (3,) * (rank - 1))[:rank]] * len(own)
    for axis in range(1, len(own[0])):
        for change in (-1, 1):
            yield f"axis {axis} changed by {change}", True, [tuple(n + change if i == axis else n for i, n in enumerate(s)) for s in own]
        yield f"axis {axis} unknown", False, [tuple(None if i == axis else n for i, n in enumerate(s)) for s in own]
    if len(own) > 1:
        for axis in range(1, len(own[-1])):
            yield f"axis {axis} of the last input", False, own[:-1] + [tuple(n + 1 if i == axis else n for i, n in enumerate(own[-1]))]
        yield "the last input of lower rank", False, own[:-1] + [own[-1][:-1]]
    for count in (1, 2, 3, 4):
        if count != len(own):
            yield f"{count} inputs", False, [own[0]] * count


def arguments(row, inputs, make):
    """The call's arguments, where `make` gives a place or numbers of a shape."""
    dtypes = [array["dtype"] for array in row["inputs"]]
    values = [make(shape, dtypes[min(i, len(dtypes) - 1)]) for i, shape in enumerate(inputs)]
    words = {}
    for word in row["keywords"]:
        made = [make((None, *array["shape"][1:]), array["dtype"]) for array in word["values"]]
        words[word["name"]] = made if word["listed"] else made[0]
    return values if row["listed"] or len(values) > 1 else values[0], words | row["options"]


def place(shape, dtype):
    return keras.Input(batch_shape=shape, dtype=dtype)


def numbers(row):
    own = shapes(row)

    def make(shape, dtype):
        # An unknown size is what the row has there.
        known = next((s for s in own if len(s) == len(shape)), shape)
        sizes = [BATCH if i == 0 else known[i] if n is None else n for i, n in enumerate(shape)]
        return keras.ops.convert_to_tensor(np.ones(sizes, dtype))

    return make


def outcome(row, is_built, inputs):
    config = copy.deepcopy(row["layer"])
    # Not built for the row's shapes before the call.
    config.pop("build_config", None)
    layer = keras.saving.deserialize_keras_object(config)
    if is_built:
        values, words = arguments(row, shapes(row), place)
        layer(values, **words)
    try:
        values, words = arguments(row, inputs, place)
        layer(values, **words)
    except Exception:
        return "refuses"
    try:
        values, words = arguments(row, inputs, numbers(row))
        layer(values, **words)
    except Exception:
        return "draws"
    return "runs"


facts = []
for row in rows():
    found = [
        {"change": change, "built": is_built, "shapes": inputs, "keras": outcome(row, is_built, inputs)}
        for change, is_built, inputs in cases(row)]
    facts.append({"row": row["name"], "cases": found})
    print(row["name"], {kind: sum(case["keras"] == kind for case in found) for kind in ("refuses", "draws", "runs")}, flush=True)
with open(HERE / "mistakes.json", "w") as file:
    file.write(json.dumps(facts, separators=(",", ":")).replace('{"row"', '\n{"row"') + "\n")
