"""Writes the value tables of the graph's primitives and composites, one JSON file for each family.

    KERAS_BACKEND=jax .venv/bin/python Tests/Fixtures/primitives/make_primitives.py

Expected values come from NumPy, SciPy, JAX and Keras, computed in a wider type and rounded once. See `table.py` for the format.
"""
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_ENABLE_X64", "1")
folder = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, folder)

import composites
import control
import elementwise
import indexing
import linear
import reductions
import shapes
import table

for family in (elementwise, shapes, reductions, linear, indexing, control, composites):
    family.add_all()
    table.write(os.path.join(folder, family.__name__ + ".json"))
