"""Saves the table's models, what they are fed and what they give: python save_models.py FOLDER PART/PARTS [NAMES]

For each row N.keras, N.h5, N.weights.h5 and N.json, its inputs and outputs in N.inputs.npz and N.outputs.npz; for trained ones the state of
optimizer and metrics in N.state.npz, and what comes out after more training in N.trained.npz. rows-PART.json says the rest.
"""
import json
import os
import sys
import warnings

import quick

folder, part, names = sys.argv[1], sys.argv[2], sys.argv[3:]
quick.cache(os.path.join(folder, "compiled"))
import keras
import numpy as np
import table
from keras.src.api_export import get_name_from_symbol


def distinct(names):
    """Names for arrays: the second of a name gets a number."""
    taken, seen, result = set(names), set(), []
    for name in names:
        count, free = 1, name
        while free in seen or (free != name and free in taken):
            free, count = f"{name}_{count}", count + 1
        seen.add(free)
        result.append(free)
    return result


def array(value):
    value = keras.ops.convert_to_numpy(value)
    return value.astype("float32") if value.dtype.name == "bfloat16" else value


def classes(model):
    """The names of the classes of a model's layers, those inside of others included; a class may be exported under another name."""
    types = {type(layer) for layer in model._flatten_layers()}
    exported = {(get_name_from_symbol(type) or "").split(".")[-1] for type in types}
    return sorted({type.__name__ for type in types} | exported - {""})


def save(index, row):
    model = row.model()
    path = os.path.join(folder, str(index))
    inputs, targets = row.data()
    given = table.pack(model, inputs)
    outputs = [array(value) for value in keras.tree.flatten(model(given, training=False))]
    model.save(path + ".keras")
    model.save(path + ".h5")
    model.save_weights(path + ".weights.h5")
    with open(path + ".json", "w") as file:
        file.write(model.to_json())
    # A Sequential model's graph is inside.
    output_names = getattr(model, "_functional", model).output_names
    np.savez(path + ".inputs.npz", **{tensor._keras_history.operation.name: value for tensor, value in zip(model.inputs, inputs)})
    np.savez(path + ".outputs.npz", **dict(zip(distinct(output_names), outputs)))
    if targets:
        np.savez(path + ".targets.npz", *targets)
        np.savez(path + ".state.npz", *[array(v) for v in [*model.optimizer.variables, *model.metrics_variables]])
        row.train(model, inputs, targets)
        np.savez(path + ".trained.npz", *[array(value) for value in keras.tree.flatten(model(given, training=False))])
    return {"name": row.name, "index": index, "legacy": row.legacy, "trained": bool(targets), "tolerance": row.tolerance,
            "classes": classes(model)}


warnings.simplefilter("ignore")
number, parts = map(int, part.split("/"))
rows = list(enumerate(table.load(names).values()))[number::parts]
quick.start()
facts = []
for index, row in rows:
    try:
        facts.append(save(index, row))
    except Exception as error:
        raise RuntimeError(f"row {row.name}") from error
with open(os.path.join(folder, f"rows-{number}.json"), "w") as file:
    json.dump(facts, file)
