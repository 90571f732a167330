"""Graphs that are no chains, models in models, Sequential models, and models of raw operations."""
import keras
import numpy as np
from keras import layers as L, ops
from table import B, F, I, chain, functional, whole


# Several inputs and outputs, shared layers
def shared_layers(a, b):
    layer = L.Dense(3, activation="tanh", name="shared")
    return [L.Add()([layer(a), layer(b)]), layer(L.Dense(4)(layer(b)))]


functional("shared layers", [F(4), F(4)], shared_layers)
functional("a layer called on its own output", [F(3)], lambda x: (lambda layer: layer(layer(layer(x))))(L.Dense(3)))
functional("an input that is an output", [F(3)], lambda x: [x, L.Dense(2)(x)])
functional("an output twice", [F(3)], lambda x: [L.Dense(2)(x)] * 2)


def named_inputs():
    a, b = keras.Input((3,), name="numbers"), keras.Input((4,), dtype="int32", name="words")
    x = L.Concatenate()([L.Dense(3)(a), L.GlobalAveragePooling1D()(L.Embedding(9, 3)(b))])
    return keras.Model({"numbers": a, "words": b}, {"p": L.Dense(2, name="p")(x), "q": L.Dense(1, activation="sigmoid", name="q")(x)})


whole("named inputs and outputs", [F(3), I(9, 4)], named_inputs)


def other_names():
    a, b = keras.Input((3,), name="z"), keras.Input((3,), name="a")
    return keras.Model([a, b], {"second": L.Dense(2, name="one")(a), "first": L.Dense(1, name="two")(L.Add()([a, b]))}, name="other_names")


whole("names apart from keys", [F(3), F(3)], other_names)


def fixed_batch():
    x = keras.Input(batch_shape=(3, 4), name="x")
    return keras.Model(x, L.Dense(2)(L.Reshape((2, 2))(x)))


whole("fixed batch size", [F(4)], fixed_batch)
for dtype in ["int32", "int64", "uint8", "float16", "float64", "bool"]:
    functional(f"{dtype} inputs", [B(4) if dtype == "bool" else F(4, dtype=dtype) if "float" in dtype else I(9, 4, dtype=dtype)],
               lambda x: [L.Identity()(x), L.Dense(2)(ops.cast(x, "float32"))], legacy=False)


# Models in models
def inner(name, widths=(3, 3)):
    x = keras.Input((widths[0],))
    return keras.Model(x, L.Dense(widths[1], activation="relu", name="dense")(L.BatchNormalization(name="norm")(x)), name=name)


def stack(*widths, name=None):
    return keras.Sequential([keras.Input((widths[0],))] + [L.Dense(width) for width in widths[1:]], name=name)


functional("nested", [F(3)], lambda x: L.Dense(2)(inner("inner")(x)))
functional("nested twice", [F(3)], lambda x: (lambda model: L.Dense(2)(model(L.Dense(3)(model(x)))))(inner("inner")))
functional("nested stack", [F(3)], lambda x: L.Dense(2)(stack(3, 4, 5, name="stack")(x)))
functional("nested deep", [F(3)], lambda x: keras.Sequential([keras.Input((3,)), inner("inner", (3, 4)), stack(4, 2)], name="outer")(x))


def many_in_many():
    a, b = keras.Input((3,)), keras.Input((2,))
    x = L.Concatenate()([a, b])
    return keras.Model([a, b], [L.Dense(2)(x), L.Dense(1)(x)], name="many")


functional("nested with many inputs and outputs", [F(3), F(2)], lambda a, b: L.Add()(many_in_many()([L.Dense(3)(a), b])))
functional("nested model of a dictionary", [F(3), I(9, 4)], lambda a, b: L.Dense(2)(named_inputs()({"numbers": a, "words": b})["p"]))
functional("frozen nested", [F(3)], lambda x: (lambda model: [setattr(model, "trainable", False), L.Dense(2)(model(x))][1])(inner("inner")))
functional("model distributed over time", [F(4, 3)], lambda x: L.TimeDistributed(inner("inner"))(x))


def shared_models():
    a, b = keras.Input((3,), name="left"), keras.Input((3,), name="right")
    model = inner("twin")
    return keras.Model([a, b], L.Dot(axes=1, normalize=True)([model(a), model(b)]), name="twins")


whole("twins", [F(3), F(3)], shared_models)

# Sequential models
whole("stack", [F(3)], lambda: keras.Sequential([keras.Input((3,), name="in"), L.Dense(4, activation="gelu"), L.Dropout(0.5), L.Dense(1)]))
whole("stack built late", [F(3)], lambda: keras.Sequential([L.Dense(4, name="a"), L.Dense(2)]))
whole("stack of pictures", [F(6, 6, 1)], lambda: keras.Sequential(
    [keras.Input((6, 6, 1)), L.Conv2D(3, 3, activation="relu"), L.MaxPooling2D(), L.Flatten(), L.Dense(2, activation="softmax")], name="cnn"))
whole("stack of words", [I(5, 6)], lambda: keras.Sequential([keras.Input((None,), dtype="int32"), L.Embedding(5, 3), L.GRU(2), L.Dense(1)]))
whole("stack with a mask", [I(3, 6)], lambda: keras.Sequential([keras.Input((6,)), L.Embedding(3, 3, mask_zero=True), L.LSTM(2)]))
whole("stack of stacks", [F(3)], lambda: keras.Sequential([keras.Input((3,)), stack(3, 4, name="one"), inner("two", (4, 2)), L.Dense(1)]))
whole("stack of steps", [F(4, 3)], lambda: keras.Sequential(
    [keras.Input((4, 3)), L.Masking(), L.Bidirectional(L.LSTM(2, return_sequences=True)), L.TimeDistributed(L.Dense(2))]))
whole("stack of bfloat16", [F(3)], lambda: keras.Sequential([keras.Input((3,)), L.Dense(4, dtype="mixed_bfloat16"), L.Dense(2)]))


# Residuals and branches
def residual(x):
    for filters in (4, 4):
        y = L.Conv2D(filters, 3, padding="same", activation="relu")(x)
        y = L.BatchNormalization()(L.Conv2D(filters, 3, padding="same")(y))
        x = L.ReLU()(L.Add()([L.Conv2D(filters, 1)(x), y]))
    return L.Dense(2)(L.GlobalAveragePooling2D()(x))


functional("residual", [F(6, 6, 2)], residual)
functional("inception", [F(6, 6, 2)], lambda x: L.Concatenate()([
    L.Conv2D(2, 1)(x), L.Conv2D(2, 3, padding="same")(L.Conv2D(2, 1)(x)), L.MaxPooling2D(3, 1, padding="same")(x)]))


def unet(x):
    one = L.Conv2D(3, 3, padding="same", activation="relu")(x)
    two = L.Conv2D(4, 3, padding="same", activation="relu")(L.MaxPooling2D()(one))
    up = L.Concatenate()([L.UpSampling2D()(two), L.Conv2DTranspose(2, 2, strides=2)(two), one])
    return L.Conv2D(1, 1, activation="sigmoid")(up)


functional("u-net", [F(8, 8, 2)], unet)


# Masks that come from an embedding and go far
def masks_through_layers(words):
    x = L.Embedding(3, 4, mask_zero=True)(words)
    x = L.Dropout(0.2)(L.LayerNormalization()(x))
    x = L.Concatenate()([L.GRU(2, return_sequences=True)(x), x])
    return L.GlobalAveragePooling1D()(L.TimeDistributed(L.Dense(3))(x))


functional("masks through layers", [I(3, 6)], masks_through_layers, legacy=False)
functional("masks of two", [I(3, 6), I(3, 6)], lambda a, b: (lambda embed: L.GlobalAveragePooling1D()(L.Add()([embed(a), embed(b)])))(
    L.Embedding(3, 4, mask_zero=True)), legacy=False)
functional("masks joined", [I(3, 4), I(3, 4)], lambda a, b: (lambda embed: L.LSTM(2)(L.Concatenate(axis=1)([embed(a), embed(b)])))(
    L.Embedding(3, 4, mask_zero=True)), legacy=False)
functional("mask and nested", [I(3, 6)], lambda w: keras.Sequential([keras.Input((6, 4)), L.LSTM(3, return_sequences=True), L.GRU(2)])(
    L.Embedding(3, 4, mask_zero=True)(w)), legacy=False)
functional("attention of masks", [I(3, 4), I(3, 5)], lambda a, b: (lambda embed: L.Attention()([embed(a), embed(b)]))(
    L.Embedding(3, 4, mask_zero=True)), legacy=False)


# Raw operations
def operations(name, inputs, body):
    functional("operations " + name, inputs, body, legacy=False)


operations("arithmetic", [F(4), F(4)], lambda a, b: [
    a + b, a - 1, 2 * a, a / (b * b + 1), -a, ops.abs(a) ** 0.5, a**2, 1 - a, ops.maximum(a, 0.25), ops.minimum(a, b), ops.square(b),
    ops.clip(a, -1, 0.5), 7 % (ops.abs(a) + 3), a // 2])
operations("elementwise", [F(4)], lambda x: [
    ops.exp(x), ops.log1p(ops.abs(x)), ops.tanh(x), ops.sin(x), ops.arctan2(x, x + 3), ops.erf(x), ops.floor(x), ops.round(x, 1), ops.sign(x),
    ops.rsqrt(x * x + 1), ops.expm1(x), ops.logaddexp(x, 2 * x), ops.nan_to_num(x), ops.stop_gradient(x), ops.isfinite(x), ops.logical_not(x > 0)])
operations("activations", [F(4)], lambda x: [
    ops.relu(x), ops.elu(x, 0.5), ops.gelu(x, approximate=False), ops.leaky_relu(x, 0.1), ops.softmax(x), ops.log_softmax(x, axis=0), ops.silu(x),
    ops.hard_sigmoid(x), ops.softplus(x), ops.glu(x), ops.sparsemax(x), keras.activations.relu(x, negative_slope=0.1, max_value=1.0),
    keras.activations.softmax(x), keras.activations.gelu(x)])
operations("comparisons", [F(4), I(3, 4)], lambda x, n: [
    x > 0, ops.equal(n, 1), n != 2, ops.where(x > 0, x, -1.0), ops.logical_and(x > 0, n > 0), ops.select([x > 1, x > 0], [x, x * 2], 0), ops.isclose(x, 0.5, atol=0.2)])
operations("shapes", [F(4, 3)], lambda x: [
    ops.reshape(x, (-1, 2, 6)), ops.transpose(x, (0, 2, 1)), ops.swapaxes(x, 1, 2), ops.expand_dims(x, 1), ops.squeeze(x[:, :1], 1),
    ops.flip(x, 1), ops.roll(x, 1, axis=1), ops.tile(x, (1, 2, 1)), ops.repeat(x, 2, axis=1), ops.pad(x, ((0, 0), (1, 2), (0, 0))),
    ops.broadcast_to(x[:, :1], (3, 4, 3)), ops.tril(x), ops.triu(x, 1), ops.ravel(x)])
operations("slices", [F(4, 3)], lambda x: [
    x[:, 0], x[:, -1], x[:, 1:3], x[:, ::2], x[:, ::-1], x[..., 0], x[:, None], x[..., None, 1:], x[:, -2:, 1]])
operations("joins", [F(4), F(4)], lambda a, b: [
    ops.concatenate([a, b], axis=-1), ops.stack([a, b], axis=1), *ops.split(a, 2, axis=1), *ops.split(b, [1, 3], axis=1), *ops.unstack(a, axis=1),
    ops.append(a, b, axis=1), ops.concatenate([a, np.ones((3, 2), "float32")], axis=1)])
operations("reductions", [F(4, 3)], lambda x: [
    ops.sum(x, axis=1), ops.mean(x, axis=(1, 2), keepdims=True), ops.max(x, axis=-1), ops.min(x), ops.prod(x, axis=1), ops.std(x, axis=1),
    ops.var(x, axis=-1), ops.logsumexp(x, axis=1), ops.any(x > 0, axis=1), ops.all(x > -1, axis=2), *ops.moments(x, axes=[1]),
    ops.cumsum(x, axis=1), ops.cumprod(x, axis=2), ops.average(x, axis=1), ops.normalize(x, axis=-1)])
operations("whole numbers", [I(9, 4), I(9, 4)], lambda a, b: [
    a + b, a * 2, a - b, ops.floor_divide(a, b + 1), a % 4, ops.bitwise_and(a, b), ops.left_shift(a, 2), ops.maximum(a, 3), ops.sum(a, axis=1),
    ops.cast(a, "uint8"), ops.cast(a, "float32") / 2, a * 2 + 1.5])
operations("indices", [F(4), I(3, 2)], lambda x, n: [
    ops.argmax(x, axis=1), ops.argmin(x, axis=-1), ops.argsort(x), ops.sort(x), *ops.top_k(x, 2), ops.take(x, n, axis=1), ops.take_along_axis(x, n, axis=1),
    ops.one_hot(n, 4), ops.multi_hot(n, 3), ops.take(x, [0, 2], axis=1), ops.count_nonzero(x > 0, axis=1), ops.digitize(x, np.array([-1.0, 0.0, 1.0]))])
operations("products", [F(3, 4), F(4, 2)], lambda a, b: [
    ops.matmul(a, b), a @ np.arange(8, dtype="float32").reshape(4, 2), ops.einsum("bij,bjk->bki", a, b), ops.dot(a, np.ones((4, 2), "float32")),
    ops.tensordot(a, np.ones((3, 4, 2), "float32"), axes=[[1, 2], [0, 1]])])
operations("networks", [F(6, 6, 2)], lambda x: [
    ops.conv(x, np.full((3, 3, 2, 2), 0.25, "float32"), padding="same", strides=1), ops.max_pool(x, 2, strides=2), ops.average_pool(x, 3, strides=1),
    ops.depthwise_conv(x, np.ones((2, 2, 2, 1), "float32")), ops.image.resize(x, (3, 4)), ops.layer_normalization(x),
    ops.image.resize(x, (9, 8), interpolation="nearest")])
operations("casts", [F(4)], lambda x: [
    ops.cast(x, "float16"), ops.cast(x * 4, "int32"), ops.cast(x > 0, "int8"), ops.cast(x, "float64"), ops.cast(x, "bfloat16"), ops.zeros_like(x),
    ops.ones_like(x, dtype="int32"), ops.full_like(x, 2.5)])


def layers_and_operations(x):
    h = L.Dense(4, name="h")(x)
    gate = ops.sigmoid(h * 2.0 - 1.0)
    return L.Dense(2)(ops.concatenate([gate * h, ops.mean(h, axis=-1, keepdims=True), x[:, :1]], axis=-1))


operations("between layers", [F(4)], layers_and_operations)
operations("in a nested model", [F(3)], lambda x: (lambda i: keras.Model(i, ops.tanh(i) * i + 1.0, name="inner")(ops.exp(x)))(keras.Input((3,))))
operations("given by name", [F(4)], lambda x: [
    keras.ops.relu6(x), L.Dense(2, name="last")(ops.reshape(x * 2 + 1, [-1, 4])), ops.multiply(x1=x, x2=3.0), ops.sum(x=x, axis=1, keepdims=True)])
