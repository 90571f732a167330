"""Elementwise operations: unary, binary, comparisons, select, conversions. Expected values by NumPy and SciPy."""
import numpy as np
import scipy.special as special

from table import FLOATS, INTEGERS, array, dtype_of, encode, generator, is_float, row, wide

inf, nan = np.inf, np.nan
SPECIALS = [0.0, -0.0, inf, -inf, nan]


def lifted(f):
    """SciPy's functions know no long double."""
    return lambda x: f(np.asarray(x, dtype=np.float64))


def sigmoid(x):
    with np.errstate(all="ignore"):
        return np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))


# name: (function, points in the domain, points outside or at the edge, ulps by element type, gradient points)
# The ulps are for float32, float64; float16 and bfloat16 are computed in float32 and rounded: 1 (0 where exact).
EXACT = (0, 0)
UNARY = {
    "negate": (np.negative, [1.5, -2.25, 1e-3, 7], SPECIALS, EXACT, [0.5, -1.5]),
    "abs": (np.abs, [1.5, -2.25, 1e-3, -7], SPECIALS, EXACT, [0.5, -1.5]),
    "sign": (np.sign, [1.5, -2.25, 1e-3, -7], [inf, -inf, nan], EXACT, [0.5, -1.5]),
    "exp": (np.exp, [0, 1, -1, 0.5, 2.3, -3.7, 10, -10, 1e-3], [inf, -inf, nan, 800, -800], (2, 2), [0.5, -1.5]),
    "expm1": (np.expm1, [0, 1, -1, 0.5, 1e-3, -1e-3, 1e-6, 5, -5, 10], [inf, -inf, nan], (2, 2), [0.5, -1.5, 1e-4]),
    "log": (np.log, [1, 2, 0.5, 1e-3, 0.99, 1.01, 123], [0.0, -0.0, -1, inf, -inf, nan], (2, 2), [0.5, 1.5]),
    "log1p": (np.log1p, [0, 1, -0.5, 1e-3, -1e-3, 1e-6, 123], [-1, -2, inf, nan], (2, 2), [0.5, -0.5, 1e-4]),
    "sqrt": (np.sqrt, [0.25, 2, 3, 1e-3, 1e3], [0.0, -0.0, -1, inf, -inf, nan], EXACT, [0.5, 1.5]),
    "rsqrt": (lambda x: 1 / np.sqrt(x), [0.25, 2, 3, 1e-3, 1e3], [0.0, -1, inf, nan], (2, 2), [0.5, 1.5]),
    "reciprocal": (lambda x: 1 / x, [0.25, 2, -3, 1e-3, 1e3], SPECIALS, EXACT, [0.5, -1.5]),
    "sin": (np.sin, [0, 0.5, -1, 2, 3, 4, -6, 30, 100], [inf, -inf, nan], (2, 2), [0.5, -1.5]),
    "cos": (np.cos, [0, 0.5, -1, 2, 3, 4, -6, 30, 100], [inf, -inf, nan], (2, 2), [0.5, -1.5]),
    "tan": (np.tan, [0, 0.5, -1, 2, 3, 4, -6, 30], [inf, nan], (4, 4), [0.5, -1.2]),
    "asin": (np.arcsin, [0, 0.5, -0.75, 1e-3, 0.99], [1, -1, 1.5, nan], (4, 2), [0.5, -0.7]),
    "acos": (np.arccos, [0, 0.5, -0.75, 1e-3, 0.99], [1, -1, 1.5, nan], (4, 2), [0.5, -0.7]),
    "atan": (np.arctan, [0, 0.5, -0.75, 1e-3, 5, -50], [inf, -inf, nan], (4, 2), [0.5, -0.7]),
    "sinh": (np.sinh, [0, 0.5, -0.75, 1e-3, 5, -5], [inf, -inf, nan], (4, 2), [0.5, -0.7]),
    "cosh": (np.cosh, [0, 0.5, -0.75, 1e-3, 5, -5], [inf, -inf, nan], (4, 2), [0.5, -0.7]),
    "tanh": (np.tanh, [0, 0.5, -0.75, 1e-3, 5, -5, 20, -20], [inf, -inf, nan], (4, 2), [0.5, -0.7]),
    "asinh": (np.arcsinh, [0, 0.5, -0.75, 1e-3, 5, -5, 1e4], [inf, -inf, nan], (4, 4), [0.5, -0.7]),
    "acosh": (np.arccosh, [1, 1.5, 3, 1e4], [0.5, -1, inf, nan], (4, 4), [1.5, 3]),
    "atanh": (np.arctanh, [0, 0.5, -0.75, 1e-3, 0.99], [1, -1, 1.5, nan], (4, 4), [0.5, -0.7]),
    "sigmoid": (sigmoid, [0, 0.5, -0.75, 5, -5, 20, -20], [inf, -inf, nan], (4, 4), [0.5, -0.7]),
    "erf": (lifted(special.erf), [0, 0.5, -0.75, 1e-3, 1.5, -2.5, 5], [inf, -inf, nan], (4, 4), [0.5, -0.7]),
    "erfInv": (lifted(special.erfinv), [0, 0.5, -0.75, 1e-3, 0.99, -0.9999], [1, -1, nan], (48, 64), [0.5, -0.7]),  # As XLA's polynomials, far out.
    "logGamma": (lifted(special.gammaln), [0.5, 1.5, 2.5, 7, 33, -0.5, -2.25], [inf, nan], (16, 16), [0.5, 1.5, 4]),
    "digamma": (lifted(special.digamma), [0.5, 1.5, 2.5, 7, 33, -0.5, -2.25], [nan], (16, 16), [0.5, 1.5, 4]),
    "floor": (np.floor, [1.5, -2.25, 0.99, -7, 2.5], SPECIALS, EXACT, [0.5, -1.7]),
    "ceil": (np.ceil, [1.5, -2.25, 0.99, -7, 2.5], SPECIALS, EXACT, [0.5, -1.7]),
    "round": (np.rint, [1.5, -2.25, 0.5, -0.5, 2.5, 3.5, -7], SPECIALS, EXACT, [0.3, -1.7]),
}
# Points where the exact result needs another tolerance: near a zero of the function digits cancel.
UNARY_ABSOLUTE = {"logGamma": 1e-6, "digamma": 1e-6, "sin": 2e-7, "cos": 2e-7, "tan": 2e-7}
UNARY_ABSOLUTE_64 = {"logGamma": 1e-14, "digamma": 1e-14, "sin": 2e-16, "cos": 2e-16, "tan": 2e-16}


def unary():
    for name, (f, inside, edges, ulps, points) in UNARY.items():
        for dtype in FLOATS:
            x = array(inside + edges, dtype)
            with np.errstate(all="ignore"):
                y = array(f(wide(x)), dtype)
            ulp = ulps[0] if dtype == "float32" else ulps[1] if dtype == "float64" else min(ulps[0], 1)
            absolute = (UNARY_ABSOLUTE_64 if dtype == "float64" else UNARY_ABSOLUTE).get(name, 0)
            row("unary", f"{name} {dtype}", {"f": name}, [x], [y], ulp=ulp, abs=absolute, zeros=name in (
                "negate", "abs", "sqrt", "reciprocal", "floor", "ceil", "round"))
        # A length that is no multiple of any vector's, on random numbers within the domain.
        low, high = min(inside), max(inside)
        x = array(generator(name).uniform(low, high, (37,)), "float32")
        with np.errstate(all="ignore"):
            y = array(f(wide(x)), "float32")
        row("unary", f"{name} float32 of 37", {"f": name}, [x], [y], ulp=ulps[0], rel=4e-7 if ulps[0] else 0,
            abs=max(UNARY_ABSOLUTE.get(name, 0), 3e-7 if ulps[0] else 0))
        empty = array(np.zeros((0, 3)), "float32")
        row("unary", f"{name} of nothing", {"f": name}, [empty], [empty])
        x = array(points, "float64")
        row("unary", f"{name} gradient", {"f": name}, [x], [array(f(wide(x)), "float64")], ulp=64, grad=[0],
            order=1 if name == "digamma" else 2)
    for dtype in INTEGERS:
        info = np.iinfo(dtype)
        x = array([0, 1, 5, info.max, info.min], dtype)
        with np.errstate(all="ignore"):
            for name, f in [("negate", np.negative), ("abs", np.abs), ("sign", np.sign), ("not", np.invert)]:
                row("unary", f"{name} {dtype}", {"f": name}, [x], [f(x)])
    row("unary", "not bool", {"f": "not"}, [np.array([True, False])], [np.array([False, True])])
    for dtype in FLOATS:
        x = array([1.0, -1.0] + SPECIALS, dtype)
        w = wide(x)
        for name, f in [("isNaN", np.isnan), ("isFinite", np.isfinite), ("isInfinite", np.isinf)]:
            row("unary", f"{name} {dtype}", {"f": name}, [x], [f(w)])


def python_modulo(a, b):
    """NumPy's remainder: exact, with the divisor's sign."""
    return np.mod(a, b)


def shift(kind):
    def f(a, b):
        bits = a.dtype.itemsize * 8
        out = np.empty_like(a)
        for i, (x, n) in enumerate(zip(a.tolist(), b.tolist())):
            n = n if 0 <= n < bits else bits
            mask = (1 << bits) - 1
            if kind == "left":
                value = (x << n) & mask if n < bits else 0
            elif kind == "logical":
                value = ((x & mask) >> n) if n < bits else 0
            else:
                # The bits as a signed number's, whatever the type: as XLA does.
                signed = x - (1 << bits) if x >= 1 << (bits - 1) else x
                value = (signed >> min(n, bits - 1)) & mask
            if a.dtype.kind == "i" and value >= 1 << (bits - 1):
                value -= 1 << bits
            out[i] = value
        return out
    return f


def integer_divide(a, b):
    """Truncated; by zero 0; the lowest by -1 wraps."""
    info = np.iinfo(a.dtype)
    out = np.empty_like(a)
    for i, (x, y) in enumerate(zip(a.tolist(), b.tolist())):
        q = 0 if y == 0 else abs(x) // abs(y) * (1 if (x < 0) == (y < 0) else -1)
        out[i] = info.min if q > info.max else q
    return out


def integer_floor_divide(a, b):
    info = np.iinfo(a.dtype)
    out = np.empty_like(a)
    for i, (x, y) in enumerate(zip(a.tolist(), b.tolist())):
        q = 0 if y == 0 else x // y
        out[i] = info.min if q > info.max else q
    return out


def integer_modulo(a, b):
    return np.array([0 if y == 0 else x % y for x, y in zip(a.tolist(), b.tolist())], a.dtype)


def integer_power(a, b):
    bits = a.dtype.itemsize * 8
    out = np.empty_like(a)
    for i, (x, y) in enumerate(zip(a.tolist(), b.tolist())):
        value = pow(x, y, 1 << bits)
        if a.dtype.kind == "i" and value >= 1 << (bits - 1):
            value -= 1 << bits
        out[i] = value
    return out


# name: (function, a, b, ulps for float32 and float64)
PAIRS = [(1.5, 2.25), (-3.0, 0.7), (1e-3, 1e3), (7.0, -2.0), (-7.0, 2.0), (-7.0, -2.0), (6.0, 3.0), (0.1, 0.3)]
EDGES = [(1.0, 0.0), (-1.0, 0.0), (0.0, 0.0), (inf, 1.0), (inf, inf), (-inf, inf), (nan, 1.0), (1.0, nan), (2.0, inf), (0.0, 5.0)]
POWERS = [(2.0, 3.0), (2.0, -0.5), (9.0, 0.5), (-2.0, 3.0), (-2.0, 2.0), (1.7, 1.0), (0.3, 0.0), (1.1, 7.3), (0.0, 2.0)]
POWER_EDGES = [(0.0, -1.0), (0.0, 0.0), (-2.0, 0.5), (inf, 2.0), (inf, -2.0), (nan, 0.0), (nan, 1.0), (1.0, nan), (0.5, inf), (2.0, inf)]
BINARY = {
    "add": (np.add, PAIRS, EDGES, EXACT), "subtract": (np.subtract, PAIRS, EDGES, EXACT),
    "multiply": (np.multiply, PAIRS, EDGES, EXACT), "divide": (np.divide, PAIRS, EDGES, EXACT),
    "floorDivide": (lambda a, b: np.floor(a / b), PAIRS[:-1], EDGES, EXACT),
    "modulo": (python_modulo, PAIRS, [(1.0, 0.0), (inf, 2.0), (5.0, inf), (nan, 1.0), (1.0, nan)], EXACT),
    "power": (np.power, POWERS, POWER_EDGES, (2, 2)),
    "maximum": (np.maximum, PAIRS, EDGES[:2] + EDGES[3:9], EXACT), "minimum": (np.minimum, PAIRS, EDGES[:2] + EDGES[3:9], EXACT),
    "atan2": (np.arctan2, PAIRS, [(1.0, 0.0), (0.0, -1.0), (inf, 1.0), (1.0, -inf), (nan, 1.0)], (4, 4)),
}
INTEGER_BINARY = {
    "add": np.add, "subtract": np.subtract, "multiply": np.multiply, "divide": integer_divide,
    "floorDivide": integer_floor_divide, "modulo": integer_modulo, "maximum": np.maximum, "minimum": np.minimum,
    "and": np.bitwise_and, "or": np.bitwise_or, "xor": np.bitwise_xor,
}
GRADIENT_POINTS = {
    "add": ([0.5, -1.5], [2.0, 0.3]), "subtract": ([0.5, -1.5], [2.0, 0.3]), "multiply": ([0.5, -1.5], [2.0, 0.3]),
    "divide": ([0.5, -1.5], [2.0, -0.3]), "modulo": ([5.3, -4.1, 5.3], [2.0, 1.5, -1.7]), "power": ([0.5, 1.5], [2.0, -0.3]),
    "floorDivide": ([5.3, -4.1], [2.0, 1.5]), "maximum": ([0.5, 1.5], [2.0, -0.3]), "minimum": ([0.5, 1.5], [2.0, -0.3]),
    "atan2": ([0.5, -1.5], [2.0, -0.3]),
}


def binary():
    for name, (f, pairs, edges, ulps) in BINARY.items():
        for dtype in FLOATS:
            a, b = (array([p[i] for p in pairs + edges], dtype) for i in (0, 1))
            with np.errstate(all="ignore"):
                # `floor(a / b)` is of the quotient rounded to the operands' type (float32 for the half types).
                if name == "floorDivide":
                    w = (a, b) if dtype in ("float32", "float64") else (a.astype(np.float32), b.astype(np.float32))
                    y = array(f(*w), dtype)
                else:
                    y = array(f(wide(a), wide(b)), dtype)
            ulp = ulps[0] if dtype == "float32" else ulps[1] if dtype == "float64" else min(ulps[0], 1)
            row("binary", f"{name} {dtype}", {"f": name}, [a, b], [y], ulp=ulp,
                zeros=name in ("add", "subtract", "multiply", "divide"))
        g = generator(name)
        a, b = array(g.uniform(0.1, 4, (3, 11)), "float32"), array(g.uniform(0.5, 3, (3, 11)), "float32")
        w = (a, b) if name == "floorDivide" else (wide(a), wide(b))
        row("binary", f"{name} float32 of 33", {"f": name}, [a, b], [array(f(*w), "float32")], ulp=ulps[0])
        a, b = (array(v, "float64") for v in GRADIENT_POINTS[name])
        row("binary", f"{name} gradient", {"f": name}, [a, b], [array(f(wide(a), wide(b)), "float64")], ulp=4, grad=[0, 1])
    # A power's derivative at a base of zero and for whole exponents of negative bases.
    a, b = array([-1.5, -2.0, 3.0], "float64"), array([2.0, 3.0, 0.0], "float64")
    row("binary", "power gradient of negative bases", {"f": "power"}, [a, b], [np.power(a, b)], ulp=2, grad=[0])
    for dtype in INTEGERS:
        info = np.iinfo(dtype)
        a = array([7, info.max, info.min, 5, info.min, 6, 0, 100], dtype)
        b = array([2, 1, 1, 0, info.max if info.min == 0 else -1, 3, 5, 7], dtype)
        if info.min < 0:
            a, b = np.concatenate([a, array([-7, 7, -7], dtype)]), np.concatenate([b, array([2, -2, -2], dtype)])
        with np.errstate(all="ignore"):
            for name, f in INTEGER_BINARY.items():
                row("binary", f"{name} {dtype}", {"f": name}, [a, b], [f(a, b).astype(a.dtype)])
        base, exponent = array([2, 3, 0, 0, 7, 1, 2], dtype), array([5, 3, 0, 4, 11, 9, 70], dtype)
        row("binary", f"power {dtype}", {"f": "power"}, [base, exponent], [integer_power(base, exponent)])
        bits = np.dtype(dtype).itemsize * 8
        a = array([1, 5, info.max, info.min, 3, 3, info.min, 77], dtype)
        b = array([0, 2, 1, 1, bits, bits + 3, bits - 1, 3], dtype)
        for name, kind in [("shiftLeft", "left"), ("shiftRightLogical", "logical"), ("shiftRightArithmetic", "arithmetic")]:
            row("binary", f"{name} {dtype}", {"f": name}, [a, b], [shift(kind)(a, b)])
        if info.min < 0:
            a, b = array([1, -1], dtype), array([-1, -1], dtype)
            for name, kind in [("shiftLeft", "left"), ("shiftRightLogical", "logical"), ("shiftRightArithmetic", "arithmetic")]:
                row("binary", f"{name} by less than nothing {dtype}", {"f": name}, [a, b], [shift(kind)(a, b)])
    a, b = np.array([True, True, False, False]), np.array([True, False, True, False])
    for name, f in [("and", np.logical_and), ("or", np.logical_or), ("xor", np.logical_xor)]:
        row("binary", f"{name} bool", {"f": name}, [a, b], [f(a, b)])


COMPARE = {"equal": np.equal, "notEqual": np.not_equal, "less": np.less, "lessOrEqual": np.less_equal,
           "greater": np.greater, "greaterOrEqual": np.greater_equal}


def compare():
    for name, f in COMPARE.items():
        for dtype in FLOATS + INTEGERS + ["bool"]:
            if is_float(dtype):
                a = array([1, 2, 3, 0.0, inf, nan, nan, -inf], dtype)
                b = array([2, 2, 1, -0.0, inf, nan, 1, inf], dtype)
            elif dtype == "bool":
                a, b = np.array([True, True, False, False]), np.array([True, False, True, False])
            else:
                info = np.iinfo(dtype)
                a, b = array([1, 2, 3, info.max, info.min], dtype), array([2, 2, 1, info.min, info.max], dtype)
            with np.errstate(all="ignore"):
                row("compare", f"{name} {dtype}", {"f": name}, [a, b], [f(a, b)])
        a, b = (generator(name + i).integers(0, 3, 37).astype(np.float32) for i in "ab")
        row("compare", f"{name} float32 of 37", {"f": name}, [a, b], [f(a, b)])


def select():
    for dtype in FLOATS + INTEGERS + ["bool"]:
        g = generator(dtype)
        c = g.integers(0, 2, (3, 5)).astype(bool)
        a, b = (array(g.integers(0, 2 if dtype == "bool" else 100, (3, 5)), dtype) for _ in "ab")
        row("select", dtype, {}, [c, a, b], [np.where(c, a, b)])
    c = np.array([True, False])
    row("select", "NaN and zeros pass", {}, [c, array([nan, 1], "float32"), array([1, -0.0], "float32")], [array([nan, -0.0], "float32")])
    a, b = array([0.5, -1.5], "float64"), array([2.0, 0.3], "float64")
    row("select", "gradient", {}, [c, a, b], [np.where(c, a, b)], grad=[1, 2])


def saturated(x, dtype):
    """Float to integer: towards zero, saturated, NaN to 0."""
    info = np.iinfo(dtype)
    out = []
    for v in x.astype(np.float64).tolist():
        out.append(0 if v != v else info.max if v >= info.max else info.min if v <= info.min else int(v))
    return np.array(out, dtype)


def convert():
    for source in FLOATS + INTEGERS + ["bool"]:
        for target in FLOATS + INTEGERS + ["bool"]:
            if is_float(source):
                x = array([0.0, 1.0, 1.9, -1.9, 0.5, 100.25, -300.0, 70000.0, 3e9, -3e9, 1e19, nan, inf, -inf], source)
            elif source == "bool":
                x = np.array([True, False])
            else:
                info = np.iinfo(source)
                x = array([0, 1, 2, 100, info.max, info.min, info.max - 1], source)
            with np.errstate(all="ignore"):
                if target == "bool":
                    y = x.astype(np.float64) != 0 if is_float(source) else x != 0
                elif is_float(source) and not is_float(target):
                    y = saturated(x, target)
                elif target == "bfloat16" and source != "float64":
                    y = x.astype(np.float32).astype(dtype_of(target)) if source in ("float16", "float32", "bfloat16") else x.astype(np.float64).astype(np.float32).astype(dtype_of(target))
                elif target == "float16" and source in ("int64", "uint64"):
                    y = x.astype(np.float32).astype(np.float16)
                else:
                    y = x.astype(dtype_of(target))
            row("convert", f"{source} to {target}", {"dtype": target}, [x], [y])
    x = array([0.5, -1.25], "float64")
    row("convert", "gradient", {"dtype": "float64"}, [x], [x], grad=[0])
    for a, b in [("uint32", "float32"), ("float64", "int64"), ("bfloat16", "uint16"), ("int8", "uint8"), ("float16", "int16")]:
        x = array([0, 1, 2, 3, 100], a)
        row("bitcast", f"{a} to {b}", {"dtype": b}, [x], [x.view(dtype_of(b))])


def add_all():
    unary()
    binary()
    compare()
    select()
    convert()
