"""Models that were compiled and trained for two steps: with them go the compile settings, and the state of optimizers and metrics."""
import keras
from keras import layers as L, losses, metrics, optimizers
from table import F, I, whole

schedules = optimizers.schedules


def compiled(name, inputs, targets, make, optimizer, loss, **settings):
    def build():
        model = make()
        model.compile(optimizer=optimizer(), loss=loss, **settings)
        return model

    whole("trained: " + name, inputs, build, targets=targets, batch=4)


def small(activation=None, units=1):
    return lambda: keras.Sequential([keras.Input((3,)), L.Dense(4, activation="tanh"), L.Dense(units, activation=activation)])


# Optimizers
for name, make in {
    "sgd": lambda: optimizers.SGD(0.05),
    "sgd, momentum": lambda: optimizers.SGD(0.05, momentum=0.9, nesterov=True, weight_decay=0.01),
    "adam": lambda: "adam",
    "adam, options": lambda: optimizers.Adam(0.01, beta_1=0.8, beta_2=0.99, epsilon=1e-5, amsgrad=True, clipnorm=1.0, name="my_adam"),
    "adam, accumulation": lambda: optimizers.Adam(0.01, gradient_accumulation_steps=3),
    "adam, average": lambda: optimizers.Adam(0.01, use_ema=True, ema_momentum=0.9, ema_overwrite_frequency=2),
    "adamw": lambda: optimizers.AdamW(0.01, weight_decay=0.1, global_clipnorm=0.5),
    "rmsprop": lambda: "rmsprop",
    "rmsprop, options": lambda: optimizers.RMSprop(0.01, rho=0.8, centered=True, momentum=0.9, clipvalue=0.5),
}.items():
    compiled(name, [F(3)], [F(1)], small(), make, "mse")

# Learning rate schedules
for name, make in {
    "exponential decay": lambda: schedules.ExponentialDecay(0.05, 4, 0.5, staircase=True),
    "piecewise constant": lambda: schedules.PiecewiseConstantDecay([2, 5], [0.1, 0.05, 0.01]),
    "polynomial decay": lambda: schedules.PolynomialDecay(0.05, 10, 0.001, power=2.0, cycle=True),
    "inverse time decay": lambda: schedules.InverseTimeDecay(0.05, 3, 0.5),
    "cosine decay": lambda: schedules.CosineDecay(0.05, 10, alpha=0.1, warmup_target=0.1, warmup_steps=2),
    "cosine decay, restarts": lambda: schedules.CosineDecayRestarts(0.05, 4, t_mul=1.5, m_mul=0.9, alpha=0.1),
}.items():
    compiled(name, [F(3)], [F(1)], small(), lambda make=make: optimizers.SGD(make()), "mse")

# Losses and metrics
ERRORS = ["mse", "mae", metrics.RootMeanSquaredError(), metrics.MeanAbsolutePercentageError(), metrics.MeanSquaredLogarithmicError(name="log")]
for name, loss in {
    "mean absolute error": losses.MeanAbsoluteError(), "huber": losses.Huber(0.5), "log cosh": "log_cosh",
    "mean squared logarithmic error": losses.MeanSquaredLogarithmicError(reduction="sum"),
    "mean absolute percentage error": losses.MeanAbsolutePercentageError(), "poisson": losses.Poisson(name="fish"),
    "cosine similarity": losses.CosineSimilarity(axis=-1), "kl divergence": losses.KLDivergence(), "tversky": losses.Tversky(0.4, 0.6)
}.items():
    compiled(name, [F(3)], [F(2, low=0.1, high=1)], small("sigmoid", 2), lambda: optimizers.SGD(0.01), loss, metrics=ERRORS[:2])
compiled("regression metrics", [F(3)], [F(2, low=0.1, high=1)], small("sigmoid", 2), lambda: optimizers.SGD(0.01), "mse", metrics=ERRORS + [
    metrics.CosineSimilarity()])
compiled("two classes", [F(3)], [I(2, 1, dtype="float32")], small("sigmoid"), lambda: "adam",
         losses.BinaryCrossentropy(label_smoothing=0.1), metrics=[
             "accuracy", metrics.BinaryAccuracy(threshold=0.6), metrics.AUC(num_thresholds=20), metrics.Precision(), metrics.Recall(thresholds=[0.3, 0.7]),
             metrics.TruePositives(), metrics.FalseNegatives()], weighted_metrics=["accuracy"])
compiled("two classes, focal", [F(3)], [I(2, 1, dtype="float32")], small(), lambda: "sgd", losses.BinaryFocalCrossentropy(from_logits=True, gamma=1.5))
compiled("hinge", [F(3)], [I(2, 1, dtype="float32")], small("tanh"), lambda: "sgd", losses.SquaredHinge(), metrics=["hinge"])
compiled("many classes", [F(3)], [I(3, dtype="int32")], small("softmax", 3), lambda: "rmsprop",
         losses.SparseCategoricalCrossentropy(), metrics=[
             "accuracy", metrics.SparseTopKCategoricalAccuracy(2), metrics.SparseCategoricalCrossentropy(), "sparse_categorical_accuracy"])
compiled("one of many", [F(3)], [F(3, low=0, high=1)], small(None, 3), lambda: "adam",
         losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1), metrics=[
             "accuracy", metrics.TopKCategoricalAccuracy(k=2), metrics.CategoricalCrossentropy(from_logits=True)])
compiled("one of many, focal", [F(3)], [F(3, low=0, high=1)], small("softmax", 3), lambda: "adam", losses.CategoricalFocalCrossentropy(alpha=0.3))


# Whole models
def classifier():
    x = keras.Input((3,))
    h = L.BatchNormalization()(L.Dense(4, activation="relu", kernel_regularizer="l2", kernel_constraint="max_norm")(x))
    return keras.Model(x, L.Dense(2, activation="softmax", name="scores")(L.Dropout(0.0)(h)), name="mlp")


def two_headed():
    a, b = keras.Input((3,), name="numbers"), keras.Input((4,), dtype="int32", name="words")
    x = L.Concatenate()([L.Dense(3)(a), L.GlobalAveragePooling1D()(L.Embedding(9, 3)(b))])
    return keras.Model({"numbers": a, "words": b}, {"p": L.Dense(2, name="p")(x), "q": L.Dense(1, activation="sigmoid", name="q")(x)})


def two_listed():
    a, b = keras.Input((3,), name="first"), keras.Input((2,), name="second")
    return keras.Model([a, b], [L.Dense(1, name="p")(L.Concatenate()([a, b])), L.Dense(2, name="q")(a)])


def half_frozen():
    base = keras.Sequential([keras.Input((3,)), L.Dense(4, activation="relu"), L.BatchNormalization()], name="base")
    base.trainable = False
    x = keras.Input((3,))
    return keras.Model(x, L.Dense(1)(base(x)), name="half_frozen")


compiled("classifier", [F(3)], [I(2)], classifier, lambda: optimizers.Adam(0.01), losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
compiled("dictionaries", [F(3), I(9, 4)], [F(2), I(2, 1, dtype="float32")], two_headed,
         lambda: optimizers.SGD(schedules.ExponentialDecay(0.05, 4, 0.5), momentum=0.9), {"p": "mse", "q": losses.BinaryCrossentropy()},
         metrics={"p": ["mae"], "q": [metrics.BinaryAccuracy()]}, loss_weights={"p": 1.0, "q": 0.5})
compiled("lists", [F(3), F(2)], [F(1), F(2)], two_listed, lambda: "adam", ["mse", losses.MeanAbsoluteError()],
         metrics=[["mae"], [metrics.MeanSquaredError(name="error")]], loss_weights=[1.0, 0.2])
compiled("half frozen", [F(3)], [F(1)], half_frozen, lambda: optimizers.AdamW(0.01), "mse")
compiled("recurrent", [F(4, 3)], [F(2)], lambda: keras.Sequential([keras.Input((4, 3)), L.Bidirectional(L.LSTM(2)), L.Dense(2)]),
         lambda: optimizers.Adam(0.01), "mse")
compiled("pictures", [F(6, 6, 1)], [I(2)], lambda: keras.Sequential([
    keras.Input((6, 6, 1)), L.Conv2D(3, 3, activation="relu"), L.BatchNormalization(), L.MaxPooling2D(), L.Flatten(), L.Dense(2)]),
    lambda: optimizers.RMSprop(0.01), losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
compiled("masked words", [I(3, 5)], [F(1)], lambda: keras.Sequential([
    keras.Input((5,)), L.Embedding(3, 3, mask_zero=True), L.GRU(2), L.Dense(1)]), lambda: "adam", "mse", metrics=["mae"])
