"""The element types of results, by the operands' types."""
import json

import keras
import numpy as np
from keras import ops

from table import DTYPES, array

# Keras on JAX has no 64-bit types unless JAX is told so.
TYPES = ["bool", "uint8", "uint16", "uint32", "int8", "int16", "int32", "float16", "bfloat16", "float32"]
BINARY = {"add": "add", "subtract": "subtract", "multiply": "multiply", "divide": "divide", "floorDivide": "floor_divide", "mod": "mod", "power": "power", "maximum": "maximum",
          "arctan2": "arctan2", "equal": "equal", "matmul": "matmul", "where": "where", "concatenate": "concatenate"}
UNARY = {"abs": "abs", "exp": "exp", "sqrt": "sqrt", "square": "square", "sign": "sign", "floor": "floor", "round": "round", "sin": "sin", "sum": "sum", "mean": "mean", "prod": "prod",
         "max": "max", "var": "var", "std": "std", "argmax": "argmax", "cumsum": "cumsum", "relu": "relu", "sigmoid": "sigmoid", "softmax": "softmax", "isnan": "isnan", "any": "any", "negative": "negative",
         "log": "log", "clip": "clip", "sort": "sort"}


def pair(f, a, b):
    """The one difference: where types meet in a 64-bit one, Keras on JAX narrows it to 32 bits and ours stays."""
    result = kind(f)
    return "int64" if "uint32" in (a, b) and {a, b} & {"int8", "int16", "int32"} and result == "int32" else result


def kind(f):
    try:
        return keras.backend.standardize_dtype(f().dtype)
    except Exception:
        return "-"


def write(path):
    """Rows of the first operand's types, columns of the second's; then a Python int and float as second operand."""
    tensors = {t: ops.convert_to_tensor(array(np.ones((1, 1)), t), dtype=t) for t in TYPES}
    result = {"types": TYPES, "pairs": {}, "scalars": {}, "single": {}}
    for name, keras_name in BINARY.items():
        f = getattr(ops, keras_name)
        if name == "where":
            f = lambda a, b: ops.where(tensors["bool"], a, b)
        if name == "concatenate":
            f = lambda a, b: ops.concatenate([a, b])
        result["pairs"][name] = [" ".join(pair(lambda: f(tensors[a], tensors[b]), a, b) for b in TYPES) for a in TYPES]
        # Keras' arctan2 takes a Python number as a tensor of its own; ours as a number, as everywhere.
        if name not in ("matmul", "where", "concatenate", "arctan2"):
            result["scalars"][name] = [" ".join(kind(lambda: f(tensors[a], v)) for v in (2, 2.5)) for a in TYPES]
    for name, keras_name in UNARY.items():
        f = getattr(ops, keras_name)
        g = (lambda x: f(x, 0, 1)) if name == "clip" else f
        result["single"][name] = " ".join(kind(lambda: g(tensors[a])) for a in TYPES)
    with open(path, "w") as file:
        json.dump(result, file, indent=1)
        file.write("\n")
