"""Matrix products and convolutions with their gradients. Expected values by NumPy, and by JAX in float64."""
import numpy as np
from jax import lax

from table import array, dtype_of, generator, row, wide

EPSILON = {"float64": 2.0**-52, "float32": 2.0**-23, "float16": 2.0**-23, "bfloat16": 2.0**-23}


def product_bound(dtype, magnitude, depth):
    """A dot product of `depth` terms: roundings grow with the root of the depth; four of them in hand."""
    return float(4 * EPSILON[dtype] * max(1, depth) ** 0.5 * np.max(magnitude, initial=0)) if dtype in EPSILON else 0


def matmul():
    cases = [([2, 3], [3, 4]), ([1, 1], [1, 1]), ([5, 17], [17, 1]), ([1, 9], [9, 6]), ([2, 3, 4], [2, 4, 5]), ([2, 1, 3, 2], [2, 1, 2, 3]),
             ([3, 0], [0, 2]), ([0, 3], [3, 2]), ([0, 2, 3], [0, 3, 2]), ([33, 20], [20, 17])]
    for n, (p, q) in enumerate(cases):
        for ta in (False, True):
            for tb in (False, True):
                if n == 9 and ta != tb:
                    continue
                for dtype in ("float32", "float64", "float16", "bfloat16", "int32") if n == 4 else ("float32", "float64") if n in (0, 5) else ("float32",):
                    g = generator(f"{p}{q}{dtype}")
                    draw = (lambda s: g.integers(-9, 9, s)) if dtype == "int32" else (lambda s: g.normal(size=s))
                    a, b = array(draw(p), dtype), array(draw(q), dtype)
                    y = np.matmul(wide(a), wide(b))
                    absolute = product_bound(dtype, np.matmul(np.abs(wide(a)), np.abs(wide(b))), p[-1])
                    if ta:
                        a = np.swapaxes(a, -1, -2)
                    if tb:
                        b = np.swapaxes(b, -1, -2)
                    smooth = dtype == "float64"
                    row("matmul", f"{p} {q} {'aT ' if ta else ''}{'bT ' if tb else ''}{dtype}", {"a": ta, "b": tb}, [a, b],
                        [array(y, dtype)], abs=absolute, ulp=1 if dtype in ("float16", "bfloat16") else 0, zeros=False, grad=[0, 1] if smooth else None)
    a, b = array([[1, np.inf, 0]], "float32"), array([[1, np.nan], [0, 1], [np.inf, 2]], "float32")
    row("matmul", "specials", {"a": False, "b": False}, [a, b], [array([[np.nan, np.nan]], "float32")])


# input, kernel, strides, low, high, input dilation, kernel dilation, groups
CONVOLUTIONS = {
    "1d": ([2, 7, 3], [3, 3, 4], [1], [0], [0], [1], [1], 1),
    "1d strided, padded": ([2, 8, 2], [3, 2, 3], [2], [1], [1], [1], [1], 1),
    "1d dilated kernel, causal": ([1, 9, 2], [3, 2, 2], [1], [4], [0], [1], [2], 1),
    "1d dilated input": ([1, 5, 2], [3, 2, 3], [1], [2], [2], [2], [1], 1),
    "1d negative padding": ([1, 8, 1], [2, 1, 2], [1], [-1], [-2], [1], [1], 1),
    "2d": ([2, 5, 6, 3], [3, 3, 3, 4], [1, 1], [0, 0], [0, 0], [1, 1], [1, 1], 1),
    "2d same": ([1, 5, 5, 2], [3, 3, 2, 3], [1, 1], [1, 1], [1, 1], [1, 1], [1, 1], 1),
    "2d strided unevenly": ([1, 6, 7, 2], [3, 2, 2, 3], [2, 3], [0, 1], [1, 0], [1, 1], [1, 1], 1),
    "2d one by one": ([2, 3, 3, 4], [1, 1, 4, 5], [1, 1], [0, 0], [0, 0], [1, 1], [1, 1], 1),
    "2d grouped": ([1, 4, 4, 4], [3, 3, 2, 6], [1, 1], [1, 1], [1, 1], [1, 1], [1, 1], 2),
    "2d depthwise": ([1, 5, 5, 3], [3, 3, 1, 6], [2, 1], [1, 1], [1, 1], [1, 1], [1, 1], 3),
    "2d dilated kernel": ([1, 7, 7, 1], [3, 3, 1, 2], [1, 1], [1, 0], [0, 1], [1, 1], [2, 3], 1),
    "2d dilated input": ([1, 3, 4, 2], [3, 3, 2, 2], [1, 1], [2, 1], [1, 2], [2, 2], [1, 1], 1),
    "2d all at once": ([1, 4, 5, 4], [2, 3, 2, 4], [2, 1], [2, 1], [1, 2], [2, 1], [1, 2], 2),
    "2d kernel as large as the input": ([2, 3, 3, 2], [3, 3, 2, 2], [1, 1], [0, 0], [0, 0], [1, 1], [1, 1], 1),
    "3d": ([1, 3, 4, 3, 2], [2, 2, 2, 2, 3], [1, 1, 1], [0, 0, 0], [0, 0, 0], [1, 1, 1], [1, 1, 1], 1),
    "3d strided, padded, dilated": ([1, 4, 4, 4, 1], [2, 2, 2, 1, 2], [2, 1, 2], [1, 1, 0], [0, 1, 1], [1, 1, 1], [1, 2, 1], 1),
    "no images": ([0, 5, 5, 2], [3, 3, 2, 3], [1, 1], [0, 0], [0, 0], [1, 1], [1, 1], 1),
}


def attributes(case, **more):
    _, _, strides, low, high, input_dilation, kernel_dilation, groups = case
    return {"strides": strides, "low": low, "high": high, "inputDilation": input_dilation, "kernelDilation": kernel_dilation, "groups": groups, **more}


def convolve(x, k, case):
    _, _, strides, low, high, input_dilation, kernel_dilation, groups = case
    n = len(strides)
    space = "DHW"[3 - n:]
    numbers = lax.conv_dimension_numbers(x.shape, k.shape, (f"N{space}C", f"{space}IO", f"N{space}C"))
    return lax.conv_general_dilated(x, k, strides, list(zip(low, high)), input_dilation, kernel_dilation, numbers, groups)


def gradients(x, k, dy, case):
    """By JAX' own rules, in float64."""
    import jax
    y, pullback = jax.vjp(lambda x, k: convolve(x, k, case), x, k)
    return [np.asarray(v) for v in pullback(dy)]


def convolution():
    for name, case in CONVOLUTIONS.items():
        p, q = case[0], case[1]
        g = generator(name)
        x, k = g.normal(size=p), g.normal(size=q)
        y = np.asarray(convolve(x, k, case))
        dy = g.normal(size=y.shape)
        depth = int(np.prod(q[:-1]))
        n = len(case[2])
        input_attrs, kernel_attrs = attributes(case, spatial=p[1:1 + n]), attributes(case, spatial=q[:n])
        for dtype in ("float32", "float64", "float16", "bfloat16") if name in ("1d strided, padded", "2d same") else ("float32", "float64"):
            xs, ks, ds = (array(v, dtype) for v in (x, k, dy))
            w = [v.astype(np.float64) for v in (xs, ks, ds)]
            half = dtype in ("float16", "bfloat16")
            absolute = 4 * EPSILON[dtype] * (depth + 1) ** 0.5 * 9
            want = np.asarray(convolve(w[0], w[1], case))
            dx, dk = gradients(*w, case)
            small = dtype == "float64" and x.size * k.size < 6000 and x.size
            if dtype == "float64" and not small:
                continue
            row("convolution", f"{name} {dtype}", attributes(case), [xs, ks], [array(want, dtype)], ulp=1 if half else 0, abs=absolute, zeros=False,
                grad=[0, 1] if small else None)
            if dtype == "float64" and name not in ("2d all at once", "3d strided, padded, dilated"):
                # The gradient's own gradient only; its values are checked in float32.
                small = small and name in ("1d strided, padded", "2d grouped", "2d dilated kernel", "2d depthwise", "1d dilated input")
                if not small:
                    continue
            row("convolutionInputGradient", f"{name} {dtype}", input_attrs, [ks, ds], [array(dx, dtype)], ulp=1 if half else 0, abs=absolute, zeros=False,
                grad=[0, 1] if small else None, order=1)
            row("convolutionKernelGradient", f"{name} {dtype}", kernel_attrs, [xs, ds], [array(dk, dtype)], ulp=1 if half else 0, abs=3 * absolute, zeros=False,
                grad=[0, 1] if small else None, order=1)


def add_all():
    matmul()
    convolution()
