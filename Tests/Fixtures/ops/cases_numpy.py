"""keras.ops' NumPy functions."""
import numpy as np
from keras import ops

from recording import draw, record

inf, nan = np.inf, np.nan


def elementwise():
    anywhere = ["abs", "exp", "expm1", "square", "sign", "floor", "ceil", "round", "sin", "cos", "tan", "sinh", "cosh", "tanh",
                "arctan", "arcsinh", "negative", "isnan", "isfinite", "isinf", "erf", "sigmoid"]
    for name in anywhere:
        f = getattr(ops, name)
        for dtype in ("float32", "float16", "bfloat16", "float64"):
            record(name, dtype, f, [draw(name, (3, 4), dtype)])
        record(name, "int32", f, [draw(name, (3, 4), "int32", -3, 4)])
        record(name, "specials", f, [np.array([inf, -inf, nan, 0], np.float32)])
    for name, low, high in [("log", 0.1, 4), ("log1p", -0.5, 4), ("sqrt", 0.1, 4), ("rsqrt", 0.1, 4), ("arcsin", -0.9, 0.9), ("arccos", -0.9, 0.9),
                            ("arccosh", 1.1, 4), ("arctanh", -0.9, 0.9), ("erfinv", -0.9, 0.9), ("reciprocal", 0.5, 3), ("log2", 0.1, 4), ("log10", 0.1, 4)]:
        for dtype in ("float32", "bfloat16", "float64"):
            record(name, dtype, getattr(ops, name), [draw(name, (3, 4), dtype, low, high)], scale=2)
        if name not in ("erfinv", "rsqrt", "arcsin", "arccos", "arctanh"):
            record(name, "int32", getattr(ops, name), [draw(name, (3, 4), "int32", 1, 9)])
    record("round", "two decimals", ops.round, [draw("decimals", (5,), low=-9, high=9)], {"decimals": 2})
    record("logicalNot", "bool", ops.logical_not, [draw("not", (5,), "bool")])
    record("logicalNot", "float32", ops.logical_not, [np.array([0, 1, -2], np.float32)])
    record("clip", "float32", ops.clip, [draw("clip", (3, 4))], {"x_min": -0.5, "x_max": 1.0})
    record("clip", "int32", ops.clip, [draw("clip", (3, 4), "int32", -9, 9)], {"x_min": -2, "x_max": 3})


BINARY = {"add": "add", "subtract": "subtract", "multiply": "multiply", "divide": "divide", "trueDivide": "true_divide", "floorDivide": "floor_divide",
          "mod": "mod", "power": "power", "maximum": "maximum", "minimum": "minimum", "arctan2": "arctan2",
          "equal": "equal", "notEqual": "not_equal", "less": "less", "lessEqual": "less_equal", "greater": "greater", "greaterEqual": "greater_equal",
          "logicalAnd": "logical_and", "logicalOr": "logical_or", "logicalXor": "logical_xor"}


def binary():
    for name, keras_name in BINARY.items():
        f = getattr(ops, keras_name)
        low = 0.2 if name == "power" else -3
        for a, b, shapes in [("float32", "float32", ((3, 4), (4,))), ("float32", "int32", ((2, 1, 3), (4, 1))), ("int32", "int32", ((4,), (4,))),
                             ("bfloat16", "float32", ((3,), ())), ("uint8", "int8", ((5,), (5,))), ("bool", "int32", ((4,), (4,)))]:
            x, y = draw(name + "a", shapes[0], a, low, 4), draw(name + "b", shapes[1], b, 1 if b.startswith("i") or name == "mod" else 0.2, 4)
            if name == "power" and a == "bool":
                continue
            record(name, f"{a} {b}", f, [x, y], scale=2)


def reductions():
    for name in ("sum", "mean", "prod", "max", "min", "any", "all", "var", "std"):
        f = getattr(ops, name)
        for dtype in ("float32", "int32", "bool", "bfloat16", "uint8", "float64"):
            if dtype == "bool" and name in ("max", "min"):
                continue
            x = draw(name, (2, 3, 4), dtype, 0.5 if name == "prod" else -2, 2)
            record(name, f"{dtype}", f, [x], scale=4)
        x = draw(name, (2, 3, 4), "float32", 0.5, 2)
        for attrs in ({"axis": 1}, {"axis": -1, "keepdims": True}, {"axis": [0, 2]}, {"axis": [-1, 0], "keepdims": True}):
            given = {k: tuple(v) if isinstance(v, list) else v for k, v in attrs.items()}
            record(name, f"{attrs}", f, [x], attrs, given, scale=4)
    for name in ("argmax", "argmin"):
        x = draw(name, (3, 4, 2))
        for attrs in ({}, {"axis": 1}, {"axis": -1}, {"axis": 0, "keepdims": True}):
            record(name, f"{attrs}", getattr(ops, name), [x], attrs)
        record(name, "ties", getattr(ops, name), [np.array([[1, 3, 3, 1]], np.int32)], {"axis": 1})
    for name, keras_name in (("argsort", "argsort"), ("sort", "sort")):
        for attrs in ({}, {"axis": 0}):
            record(name, f"{attrs}", getattr(ops, keras_name), [draw(name, (4, 3))], attrs)
        record(name, "int32", getattr(ops, keras_name), [draw(name, (7,), "int32", -3, 3)])
    for name in ("cumsum", "cumprod"):
        for attrs in ({}, {"axis": 0}, {"axis": -1}):
            record(name, f"{attrs}", getattr(ops, name), [draw(name, (3, 4), low=0.5, high=1.5)], attrs, scale=2)
        record(name, "int32", getattr(ops, name), [draw(name, (5,), "int32", 1, 4)], {"axis": 0})
        record(name, "bool", getattr(ops, name), [draw(name, (5,), "bool")], {"axis": 0})
    for attrs in ({}, {"axis": 1}, {"axis": [0, 1], "keepdims": True}):
        given = {k: tuple(v) if isinstance(v, list) else v for k, v in attrs.items()}
        record("logsumexp", f"{attrs}", ops.logsumexp, [draw("lse", (3, 4), low=-30, high=30)], attrs, given)
    record("logsumexp", "far apart", ops.logsumexp, [np.array([1000.0, 1000.0, -inf], np.float32)])
    record("moments", "axis 0", ops.moments, [draw("moments", (5, 3))], {"axes": [0]}, scale=4)
    record("moments", "axes 0 and 1, kept", ops.moments, [draw("moments", (5, 3, 2))], {"axes": [0, 1], "keepdims": True}, scale=4)
    for attrs in ({}, {"ord": 1, "axis": 1}, {"ord": 2, "axis": -1, "keepdims": True}, {"ord": 3, "axis": 0}):
        record("norm", f"{attrs}", ops.norm, [draw("norm", (3, 4))], attrs, scale=4)
    record("norm", "inf", ops.norm, [draw("norm", (3, 4))], {"ord": "inf", "axis": 1}, {"ord": inf, "axis": 1})
    for attrs in ({}, {"axis": 0, "order": 1}, {"axis": 1, "order": 3}):
        record("normalize", f"{attrs}", ops.normalize, [draw("normalize", (3, 4))], attrs, scale=4)


def moves():
    x = draw("moves", (2, 3, 4))
    record("transpose", "all", ops.transpose, [x], exact=True)
    record("transpose", "axes", ops.transpose, [x], {"axes": [1, 2, 0]}, exact=True)
    for shape in ([6, 4], [-1], [3, -1, 2]):
        record("reshape", f"{shape}", ops.reshape, [x], {"newshape": shape}, exact=True)
    y = draw("squeeze", (1, 3, 1))
    record("squeeze", "all", ops.squeeze, [y], exact=True)
    record("squeeze", "axis", ops.squeeze, [y], {"axis": -1}, exact=True)
    for axis in (0, -1, 1):
        record("expandDims", f"{axis}", ops.expand_dims, [x], {"axis": axis}, exact=True)
    a, b = draw("c1", (2, 3)), draw("c2", (2, 2))
    record("concatenate", "axis 1", ops.concatenate, [a, b], {"axis": 1}, as_list=True, exact=True)
    record("concatenate", "axis -1, mixed types", ops.concatenate, [a, draw("c3", (2, 2), "int32")], {"axis": -1}, as_list=True, exact=True)
    for axis in (0, 1, -1):
        record("stack", f"{axis}", ops.stack, [a, draw("c4", (2, 3))], {"axis": axis}, as_list=True, exact=True)
    z = draw("split", (6, 4))
    record("split", "three", ops.split, [z], {"indices_or_sections": 3, "axis": 0}, exact=True)
    record("split", "at", ops.split, [z], {"indices_or_sections": [1, 3], "axis": 1}, exact=True)
    for repeats in ([2], [2, 1], [2, 1, 3]):
        record("tile", f"{repeats}", ops.tile, [a], {"repeats": repeats}, exact=True)
    record("repeat", "flat", ops.repeat, [a], {"repeats": 2}, exact=True)
    record("repeat", "axis 1", ops.repeat, [a], {"repeats": 3, "axis": 1}, exact=True)
    record("repeat", "each its own", ops.repeat, [a], {"repeats": [1, 2], "axis": 0}, {"repeats": np.array([1, 2]), "axis": 0}, exact=True)
    pads = {"pad_width": [[1, 0], [2, 1]]}
    record("pad", "zeros", ops.pad, [a], pads, exact=True)
    record("pad", "constant", ops.pad, [a], {**pads, "mode": "constant", "constant_values": 1.5}, exact=True)
    record("pad", "reflect", ops.pad, [a], {"pad_width": [[1, 0], [2, 1]], "mode": "reflect"}, exact=True)
    record("pad", "symmetric", ops.pad, [a], {"pad_width": [[1, 0], [2, 1]], "mode": "symmetric"}, exact=True)
    for attrs in ({}, {"axis": 1}, {"axis": [0, 1]}):
        given = {k: tuple(v) if isinstance(v, list) else v for k, v in attrs.items()}
        record("flip", f"{attrs}", ops.flip, [a], attrs, given, exact=True)
    for attrs in ({"shift": 2}, {"shift": 1, "axis": 1}, {"shift": -2, "axis": 0}):
        record("roll", f"{attrs}", ops.roll, [z], attrs, exact=True)
    record("broadcastTo", "rows", ops.broadcast_to, [draw("row", (1, 3))], {"shape": [4, 3]}, exact=True)
    c = draw("where", (3, 4), "bool")
    record("where", "broadcast", ops.where, [c, draw("w1", (4,)), draw("w2", (3, 1))], exact=True)
    record("where", "mixed types", ops.where, [c, draw("w1", (3, 4), "int32"), draw("w2", (3, 4))], exact=True)
    record("tril", "main", ops.tril, [draw("tri", (3, 4))], exact=True)
    record("tril", "below", ops.tril, [draw("tri", (3, 4))], {"k": -1}, exact=True)
    record("triu", "main", ops.triu, [draw("tri", (2, 3, 4))], exact=True)
    record("triu", "above", ops.triu, [draw("tri", (3, 4))], {"k": 2}, exact=True)
    i = np.array([[0, 2], [1, -1]], np.int32)
    record("take", "axis 0", ops.take, [z, i], {"axis": 0}, exact=True)
    record("take", "axis -1", ops.take, [z, i], {"axis": -1}, exact=True)
    record("take", "flat", ops.take, [z, np.array([0, 23, 5], np.int32)], exact=True)
    record("takeAlongAxis", "axis 1", ops.take_along_axis, [z, np.array([[0], [3], [1], [2], [0], [1]], np.int32)], {"axis": 1}, exact=True)
    record("takeAlongAxis", "axis 0", ops.take_along_axis, [z, np.array([[5, 0, 1, 2]], np.int32)], {"axis": 0}, exact=True)
    record("meshgrid", "xy", lambda *x: ops.meshgrid(*x), [np.arange(2, dtype=np.float32), np.arange(3, dtype=np.float32)], exact=True)
    record("diagonal", "main", ops.diagonal, [draw("tri", (3, 4))], exact=True)
    record("diag", "vector", ops.diag, [draw("diag", (3,))], exact=True)
    record("swapaxes", "0 and 2", ops.swapaxes, [x], {"axis1": 0, "axis2": 2}, exact=True)
    record("moveaxis", "0 to 2", ops.moveaxis, [x], {"source": 0, "destination": 2}, exact=True)


def products():
    for p, q in [((2, 3), (3, 4)), ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 1, 2, 3), (4, 3, 2)), ((2, 3, 4), (4, 5))]:
        record("matmul", f"{p} {q}", ops.matmul, [draw("p", p), draw("q", q)], scale=4)
        if p != (2, 1, 2, 3):
            record("dot", f"{p} {q}", ops.dot, [draw("p", p), draw("q", q)], scale=4)
    record("matmul", "int32", ops.matmul, [draw("p", (2, 3), "int32", -4, 4), draw("q", (3, 2), "int32", -4, 4)])
    record("matmul", "bfloat16 and float32", ops.matmul, [draw("p", (2, 3), "bfloat16"), draw("q", (3, 2))], scale=4)
    record("dot", "scalar", ops.dot, [draw("p", (2, 3)), draw("q", ())])
    record("dot", "of more axes", ops.dot, [draw("p", (2, 3, 4)), draw("q", (5, 4, 2))], scale=4)
    for axes in (1, 2, 0, [[1], [0]], [[0, 1], [1, 0]]):
        p, q = ((3, 3), (3, 3))
        record("tensordot", f"{axes}", ops.tensordot, [draw("p", p), draw("q", q)], {"axes": axes}, scale=4)
    for subscripts, shapes in {"ij,jk->ik": [(2, 3), (3, 4)], "bij,bjk->bik": [(2, 3, 4), (2, 4, 2)], "ij->ji": [(2, 3)], "ij->": [(2, 3)], "i,j->ij": [(3,), (2,)],
                               "...ij,jk->...ik": [(2, 2, 3), (3, 2)], "bhqd,bhkd->bhqk": [(2, 2, 3, 4), (2, 2, 5, 4)], "ii->i": [(3, 3)], "ij,ij->i": [(2, 3), (2, 3)],
                               "ij,jk,kl->il": [(2, 3), (3, 4), (4, 2)], "ij,jk": [(2, 3), (3, 4)], "abc,cd->abd": [(2, 3, 4), (4, 5)]}.items():
        record("einsum", subscripts, lambda *x, subscripts: ops.einsum(subscripts, *x), [draw(f"e{n}", s) for n, s in enumerate(shapes)],
               {"subscripts": subscripts}, scale=4)
    record("outer", "vectors", ops.outer, [draw("p", (3,)), draw("q", (4,))])


def makers():
    for dtype in ("float32", "int32", "bool", "bfloat16"):
        for name in ("zeros", "ones"):
            record(name, dtype, getattr(ops, name), [], {"shape": [2, 3], "dtype": dtype}, exact=True)
        x = draw("like", (2, 2), dtype)
        record("zerosLike", dtype, ops.zeros_like, [x], exact=True)
        record("onesLike", dtype, ops.ones_like, [x], exact=True)
    record("full", "float32", ops.full, [], {"shape": [2, 2], "fill_value": 2.5, "dtype": "float32"}, exact=True)
    record("fullLike", "int32", lambda x, fill_value: ops.full_like(x, fill_value), [draw("like", (2, 2), "int32")], {"fill_value": 7}, exact=True)
    for attrs in ({"start": 5}, {"start": 2, "stop": 9, "step": 3}, {"start": 5, "stop": 0, "step": -2}, {"start": 0.0, "stop": 1.0, "step": 0.25},
                  {"start": 0, "stop": 3, "dtype": "float32"}):
        record("arange", f"{attrs}", ops.arange, [], attrs)
    for attrs in ({"start": 0.0, "stop": 1.0, "num": 5}, {"start": -2.0, "stop": 3.0, "num": 4, "endpoint": False}, {"start": 0.0, "stop": 7.0, "num": 1}):
        record("linspace", f"{attrs}", ops.linspace, [], attrs)
    for attrs in ({"N": 3}, {"N": 2, "M": 4}, {"N": 3, "k": 1}, {"N": 3, "k": -1, "dtype": "int32"}):
        record("eye", f"{attrs}", ops.eye, [], attrs, exact=True)
    record("identity", "3", ops.identity, [], {"n": 3}, exact=True)


def add_all():
    elementwise()
    binary()
    reductions()
    moves()
    products()
    makers()
