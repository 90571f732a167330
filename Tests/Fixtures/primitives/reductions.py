"""Reductions, arg-reductions, cumulative operations, window reductions and the maximum's gradient."""
import numpy as np
from jax import lax

from table import FLOATS, INTEGERS, array, dtype_of, generator, is_float, row, wide

inf, nan = np.inf, np.nan
EPSILON = {"float64": 2.0**-53, "float32": 2.0**-24, "float16": 2.0**-11, "bfloat16": 2.0**-8}
REDUCTIONS = {"sum": np.sum, "product": np.prod, "max": np.max, "min": np.min}


def identity(reduction, dtype):
    if reduction in ("sum", "product"):
        return 0 if reduction == "sum" else 1
    if is_float(dtype):
        return -inf if reduction == "max" else inf
    if dtype == "bool":
        return reduction == "min"
    info = np.iinfo(dtype)
    return info.min if reduction == "max" else info.max


def reduced(reduction, x, axes):
    f, dtype = REDUCTIONS[reduction], str(x.dtype)
    with np.errstate(all="ignore"):
        if reduction in ("max", "min"):
            return array(f(wide(x), axis=axes, initial=identity(reduction, dtype)), dtype)
        return array(f(wide(x), axis=axes, **({} if is_float(dtype) else {"dtype": x.dtype})), dtype)


def bound(x, axes):
    """Twice the first-order bound of a sum in pairs or blocks: a few roundings of the sum of magnitudes."""
    dtype = "float32" if str(x.dtype) in ("float16", "bfloat16") else str(x.dtype)
    return float(4 * EPSILON[dtype] * np.max(np.sum(np.abs(wide(x)), axis=axes), initial=0))


SHAPES = [([7], [0]), ([4, 5], [0]), ([4, 5], [1]), ([4, 5], [0, 1]), ([2, 3, 4], [1]), ([2, 3, 4], [0, 2]), ([2, 3, 4], [1, 2]),
          ([1, 3], [0]), ([0, 3], [0]), ([3, 0], [0]), ([13, 19], [1]), ([19, 13], [0])]


def reduce():
    for name in REDUCTIONS:
        for shape, axes in SHAPES:
            if name in ("max", "min") and 0 in [shape[a] for a in axes]:
                continue  # An axis without elements has no extreme one.
            x = array(generator(f"{name}{shape}").uniform(0.5, 1.5, shape) * generator("sign").choice([-1, 1], shape), "float32")
            y = reduced(name, x, tuple(axes))
            absolute = bound(x, tuple(axes)) if name == "sum" else 0
            row("reduce", f"{name} {shape} along {axes}", {"f": name, "axes": axes}, [x], [y], abs=absolute,
                rel=2e-6 if name == "product" else 0, zeros=False)
        for dtype in FLOATS + INTEGERS:
            g = generator(name + dtype)
            x = array(g.normal(size=(3, 17)) if is_float(dtype) else g.integers(0, 100, (3, 17)), dtype)
            if dtype == "float16" and name == "product":
                x = array(g.uniform(0.9, 1.1, (3, 17)), dtype)
            for axes in ((1,), (0,)) if dtype in ("float32", "bfloat16", "int32") else ((1,),):
                y = reduced(name, x, axes)
                product = is_float(dtype) and name == "product"
                row("reduce", f"{name} {dtype} along {axes}", {"f": name, "axes": list(axes)}, [x], [y],
                    ulp=1 if dtype in ("float16", "bfloat16") and name == "sum" else 0,
                    abs=bound(x, axes) if name == "sum" and dtype in ("float32", "float64") else 0,
                    # The order and the type of a product's roundings are the engine's.
                    rel=0 if not product else 40 * EPSILON[dtype], zeros=False)
        for dtype in FLOATS:
            x = array([[1, nan, 2], [inf, 1, 2], [inf, -inf, 1], [-inf, 3, 4], [nan, nan, nan], [-0.0, -0.0, -0.0]], dtype)
            row("reduce", f"{name} of specials {dtype}", {"f": name, "axes": [1]}, [x], [reduced(name, x, 1)], zeros=False)
        x = generator(name + "gradient").uniform(0.5, 1.5, (2, 3, 2))
        for axes in ([1], [0, 2], [0, 1, 2]):
            row("reduce", f"{name} along {axes} gradient", {"f": name, "axes": axes}, [x], [reduced(name, x, tuple(axes))], ulp=8, grad=[0])
    # Accumulated in float32: 4096 ones are 4096 in both half types, which neither can count to by itself.
    for dtype in ("float16", "bfloat16"):
        x = array(np.ones(4096), dtype)
        row("reduce", f"sum of 4096 ones {dtype}", {"f": "sum", "axes": [0]}, [x], [array(4096, dtype)])
    # A product's derivative at zeros.
    x = np.array([[0.0, 2.0, 3.0], [0.0, 0.0, 3.0]])
    row("reduce", "product of zeros gradient", {"f": "product", "axes": [1]}, [x], [np.prod(x, 1)], grad=[0], order=1, zeros=False)
    for name, f in [("any", np.any), ("all", np.all)]:
        x = np.array([[True, False, True], [True, True, True], [False, False, False]])
        for axes in ([0], [1], [0, 1]):
            row("reduce", f"{name} along {axes}", {"f": name, "axes": axes}, [x], [f(x, axis=tuple(axes))])
        row("reduce", f"{name} of nothing", {"f": name, "axes": [1]}, [np.zeros((2, 0), bool)], [f(np.zeros((2, 0), bool), axis=1)])


def arg_reduce():
    for name, f in [("max", np.argmax), ("min", np.argmin)]:
        for dtype in FLOATS + INTEGERS:
            x = array(generator(name + dtype).integers(0, 6, (4, 7)), dtype)
            for axis in (0, 1):
                row("argReduce", f"{name} {dtype} along {axis}", {"f": name, "axis": axis}, [x], [f(x, axis=axis).astype(np.int32)])
        for dtype in FLOATS:
            x = array([[1, nan, 2, nan], [inf, 1, inf, 2], [-inf, -inf, 1, 1], [2, 2, 2, 2]], dtype)
            row("argReduce", f"{name} of specials {dtype}", {"f": name, "axis": 1}, [x], [f(wide(x), axis=1).astype(np.int32)])
        x = array(generator(name).normal(size=(2, 17, 2)), "float32")
        row("argReduce", f"{name} [2, 17, 2] along 1", {"f": name, "axis": 1}, [x], [f(x, axis=1).astype(np.int32)])
        row("argReduce", f"{name} of one", {"f": name, "axis": 0}, [x[0, :1, 0]], [np.array(0, np.int32)])
        row("argReduce", f"{name} of no rows", {"f": name, "axis": 1}, [np.zeros((0, 3), np.float32)], [np.zeros(0, np.int32)])


CUMULATIVE = {"sum": np.add, "product": np.multiply, "max": np.maximum, "min": np.minimum}


def cumulated(name, x, axis, reverse):
    f, w = CUMULATIVE[name], wide(x)
    with np.errstate(all="ignore"):
        if reverse:
            w = np.flip(w, axis)
        y = f.accumulate(w, axis=axis, dtype=w.dtype) if w.shape[axis] else w
        return array(np.flip(y, axis) if reverse else y, str(x.dtype))


def cumulative():
    for name in CUMULATIVE:
        for reverse in (False, True):
            word = f"{name} reversed" if reverse else name
            for dtype in FLOATS + ["int32", "int64", "uint8", "int8"]:
                g = generator(word + dtype)
                x = array(g.uniform(0.5, 1.5, (3, 6)) if is_float(dtype) else g.integers(0, 100, (3, 6)), dtype)
                for axis in (0, 1) if dtype in ("float32", "int32") else (1,):
                    y = cumulated(name, x, axis, reverse)
                    inexact = is_float(dtype) and name in ("sum", "product")
                    row("cumulative", f"{word} {dtype} along {axis}", {"f": name, "axis": axis, "reverse": reverse}, [x], [y],
                        rel=(12 if dtype in ("float16", "bfloat16") else 8) * EPSILON[dtype] if inexact else 0, zeros=False)
            for shape, axis in [([2, 5, 3], 1), ([1], 0), ([0, 2], 0), ([3, 41], 1)]:
                x = array(generator(word).uniform(0.5, 1.5, shape), "float32")
                row("cumulative", f"{word} {shape} along {axis}", {"f": name, "axis": axis, "reverse": reverse}, [x],
                    [cumulated(name, x, axis, reverse)], rel=4e-6 if name in ("sum", "product") else 0, zeros=False)
            x = array([1, 3, nan, 2, inf], "float32")
            row("cumulative", f"{word} with NaN", {"f": name, "axis": 0, "reverse": reverse}, [x], [cumulated(name, x, 0, reverse)], zeros=False)
            x = generator(word + "gradient").uniform(0.5, 1.5, (2, 4))
            row("cumulative", f"{word} gradient", {"f": name, "axis": 1, "reverse": reverse}, [x], [cumulated(name, x, 1, reverse)], ulp=8, grad=[0])


WINDOWS = [
    # shape, sizes, strides, low, high, dilation
    ([7], [3], [2], [0], [0], [1]), ([7], [3], [1], [1], [2], [1]), ([7], [2], [2], [0], [0], [3]),
    ([1, 6, 6, 2], [1, 2, 2, 1], [1, 2, 2, 1], [0] * 4, [0] * 4, [1] * 4),
    ([1, 5, 7, 2], [1, 3, 3, 1], [1, 2, 2, 1], [0, 1, 1, 0], [0, 1, 1, 0], [1] * 4),
    ([2, 5, 4, 1], [1, 3, 2, 1], [1, 1, 1, 1], [0, 1, 0, 0], [0, 1, 1, 0], [1] * 4),
    ([1, 4, 4, 4, 2], [1, 2, 2, 2, 1], [1, 2, 2, 2, 1], [0] * 5, [0] * 5, [1] * 5),
    ([2, 9, 3], [1, 3, 1], [1, 2, 1], [0, 1, 0], [0, 0, 0], [1, 2, 1]),
    ([3, 4], [2, 3], [1, 1], [0, 0], [0, 0], [1, 1]),
]
BOTH = {"sum": lax.add, "max": lax.max, "min": lax.min}


def windows():
    def f(name, x, case):
        shape, sizes, strides, low, high, dilation = case
        start = array(identity(name, str(x.dtype)), str(x.dtype))
        return np.asarray(lax.reduce_window(x, start, BOTH[name], sizes, strides, list(zip(low, high)), None, dilation))

    def attributes(case, **more):
        _, sizes, strides, low, high, dilation = case
        return {"sizes": sizes, "strides": strides, "low": low, "high": high, "dilation": dilation, **more}

    for name in BOTH:
        for n, case in enumerate(WINDOWS):
            shape = case[0]
            x = generator(f"{name}{n}").normal(size=shape)
            attrs, title = attributes(case, f=name), f"{name} {case[0]} window {n}"
            if np.prod(shape) <= 80:
                row("reduceWindow", f"{title} gradient", attrs, [x], [f(name, x, case)], ulp=0, abs=1e-14 if name == "sum" else 0, grad=[0])
            x = array(x, "float32")
            y = array(f(name, x.astype(np.float64), case), "float32")
            row("reduceWindow", title, attrs, [x], [y], abs=2e-6 if name == "sum" else 0, zeros=False)
        for dtype in ("float64", "float16", "bfloat16", "int32"):
            x = array(generator(name + dtype).integers(-50, 50, (1, 6, 4, 2)), dtype)
            case = ([1, 6, 4, 2], [1, 2, 2, 1], [1, 2, 2, 1], [0] * 4, [0] * 4, [1] * 4)
            row("reduceWindow", f"{name} {dtype}", attributes(case, f=name), [x], [array(f(name, x.astype(np.float64), case), dtype)])
    x = array([[1, nan, 2, -inf, inf, 3]], "float32")
    for name in BOTH:
        case = ([1, 6], [1, 2], [1, 1], [0, 0], [0, 0], [1, 1])
        row("reduceWindow", f"{name} of specials", attributes(case, f=name), [x], [f(name, x, case)], zeros=False)

    for n, case in enumerate(WINDOWS):
        shape, sizes, strides, low, high, dilation = case
        for ties in (False, True):
            g = generator(f"max{n}{ties}")
            x = g.integers(0, 3, shape).astype(np.float64) if ties else g.normal(size=shape)
            y = f("max", x, case)
            dy = g.normal(size=y.shape)
            dx = np.zeros(shape)
            for at in np.ndindex(*y.shape):
                best, where = None, None
                for offset in np.ndindex(*sizes):
                    i = tuple(a * s - l + o * d for a, s, l, o, d in zip(at, strides, low, offset, dilation))
                    if all(0 <= k < m for k, m in zip(i, shape)) and (best is None or x[i] > best):
                        best, where = x[i], i
                if where is not None:
                    dx[where] += dy[at]
            title = f"{shape} window {n}" + (" with ties" if ties else "")
            x32, dy32 = array(x, "float32"), array(dy, "float32")
            row("maxWindowGradient", title, attributes(case), [x32, dy32], [array(dx, "float32")], abs=2e-6, zeros=False)
            if not ties and np.prod(shape) <= 80:
                row("maxWindowGradient", f"{title} gradient", attributes(case), [x, dy], [dx], abs=1e-14, grad=[0, 1])


def add_all():
    reduce()
    arg_reduce()
    cumulative()
    windows()
