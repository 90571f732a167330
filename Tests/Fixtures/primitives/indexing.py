"""Gather, scatter, sort, top-k, random bits."""
import jax
import numpy as np

from table import FLOATS, INTEGERS, array, dtype_of, generator, is_float, row, wide

MOVED = ["float32", "float64", "float16", "bfloat16", "int32", "int64", "uint8", "int8", "uint32", "bool"]


def filler(dtype):
    """What an index out of range gives."""
    if is_float(dtype):
        return np.nan
    if dtype == "bool":
        return True
    info = np.iinfo(dtype)
    return info.min if info.min < 0 else info.max


def positions(shape, indices, axis, batch):
    """Pairs of a place in gather's result and the operand's place it reads (None: out of range)."""
    result = shape[:axis] + list(indices.shape[batch:]) + shape[axis + 1:]
    n = indices.ndim - batch
    for at in np.ndindex(*result):
        index = int(indices[tuple(at[:batch]) + tuple(at[axis:axis + n])])
        index = index + shape[axis] if index < 0 else index
        place = at[:axis] + (index,) + at[axis + n:] if 0 <= index < shape[axis] else None
        yield at, place
    return


def gathered(x, indices, axis, batch):
    shape = list(x.shape)
    y = np.empty(shape[:axis] + list(indices.shape[batch:]) + shape[axis + 1:], x.dtype)
    for at, place in positions(shape, indices, axis, batch):
        y[at] = array(filler(str(x.dtype)), str(x.dtype)) if place is None else x[place]
    return y


COMBINE = {"set": lambda a, b: b, "add": np.add, "multiply": np.multiply, "max": np.maximum, "min": np.minimum}


def scattered(name, base, indices, updates, axis, batch):
    y = base.copy()
    for at, place in positions(list(base.shape), indices, axis, batch):
        if place is not None:
            with np.errstate(all="ignore"):
                y[place] = COMBINE[name](y[place], updates[at])
    return y


CASES = {
    # operand's shape, indices, axis, batch axes
    "rows": ([5, 3], [0, 4, 2, 2], 0, 0),
    "columns": ([3, 5], [[0, 4], [2, 1]], 1, 0),
    "one index": ([5, 3], 3, 0, 0),
    "negative and out of range": ([4, 2], [-1, -4, -5, 4, 100, 1], 0, 0),
    "along a row": ([3, 4], [[0, 3], [1, 1], [2, -1]], 1, 1),
    "two batch axes": ([2, 2, 3], [[[0], [2]], [[1], [5]]], 2, 2),
    "batch, then slices": ([2, 3, 2, 2], [[0, 2, 1], [1, 1, 0]], 1, 1),
    "batch, axis behind": ([2, 3, 4], [[0, 3], [1, 2]], 2, 1),
    "no indices": ([4, 2], [], 0, 0),
    "from nothing": ([0, 2], [0, 1], 0, 0),
}


def gather():
    for n, (name, (shape, indices, axis, batch)) in enumerate(CASES.items()):
        indices = np.array(indices, np.int32)
        attrs = {"axis": axis, "batchAxes": batch}
        for dtype in MOVED if n in (0, 3) else ["float32"]:
            x = array(generator(name).integers(0, 2 if dtype == "bool" else 100, shape), dtype)
            row("gather", f"{name} {dtype}", attrs, [x, indices], [gathered(x, indices, axis, batch)])
        if 0 in shape or indices.size == 0:
            continue
        inside = np.array(np.clip(indices, -shape[axis], shape[axis] - 1), np.int32)
        x = generator(name).normal(size=shape)
        row("gather", f"{name} gradient", attrs, [x, inside], [gathered(x, inside, axis, batch)], grad=[0])
    for kind in INTEGERS:
        indices = array([0, 3, 1, 4 if kind[0] == "u" else -1], kind)
        x = np.arange(4, dtype=np.float32)
        row("gather", f"by {kind}", {"axis": 0, "batchAxes": 0}, [x, indices], [gathered(x, indices, 0, 0)])


def scatter():
    for mode in COMBINE:
        for n, (name, (shape, indices, axis, batch)) in enumerate(CASES.items()):
            indices = np.array(indices, np.int32)
            attrs = {"f": mode, "axis": axis, "batchAxes": batch}
            places = shape[:axis] + list(indices.shape[batch:]) + shape[axis + 1:]
            for dtype in MOVED[:-1] if n == 3 else ["float32"]:
                if mode not in ("set", "add") and n not in (0, 3, 4):
                    continue
                g = generator(mode + name)
                base, updates = (array(g.integers(0, 12, s), dtype) for s in (shape, places))
                row("scatter", f"{mode} {name} {dtype}", attrs, [base, indices, updates], [scattered(mode, base, indices, updates, axis, batch)])
            if 0 in shape or indices.size == 0:
                continue
            # Gradients: for `set` and `multiply` without repeated indices, where they are not one number's matter.
            inside = np.array(np.clip(indices, -shape[axis], shape[axis] - 1), np.int32)
            if mode != "add":
                if name not in ("columns", "along a row", "one index", "batch, axis behind"):
                    continue
                inside = np.array({"columns": [[0, 4], [2, 1]], "along a row": [[0, 3], [1, 2], [2, -4]], "one index": 3,
                                   "batch, axis behind": [[0, 3], [1, 2]]}[name], np.int32)
            g = generator(mode + name)
            base, updates = (g.uniform(0.5, 1.5, s) for s in (shape, places))
            row("scatter", f"{mode} {name} gradient", attrs, [base, inside, updates], [scattered(mode, base, inside, updates, axis, batch)],
                ulp=4, grad=[0, 2], order=1 if mode in ("max", "min") else 2)
    base, indices, updates = np.zeros(3, bool), np.array([2, 0, 7], np.int32), np.array([True, False, True])
    row("scatter", "set bool", {"f": "set", "axis": 0, "batchAxes": 0}, [base, indices, updates], [scattered("set", base, indices, updates, 0, 0)])
    base, updates = np.zeros(2, np.float32), np.array([1e8, 1, -1e8], np.float32)
    indices = np.array([1, 1, 1], np.int32)
    row("scatter", "adds in order", {"f": "add", "axis": 0, "batchAxes": 0}, [base, indices, updates], [scattered("add", base, indices, updates, 0, 0)])


def order_of(x, descending):
    """A stable order along the last axis, NaN last, whichever the direction; -0 equals 0."""
    w = wide(x) if is_float(str(x.dtype)) else x.astype(object)
    def key(v):
        return (1, 0) if v != v else (0, -v if descending else v)
    return np.array(sorted(range(len(w)), key=lambda i: key(int(w[i]) if w.dtype == object else float(w[i]))), np.int32)


def sorted_along(x, axis, descending):
    moved = np.moveaxis(x, axis, -1)
    indices = np.zeros(moved.shape, np.int32)
    for at in np.ndindex(*moved.shape[:-1]):
        indices[at] = order_of(moved[at], descending)
    values = np.take_along_axis(moved, indices.astype(np.int64), -1)
    return np.moveaxis(values, -1, axis), np.moveaxis(indices, -1, axis)


def sort():
    for descending in (False, True):
        word = "descending" if descending else "ascending"
        for dtype in FLOATS + INTEGERS:
            x = array(generator(word + dtype).integers(0, 9, (3, 7)), dtype)
            if is_float(dtype):
                x[0, 2], x[1, 3], x[1, 5], x[2, 0], x[2, 4] = np.nan, -np.inf, np.inf, -0.0, 0.0
            row("sort", f"{dtype} {word}", {"axis": 1, "descending": descending}, [x], list(sorted_along(x, 1, descending)))
        for shape, axis in [([4, 3], 0), ([2, 5, 2], 1), ([1], 0), ([0, 2], 0), ([2, 0], 0), ([70], 0)]:
            x = generator(f"{shape}").normal(size=shape).astype(np.float32)
            row("sort", f"{shape} along {axis} {word}", {"axis": axis, "descending": descending}, [x], list(sorted_along(x, axis, descending)))
        info = np.iinfo(np.int64)
        x = np.array([info.max, info.min, info.max - 1, info.min + 1, 0])
        row("sort", f"near int64's ends {word}", {"axis": 0, "descending": descending}, [x], list(sorted_along(x, 0, descending)))
        x = generator(word).normal(size=(3, 4))
        row("sort", f"{word} gradient", {"axis": 1, "descending": descending}, [x], list(sorted_along(x, 1, descending)), grad=[0])


def top_k():
    for dtype in FLOATS + INTEGERS:
        x = array(generator(dtype).integers(0, 9, (2, 8)), dtype)
        for k in (1, 3, 8):
            values, indices = sorted_along(x, -1, True)
            row("topK", f"{k} of {dtype}", {"k": k}, [x], [values[..., :k], indices[..., :k]])
    x = generator("top").normal(size=(2, 3, 50)).astype(np.float32)
    values, indices = sorted_along(x, -1, True)
    row("topK", "5 of 50", {"k": 5}, [x], [values[..., :5], indices[..., :5]])
    row("topK", "none", {"k": 0}, [x[0]], [values[0, :, :0], indices[0, :, :0]])
    x = generator("top").normal(size=(2, 5))
    values, indices = sorted_along(x, -1, True)
    row("topK", "gradient", {"k": 2}, [x], [values[..., :2], indices[..., :2]], grad=[0])


def random_bits():
    jax.config.update("jax_threefry_partitionable", True)
    for key in ([0, 0], [0, 42], [1337, 5], [0xffffffff, 0xdeadbeef]):
        for shape in ([], [1], [5], [3, 4], [0], [2, 0, 3]):
            k = np.array(key, np.uint32)
            bits = jax.random.bits(jax.random.wrap_key_data(k), tuple(shape), "uint32")
            row("randomBits", f"{key} {shape}", {"shape": shape}, [k], [np.asarray(bits)])
    k = np.array([7, 9], np.uint32)
    row("randomBits", "many", {"shape": [67]}, [k], [np.asarray(jax.random.bits(jax.random.wrap_key_data(k), (67,), "uint32"))])


def add_all():
    gather()
    scatter()
    sort()
    top_k()
    random_bits()
