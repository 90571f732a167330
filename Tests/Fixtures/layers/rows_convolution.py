"""Rows of convolutions, poolings, and layers that enlarge, pad and crop spatial axes."""

import keras
from keras import layers

from recording import row

L2 = keras.regularizers.L2
FIRST = "channels_first"
SHAPES = {1: (2, 6, 2), 2: (2, 5, 4, 2), 3: (1, 4, 3, 4, 2)}
TURNED = {1: (2, 2, 6), 2: (2, 2, 5, 4), 3: (1, 2, 4, 3, 4)}
# A number for each axis, all different.
SOME = {1: 2, 2: (2, 3), 3: (2, 1, 3)}
STRIDES = {1: 2, 2: (2, 1), 3: (1, 2, 2)}
DILATION = {1: 2, 2: (1, 2), 3: (2, 1, 2)}


def rows(layer, axes, name, variants, **common):
    for label, options in variants.items():
        options = dict(options)
        shape = options.pop("shape", (TURNED if options.get("data_format") == FIRST else SHAPES)[axes])
        call = {key: options.pop(key) for key in ("mask", "policy") if key in options}
        arguments = {**common, **options}
        row(f"{name}, {label}", lambda layer=layer, arguments=arguments: getattr(layers, layer)(**arguments), shape, **call)


for axes in (1, 2, 3):
    conv = f"Conv{axes}D"
    rows(conv, axes, f"conv {axes}d", {
        "plain": {},
        "same, strides": dict(padding="same", strides=STRIDES[axes]),
        "strides": dict(strides=2, activation="relu"),
        "dilation": dict(dilation_rate=DILATION[axes], kernel_size=2),
        "dilation, same": dict(dilation_rate=DILATION[axes], padding="same"),
        "groups": dict(groups=2, filters=4),
        "channels first": dict(data_format=FIRST, activation="tanh"),
        "channels first, same, strides, groups": dict(data_format=FIRST, padding="same", strides=2, groups=2, filters=2, use_bias=False),
        "mixed_bfloat16": dict(dtype="mixed_bfloat16", policy="mixed_bfloat16"),
    }, filters=3, kernel_size=SOME[axes])
    rows(conv + "Transpose", axes, f"conv {axes}d transpose", {
        "plain": {},
        "same, strides": dict(padding="same", strides=STRIDES[axes], activation="relu"),
        "strides above the window": dict(strides=4, kernel_size=2) if axes < 3 else dict(strides=(1, 3, 2), kernel_size=(2, 2, 1)),
        "output padding": dict(strides=2, output_padding=1) if axes < 3 else dict(strides=2, output_padding=(1, 0, 1)),
        "output padding, same": dict(strides=3, output_padding=2, padding="same") if axes < 3
        else dict(strides=2, output_padding=1, padding="same"),
        "dilation": dict(dilation_rate=DILATION[axes]),
        "dilation, same": dict(dilation_rate=DILATION[axes], padding="same"),
        "channels first": dict(data_format=FIRST, strides=STRIDES[axes], use_bias=False),
        "mixed_float16": dict(dtype="mixed_float16", policy="mixed_float16"),
    }, filters=3, kernel_size=SOME[axes])
    for mode in ("Max", "Average"):
        rows(f"{mode}Pooling{axes}D", axes, f"{mode.lower()} pooling {axes}d", {
            "plain": {},
            "strides": dict(pool_size=SOME[axes], strides=1),
            "same": dict(padding="same", strides=STRIDES[axes], pool_size=3),
            "same, window 2": dict(padding="same"),
            "channels first": dict(data_format=FIRST),
            "channels first, same": dict(data_format=FIRST, padding="same", pool_size=SOME[axes]),
            "float16": dict(dtype="float16", policy="float16"),
        }, pool_size=2)
        rows(f"Global{mode}Pooling{axes}D", axes, f"global {mode.lower()} pooling {axes}d", {
            "plain": {},
            "keepdims": dict(keepdims=True),
            "channels first": dict(data_format=FIRST),
            "channels first, keepdims": dict(data_format=FIRST, keepdims=True),
            "mixed_bfloat16": dict(dtype="mixed_bfloat16", policy="mixed_bfloat16"),
        })
        rows(f"Adaptive{mode}Pooling{axes}D", axes, f"adaptive {mode.lower()} pooling {axes}d", {
            "plain": {},
            "sizes": dict(output_size=(4,) if axes == 1 else (2, 4, 3)[:axes]),
            # Keras rounds 6 / 7 · 7 up, and looks for a seventh element of six; it has 6 / 8 right.
            "larger": dict(output_size=(8, 7, (5, 3, 4))[axes - 1]),
            "channels first": dict(data_format=FIRST),
        }, output_size=3)

row("conv 2d, all options", lambda: layers.Conv2D(
    2, (2, 3), activation="gelu", kernel_initializer="he_normal", bias_initializer="ones", kernel_regularizer=L2(0.1),
    bias_regularizer="l1", activity_regularizer="l2", kernel_constraint=keras.constraints.MaxNorm(3), bias_constraint="non_neg"),
    SHAPES[2])
row("conv 2d, float16", lambda: layers.Conv2D(2, 2, dtype="float16"), (1, 3, 3, 2), policy="float16")
row("conv 2d, windows of 1", lambda: layers.Conv2D(3, 1), SHAPES[2])
row("conv 2d, windows of 1, strides", lambda: layers.Conv2D(3, 1, strides=2), SHAPES[2])
row("conv 2d, the whole input", lambda: layers.Conv2D(3, (5, 4)), SHAPES[2])
row("conv 1d, causal", lambda: layers.Conv1D(3, 3, padding="causal"), SHAPES[1])
row("conv 1d, causal, dilation", lambda: layers.Conv1D(3, 2, padding="causal", dilation_rate=3), SHAPES[1])
row("conv 1d, causal, strides, groups", lambda: layers.Conv1D(4, 3, padding="causal", strides=2, groups=2), SHAPES[1])
row("conv 1d, causal, channels first", lambda: layers.Conv1D(3, 3, padding="causal", data_format=FIRST), TURNED[1])
row("conv 1d, mask", lambda: layers.Conv1D(2, 2), SHAPES[1], mask="all")
for axes in (1, 2):
    rows(f"DepthwiseConv{axes}D", axes, f"depthwise conv {axes}d", {
        "plain": {},
        "multiplier": dict(depth_multiplier=3, activation="relu"),
        "same, strides": dict(padding="same", strides=2),
        "dilation": dict(dilation_rate=2, kernel_size=2),
        "strides and dilation": dict(dilation_rate=2, kernel_size=2, strides=2),
        "channels first": dict(data_format=FIRST, depth_multiplier=2),
        "no bias": dict(use_bias=False, depthwise_initializer="he_uniform", depthwise_regularizer=L2(0.1),
                        depthwise_constraint="non_neg", activity_regularizer="l1"),
        "mixed_bfloat16": dict(dtype="mixed_bfloat16", policy="mixed_bfloat16"),
    }, kernel_size=SOME[axes])
    rows(f"SeparableConv{axes}D", axes, f"separable conv {axes}d", {
        "plain": {},
        "multiplier": dict(depth_multiplier=2, activation="relu"),
        "same, strides": dict(padding="same", strides=2),
        "dilation": dict(dilation_rate=2, kernel_size=2),
        "channels first": dict(data_format=FIRST, depth_multiplier=2, padding="same"),
        "no bias": dict(use_bias=False, depthwise_initializer="he_uniform", depthwise_regularizer=L2(0.1),
                        depthwise_constraint="non_neg", pointwise_initializer="ones", pointwise_regularizer="l1",
                        pointwise_constraint="unit_norm", activity_regularizer="l1"),
        "mixed_float16": dict(dtype="mixed_float16", policy="mixed_float16"),
    }, filters=3, kernel_size=SOME[axes])
row("global average pooling 1d, mask", lambda: layers.GlobalAveragePooling1D(), (3, 4, 2), mask="all")
row("global average pooling 1d, mask, keepdims", lambda: layers.GlobalAveragePooling1D(keepdims=True), (3, 4, 2), mask="all")
row("global average pooling 1d, mask, mixed_float16", lambda: layers.GlobalAveragePooling1D(dtype="mixed_float16"), (3, 4, 2), mask="all",
    policy="mixed_float16")
row("max pooling 1d, mask", lambda: layers.MaxPooling1D(2), (2, 4, 2), mask="all")
row("global max pooling 1d, mask", lambda: layers.GlobalMaxPooling1D(), (2, 4, 2), mask="all")

rows("UpSampling1D", 1, "up sampling 1d", {"plain": {}, "size": dict(size=3), "mask": dict(mask="all"),
                                           "mixed_float16": dict(dtype="mixed_float16", policy="mixed_float16")})
small = {"shape": (1, 3, 2, 2)}
rows("UpSampling2D", 2, "up sampling 2d", {
    "plain": small, "sizes": dict(size=(2, 3), **small), "channels first": dict(data_format=FIRST, size=(1, 2), **small),
    **{kind: dict(interpolation=kind, size=(2, 3), **small) for kind in ("bilinear", "bicubic", "lanczos3", "lanczos5")},
    "bilinear, channels first": dict(interpolation="bilinear", data_format=FIRST, **small),
    "bicubic, one axis": dict(interpolation="bicubic", size=(1, 4), **small),
    "bilinear, mixed_bfloat16": dict(interpolation="bilinear", dtype="mixed_bfloat16", policy="mixed_bfloat16", **small),
})
small = {"shape": (1, 2, 1, 2, 2)}
rows("UpSampling3D", 3, "up sampling 3d", {
    "plain": small, "sizes": dict(size=(2, 3, 1), **small), "channels first": dict(data_format=FIRST, **small)})
for kind, word in (("ZeroPadding", "padding"), ("Cropping", "cropping")):
    for axes in (1, 2, 3):
        name = ("zero " if kind == "ZeroPadding" else "") + f"{word} {axes}d"
        each = {2: (1, 0), 3: (1, 0, 1)}
        both = {2: ((1, 2), (0, 1)), 3: ((1, 2), (0, 1), (1, 1))}
        first = {} if kind + str(axes) == "Cropping1" else {"channels first": dict(data_format=FIRST)}
        if axes == 1:
            variants = {"plain": {}, "number": {word: 2}, "both sides": {word: (1, 3)}, **first}
        else:
            variants = {"plain": {}, "number": {word: 1}, "each axis": {word: each[axes]}, "both sides": {word: both[axes]},
                        "mixed_float16": dict(dtype="mixed_float16", policy="mixed_float16", **{word: both[axes]}),
                        **{key: {**value, word: both[axes]} for key, value in first.items()}}
        rows(f"{kind}{axes}D", axes, name, variants)

row("flatten, channels first, volume", lambda: layers.Flatten(data_format=FIRST), (2, 2, 3, 2, 1))
row("reshape, mask", lambda: layers.Reshape((2, 3)), (2, 3, 2), mask="all")
row("permute, mask", lambda: layers.Permute((2, 1)), (2, 3, 2), mask="all")
row("permute, three axes", lambda: layers.Permute((3, 1, 2)), (2, 3, 2, 4))
row("flatten, mask", lambda: layers.Flatten(), (2, 3, 2), mask="all")
row("repeat vector, mixed_float16", lambda: layers.RepeatVector(2, dtype="mixed_float16"), (2, 3), policy="mixed_float16")
