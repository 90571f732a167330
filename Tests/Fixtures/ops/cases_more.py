"""The rest of keras.ops that we have: less common functions, and second names of others."""
import numpy as np
from keras import ops

from recording import draw, record

inf, nan = np.inf, np.nan


def one_operand():
    x = draw("more", (3, 4))
    for name, f in [("absolute", ops.absolute), ("swish", ops.swish), ("hardSwish", ops.hard_swish), ("mish", ops.mish) if hasattr(ops, "mish") else ("", None),
                    ("exp2", ops.exp2), ("trunc", ops.trunc), ("ravel", ops.ravel), ("sparsemax", ops.sparsemax), ("convertToTensor", lambda x: x), ("variance", ops.var)]:
        if f:
            record(name, "float32", f, [x], scale=2)
    import jax
    record("mish", "float32", lambda x: x * jax.numpy.tanh(jax.nn.softplus(x)), [x], scale=2)
    record("digamma", "float32", jax.scipy.special.digamma, [draw("digamma", (6,), low=0.5, high=9)], scale=4)
    record("logGamma", "float32", jax.scipy.special.gammaln, [draw("logGamma", (6,), low=0.5, high=9)], scale=4)
    record("nanToNum", "plain", ops.nan_to_num, [np.array([nan, inf, -inf, 1], np.float32)], own=True)
    record("nanToNum", "given", ops.nan_to_num, [np.array([nan, inf, -inf, 1], np.float32)], {"nan": 7.0, "posinf": 8.0, "neginf": -9.0})
    record("countNonzero", "all", ops.count_nonzero, [np.array([[0, 1, 2], [0, 0, 3]], np.int32)])
    record("countNonzero", "axis 1", ops.count_nonzero, [np.array([[0, 1, 2], [0, 0, 3]], np.float32)], {"axis": 1})
    record("bitwiseNot", "int32", ops.bitwise_not, [np.array([0, 5, -7], np.int32)])
    record("trace", "matrix", ops.trace, [x], {"offset": 1})
    record("tri", "3 by 4", ops.tri, [], {"N": 3, "M": 4, "k": 1}, exact=True)
    record("unstack", "axis 1", lambda x, axis: ops.unstack(x, 3, axis=axis), [draw("unstack", (2, 3))], {"axis": 1}, exact=True)
    record("ndim", "rank 2", lambda x: np.int32(2), [x])
    record("size", "of 12", lambda x: np.int32(12), [x])
    for attrs in ({}, {"axis": 0}):
        record("average", f"{attrs}", ops.average, [x], attrs, scale=2)
    record("average", "weighted", lambda x, w, axis: ops.average(x, axis=axis, weights=w), [x, draw("w", (4,), low=0.5, high=2)], {"axis": 1}, scale=4)
    record("rmsNormalization", "plain", ops.rms_normalization, [x], scale=4)
    record("rmsNormalization", "scaled", lambda x, s: ops.rms_normalization(x, s), [x, draw("scale", (4,))], scale=4)
    record("vectorNorm", "all", lambda x: ops.norm(x.reshape(-1)), [x], scale=4)
    record("vectorNorm", "axis 1", lambda x, axis: ops.norm(x, axis=axis), [x], {"axis": 1}, scale=4)
    record("map", "squares", lambda xs: ops.map(lambda x: x * x + 1, xs), [x])
    record("foriLoop", "sums", lambda x: ops.fori_loop(0, 5, lambda i, x: x + i, x), [draw("fori", (3,))])
    record("bitcast", "float32 to int32", lambda x, dtype: ops.convert_to_tensor(np.asarray(x).view(dtype)), [np.array([1, -2, 0.5], np.float32)], {"dtype": "int32"}, exact=True)


def two_operands():
    a, b = draw("a2", (3, 4)), draw("b2", (3, 4))
    record("append", "flat", ops.append, [a, b], exact=True)
    record("append", "axis 0", ops.append, [a, b], {"axis": 0}, exact=True)
    for name, f in [("bitwiseAnd", ops.bitwise_and), ("bitwiseOr", ops.bitwise_or), ("bitwiseXor", ops.bitwise_xor), ("leftShift", ops.left_shift), ("rightShift", ops.right_shift)]:
        record(name, "int32", f, [np.array([5, 12, -7], np.int32), np.array([3, 2, 1], np.int32)])
        record(name, "uint8 and int32", f, [np.array([5, 12, 200], np.uint8), np.array([3, 2, 1], np.int32)])
    record("divideNoNan", "zeros", ops.divide_no_nan, [np.array([1, 0, 3], np.float32), np.array([0, 0, 2], np.float32)])
    record("logaddexp", "float32", ops.logaddexp, [draw("la", (5,), low=-30, high=30), draw("lb", (5,), low=-30, high=30)], scale=2)
    record("logaddexp", "specials", ops.logaddexp, [np.array([-inf, -inf, inf, 1000], np.float32), np.array([-inf, 1, 1, 1000], np.float32)])
    record("hypot", "float32", ops.hypot, [a, b], scale=2)
    record("hypot", "far apart", ops.hypot, [np.array([3e20, 3e-20, 0], np.float32), np.array([4e20, 4e-20, 0], np.float32)], scale=2)
    record("inner", "matrices", ops.inner, [a, b], scale=4)
    record("inner", "vectors", ops.inner, [a[0], b[0]], scale=4)
    record("vdot", "vectors", ops.vdot, [a[0], b[0]], scale=4)
    near = np.array([1, 1 + 1e-6, 2, nan, inf], np.float32)
    record("isclose", "float32", ops.isclose, [near, np.array([1, 1, 1, nan, inf], np.float32)])
    record("isclose", "NaN equal", ops.isclose, [near, np.array([1, 1, 1, nan, inf], np.float32)], {"rtol": 0.5, "atol": 0.1, "equal_nan": True})
    import jax.numpy as jnp
    record("allclose", "no", lambda a, b: jnp.allclose(a, b), [near, near])
    record("allclose", "yes", lambda a, b: jnp.allclose(a, b), [near[:3], near[:3]])
    record("inTopK", "2", lambda t, p, k: ops.in_top_k(t, p, k), [np.array([0, 2, 1], np.int32), draw("top", (3, 4))], {"k": 2})
    ordered = np.array([1, 2, 2, 5], np.float32)
    for side in ("left", "right"):
        record("searchsorted", side, lambda s, v, side: ops.searchsorted(s, v, side=side), [ordered, np.array([0, 2, 3, 9], np.float32)], {"side": side})
    record("digitize", "bins", lambda x, b: ops.digitize(x, b), [np.array([0, 1.5, 2, 7], np.float32), ordered[[0, 1, 3]]])
    record("bincount", "plain", lambda x, minlength: ops.bincount(x, minlength=minlength), [np.array([0, 2, 2, 5], np.int32)], {"minlength": 6})
    record("bincount", "weighted", lambda x, w, minlength: ops.bincount(x, weights=w, minlength=minlength), [np.array([0, 2, 2, 5], np.int32), draw("w", (4,))], {"minlength": 6})
    ids = np.array([0, 2, 0, 1], np.int32)
    record("segmentSum", "rows", lambda x, i, num_segments: ops.segment_sum(x, i, num_segments), [draw("seg", (4, 2)), ids], {"num_segments": 3})
    record("segmentMax", "rows", lambda x, i, num_segments: ops.segment_max(x, i, num_segments), [draw("seg", (4, 2)), ids], {"num_segments": 3})


def convolutions():
    x = draw("x", (2, 6, 5, 3))
    for attrs in ({"strides": 1, "padding": "same"}, {"strides": 2, "padding": "valid"}):
        record("depthwiseConv", f"{attrs}", ops.depthwise_conv, [x, draw("dk", (3, 3, 3, 2))], attrs, scale=8)
        record("separableConv", f"{attrs}", ops.separable_conv, [x, draw("dk", (3, 3, 3, 2)), draw("pk", (1, 1, 6, 4))], attrs, scale=16)
    for attrs in ({"strides": 1, "padding": "valid"}, {"strides": 2, "padding": "same"}, {"strides": 2, "padding": "valid"}, {"strides": [2, 1], "padding": "same"}, {"strides": 3, "padding": "valid", "output_padding": 1}):
        given = {k: tuple(v) if isinstance(v, list) else v for k, v in attrs.items()}
        record("convTranspose", f"2d {attrs}", ops.conv_transpose, [x, draw("tk", (3, 3, 4, 3))], attrs, given, scale=8)
    record("convTranspose", "1d", ops.conv_transpose, [draw("x", (2, 5, 3)), draw("tk", (2, 4, 3))], {"strides": 2, "padding": "same"}, scale=8)


def add_all():
    one_operand()
    two_operands()
    convolutions()
