"""keras.ops' functions for neural networks."""
import numpy as np
from keras import ops

from recording import draw, record

inf, nan = np.inf, np.nan
ACTIVATIONS = {
    # ours: (Keras' name, arguments)
    "relu": ("relu", [{}]), "relu6": ("relu6", [{}]), "elu": ("elu", [{}, {"alpha": 0.5}]), "selu": ("selu", [{}]), "celu": ("celu", [{}, {"alpha": 0.5}]),
    "gelu": ("gelu", [{}, {"approximate": False}, {"approximate": True}]), "silu": ("silu", [{}]), "softplus": ("softplus", [{}]), "softsign": ("softsign", [{}]),
    "hardSigmoid": ("hard_sigmoid", [{}]), "hardSilu": ("hard_silu", [{}]), "hardTanh": ("hard_tanh", [{}]), "hardShrink": ("hard_shrink", [{}, {"threshold": 1.0}]),
    "softShrink": ("soft_shrink", [{}, {"threshold": 1.0}]), "tanhShrink": ("tanh_shrink", [{}]), "logSigmoid": ("log_sigmoid", [{}]),
    "squareplus": ("squareplus", [{}, {"b": 2}]), "sparsePlus": ("sparse_plus", [{}]), "sparseSigmoid": ("sparse_sigmoid", [{}]), "glu": ("glu", [{}, {"axis": 0}]),
    "threshold": ("threshold", [{"threshold": 0.5, "default_value": -1.0}]), "leakyRelu": ("leaky_relu", [{}, {"negative_slope": 0.1}]),
}


def activations():
    for name, (keras_name, options) in ACTIVATIONS.items():
        f = getattr(ops, keras_name)
        for attrs in options:
            for dtype in ("float32", "float64", "bfloat16", "float16") if attrs == options[0] else ("float32",):
                record(name, f"{attrs} {dtype}", f, [draw(name, (6, 4), dtype, -4, 4)], attrs, scale=2)
        if name not in ("glu", "threshold"):
            x = np.array([60.0, -60.0, 0.0, nan], np.float32)
            if name in ("relu", "relu6", "softplus", "silu", "gelu", "elu", "logSigmoid", "leakyRelu"):
                record(name, "specials", f, [x], options[0])
            record(name, "int32", f, [np.array([-2, 0, 1, 3], np.int32)], options[0])
    for name, f in (("softmax", ops.softmax), ("logSoftmax", ops.log_softmax)):
        for attrs in ({}, {"axis": 0}, {"axis": -2}):
            record(name, f"{attrs}", f, [draw(name, (3, 4, 2))], attrs)
        record(name, "two axes", f, [draw(name, (2, 3, 4))], {"axis": [1, 2]}, {"axis": (1, 2)})
        record(name, "bfloat16", f, [draw(name, (3, 4), "bfloat16")])
    record("softmax", "all axes", ops.softmax, [draw("softmax", (3, 4))], {"axis": None}, {"axis": None})


def losses():
    for logits in (False, True):
        attrs = {"from_logits": logits}
        y = draw("binary", (4, 3), low=0, high=1)
        x = draw("p", (4, 3), low=-3, high=3) if logits else draw("p", (4, 3), low=0.01, high=0.99)
        record("binaryCrossentropy", f"{attrs}", ops.binary_crossentropy, [y, x], attrs, scale=2)
        record("binaryCrossentropy", f"{attrs} ends", ops.binary_crossentropy, [np.array([0, 1, 1, 0], np.float32), np.array([0, 1, 0, 1], np.float32)], attrs, scale=4, own=True)
        target = np.eye(3, dtype=np.float32)[[0, 2, 1, 1]]
        p = x if logits else x / x.sum(-1, keepdims=True)
        record("categoricalCrossentropy", f"{attrs}", ops.categorical_crossentropy, [target, p], attrs, scale=2)
        record("categoricalCrossentropy", f"{attrs} axis 0", ops.categorical_crossentropy, [target.T.copy(), p.T.copy()], {**attrs, "axis": 0}, scale=2)
        labels = np.array([0, 2, 1, 1], np.int32)
        record("sparseCategoricalCrossentropy", f"{attrs}", ops.sparse_categorical_crossentropy, [labels, p], attrs, scale=2)
        record("sparseCategoricalCrossentropy", f"{attrs} of [2, 2]", ops.sparse_categorical_crossentropy, [labels.reshape(2, 2), p.reshape(2, 2, 3)], attrs, scale=2)
        record("sparseCategoricalCrossentropy", f"{attrs} with an axis of one", ops.sparse_categorical_crossentropy, [labels.reshape(4, 1), p], attrs, scale=2)


def one_hot():
    i = np.array([0, 2, -1, 5, 1], np.int32)
    record("oneHot", "last", ops.one_hot, [i], {"num_classes": 3}, exact=True)
    record("oneHot", "axis 0, int32", ops.one_hot, [np.array([[0, 1], [2, 1]], np.int32)], {"num_classes": 3, "axis": 0, "dtype": "int32"}, exact=True)
    record("multiHot", "two", ops.multi_hot, [np.array([[0, 2], [1, 1]], np.int32)], {"num_classes": 4}, exact=True)
    record("topK", "2", ops.top_k, [draw("top", (3, 5))], {"k": 2}, exact=True)
    record("topK", "3 of int32", ops.top_k, [draw("top", (2, 6), "int32", 0, 4)], {"k": 3}, exact=True)


def convolutions():
    x, k = draw("x", (2, 7, 6, 3)), draw("k", (3, 2, 3, 4))
    for attrs in ({"strides": 1, "padding": "valid"}, {"strides": 2, "padding": "same"}, {"strides": [2, 1], "padding": "same"}, {"strides": 1, "padding": "same", "dilation_rate": 2}):
        given = {key: tuple(v) if isinstance(v, list) else v for key, v in attrs.items()}
        record("conv", f"2d {attrs}", ops.conv, [x, k], attrs, given, scale=8)
    record("conv", "1d", ops.conv, [draw("x", (2, 6, 3)), draw("k", (3, 3, 2))], {"strides": 1, "padding": "same"}, scale=8)
    record("conv", "3d", ops.conv, [draw("x", (1, 3, 4, 3, 2)), draw("k", (2, 2, 2, 2, 2))], {"strides": 1, "padding": "valid"}, scale=8)
    record("conv", "2d grouped", ops.conv, [draw("x", (1, 4, 4, 4)), draw("k", (3, 3, 2, 4))], {"strides": 1, "padding": "same"}, scale=8)
    y = draw("pool", (2, 5, 7, 2))
    for name, f in (("maxPool", ops.max_pool), ("averagePool", ops.average_pool)):
        for attrs in ({"pool_size": 2, "strides": 2}, {"pool_size": [3, 2], "strides": [2, 1], "padding": "same"}, {"pool_size": 3, "strides": 1, "padding": "same"},
                      {"pool_size": 2, "strides": 3, "padding": "valid"}):
            given = {key: tuple(v) if isinstance(v, list) else v for key, v in attrs.items()}
            record(name, f"{attrs}", f, [y], attrs, given, scale=4)
        record(name, "1d", f, [draw("pool", (2, 7, 3))], {"pool_size": 2, "strides": 2}, scale=4)
    for name, f in (("adaptiveAveragePool", ops.adaptive_average_pool), ("adaptiveMaxPool", ops.adaptive_max_pool)):
        for attrs in ({"output_size": [2, 4]}, {"output_size": [5, 7]}, {"output_size": [8, 3]}):
            record(name, f"{attrs}", f, [y], attrs, {"output_size": tuple(attrs["output_size"])}, scale=4)
    for interpolation in ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"):
        for size in ((3, 10), (8, 4)):
            for antialias in (False, True):
                attrs = {"size": list(size), "interpolation": interpolation, "antialias": antialias}
                record("resize", f"{attrs}", ops.image.resize, [y], attrs, {**attrs, "size": size}, scale=4)


def normalisations():
    x = draw("norm", (4, 3, 2), low=-1, high=3)
    record("layerNormalization", "last axis", ops.layer_normalization, [x, draw("g", (2,)), draw("b", (2,))], {"axis": -1}, scale=8)
    record("layerNormalization", "of 17", ops.layer_normalization, [draw("norm", (4, 17)), draw("g", (17,)), draw("b", (17,))], {"axis": -1, "epsilon": 1e-5}, scale=8)
    mean, variance = draw("m", (2,)), draw("v", (2,), low=0.5, high=2)
    record("batchNormalization", "plain", ops.batch_normalization, [x, mean, variance], {"axis": -1}, scale=4)
    f = lambda x, m, v, o, s, axis, epsilon: ops.batch_normalization(x, m, v, axis, offset=o, scale=s, epsilon=epsilon)
    record("batchNormalization", "offset and scale", f, [x, mean, variance, draw("o", (2,)), draw("s", (2,))], {"axis": -1, "epsilon": 1e-2}, scale=4)
    f1 = lambda x, m, v, o, s, axis: ops.batch_normalization(x, m, v, axis, offset=o, scale=s)
    m1 = [draw(n, (3,), low=0.5, high=2) for n in "mvos"]
    record("batchNormalization", "axis 1", f1, [x] + m1, {"axis": 1}, scale=4)


def add_all():
    activations()
    losses()
    one_hot()
    convolutions()
    normalisations()
