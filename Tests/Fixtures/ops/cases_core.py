"""keras.ops' core functions: casts, slices, scatters, control."""
import numpy as np
from keras import ops

from recording import draw, record


def add_all():
    for a, b in [("float32", "int32"), ("int32", "float32"), ("float32", "bfloat16"), ("float32", "bool"), ("bool", "float32"), ("int32", "uint8")]:
        x = draw("cast", (5,), a, 0 if b[0] == "u" else -3, 4)
        record("cast", f"{a} to {b}", ops.cast, [x], {"dtype": b}, exact=True)
    x = draw("core", (4, 5))
    record("stopGradient", "float32", ops.stop_gradient, [x], exact=True)
    record("slice", "2 by 3", lambda x, start_indices, shape: ops.slice(x, np.array(start_indices), shape), [x], {"start_indices": [1, 2], "shape": [2, 3]}, exact=True)
    record("sliceUpdate", "2 by 3", lambda x, u, start_indices: ops.slice_update(x, np.array(start_indices), u), [x, draw("u", (2, 3))], {"start_indices": [1, 2]}, exact=True)
    indices = np.array([[0, 1], [2, 3], [0, 1]], np.int32)
    record("scatter", "adds", ops.scatter, [indices, draw("v", (3,))], {"shape": [3, 4]}, {"shape": (3, 4)})
    record("scatter", "rows", ops.scatter, [np.array([[1], [0], [1]], np.int32), draw("v", (3, 2))], {"shape": [3, 2]}, {"shape": (3, 2)})
    record("scatterUpdate", "elements", ops.scatter_update, [x, np.array([[0, 1], [3, 4]], np.int32), draw("v", (2,))], exact=True)
    record("scatterUpdate", "rows", ops.scatter_update, [x, np.array([[2], [0]], np.int32), draw("v", (2, 5))], exact=True)
    c = draw("where", (3, 4), "bool")
    record("select", "two of three", lambda c, d, a, b: ops.select([c, d], [a, b], 0.5), [c, ~c & draw("other", (3, 4), "bool"), draw("s1", (3, 4)), draw("s2", (3, 4))], exact=True)
    for taken in (True, False):
        record("cond", f"{taken}".lower(), lambda p, a: ops.cond(p, lambda: a * 2, lambda: a - 1), [np.array(taken), draw("cond", (3,))])
    record("scan", "running products", lambda init, xs: ops.scan(lambda c, x: (c * x, c + x), init, xs), [np.array([1.0, 2.0], np.float32), draw("scan", (4, 2), low=0.5, high=1.5)], scale=2)
    record("whileLoop", "doubling", lambda x: ops.while_loop(lambda n, x: n < 5, lambda n, x: (n + 1, x * 2), (np.int32(0), x)), [draw("loop", (3,))])
    record("shape", "rank 2", lambda x: x, [x], exact=True)
