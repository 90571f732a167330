"""Calls a function of keras.ops and adds what it gave to the table."""
import jax
import keras
import numpy as np

from table import array, generator, is_float, row

# A float32 result's distance from the correctly rounded one: some roundings of intermediate results.
TOLERANCE = {"float32": dict(rel=3e-6, abs=5e-7), "float64": dict(rel=3e-6, abs=5e-7),
             "float16": dict(rel=4e-3, abs=1e-3), "bfloat16": dict(rel=3e-2, abs=1e-2)}


def draw(name, shape, dtype="float32", low=-2.0, high=2.0):
    g = generator(name)
    if dtype == "bool":
        return g.integers(0, 2, shape).astype(bool)
    if is_float(dtype):
        return array(g.uniform(low, high, shape), dtype)
    return array(g.integers(max(int(low), 0) if dtype[0] == "u" else int(low), max(int(high), 2), shape), dtype)


def leaves(result):
    if result is None:
        return []
    if isinstance(result, (list, tuple)):
        return [leaf for part in result for leaf in leaves(part)]
    if isinstance(result, dict):
        raise TypeError(result)
    return [result]


def record(name, case, function, operands, attrs=None, keras_attrs=None, exact=False, scale=1.0, as_list=False, own=False):
    """`function(*operands, **attrs)`: element types from Keras as it is, values from operands in float64 where Keras lets them be.

    `own`: values from the operands' own type, where rounding to it is part of what the function means.
    Keras on JAX has no 64-bit types of its own: where it narrows a float64 operand, the result here is float64.
    """
    attrs = attrs or {}
    given = attrs if keras_attrs is None else keras_attrs
    operands = [np.asarray(x) for x in operands]

    def call(xs):
        tensors = [keras.ops.convert_to_tensor(x, dtype=str(x.dtype)) for x in xs]
        return leaves(function(tensors, **given) if as_list else function(*tensors, **given))

    try:
        results = call(operands)
    except (TypeError, ValueError) as error:
        print(f"no row {name}: {case}: {str(error).splitlines()[0]}")
        return
    dtypes = [keras.backend.standardize_dtype(r.dtype) for r in results]
    values = results
    if not own and any(is_float(str(x.dtype)) for x in operands):
        with jax.enable_x64(True):
            values = [np.asarray(v) for v in call([x.astype(np.float64) if is_float(str(x.dtype)) else x for x in operands])]
    if any(x.dtype == np.float64 for x in operands):
        dtypes = ["float64" if d == "float32" else d for d in dtypes]
    outs = [array(np.asarray(v), d) if is_float(d) else np.asarray(r) for v, r, d in zip(values, results, dtypes)]
    tolerance = {}
    if not exact:
        for d in dtypes:
            if d in TOLERANCE:
                tolerance = {k: v * scale for k, v in TOLERANCE[d].items()}
    row(name, case, attrs, operands, outs, zeros=False, **tolerance)
