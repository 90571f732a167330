"""Composites: softmax, cross-entropies, GELU, normalisations, recurrent layers. Expected values by JAX and Keras in float64."""
import jax
import jax.numpy as jnp
import numpy as np

from table import FLOATS, array, generator, row, wide

TOLERANCE = {"float32": dict(rel=2e-6, abs=4e-7), "float64": dict(rel=4e-14, abs=1e-15),
             # Computed in float32 or in the type itself at the engine's choice only where it says so: one rounding of the result.
             "float16": dict(ulp=2, abs=1e-6), "bfloat16": dict(ulp=2, abs=1e-6)}


def f64(x):
    return jnp.asarray(np.asarray(x).astype(np.float64))


def composite(op, name, attrs, operands, f, dtype, grad=None, order=2, scale=1.0, absolute=0.0):
    """A row whose expected results are `f` of the operands in float64. Integer operands stay as they are."""
    xs = [x if x.dtype.kind in "iu" else array(x, dtype) for x in map(np.asarray, operands)]
    ys = f(*[jnp.asarray(x) if x.dtype.kind in "iu" else f64(x) for x in xs])
    ys = ys if isinstance(ys, (tuple, list)) else [ys]
    tolerance = {k: v if k == "ulp" else v * scale for k, v in TOLERANCE[dtype].items()}
    tolerance["abs"] = max(tolerance["abs"], absolute)
    row(op, f"{name} {dtype}", attrs, xs, [array(np.asarray(y), dtype) for y in ys], zeros=False, **tolerance,
        grad=grad if dtype == "float64" else None, order=order)


def softmax():
    for op, f in (("softmax", jax.nn.softmax), ("logSoftmax", jax.nn.log_softmax)):
        for dtype in FLOATS:
            for shape, axis in [([3, 5], 1), ([3, 5], 0), ([2, 3, 4], 1), ([1, 1], 1), ([7], 0), ([2, 33], 1)]:
                x = generator(op).normal(size=shape) * 3
                composite(op, f"{shape} along {axis}", {"axis": axis}, [x], lambda x: f(x, axis=axis), dtype,
                          grad=[0] if np.prod(shape) < 30 else None)
        for dtype in ("float32", "float64"):
            x = [[1000.0, 0.0, -1000.0], [-np.inf, 0.0, 1.0], [80.0, 80.0, 80.0]]
            composite(op, "far apart", {"axis": 1}, [x], lambda x: f(x, axis=1), dtype)
        composite(op, "NaN", {"axis": 1}, [[[1.0, np.nan], [1.0, 2.0]]], lambda x: f(x, axis=1), "float32")
        composite(op, "no rows", {"axis": 1}, [np.zeros((0, 3))], lambda x: f(x, axis=1), "float32")


def gelu():
    for approximate in (False, True):
        f = lambda x: jax.nn.gelu(x, approximate=approximate)
        word = "tanh" if approximate else "erf"
        x = np.concatenate([np.linspace(-6, 6, 37), [0.0, -20, 20, 1e-4]])
        dy = generator("gelu").normal(size=41)
        for dtype in FLOATS:
            # Far below zero the result is a difference of near numbers: its error is one of x, not of the result.
            near = {"float32": 6e-7, "float64": 2e-15, "float16": 4e-3, "bfloat16": 4e-2}[dtype]
            composite("gelu", word, {"approximate": approximate}, [x], f, dtype, grad=[0], scale=2, absolute=near)
            composite("geluGradient", word, {"approximate": approximate}, [x, dy], lambda x, dy: jax.vjp(f, x)[1](dy)[0], dtype, grad=[0, 1], scale=4,
                      absolute={"float32": 6e-6, "float64": 2e-14}.get(dtype, near))
        composite("gelu", f"{word} of specials", {"approximate": approximate}, [[np.inf, np.nan, 30.0]], f, "float32")


def sparse(logits, labels):
    inside = (labels >= 0) & (labels < logits.shape[-1])
    picked = jnp.take_along_axis(jax.nn.log_softmax(logits), jnp.where(inside, labels, 0)[..., None], -1)[..., 0]
    return jnp.where(inside, -picked, 0.0)


def cross_entropies():
    for dtype in FLOATS:
        for shape in ([4, 5], [2, 3, 4], [3], [6, 10]):
            g = generator(f"ce{shape}")
            logits, labels = g.normal(size=shape) * 2, g.integers(0, shape[-1], shape[:-1]).astype(np.int32)
            dy, targets = g.normal(size=shape[:-1]), g.uniform(size=shape)
            targets = targets / targets.sum(-1, keepdims=True)
            small = shape != [6, 10]
            composite("sparseCrossEntropy", f"{shape}", {}, [logits, labels], sparse, dtype, grad=[0] if small else None, scale=2)
            composite("sparseCrossEntropyGradient", f"{shape}", {}, [logits, labels, dy],
                      lambda l, i, d: jax.vjp(lambda l: sparse(l, i), l)[1](d)[0], dtype, grad=[0, 2] if small else None, scale=2)
            composite("softmaxCrossEntropy", f"{shape}", {}, [logits, targets], lambda l, t: -jnp.sum(t * jax.nn.log_softmax(l), -1), dtype,
                      grad=[0, 1] if small else None, scale=2)
    labels = np.array([0, -1, 3, 2, 100], np.int32)
    logits, dy = generator("range").normal(size=(5, 3)), np.ones(5)
    for dtype in ("float32", "float64"):
        composite("sparseCrossEntropy", "labels out of range", {}, [logits, labels], sparse, dtype, grad=[0])
        composite("sparseCrossEntropyGradient", "labels out of range", {}, [logits, labels, dy],
                  lambda l, i, d: jax.vjp(lambda l: sparse(l, i), l)[1](d)[0], dtype, grad=[0, 2])
        far = np.array([[1000.0, 0, -1000], [0, 1000, 0]])
        composite("sparseCrossEntropy", "far apart", {}, [far, np.array([0, 2], np.int32)], sparse, dtype)
        composite("softmaxCrossEntropy", "targets that do not add up to one", {}, [logits, generator("t").uniform(size=(5, 3))],
                  lambda l, t: -jnp.sum(t * jax.nn.log_softmax(l), -1), dtype, grad=[0, 1])


def layer_norm(axes, epsilon):
    def f(x, gamma, beta):
        over = tuple(range(x.ndim - axes, x.ndim))
        mean, variance = jnp.mean(x, over, keepdims=True), jnp.var(x, over, keepdims=True)
        r = 1 / jnp.sqrt(variance + epsilon)
        lead = x.shape[:x.ndim - axes]
        return (x - mean) * r * gamma + beta, mean.reshape(lead), r.reshape(lead)
    return f


def batch_norm(epsilon):
    def f(x, gamma, beta):
        over = tuple(range(x.ndim - 1))
        mean, variance = jnp.mean(x, over), jnp.var(x, over)
        return (x - mean) / jnp.sqrt(variance + epsilon) * gamma + beta, mean, variance
    return f


def normalisations():
    for dtype in FLOATS:
        for shape, axes, epsilon in [([3, 5], 1, 1e-3), ([2, 3, 4], 1, 1e-6), ([2, 3, 4], 2, 1e-3), ([6], 1, 1e-3), ([4, 33], 1, 1e-3)]:
            g = generator(f"ln{shape}{axes}")
            x, gamma, beta, dy = g.normal(size=shape) * 2 + 1, g.uniform(0.5, 1.5, shape[-axes:]), g.normal(size=shape[-axes:]), g.normal(size=shape)
            f = layer_norm(axes, epsilon)
            small = shape != [4, 33]
            composite("layerNormalization", f"{shape} over {axes}", {"axes": axes, "epsilon": epsilon}, [x, gamma, beta], f, dtype,
                      grad=[0, 1, 2] if small else None, scale=4)
            if dtype in ("float32", "float64"):
                xs = [np.asarray(f64(array(v, dtype))) for v in (x, gamma, beta, dy)]
                _, mean, r = f(*xs[:3])
                mean, r = array(np.asarray(mean), dtype), array(np.asarray(r), dtype)
                composite("layerNormalizationGradient", f"{shape} over {axes}", {"axes": axes}, [x, gamma, mean, r, dy],
                          lambda x, gamma, m, r, dy: jax.vjp(lambda *a: f(*a)[0], x, gamma, jnp.zeros(gamma.shape))[1](dy), dtype,
                          grad=[1, 4] if small else None, scale=8)
        for shape, epsilon in [([8, 3], 1e-3), ([2, 3, 3, 2], 1e-3), ([4, 5, 1], 1e-5), ([1, 3], 1e-3), ([16, 33], 1e-3)]:
            g = generator(f"bn{shape}")
            c = shape[-1:]
            x, gamma, beta, dy = g.normal(size=shape) * 2 + 1, g.uniform(0.5, 1.5, c), g.normal(size=c), g.normal(size=shape)
            f = batch_norm(epsilon)
            small = np.prod(shape) < 100
            composite("batchNormalization", f"{shape}", {"epsilon": epsilon}, [x, gamma, beta], f, dtype, grad=[0, 1, 2] if small else None,
                      order=2 if shape[0] > 1 else 1, scale=4)
            if dtype in ("float32", "float64"):
                xs = [np.asarray(f64(array(v, dtype))) for v in (x, gamma, beta)]
                _, mean, variance = f(*xs)
                mean, variance = array(np.asarray(mean), dtype), array(np.asarray(variance), dtype)
                composite("batchNormalizationGradient", f"{shape}", {"epsilon": epsilon}, [x, gamma, mean, variance, dy],
                          lambda x, gamma, m, v, dy: jax.vjp(lambda *a: f(*a)[0], x, gamma, jnp.zeros(gamma.shape))[1](dy), dtype,
                          grad=[1, 4] if small else None, scale=8)


def in_numpy(kind, x, states, weights, reverse):
    """The layers' equations in float64: gates i, f, c, o, and z, r, h with the reset after the product."""
    kernel, recurrent_kernel, bias = weights
    sigmoid = lambda v: 1 / (1 + np.exp(-v))
    units, h, c = recurrent_kernel.shape[0], states[0], states[-1]
    outputs = np.zeros(x.shape[:2] + (units,))
    for t in range(x.shape[1])[::-1 if reverse else 1]:
        if kind == "lstm":
            i, f, g, o = np.split(x[:, t] @ kernel + h @ recurrent_kernel + bias, 4, axis=1)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
        else:
            (xz, xr, xh), (hz, hr, hh) = np.split(x[:, t] @ kernel + bias[0], 3, axis=1), np.split(h @ recurrent_kernel + bias[1], 3, axis=1)
            z = sigmoid(xz + hz)
            h = z * h + (1 - z) * np.tanh(xh + sigmoid(xr + hr) * hh)
        outputs[:, t] = h
    return [outputs, h, c] if kind == "lstm" else [outputs, h]


def lstm(inputs, h, c, kernel, reverse):
    """The loop in JAX, for values and derivatives: outputs, last h and c, gates, cells."""
    def step(carry, z):
        h, c = carry
        i, f, g, o = jnp.split(z + h @ kernel, 4, axis=1)
        i, f, g, o = jax.nn.sigmoid(i), jax.nn.sigmoid(f), jnp.tanh(g), jax.nn.sigmoid(o)
        c = f * c + i * g
        h = o * jnp.tanh(c)
        return (h, c), (h, jnp.concatenate([i, f, g, o], 1), c)
    (h, c), (outputs, gates, cells) = jax.lax.scan(step, (h, c), inputs.swapaxes(0, 1), reverse=reverse)
    return [outputs.swapaxes(0, 1), h, c, gates.swapaxes(0, 1), cells.swapaxes(0, 1)]


def confirmed_by_keras(kind, x, states, weights, reverse, exact):
    """Keras' layer gives these outputs and states too."""
    import keras
    make = keras.layers.LSTM if kind == "lstm" else keras.layers.GRU
    it = make(weights[1].shape[0], return_sequences=True, return_state=True, go_backwards=reverse, dtype="float64", use_cudnn=False, unroll=False)
    it.build(x.shape)
    it.set_weights([np.asarray(v, np.float64) for v in weights])
    initial = [keras.ops.convert_to_tensor(np.asarray(s), dtype="float64") for s in states]
    outputs = [np.asarray(o) for o in it(keras.ops.convert_to_tensor(np.asarray(x), dtype="float64"), initial_state=initial)]
    if reverse:
        # Keras gives the outputs in the order they were made; here they keep their places.
        outputs[0] = outputs[0][:, ::-1]
    # Keras' layers take their states in float32 whatever their type: they confirm NumPy's numbers.
    for ours, keras_output in zip(exact, outputs, strict=True):
        np.testing.assert_allclose(ours, keras_output, rtol=2e-6, atol=2e-7)


def recurrent():
    shapes = [(2, 3, 2, 3), (1, 1, 1, 1), (3, 7, 5, 8), (0, 3, 2, 2)]
    for kind, gates in (("lstm", 4), ("gru", 3)):
        for reverse in (False, True):
            # Units that fill vectors of every width, and rows that fill and exceed the kernels' blocks.
            more = [(13, 3, 2, 16), (7, 2, 3, 37), (30, 2, 1, 5)] if kind == "lstm" and not reverse else []
            for batch, time, features, units in shapes + more:
                g = generator(f"{kind}{batch}{time}")
                x = g.normal(size=(batch, time, features))
                states = [g.normal(size=(batch, units)) for _ in range(2 if kind == "lstm" else 1)]
                kernel, recurrent_kernel = g.normal(size=(features, gates * units)), g.normal(size=(units, gates * units)) * 0.5
                bias = g.normal(size=(gates * units,) if kind == "lstm" else (2, gates * units))
                name = f"{batch} x {time} x {features} to {units}{' reversed' if reverse else ''}"
                for dtype in ("float32", "float64"):
                    w = [array(v, dtype) for v in (kernel, recurrent_kernel, bias)]
                    wide = [v.astype(np.float64) for v in w]
                    grad = batch in (1, 2)

                    def whole(x, *rest):
                        if batch == 0:
                            return [np.zeros((0, time, units))] + [np.zeros((0, units))] * len(states)
                        first = [np.asarray(s) for s in rest[:len(states)]]
                        exact = in_numpy(kind, np.asarray(x), first, wide, reverse)
                        confirmed_by_keras(kind, np.asarray(x), first, wide, reverse, exact)
                        return exact

                    if kind == "gru":
                        composite(kind, name, {"reverse": reverse}, [x] + states + w, whole, dtype,
                                  grad=list(range(5)) if grad else None, order=2 if units == 1 else 1, scale=8)
                        continue
                    inputs = np.asarray(x @ wide[0] + wide[2])
                    if batch:
                        np.testing.assert_allclose(lstm(f64(inputs), *map(f64, states), f64(w[1]), reverse)[0], whole(x, *states)[0], rtol=1e-6, atol=1e-9)
                    loop = lambda *operands: lstm(*operands, reverse)
                    composite("lstm", name, {"reverse": reverse}, [inputs] + states + [w[1]], loop, dtype,
                              grad=list(range(4)) if grad else None, order=2 if units == 1 else 1, scale=8)

                    _, _, _, gate_values, cells = loop(f64(inputs), *map(f64, states), f64(w[1]))
                    upstream = [g.normal(size=s) for s in ((batch, time, units), (batch, units), (batch, units))]

                    def backwards(kernel, c, gates, cells, *upstream):
                        """From the gates and cells as they are given, whatever made them."""
                        d, dh, dc = upstream
                        earlier = jnp.concatenate([cells[:, 1:], c[:, None]], 1) if reverse else jnp.concatenate([c[:, None], cells[:, :-1]], 1)

                        def step(carry, now):
                            dh, dc = carry
                            gates, cell, before, d = now
                            i, f, g, o = jnp.split(gates, 4, 1)
                            d, t = d + dh, jnp.tanh(cell)
                            dc = dc + d * o * (1 - t * t)
                            dz = jnp.concatenate([dc * g * i * (1 - i), dc * before * f * (1 - f), dc * i * (1 - g * g), d * t * o * (1 - o)], 1)
                            return (dz @ kernel.T, dc * f), dz
                        sequences = [v.swapaxes(0, 1) for v in (gates, cells, earlier, d)]
                        (dh, dc), dz = jax.lax.scan(step, (dh, dc), sequences, reverse=not reverse)
                        return [dz.swapaxes(0, 1), dh, dc]

                    operands = [w[1], states[1], np.asarray(gate_values), np.asarray(cells)] + upstream
                    exact = backwards(*map(f64, operands))
                    _, pull = jax.vjp(lambda z, h, c: loop(z, h, c, f64(w[1]))[:3], f64(inputs), *map(f64, states))
                    for ours, jax_gradient in zip(exact, pull([f64(v) for v in upstream]), strict=True):
                        np.testing.assert_allclose(ours, jax_gradient, rtol=1e-9, atol=1e-12)
                    composite("lstmGradient", name, {"reverse": reverse}, operands, backwards, dtype,
                              grad=list(range(7)) if grad else None, order=1, scale=8)


def add_all():
    softmax()
    gelu()
    cross_entropies()
    normalisations()
    recurrent()
