"""Rows of core, merging, activation, reshaping, regularization and normalization layers."""

import keras
from keras import layers

from recording import row

L2 = keras.regularizers.L2
row("dense", lambda: layers.Dense(3), (2, 4))
row("dense, rank 3, relu", lambda: layers.Dense(3, activation="relu"), (2, 3, 4))
row("dense, no bias, tanh", lambda: layers.Dense(2, activation="tanh", use_bias=False), (3, 4))
row("dense, all options", lambda: layers.Dense(
    2, activation="gelu", kernel_initializer="he_normal", bias_initializer="ones", kernel_regularizer=L2(0.1),
    bias_regularizer="l1", kernel_constraint=keras.constraints.MaxNorm(3), bias_constraint="non_neg"), (2, 3))
row("dense, mixed_bfloat16", lambda: layers.Dense(3, dtype="mixed_bfloat16"), (2, 4), policy="mixed_bfloat16")
row("dense, mixed_float16", lambda: layers.Dense(3, dtype="mixed_float16"), (2, 4), policy="mixed_float16")
row("dense, float16", lambda: layers.Dense(3, dtype="float16"), (2, 4), policy="float16")
row("embedding", lambda: layers.Embedding(7, 3), (2, 4), ints=7)
row("embedding, mask", lambda: layers.Embedding(5, 2, mask_zero=True), (3, 4), ints=5)
row("embedding, mixed_bfloat16", lambda: layers.Embedding(5, 2, dtype="mixed_bfloat16"), (3, 4), ints=5, policy="mixed_bfloat16")
row("identity", lambda: layers.Identity(), (2, 3))
row("masking", lambda: layers.Masking(mask_value=0.0), (2, 3, 2))
for function in ["linear", "relu", "relu6", "leaky_relu", "softmax", "log_softmax", "celu", "elu", "selu", "softplus", "softsign",
                 "squareplus", "soft_shrink", "sparse_plus", "silu", "gelu", "glu", "tanh", "tanh_shrink", "sigmoid",
                 "sparse_sigmoid", "exponential", "hard_sigmoid", "hard_silu", "hard_tanh", "hard_shrink", "mish",
                 "log_sigmoid", "sparsemax"]:
    row("activation " + function, lambda function=function: layers.Activation(function), (3, 4))
row("relu", lambda: layers.ReLU(), (2, 4))
row("relu, all options", lambda: layers.ReLU(max_value=1.0, negative_slope=0.1, threshold=0.2), (3, 4))
row("leaky relu", lambda: layers.LeakyReLU(negative_slope=0.2), (2, 4))
row("elu", lambda: layers.ELU(alpha=0.7), (2, 4))
row("prelu", lambda: layers.PReLU(), (2, 3, 2))
row("prelu, shared", lambda: layers.PReLU(shared_axes=[1]), (2, 3, 2))
row("softmax", lambda: layers.Softmax(), (2, 4))
row("softmax, axis 1", lambda: layers.Softmax(axis=1), (2, 3, 2))
row("softmax, two axes", lambda: layers.Softmax(axis=[1, 2]), (2, 3, 2))
row("dropout, inference", lambda: layers.Dropout(0.5), (2, 4))
row("dropout, training", lambda: layers.Dropout(0.4, seed=3), (4, 5), training=True)
row("dropout, noise shape", lambda: layers.Dropout(0.4, noise_shape=(None, 1), seed=5), (4, 3), training=True)
row("flatten", lambda: layers.Flatten(), (2, 3, 2))
row("flatten, channels first", lambda: layers.Flatten(data_format="channels_first"), (2, 3, 2))
row("flatten, vector", lambda: layers.Flatten(), (3,))
row("reshape", lambda: layers.Reshape((3, 2)), (2, 6))
row("reshape, free axis", lambda: layers.Reshape((-1, 2)), (2, 6))
row("permute", lambda: layers.Permute((2, 1)), (2, 3, 4))
row("repeat vector", lambda: layers.RepeatVector(3), (2, 4))
for merge in ["Add", "Multiply", "Average", "Maximum", "Minimum"]:
    row(merge.lower(), lambda merge=merge: getattr(layers, merge)(), (2, 3), (2, 3), (2, 3))
    row(merge.lower() + ", broadcast", lambda merge=merge: getattr(layers, merge)(), (2, 3, 4), (2, 1, 4))
    row(merge.lower() + ", ranks", lambda merge=merge: getattr(layers, merge)(), (2, 3, 4), (2, 4))
    row(merge.lower() + ", masks", lambda merge=merge: getattr(layers, merge)(), (2, 3, 4), (2, 3, 4), mask="all")
    row(merge.lower() + ", one mask", lambda merge=merge: getattr(layers, merge)(), (2, 3, 4), (2, 3, 4), mask="first")
row("subtract", lambda: layers.Subtract(), (2, 3), (2, 3))
row("concatenate", lambda: layers.Concatenate(), (2, 3), (2, 4))
row("concatenate, axis 1", lambda: layers.Concatenate(axis=1), (2, 3, 2), (2, 1, 2))
row("concatenate, masks", lambda: layers.Concatenate(axis=1), (2, 3, 2), (2, 2, 2), mask="all")
row("concatenate, one mask", lambda: layers.Concatenate(axis=1), (2, 3, 2), (2, 2, 2), mask="first")
row("dot", lambda: layers.Dot(axes=1), (2, 3), (2, 3))
row("dot, two axes", lambda: layers.Dot(axes=(2, 1)), (2, 3, 4), (2, 4, 5))
row("dot, normalize", lambda: layers.Dot(axes=-1, normalize=True), (2, 3, 4), (2, 5, 4))
row("dot, rank 2 and 3", lambda: layers.Dot(axes=(1, 2)), (2, 4), (2, 3, 4))
row("batch normalization, inference", lambda: layers.BatchNormalization(), (4, 3))
row("batch normalization, training", lambda: layers.BatchNormalization(), (4, 3), training=True)
row("batch normalization, axis 1", lambda: layers.BatchNormalization(axis=1, momentum=0.9, epsilon=0.01), (3, 2, 4), training=True)
row("batch normalization, no scale", lambda: layers.BatchNormalization(scale=False), (3, 2, 2), training=True)
row("batch normalization, no center", lambda: layers.BatchNormalization(center=False), (4, 3))
row("batch normalization, frozen", lambda: layers.BatchNormalization(trainable=False), (4, 3), training=True)
row("batch normalization, mask", lambda: layers.BatchNormalization(), (2, 3, 2), training=True, mask="all")
row("batch normalization, mixed_bfloat16", lambda: layers.BatchNormalization(dtype="mixed_bfloat16"), (4, 3), training=True,
    policy="mixed_bfloat16")
row("batch normalization, renorm", lambda: layers.BatchNormalization(
    renorm=True, renorm_clipping={"rmax": 1.4, "rmin": 0.6, "dmax": 0.3}, renorm_momentum=0.9), (4, 3), training=True)
row("batch normalization, renorm without limits", lambda: layers.BatchNormalization(renorm=True, center=False, scale=False), (4, 3),
    training=True)
row("layer normalization, rms scaling", lambda: layers.LayerNormalization(rms_scaling=True), (3, 4))
row("layer normalization", lambda: layers.LayerNormalization(), (3, 4))
row("layer normalization, two axes", lambda: layers.LayerNormalization(axis=[1, 2], epsilon=1e-5), (2, 3, 4))
row("layer normalization, plain", lambda: layers.LayerNormalization(center=False, scale=False), (3, 4))
row("layer normalization, mixed_float16", lambda: layers.LayerNormalization(dtype="mixed_float16"), (3, 4), policy="mixed_float16")
