"""Rows of attention layers, and of further core, activation, regularization and normalization layers."""

import keras
from keras import layers

from recording import row

L2 = keras.regularizers.L2


def policies(name, make, *shapes, which=("mixed_bfloat16", "mixed_float16", "float16"), **options):
    for policy in which:
        row(f"{name}, {policy}", lambda policy=policy: make(policy), *shapes, policy=policy, **options)


# Attention
QV = ((2, 3, 4), (2, 5, 4))
row("attention", lambda: layers.Attention(), *QV)
row("attention, key", lambda: layers.Attention(), (2, 3, 4), (2, 5, 2), (2, 5, 4))
row("attention, scale", lambda: layers.Attention(use_scale=True), *QV)
row("attention, concat", lambda: layers.Attention(score_mode="concat"), *QV)
row("attention, concat and scale", lambda: layers.Attention(use_scale=True, score_mode="concat"), *QV)
row("attention, dropout", lambda: layers.Attention(dropout=0.4, seed=3), *QV, training=True)
row("attention, dropout, inference", lambda: layers.Attention(dropout=0.4, seed=3), *QV)
row("attention, masks", lambda: layers.Attention(), *QV, mask="all")
row("attention, query mask", lambda: layers.Attention(), *QV, mask="first")
row("attention, causal", lambda: layers.Attention(), *QV, options={"use_causal_mask": True})
row("attention, causal, masks", lambda: layers.Attention(), *QV, mask="all", options={"use_causal_mask": True})
row("attention, scores", lambda: layers.Attention(use_scale=True), *QV, options={"return_attention_scores": True})
row("attention, rank 2", lambda: layers.Attention(), (3, 4), (5, 4))
policies("attention", lambda policy: layers.Attention(use_scale=True, dtype=policy), *QV, mask="all")
row("additive attention", lambda: layers.AdditiveAttention(), *QV)
row("additive attention, no scale", lambda: layers.AdditiveAttention(use_scale=False), *QV)
row("additive attention, masks", lambda: layers.AdditiveAttention(), *QV, mask="all")
row("additive attention, dropout", lambda: layers.AdditiveAttention(dropout=0.3, seed=5), *QV, training=True)
row("additive attention, causal, scores", lambda: layers.AdditiveAttention(), *QV,
    options={"use_causal_mask": True, "return_attention_scores": True})
policies("additive attention", lambda policy: layers.AdditiveAttention(dtype=policy), *QV)

# Multi-head attention
Q, V = (2, 3, 4), (2, 5, 3)
MHA = layers.MultiHeadAttention


def mha(name, *arguments, keywords=None, options=None, training=False, mask=None, policy=None, shape=Q, value=V, scale=1.0, **settings):
    row("multi-head attention" + name, lambda: MHA(*arguments or (2, 2), **settings, **({"dtype": policy} if policy else {})), shape,
        keywords={"value": value, **(keywords or {})}, options=options, training=training, mask=mask, policy=policy, scale=scale)


mha("")
mha(", key", keywords={"key": (2, 5, 2)})
mha(", value dim", value_dim=3, options={"return_attention_scores": True})
mha(", no bias", use_bias=False)
mha(", output shape", output_shape=(2, 3))
mha(", output size", output_shape=5)
mha(", gate", use_gate=True)
mha(", gate, value dim", use_gate=True, value_dim=3, options={"return_attention_scores": True})
mha(", all options", kernel_initializer="he_normal", bias_initializer="ones", kernel_regularizer=L2(0.1), bias_regularizer="l1",
    activity_regularizer=L2(0.01), kernel_constraint="non_neg", bias_constraint=keras.constraints.MaxNorm(1), seed=4)
mha(", scores", options={"return_attention_scores": True})
mha(", causal", options={"use_causal_mask": True})
mha(", causal, scores", options={"use_causal_mask": True, "return_attention_scores": True})
mha(", attention mask", keywords={"attention_mask": ("bool", (2, 3, 5))})
mha(", attention mask of heads", keywords={"attention_mask": ("bool", (2, 2, 3, 5))})
mha(", attention mask, scores", keywords={"attention_mask": ("bool", (2, 3, 5))}, options={"return_attention_scores": True})
mha(", query mask", mask="first")
mha(", query mask, scores", mask="first", options={"return_attention_scores": True})
mha(", all masks", mask="first", keywords={"key": (2, 5, 2), "value_mask": ("bool", (2, 5)), "key_mask": ("bool", (2, 5)),
                                           "attention_mask": ("bool", (1, 3, 5))}, options={"use_causal_mask": True})
mha(", dropout", dropout=0.4, seed=3, training=True)
mha(", dropout, causal", dropout=0.4, seed=3, training=True, options={"use_causal_mask": True})
mha(", dropout, inference", dropout=0.4)
mha(", sliding window", sliding_window=2)
mha(", sliding window, causal", sliding_window=2, options={"use_causal_mask": True})
mha(", two axes of steps", shape=(2, 2, 3, 4), value=(2, 3, 2, 4))
mha(", one of two axes of steps", shape=(2, 2, 3, 4), value=(2, 2, 5, 4), attention_axes=(2,))
mha(", a negative axis of steps", shape=(2, 2, 3, 4), value=(2, 2, 5, 4), attention_axes=(-2,))
mha(", two axes of steps, mask", shape=(2, 2, 3, 4), value=(2, 3, 2, 4), keywords={"attention_mask": ("bool", (2, 2, 3, 3, 2))})
for policy in ["mixed_bfloat16", "mixed_float16", "float16"]:
    mha(f", {policy}", policy=policy, mask="first", scale=0.7)
mha(", scores, mixed_bfloat16", policy="mixed_bfloat16", options={"return_attention_scores": True}, scale=0.7)
mha(", scores, mixed_float16", 1, 2, value=(2, 2, 3), policy="mixed_float16", options={"return_attention_scores": True}, scale=0.5)


def gqa(name, *arguments, keywords=None, options=None, training=False, mask=None, policy=None, value=(2, 5, 4), scale=1.0, **settings):
    row("group query attention" + name,
        lambda: layers.GroupQueryAttention(*arguments or (3, 4, 2), **settings, **({"dtype": policy} if policy else {})), Q,
        keywords={"value": value, **(keywords or {})}, options=options, training=training, mask=mask, policy=policy, scale=scale)


gqa("")
gqa(", one head of keys", 2, 3, 1)
gqa(", as many heads", 2, 2, 2)
gqa(", key", keywords={"key": (2, 5, 3)})
gqa(", gate, no bias", use_gate=True, use_bias=False)
gqa(", scores", options={"return_attention_scores": True})
gqa(", causal, masks", mask="first", keywords={"value_mask": ("bool", (2, 5)), "attention_mask": ("bool", (2, 3, 5))},
    options={"use_causal_mask": True})
gqa(", causal", options={"use_causal_mask": True})
gqa(", dropout", dropout=0.4, seed=3, training=True)
gqa(", sliding window", sliding_window=2)
gqa(", all options", kernel_initializer="he_normal", bias_initializer="ones", kernel_regularizer=L2(0.1), bias_regularizer="l1",
    activity_regularizer=L2(0.01), kernel_constraint="non_neg", bias_constraint=keras.constraints.MaxNorm(1), seed=4)
gqa(", mixed_bfloat16", policy="mixed_bfloat16", scale=0.7)
gqa(", mixed_float16", policy="mixed_float16", scale=0.7)

# Core
row("einsum dense", lambda: layers.EinsumDense("ab,bc->ac", 3), (2, 4))
row("einsum dense, bias", lambda: layers.EinsumDense("ab,bc->ac", 3, bias_axes="c", activation="relu"), (2, 4))
row("einsum dense, sequence", lambda: layers.EinsumDense("abc,cd->abd", (None, 3), bias_axes="d"), (2, 3, 4))
row("einsum dense, bias of two axes", lambda: layers.EinsumDense("abc,cd->abd", (3, 2), bias_axes="bd"), (2, 3, 4))
row("einsum dense, bias with a gap", lambda: layers.EinsumDense("abc,cde->abde", (3, 2, 2), bias_axes="be"), (2, 3, 4))
row("einsum dense, batch of kernels", lambda: layers.EinsumDense("abc,bcd->abd", (3, 2), bias_axes="d"), (2, 3, 4))
row("einsum dense, two axes summed", lambda: layers.EinsumDense("abc,bcd->ad", 2), (2, 3, 4))
row("einsum dense, axes moved", lambda: layers.EinsumDense("abc,cd->adb", (2, 3), bias_axes="d"), (2, 3, 4))
row("einsum dense, ellipsis before", lambda: layers.EinsumDense("...x,xy->...y", 3, bias_axes="y"), (2, 3, 4))
row("einsum dense, ellipsis before two", lambda: layers.EinsumDense("...ab,bc->...ac", (3, 2), bias_axes="ac"), (2, 2, 3, 4))
row("einsum dense, ellipsis before nothing", lambda: layers.EinsumDense("...ab,bc->...ac", 3, bias_axes="c"), (2, 4))
row("einsum dense, ellipsis behind", lambda: layers.EinsumDense("ab...,bc->ac...", 3, bias_axes="c"), (2, 4, 3))
row("einsum dense, all options", lambda: layers.EinsumDense(
    "ab,bc->ac", 3, bias_axes="c", activation="tanh", kernel_initializer="he_normal", bias_initializer="ones", kernel_regularizer=L2(0.1),
    bias_regularizer="l1", activity_regularizer=L2(0.01), kernel_constraint="non_neg", bias_constraint="non_neg"), (2, 4))
policies("einsum dense", lambda policy: layers.EinsumDense("ab,bc->ac", 3, bias_axes="c", dtype=policy), (2, 4))


def twice_plus_one(x):
    return x * 2 + 1


def scaled_in_training(x, factor, training=False):
    return x * factor if training else x


def product_of_two(inputs):
    return inputs[0] * inputs[1]


def first_mask(inputs, mask=None):
    return mask


row("lambda", lambda: layers.Lambda(twice_plus_one), (2, 3))
row("lambda, arguments", lambda: layers.Lambda(scaled_in_training, arguments={"factor": 3}), (2, 3), training=True)
row("lambda, list", lambda: layers.Lambda(product_of_two), (2, 3), (2, 3))
row("lambda, mask", lambda: layers.Lambda(twice_plus_one, mask=first_mask), (2, 3, 2), mask="first")
row("lambda, mask is dropped", lambda: layers.Lambda(twice_plus_one), (2, 3, 2), mask="first")
row("lambda, output shape", lambda: layers.Lambda(twice_plus_one, output_shape=(3,)), (2, 3))
row("lambda, mixed_bfloat16", lambda: layers.Lambda(twice_plus_one, dtype="mixed_bfloat16"), (2, 3), policy="mixed_bfloat16")

# Activations
row("softmax, mask", lambda: layers.Softmax(axis=1), (3, 4), mask="first")
row("softmax, mask of two axes", lambda: layers.Softmax(axis=[0, 1]), (3, 4), mask="first")
row("prelu, options", lambda: layers.PReLU(alpha_initializer="ones", alpha_regularizer=L2(0.1), alpha_constraint="non_neg"), (2, 3))
for name, make in [("softmax", layers.Softmax), ("prelu", layers.PReLU), ("relu", layers.ReLU),
                   ("leaky relu", layers.LeakyReLU), ("elu", layers.ELU)]:
    policies(name, lambda policy, make=make: make(dtype=policy), (2, 4), which=("mixed_bfloat16", "mixed_float16"))
row("activation, mixed_float16", lambda: layers.Activation("gelu", dtype="mixed_float16"), (2, 4), policy="mixed_float16")

# Regularization
row("spatial dropout 1d", lambda: layers.SpatialDropout1D(0.4, seed=3), (2, 3, 4), training=True)
row("spatial dropout 1d, inference", lambda: layers.SpatialDropout1D(0.4), (2, 3, 4))
row("spatial dropout 2d", lambda: layers.SpatialDropout2D(0.4, seed=3), (2, 2, 2, 4), training=True)
row("spatial dropout 2d, channels first", lambda: layers.SpatialDropout2D(0.4, data_format="channels_first", seed=3), (2, 4, 2, 2),
    training=True)
row("spatial dropout 3d", lambda: layers.SpatialDropout3D(0.4, seed=3), (2, 2, 1, 2, 4), training=True)
row("spatial dropout 3d, channels first", lambda: layers.SpatialDropout3D(0.4, data_format="channels_first", seed=3), (2, 4, 2, 1, 2),
    training=True)
row("alpha dropout", lambda: layers.AlphaDropout(0.4, seed=3), (4, 5), training=True)
row("alpha dropout, noise shape", lambda: layers.AlphaDropout(0.4, noise_shape=(None, 1), seed=3), (4, 5), training=True)
row("alpha dropout, inference", lambda: layers.AlphaDropout(0.4), (2, 3))
row("gaussian dropout", lambda: layers.GaussianDropout(0.4, seed=3), (4, 5), training=True)
row("gaussian dropout, inference", lambda: layers.GaussianDropout(0.4), (2, 3))
row("gaussian noise", lambda: layers.GaussianNoise(0.4, seed=3), (4, 5), training=True)
row("gaussian noise, inference", lambda: layers.GaussianNoise(0.4), (2, 3))
row("activity regularization", lambda: layers.ActivityRegularization(l1=0.1, l2=0.2), (2, 3))
for name, make in [("dropout", layers.Dropout), ("alpha dropout", layers.AlphaDropout), ("gaussian dropout", layers.GaussianDropout),
                   ("gaussian noise", layers.GaussianNoise)]:
    policies(name, lambda policy, make=make: make(0.4, seed=3, dtype=policy), (4, 5), training=True,
             which=("mixed_bfloat16", "mixed_float16"))
    row(name + ", mask", lambda make=make: make(0.4, seed=3), (2, 3, 2), training=True, mask="first")
row("spatial dropout 1d, float16", lambda: layers.SpatialDropout1D(0.4, seed=3, dtype="float16"), (2, 3, 4), training=True,
    policy="float16")

# Normalization
row("group normalization", lambda: layers.GroupNormalization(groups=2), (2, 3, 4))
row("group normalization, a group for each channel", lambda: layers.GroupNormalization(groups=-1), (2, 3, 4))
row("group normalization, axis 1", lambda: layers.GroupNormalization(groups=2, axis=1, epsilon=0.01), (2, 4, 3))
row("group normalization, axis -2", lambda: layers.GroupNormalization(groups=2, axis=-2), (2, 2, 4, 3))
row("group normalization, plain", lambda: layers.GroupNormalization(groups=2, center=False, scale=False), (2, 4))
row("group normalization, all options", lambda: layers.GroupNormalization(
    groups=2, beta_initializer="ones", gamma_initializer="zeros", beta_regularizer=L2(0.1), gamma_regularizer="l1",
    beta_constraint="non_neg", gamma_constraint="non_neg"), (2, 3, 4))
row("group normalization, mask", lambda: layers.GroupNormalization(groups=2), (2, 3, 4), mask="first")
policies("group normalization", lambda policy: layers.GroupNormalization(groups=2, dtype=policy), (2, 3, 4))
row("rms normalization", lambda: layers.RMSNormalization(), (2, 3, 4))
row("rms normalization, two axes", lambda: layers.RMSNormalization(axis=[-2, -1], epsilon=0.01), (2, 3, 4))
row("rms normalization, mask", lambda: layers.RMSNormalization(), (2, 3, 4), mask="first")
policies("rms normalization", lambda policy: layers.RMSNormalization(dtype=policy), (2, 3, 4))
row("unit normalization", lambda: layers.UnitNormalization(), (2, 4))
row("unit normalization, two axes", lambda: layers.UnitNormalization(axis=[1, 2]), (2, 3, 4))
row("unit normalization, listed axis", lambda: layers.UnitNormalization(axis=[1]), (2, 3, 4), mask="first")
policies("unit normalization", lambda policy: layers.UnitNormalization(dtype=policy), (2, 4))
row("spectral normalization", lambda: layers.SpectralNormalization(layers.Dense(3)), (2, 4))
row("spectral normalization, training", lambda: layers.SpectralNormalization(layers.Dense(3)), (2, 4), training=True)
row("spectral normalization, iterations", lambda: layers.SpectralNormalization(layers.Dense(3), power_iterations=3), (2, 4), training=True)
row("spectral normalization, embedding", lambda: layers.SpectralNormalization(layers.Embedding(5, 3)), (2, 4), ints=5, training=True)
row("spectral normalization, einsum", lambda: layers.SpectralNormalization(layers.EinsumDense("ab,bcd->acd", (2, 3))), (2, 4),
    training=True)
row("spectral normalization, zeros", lambda: layers.SpectralNormalization(layers.Dense(2, kernel_initializer="zeros")), (2, 3))
row("batch normalization, axis 1, mixed_float16", lambda: layers.BatchNormalization(axis=1, dtype="mixed_float16"), (3, 2, 4),
    training=True, policy="mixed_float16")
policies("batch normalization, inference", lambda policy: layers.BatchNormalization(dtype=policy), (4, 3),
         which=("mixed_bfloat16", "float16", "bfloat16"))
policies("batch normalization, training", lambda policy: layers.BatchNormalization(dtype=policy), (4, 3), training=True,
         which=("float16", "bfloat16"))
policies("layer normalization, plain type", lambda policy: layers.LayerNormalization(dtype=policy), (3, 4),
         which=("float16", "bfloat16", "mixed_bfloat16"))
row("layer normalization, rms scaling, mixed_bfloat16", lambda: layers.LayerNormalization(rms_scaling=True, dtype="mixed_bfloat16"),
    (3, 4), policy="mixed_bfloat16")
