"""Convolutions, poolings, and layers that enlarge, pad and crop spatial axes."""
from keras import layers as L, regularizers
from table import F, chain, functional

FIRST = "channels_first"
LINE, PLANE, SPACE = F(8, 3), F(7, 6, 3), F(5, 4, 6, 2)
# With the channels first.
COLUMN, SHEET, BLOCK = F(3, 8), F(3, 7, 6), F(2, 5, 4, 6)

WEIGHTS = dict(bias_initializer="ones", bias_regularizer="l1", activity_regularizer=regularizers.L2(0.01), bias_constraint="non_neg")
KERNEL = dict(kernel_initializer="he_normal", kernel_regularizer="l2", kernel_constraint="max_norm", **WEIGHTS)
DEPTHWISE = dict(depthwise_initializer="he_normal", depthwise_regularizer="l2", depthwise_constraint="max_norm", **WEIGHTS)

chain("conv 1d", LINE, lambda: [L.Conv1D(4, 3), L.Conv1D(2, 2, strides=2, activation="relu"), L.Flatten(), L.Dense(2)])
chain("conv 1d causal", LINE, lambda: [
    L.Conv1D(4, 3, padding="causal"), L.Conv1D(4, 2, padding="causal", dilation_rate=4), L.Conv1D(2, 3, padding="causal", groups=2)])
chain("conv 1d same", LINE, lambda: [
    L.Conv1D(3, 3, padding="same", strides=2), L.Conv1D(6, 3, padding="same", dilation_rate=2, groups=3), L.Conv1D(2, 1, use_bias=False)])
chain("conv 1d channels first", COLUMN, lambda: [
    L.Conv1D(4, 3, data_format=FIRST), L.MaxPooling1D(2, data_format=FIRST), L.Conv1D(2, 2, data_format=FIRST, padding="same")])
chain("conv 1d options", LINE, lambda: [L.Conv1D(4, 3, activation="gelu", **KERNEL)])
chain("conv 2d", PLANE, lambda: [L.Conv2D(4, 3, activation="relu"), L.Conv2D(3, (2, 3)), L.Flatten(), L.Dense(2)])
chain("conv 2d same", PLANE, lambda: [
    L.Conv2D(4, 3, padding="same", strides=2), L.Conv2D(4, (3, 2), padding="same", dilation_rate=(2, 1)), L.Conv2D(2, 1, use_bias=False)])
chain("conv 2d groups", PLANE, lambda: [L.Conv2D(6, 3, groups=3), L.Conv2D(4, 2, groups=2, dilation_rate=2)])
chain("conv 2d channels first", SHEET, lambda: [
    L.Conv2D(4, 3, data_format=FIRST, activation="relu"), L.AveragePooling2D(2, data_format=FIRST),
    L.Conv2D(2, 2, data_format=FIRST, padding="same", strides=2), L.Flatten(data_format=FIRST)])
chain("conv 2d options", PLANE, lambda: [L.Conv2D(3, (3, 2), strides=(2, 1), activation="selu", **KERNEL)])
chain("conv 2d free sizes", F(7, 6, 3, free=2), lambda: [L.Conv2D(4, 3), L.MaxPooling2D(), L.Conv2D(2, 2), L.GlobalMaxPooling2D()])
chain("conv 3d", SPACE, lambda: [L.Conv3D(3, 2, activation="relu"), L.Conv3D(2, (1, 2, 3), padding="same", strides=(1, 1, 2))])
chain("conv 3d options", SPACE, lambda: [L.Conv3D(4, 2, groups=2, dilation_rate=(2, 1, 1), **KERNEL)])
chain("conv 3d channels first", BLOCK, lambda: [L.Conv3D(3, 2, data_format=FIRST), L.GlobalAveragePooling3D(data_format=FIRST)])

chain("conv 1d transpose", LINE, lambda: [
    L.Conv1DTranspose(4, 3), L.Conv1DTranspose(3, 3, strides=2, padding="same"), L.Conv1DTranspose(2, 2, dilation_rate=2, use_bias=False)])
chain("conv 1d transpose output padding", LINE, lambda: [L.Conv1DTranspose(2, 3, strides=2, output_padding=1, activation="tanh", **KERNEL)])
chain("conv 2d transpose", F(4, 3, 2), lambda: [
    L.Conv2DTranspose(4, 3, activation="relu"), L.Conv2DTranspose(3, (2, 3), strides=2, padding="same"), L.Conv2DTranspose(1, 4, strides=3)])
chain("conv 2d transpose options", F(4, 3, 2), lambda: [
    L.Conv2DTranspose(3, 3, strides=(3, 2), padding="same", output_padding=(2, 1), **KERNEL),
    L.Conv2DTranspose(2, 2, dilation_rate=(1, 2))])
chain("conv 2d transpose channels first", F(2, 4, 3), lambda: [L.Conv2DTranspose(3, 3, strides=2, data_format=FIRST)])
chain("conv 3d transpose", F(2, 3, 2, 2), lambda: [
    L.Conv3DTranspose(3, 2, strides=2), L.Conv3DTranspose(2, (1, 2, 3), padding="same", activation="relu")])
chain("conv 3d transpose channels first", F(2, 2, 3, 2), lambda: [
    L.Conv3DTranspose(2, 2, data_format=FIRST, output_padding=(1, 0, 1), strides=2, use_bias=False)])

chain("depthwise conv 1d", LINE, lambda: [
    L.DepthwiseConv1D(3, depth_multiplier=2, activation="relu"), L.DepthwiseConv1D(2, strides=2, padding="same"),
    L.DepthwiseConv1D(2, dilation_rate=2, use_bias=False)])
chain("depthwise conv 1d channels first", COLUMN, lambda: [L.DepthwiseConv1D(2, data_format=FIRST, **DEPTHWISE)])
chain("depthwise conv 2d", PLANE, lambda: [
    L.DepthwiseConv2D((2, 3), depth_multiplier=2, activation="relu"), L.DepthwiseConv2D(2, strides=2, padding="same"),
    L.DepthwiseConv2D(2, dilation_rate=2, padding="same", use_bias=False)])
chain("depthwise conv 2d channels first", SHEET, lambda: [L.DepthwiseConv2D(2, data_format=FIRST, depth_multiplier=3, **DEPTHWISE)])
chain("separable conv 1d", LINE, lambda: [
    L.SeparableConv1D(4, 3, depth_multiplier=2, activation="relu"), L.SeparableConv1D(3, 2, strides=2, padding="same"),
    L.SeparableConv1D(2, 2, dilation_rate=2, use_bias=False)])
chain("separable conv 1d options", COLUMN, lambda: [L.SeparableConv1D(
    2, 2, data_format=FIRST, pointwise_initializer="ones", pointwise_regularizer="l1", pointwise_constraint="unit_norm", **DEPTHWISE)])
chain("separable conv 2d", PLANE, lambda: [
    L.SeparableConv2D(4, (3, 2), depth_multiplier=2, activation="relu"), L.SeparableConv2D(3, 2, strides=2, padding="same"),
    L.SeparableConv2D(2, 2, dilation_rate=2, use_bias=False, padding="same")])
chain("separable conv 2d options", SHEET, lambda: [L.SeparableConv2D(
    2, 2, data_format=FIRST, pointwise_initializer="ones", pointwise_regularizer="l1", pointwise_constraint="unit_norm", **DEPTHWISE)])

for axes, data, turned in [(1, LINE, COLUMN), (2, PLANE, SHEET), (3, SPACE, BLOCK)]:
    for mode in ["Max", "Average"]:
        pool, everything, adaptive = (getattr(L, f"{prefix}{mode}Pooling{axes}D") for prefix in ("", "Global", "Adaptive"))
        name = f"{mode.lower()} pooling {axes}d"
        functional(name, [data], lambda x, pool=pool: [
            pool(2)(x), pool(3, strides=1)(x), pool(2, strides=3, padding="same")(x)])
        functional(f"{name} channels first", [turned], lambda x, pool=pool: [
            pool(2, data_format=FIRST)(x), pool(3, strides=2, padding="same", data_format=FIRST)(x)])
        functional(f"global {name}", [data], lambda x, everything=everything: [
            everything()(x), everything(keepdims=True)(x), everything(data_format=FIRST)(x)])
        functional(f"adaptive {name}", [data], lambda x, adaptive=adaptive, axes=axes: [
            adaptive(2)(x), adaptive((3, 2, 4)[:axes])(x), adaptive(2, data_format=FIRST)(x)])

chain("up sampling 1d", LINE, lambda: [L.UpSampling1D(), L.UpSampling1D(3), L.Dense(2)])
functional("up sampling 2d", [F(3, 2, 2)], lambda x: [
    L.UpSampling2D()(x), L.UpSampling2D((2, 3))(x), L.UpSampling2D((1, 2), data_format=FIRST)(x),
    L.UpSampling2D(2, interpolation="bilinear")(x), L.UpSampling2D((2, 3), interpolation="bicubic")(x),
    L.UpSampling2D(2, interpolation="lanczos3")(x), L.UpSampling2D(2, interpolation="lanczos5")(x)])
functional("up sampling 3d", [F(2, 1, 2, 2)], lambda x: [
    L.UpSampling3D()(x), L.UpSampling3D((2, 3, 1))(x), L.UpSampling3D(data_format=FIRST)(x)])
functional("padding and cropping 1d", [LINE], lambda x: [
    L.ZeroPadding1D()(x), L.ZeroPadding1D((1, 3))(x), L.Cropping1D()(x), L.Cropping1D((2, 1))(L.Dense(2)(x)),
    L.ZeroPadding1D(2, data_format=FIRST)(x)])
functional("padding and cropping 2d", [PLANE], lambda x: [
    L.ZeroPadding2D()(x), L.ZeroPadding2D((1, 2))(x), L.ZeroPadding2D(((1, 2), (0, 1)))(x), L.Cropping2D(1)(x), L.Cropping2D((2, 1))(x),
    L.Cropping2D(((1, 2), (0, 1)))(x), L.ZeroPadding2D(1, data_format=FIRST)(x), L.Cropping2D(1, data_format=FIRST)(x)])
functional("padding and cropping 3d", [SPACE], lambda x: [
    L.ZeroPadding3D()(x), L.ZeroPadding3D((1, 0, 2))(x), L.ZeroPadding3D(((1, 2), (0, 1), (1, 1)))(x), L.Cropping3D(1)(x),
    L.Cropping3D(((1, 2), (0, 1), (1, 1)))(x), L.ZeroPadding3D(1, data_format=FIRST)(x), L.Cropping3D((1, 0, 1), data_format=FIRST)(
        L.Permute((4, 1, 2, 3))(x))])
