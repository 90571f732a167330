"""Writes the table of `ops`: what each function of keras.ops gives on the JAX backend, values and element types.

    .venv/bin/python Tests/Fixtures/ops/make_ops.py [--values]

Two files: `ops.json`, rows as in `../primitives/table.py` (the operation's name is ours, attributes have Keras' names), and
`dtypes.json`, the element types of results for every pair of operands' types (minutes; `--values` leaves it as it is).
"""
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
os.environ.pop("JAX_ENABLE_X64", None)
folder = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(folder, "..", "primitives"))
sys.path.insert(0, folder)

import table

import dtype_table
import cases_core
import cases_more
import cases_nn
import cases_numpy

cases_numpy.add_all()
cases_nn.add_all()
cases_core.add_all()
cases_more.add_all()
table.write(os.path.join(folder, "ops.json"))
if "--values" not in sys.argv:
    dtype_table.write(os.path.join(folder, "dtypes.json"))
