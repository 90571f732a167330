"""Records which element types operands meet in, by Keras' lattice with 64-bit types kept, for PromotionTests.swift.

Run with Keras 3.15:  KERAS_BACKEND=jax python make_promotion.py
"""

import json
import os

from keras.src.backend.common import dtypes

dtypes.BIT64_TO_BIT32_DTYPE = {}
names = ["bool", *dtypes.INT_TYPES, *dtypes.FLOAT_TYPES]
table = {f"{a},{b}": dtypes._lattice_result_type(a, b) for a in names for b in names}
table |= {f"{a},int": dtypes._lattice_result_type(a, int) for a in names}
table |= {f"{a},float": dtypes._lattice_result_type(a, float) for a in names}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "promotion.json"), "w") as file:
    file.write(json.dumps(table, separators=(",", ":")) + "\n")
