"""Operations that move elements: iota, reshape, transpose, broadcast, slices, concatenate, pad, reverse. All exact."""
import numpy as np
from jax import lax

from table import FLOATS, INTEGERS, array, dtype_of, generator, row

MOVED = ["float32", "float64", "bfloat16", "int32", "int64", "uint8", "bool"]


def numbers(name, shape, dtype):
    return array(generator(name).integers(0, 2 if dtype == "bool" else 100, shape), dtype)


def iota():
    for dtype in FLOATS + INTEGERS:
        row("iota", dtype, {"shape": [5], "axis": 0, "dtype": dtype}, [], [array(np.arange(5), dtype)])
    for shape, axis in [([3, 4], 0), ([3, 4], 1), ([2, 3, 2], 1), ([0, 3], 1), ([1], 0)]:
        y = np.broadcast_to(np.arange(shape[axis]).reshape([-1 if i == axis else 1 for i in range(len(shape))]), shape)
        row("iota", f"int32 {shape} along {axis}", {"shape": shape, "axis": axis, "dtype": "int32"}, [], [array(y, "int32")])


def moved(op, name, attrs, shape, f, dtypes=("float32",), gradient=True):
    """Rows of an operation that only moves elements, in several element types, and its gradient."""
    for dtype in dtypes:
        x = numbers(op + name, shape, dtype)
        row(op, f"{name} {dtype}", attrs, [x], [f(x)])
    if gradient:
        x = array(generator(name).normal(size=shape), "float64")
        row(op, f"{name} gradient", attrs, [x], [f(x)], grad=[0])


def reshape():
    moved("reshape", "[6] to [2, 3]", {"shape": [2, 3]}, [6], lambda x: x.reshape(2, 3), MOVED)
    for a, b in [([2, 3, 4], [4, 6]), ([1], []), ([], [1, 1]), ([0, 3], [3, 0, 2]), ([2, 1, 3], [2, 3])]:
        moved("reshape", f"{a} to {b}", {"shape": b}, a, lambda x: x.reshape(b), gradient=0 not in a)


def transpose():
    moved("transpose", "[2, 3]", {"permutation": [1, 0]}, [2, 3], lambda x: x.transpose(1, 0), MOVED)
    for shape, p in [([2, 3, 4], [2, 0, 1]), ([2, 3, 4], [0, 2, 1]), ([1, 3, 1, 2], [3, 2, 1, 0]), ([0, 2], [1, 0]), ([], []),
                     ([33, 65], [1, 0]), ([2, 3, 2, 3, 2], [4, 1, 3, 0, 2])]:
        moved("transpose", f"{shape} by {p}", {"permutation": p}, shape, lambda x: x.transpose(p),
              gradient=0 < np.prod(shape) < 40 and shape != [])


def broadcast():
    def f(shape, axes):
        def g(x):
            wide = [1] * len(shape)
            for i, axis in enumerate(axes):
                wide[axis] = x.shape[i]
            return np.broadcast_to(x.reshape(wide), shape).copy()
        return g
    moved("broadcast", "[3] to [2, 3]", {"shape": [2, 3], "axes": [1]}, [3], f([2, 3], [1]), MOVED)
    for a, b, axes in [([], [2, 2], []), ([2], [2, 3], [0]), ([1, 3], [4, 3], [0, 1]), ([2, 1, 2], [2, 3, 2], [0, 1, 2]),
                       ([2, 2], [2, 3, 2], [0, 2]), ([1], [0], [0]), ([1, 1], [3, 1, 5], [0, 2])]:
        moved("broadcast", f"{a} to {b} on {axes}", {"shape": b, "axes": axes}, a, f(b, axes), gradient=0 not in b)


def slices():
    def f(starts, limits, strides):
        return lambda x: x[tuple(slice(*t) for t in zip(starts, limits, strides))].copy()
    cases = [([8], [1], [7], [2]), ([4, 5], [1, 0], [3, 5], [1, 1]), ([4, 5], [0, 1], [4, 5], [3, 2]), ([4, 5], [2, 2], [2, 5], [1, 1]),
             ([2, 3, 4], [1, 1, 0], [2, 3, 3], [1, 1, 2]), ([5], [0], [5], [7])]
    for n, (shape, starts, limits, strides) in enumerate(cases):
        attrs = {"starts": starts, "limits": limits, "strides": strides}
        moved("slice", f"{shape} {starts} ..< {limits} by {strides}", attrs, shape, f(starts, limits, strides),
              MOVED if n == 0 else ("float32",), gradient=starts != [2, 2])


def dynamic():
    def clamped(shape, sizes, index):
        return [max(0, min(i, n - s)) for i, n, s in zip(index, shape, sizes)]

    for n, (shape, sizes, index) in enumerate([([6], [3], [2]), ([6], [3], [5]), ([6], [3], [-4]), ([4, 5], [2, 2], [1, 3]),
                                               ([4, 5], [4, 1], [0, 9]), ([3, 2, 4], [1, 2, 2], [2, 0, 1]), ([4], [0], [1])]):
        window = tuple(slice(i, i + s) for i, s in zip(clamped(shape, sizes, index), sizes))
        i = array(index, "int32")
        for dtype in MOVED if n == 0 else ["float32"]:
            x, u = numbers("dynamic", shape, dtype), numbers("update", sizes, dtype)
            row("dynamicSlice", f"{sizes} of {shape} at {index} {dtype}", {"sizes": sizes}, [x, i], [x[window].copy()])
            y = x.copy()
            y[window] = u
            row("dynamicUpdate", f"{sizes} of {shape} at {index} {dtype}", {}, [x, u, i], [y])
        if 0 in sizes:
            continue
        x, u = (generator(f"{n}{k}").normal(size=s) for k, s in (("x", shape), ("u", sizes)))
        row("dynamicSlice", f"{sizes} of {shape} at {index} gradient", {"sizes": sizes}, [x, i], [x[window].copy()], grad=[0])
        y = x.copy()
        y[window] = u
        row("dynamicUpdate", f"{sizes} of {shape} at {index} gradient", {}, [x, u, i], [y], grad=[0, 1])


def concatenate():
    for n, (shapes, axis) in enumerate([([[2], [3]], 0), ([[2, 3], [2, 1], [2, 2]], 1), ([[1, 2], [3, 2]], 0), ([[2, 2, 2], [2, 1, 2]], 1),
                                        ([[0, 2], [3, 2]], 0), ([[2, 2]], 0), ([[3, 1, 2], [3, 1, 2]], 2)]):
        for dtype in MOVED if n == 0 else ["float32"]:
            xs = [numbers(f"concatenate{k}", s, dtype) for k, s in enumerate(shapes)]
            row("concatenate", f"{shapes} along {axis} {dtype}", {"axis": axis}, xs, [np.concatenate(xs, axis)])
        if not any(0 in s for s in shapes):
            xs = [generator(f"c{k}").normal(size=s) for k, s in enumerate(shapes)]
            row("concatenate", f"{shapes} along {axis} gradient", {"axis": axis}, xs, [np.concatenate(xs, axis)], grad=list(range(len(xs))))


def pad():
    for n, (shape, low, high, interior) in enumerate([
            ([3], [1], [2], [0]), ([3], [1], [2], [2]), ([2, 3], [1, 0], [0, 2], [0, 1]), ([5], [-1], [-2], [0]),
            ([4], [-1], [3], [1]), ([4], [2], [-3], [1]), ([0, 2], [1, 0], [1, 1], [0, 0]), ([2, 2, 2], [1, 0, 1], [0, 1, 1], [0, 0, 0]),
            ([3, 3], [-1, 1], [1, -1], [0, 0]), ([1, 3], [1, 0], [1, 0], [3, 0])]):
        attrs = {"low": low, "high": high, "interior": interior}
        config = list(zip(low, high, interior))
        for dtype in MOVED if n == 0 else ["float32"]:
            x, v = numbers("pad", shape, dtype), numbers("value", [], dtype)
            row("pad", f"{shape} by {config} {dtype}", attrs, [x, v], [np.asarray(lax.pad(x, v, config))])
        if 0 not in shape:
            x, v = generator(f"pad{n}").normal(size=shape), np.array(0.7)
            row("pad", f"{shape} by {config} gradient", attrs, [x, v], [np.asarray(lax.pad(x, v, config))], grad=[0, 1])


def reverse():
    moved("reverse", "[5]", {"axes": [0]}, [5], lambda x: x[::-1].copy(), MOVED)
    for shape, axes in [([2, 3], [0]), ([2, 3], [1]), ([2, 3], [0, 1]), ([2, 3, 4], [1]), ([0, 3], [1]), ([1], [0])]:
        moved("reverse", f"{shape} along {axes}", {"axes": axes}, shape, lambda x: np.flip(x, axes).copy(), gradient=0 not in shape)


def leaves_and_identities():
    for dtype in MOVED + ["float16", "uint64"]:
        x = numbers("leaf", [2, 3], dtype)
        row("parameter", dtype, {}, [x], [x])
        row("constant", dtype, {}, [x], [x])
    for shape in ([], [0, 2]):
        x = numbers("leaf", shape, "float32")
        row("parameter", f"{shape}", {}, [x], [x])
        row("constant", f"{shape}", {}, [x], [x])
    a, b = generator("identity").normal(size=(2, 3)), generator("identity").normal(size=4)
    row("identity", "two operands", {"count": 2}, [a, b], [a, b], grad=[0, 1])
    row("stopGradient", "float64", {}, [a], [a])
    row("stopGradient", "int32", {}, [a.astype(np.int32)], [a.astype(np.int32)])


def add_all():
    leaves_and_identities()
    iota()
    reshape()
    transpose()
    broadcast()
    slices()
    dynamic()
    concatenate()
    pad()
    reverse()
