"""Core, activation, reshaping, merging, regularization and normalization layers."""
import keras
from keras import constraints, initializers, layers as L, regularizers
from table import B, F, I, chain, functional

# Dense and its relatives
chain("dense", F(4), lambda: [L.Dense(3)])
chain("dense rank 3", F(3, 4), lambda: [L.Dense(5, activation="relu"), L.Dense(2, use_bias=False, activation="tanh")])
chain("dense options", F(4), lambda: [L.Dense(
    3, activation="gelu", kernel_initializer=initializers.HeNormal(seed=3), bias_initializer=initializers.Constant(0.25),
    kernel_regularizer=regularizers.L1L2(0.1, 0.2), bias_regularizer="l2", activity_regularizer=regularizers.L1(0.01),
    kernel_constraint=constraints.MinMaxNorm(0.1, 2.0, 0.5, axis=0), bias_constraint="non_neg")])
chain("dense frozen", F(4), lambda: [L.Dense(3, trainable=False, name="frozen"), L.Dense(2, name="a_name_of_its_own")])
chain("dense free axes", F(3, 4, free=1), lambda: [L.Dense(3), L.Activation("softmax")])
functional("initializers", [F(4)], lambda x: [
    L.Dense(4, kernel_initializer=make)(x) for make in [
        "zeros", "ones", initializers.Constant(2), initializers.RandomNormal(0.1, 0.2, seed=1), initializers.RandomUniform(-0.1, 0.2),
        initializers.TruncatedNormal(0.0, 0.3, seed=5), initializers.GlorotNormal(), initializers.GlorotUniform(seed=3), "he_normal",
        "he_uniform", "lecun_normal", "lecun_uniform", initializers.Orthogonal(gain=2.0), initializers.Identity(gain=0.5),
        initializers.VarianceScaling(2.0, "fan_avg", "untruncated_normal", seed=2)]])
functional("regularizers", [F(4)], lambda x: [
    L.Dense(4, kernel_regularizer=make)(x) for make in [
        "l1", "l2", regularizers.L1(0.3), regularizers.L2(0.2), regularizers.L1L2(0.1, 0.3),
        regularizers.OrthogonalRegularizer(0.2, mode="columns")]])
functional("constraints", [F(4)], lambda x: [
    L.Dense(4, kernel_constraint=make)(x) for make in [
        "non_neg", "unit_norm", constraints.MaxNorm(3, axis=1), constraints.UnitNorm(axis=[0, 1]), constraints.MinMaxNorm(rate=0.3)]])
chain("einsum dense", F(3, 4), lambda: [
    L.EinsumDense("abc,cd->abd", (3, 5), bias_axes="d", activation="relu"),
    L.EinsumDense("...x,xy->...y", 3, bias_axes="y")])
chain("einsum dense options", F(2, 3, 4), lambda: [L.EinsumDense(
    "abcd,bcde->abe", (2, 5), bias_axes="be", kernel_initializer="he_normal", bias_initializer="ones",
    kernel_regularizer=regularizers.L2(0.1), bias_regularizer="l1", kernel_constraint="non_neg",
    bias_constraint="non_neg")])
chain("embedding", I(7, 4), lambda: [L.Embedding(7, 3), L.Flatten()])
chain("embedding options", I(5, 4, free=1), lambda: [L.Embedding(
    5, 3, embeddings_initializer="he_normal", embeddings_regularizer="l2", embeddings_constraint="unit_norm", name="words"), L.Dense(2)])
chain("embedding of floats", F(4, low=0, high=6), lambda: [L.Embedding(7, 2)])
chain("identity", F(2, 3), lambda: [L.Identity(), L.Identity(name="same")])
chain("masking", F(4, 3), lambda: [L.Masking(0.0), L.LSTM(2)], legacy=False)

# Activations
for part, names in [
    ("a to h", "celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu linear log_sigmoid log_softmax"),
    ("m to t", "mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_plus sparse_sigmoid sparsemax squareplus "
               "tanh tanh_shrink")]:
    functional("activations " + part, [F(4)], lambda x, names=names: [L.Activation(name)(x) for name in names.split()])
functional("relu", [F(5)], lambda x: [L.ReLU()(x), L.ReLU(max_value=1.0, negative_slope=0.1, threshold=0.2)(x)])
functional("leaky relu", [F(5)], lambda x: [L.LeakyReLU()(x), L.LeakyReLU(negative_slope=0.2)(x)])
functional("elu", [F(5)], lambda x: [L.ELU()(x), L.ELU(alpha=0.7)(x)])
functional("prelu", [F(2, 3, 4)], lambda x: [
    L.PReLU()(x), L.PReLU(shared_axes=[1, 2], alpha_initializer="ones", alpha_regularizer="l1", alpha_constraint="non_neg")(x)])
functional("softmax", [F(2, 3)], lambda x: [L.Softmax()(x), L.Softmax(axis=1)(x), L.Softmax(axis=[1, 2])(x)], legacy=False)
functional("softmax mask", [F(2, 3), B(2, 3)], lambda x, mask: L.Softmax()(x, mask=mask))

# Shapes
functional("flatten", [F(2, 3, 4)], lambda x: [L.Flatten()(x), L.Flatten(data_format="channels_first")(x)])
chain("reshape", F(12), lambda: [L.Reshape((3, 4)), L.Reshape((-1, 2)), L.Reshape((12,))])
chain("permute", F(2, 3, 4), lambda: [L.Permute((3, 1, 2)), L.Dense(2)])
chain("repeat vector", F(3), lambda: [L.RepeatVector(3), L.Dense(2)])

# Merges
for name in ["Add", "Multiply", "Average", "Maximum", "Minimum"]:
    functional(name.lower(), [F(3, 4), F(3, 4), F(1, 4)], lambda a, b, c, name=name: [
        getattr(L, name)()([a, b]), getattr(L, name)()([a, b, c]), getattr(L, name.lower())([L.Dense(4)(a), b])])
functional("subtract", [F(3), F(3)], lambda a, b: L.Subtract()([L.Dense(3)(a), b]))
functional("concatenate", [F(2, 3), F(2, 1)], lambda a, b: [L.Concatenate()([a, b, a]), L.Concatenate(axis=1)([a, a])])
functional("dot", [F(3, 4), F(5, 4)], lambda a, b: [
    L.Dot(axes=-1)([a, b]), L.Dot(axes=(2, 2), normalize=True)([b, a]), L.Dot(axes=1)([L.Flatten()(a), L.Dense(12)(L.Flatten()(b))])])

# Layers that do nothing outside of training
functional("dropouts", [F(3, 4)], lambda x: [
    L.Dropout(0.5)(x), L.Dropout(0.3, noise_shape=(None, 1, 4), seed=3)(x), L.SpatialDropout1D(0.4)(x), L.AlphaDropout(0.2, seed=1)(x),
    L.AlphaDropout(0.2, noise_shape=(None, 3, 1))(x), L.GaussianDropout(0.4)(x), L.GaussianNoise(0.3, seed=2)(x),
    L.ActivityRegularization(0.1, 0.2)(x)])
chain("spatial dropout 2d", F(3, 3, 2), lambda: [L.SpatialDropout2D(0.3), L.SpatialDropout2D(0.3, data_format="channels_first", seed=1)])
chain("spatial dropout 3d", F(2, 2, 2, 1), lambda: [L.SpatialDropout3D(0.3), L.SpatialDropout3D(0.3, data_format="channels_first")])

# Normalizations
chain("batch normalization", F(4), lambda: [L.Dense(4), L.BatchNormalization(), L.BatchNormalization(center=False, scale=False)])
chain("batch normalization options", F(3, 2, 4), lambda: [L.BatchNormalization(
    axis=1, momentum=0.9, epsilon=0.01, beta_initializer="ones", gamma_initializer="ones", moving_mean_initializer="ones",
    moving_variance_initializer="ones", beta_regularizer="l1", gamma_regularizer="l2", beta_constraint="non_neg",
    gamma_constraint="non_neg")])
chain("batch normalization renorm", F(4), lambda: [
    L.BatchNormalization(renorm=True, renorm_clipping={"rmax": 2.0, "rmin": 0.5, "dmax": 1.0}, renorm_momentum=0.8), L.Dense(2)])
chain("layer normalization", F(3, 4), lambda: [
    L.LayerNormalization(), L.LayerNormalization(axis=[1, 2], epsilon=1e-5), L.LayerNormalization(center=False, scale=False)], legacy=False)
chain("layer normalization options", F(4), lambda: [L.LayerNormalization(
    beta_initializer="ones", gamma_initializer="ones", beta_regularizer="l1", gamma_regularizer="l2", beta_constraint="non_neg",
    gamma_constraint="non_neg")])
chain("group normalization", F(4, 4, 6), lambda: [
    L.GroupNormalization(groups=3), L.GroupNormalization(groups=-1), L.GroupNormalization(groups=2, axis=1, epsilon=0.01, scale=False)])
chain("rms normalization", F(3, 4), lambda: [L.RMSNormalization(), L.RMSNormalization(axis=[-2, -1], epsilon=0.01)], legacy=False)
chain("unit normalization", F(3, 4), lambda: [L.Dense(4), L.UnitNormalization(), L.UnitNormalization(axis=[1, 2])], legacy=False)
chain("spectral normalization", F(6, 6, 2), lambda: [
    L.SpectralNormalization(L.Conv2D(3, 3)), L.SpectralNormalization(L.Dense(2), power_iterations=3)])

# Element types
chain("mixed bfloat16", F(4), lambda: [L.Dense(3, dtype="mixed_bfloat16"), L.Dense(2, dtype="float32")])
chain("bfloat16", F(4), lambda: [L.Dense(4, dtype="bfloat16", activation="tanh"), L.Dense(3, dtype="bfloat16")], legacy=False)
chain("mixed float16", F(4), lambda: [L.Dense(3, dtype="mixed_float16", activation="relu"), L.LayerNormalization(dtype="mixed_float16")])
# XLA's sigmoid of float16 rounds some numbers the other way: one unit in the last place.
chain("float16", F(4), lambda: [L.Dense(4, dtype="float16"), L.Activation("sigmoid", dtype="float16"), L.Dense(2, dtype="float16")],
      tolerance=2**-10)
chain("halves", F(3), lambda: [
    L.Dense(4, dtype="mixed_bfloat16"), L.Dense(4, dtype="bfloat16"), L.Dense(3, dtype="float16"), L.Dense(2, dtype="float32")], legacy=False)
chain("dtype policy object", F(4), lambda: [L.Dense(3, dtype=keras.DTypePolicy("mixed_bfloat16")), L.Dense(2, dtype=keras.DTypePolicy("float32"))])
chain("no autocast", F(4), lambda: [L.Dense(3, autocast=False), L.Dense(2)])
chain("mixed convolutions", F(6, 6, 2), lambda: [
    L.Conv2D(4, 3, dtype="mixed_float16"), L.BatchNormalization(dtype="mixed_float16"), L.MaxPooling2D(dtype="mixed_float16"),
    L.GlobalAveragePooling2D(dtype="mixed_float16"), L.Dense(2, dtype="float32")])
