"""Records what Keras' layers compute, for the table test of layers.

Each row is a layer with its options and inputs; rows_GROUP.py lists a group's rows, GROUP.json holds what was recorded: config,
weights, outputs, the gradients of sum(output * cotangent) with respect to weights and inputs, masks, and the symbolic output shape
for a batch of any size.

    python Tests/Fixtures/layers/make_layers.py [GROUP ...]        without a group: all of them
"""

import importlib
import json
import os
import pathlib
import sys

os.environ["KERAS_BACKEND"] = "jax"
folder = pathlib.Path(__file__).parent
sys.path.insert(0, str(folder))

import recording  # noqa: E402

groups = sys.argv[1:] or sorted(path.stem.removeprefix("rows_") for path in folder.glob("rows_*.py"))
for group in groups:
    recording.ROWS.clear()
    importlib.import_module("rows_" + group)
    with open(folder / (group + ".json"), "w") as file:
        json.dump([recording.record(spec) for spec in recording.ROWS], file, separators=(",", ":"))
        file.write("\n")
    print(f"{group}: {len(recording.ROWS)} rows")
