"""The element types of results, by the operands' types."""
import json

import keras
import numpy as np
from keras import ops

from table import DTYPES, array

TYPES = ["bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64"]
BINARY = {"add": "add", "subtract": "subtract", "multiply": "multiply", "divide": "divide", "floorDivide": "floor_divide", "mod": "mod", "power": "power", "maximum": "maximum",
          "arctan2": "arctan2", "equal": "equal", "matmul": "matmul", "where": "where", "concatenate": "concatenate"}
UNARY = {"abs": "abs", "exp": "exp", "sqrt": "sqrt", "square": "square", "sign": "sign", "floor": "floor", "round": "round", "sin": "sin", "sum": "sum", "mean": "mean", "prod": "prod",
         "max": "max", "var": "var", "std": "std", "argmax": "argmax", "cumsum": "cumsum", "relu": "relu", "sigmoid": "sigmoid", "softmax": "softmax", "isnan": "isnan", "any": "any", "negative": "negative",
         "log": "log", "clip": "clip", "sort": "sort"}


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
        result["pairs"][name] = [" ".join(kind(lambda: f(tensors[a], tensors[b])) for b in TYPES) for a in TYPES]
        if name not in ("matmul", "where", "concatenate"):
            result["scalars"][name] = [" ".join(kind(lambda: f(tensors[a], v)) for v in (2, 2.5)) for a in TYPES]
    for name, keras_name in UNARY.items():
        f = getattr(ops, keras_name)
        g = (lambda x: f(x, 0, 1)) if name == "clip" else f
        result["single"][name] = " ".join(kind(lambda: g(tensors[a])) for a in TYPES)
    with open(path, "w") as file:
        json.dump(result, file, indent=1)
        file.write("\n")
