"""Rows of the primitives' value table, and how they are written.

A row is one operation on given operands with the results it must have:

    {"op": "unary", "name": "exp float32", "attrs": {"f": "exp"}, "in": [tensor …], "out": [tensor …],
     "ulp": 2, "rel": 0, "abs": 0, "zeros": true, "grad": [0], "order": 2}

A tensor is `dtype[sizes] base64`: the elements' bytes, little-endian, row-major. A result passes when each element is
within `ulp` units in the last place of the expected one, or within `abs + rel * |expected|`; `zeros` compares the sign
of zeros too. NaN equals NaN. `grad` lists the operands whose gradients are compared with finite differences, `order` says
up to which derivative.
"""
import base64
import json
import zlib

import ml_dtypes
import numpy as np

BFLOAT16 = np.dtype(ml_dtypes.bfloat16)
DTYPES = {str(np.dtype(d)): np.dtype(d) for d in (
    "bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "float16", "float32", "float64", BFLOAT16)}
FLOATS = ["float32", "float64", "float16", "bfloat16"]
INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]

rows = []


def dtype_of(name):
    return DTYPES[name]


def is_float(name):
    return name in FLOATS


def generator(name):
    """Numbers that depend on the row's name alone."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def array(values, dtype):
    with np.errstate(all="ignore"):
        return np.asarray(values).astype(dtype_of(dtype))


def wide(x):
    """The operand in a type in which the expected value is computed: wider than its own where there is one."""
    if x.dtype == np.float64:
        return x.astype(np.longdouble)
    return x.astype(np.float64) if is_float(str(x.dtype)) else x


def encode(x):
    shape = ",".join(str(s) for s in np.shape(x))
    return f"{x.dtype}[{shape}] {base64.b64encode(x.tobytes()).decode()}"


def row(op, name, attrs, operands, results, ulp=0, rel=0.0, abs=0.0, zeros=None, grad=None, order=2):
    """Adds a row. Results that are not yet of their element type are rounded by the caller."""
    entry = {"op": op, "name": name}
    if attrs:
        entry["attrs"] = attrs
    entry["in"] = [encode(np.asarray(x)) for x in operands]
    entry["out"] = [encode(np.asarray(x)) for x in results]
    if ulp:
        entry["ulp"] = ulp
    if rel:
        entry["rel"] = float(f"{rel:.3g}")
    if abs:
        entry["abs"] = float(f"{abs:.3g}")
    if zeros is None:
        zeros = ulp == 0 and rel == 0 and abs == 0
    if zeros:
        entry["zeros"] = True
    if grad is not None:
        entry["grad"] = grad
        entry["order"] = order
    rows.append(entry)


def write(path):
    """Writes the rows gathered so far, one a line, and forgets them."""
    names = [entry["op"] + ": " + entry["name"] for entry in rows]
    doubled = {name for name in names if names.count(name) > 1}
    assert not doubled, doubled
    with open(path, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in rows) + "\n]\n")
    print(f"{len(rows):5} rows in {path}")
    rows.clear()
