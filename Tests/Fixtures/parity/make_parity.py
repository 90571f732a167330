"""Records how Keras trains small models: the loss of each step, and predictions at the end.

    .venv/bin/python Tests/Fixtures/parity/make_parity.py [--output FILE] [--quick]

Initial weights come from seeded initializers or from `pattern`, data from `pattern` or from Fashion-MNIST's first images, in
their order. The Swift side (Tests/KerasTests/Parity) builds the same models and must meet each loss within 1e-4.
`--quick` records two runs only, by which the tests see that the recorded file is what the installed Keras gives.
"""
import argparse
import gzip
import json
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import numpy as np

import keras
from keras import layers, optimizers

folder = os.path.dirname(os.path.abspath(__file__))
STEPS, BATCH = 200, 64


def pattern(shape, salt, scale=1.0):
    """Repeatable numbers between -scale and scale: a multiplicative hash of the element's number."""
    n = int(np.prod(shape))
    bits = (np.arange(1, n + 1, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(salt) * np.uint64(40503)) % np.uint64(1 << 32)
    bits ^= bits >> np.uint64(15)
    bits = (bits * np.uint64(2246822519)) % np.uint64(1 << 32)
    bits ^= bits >> np.uint64(13)
    return ((bits.astype(np.float64) / 2**31 - 1) * scale).astype(np.float32).reshape(shape)


def classes(count, salt, number):
    return ((pattern([count], salt).astype(np.float64) + 1) / 2 * number).astype(np.int32).clip(0, number - 1)


def fashion_mnist(count):
    path = "/usr/share/datasets/fashion-mnist/train-{}.gz"
    if not os.path.exists(path.format("images-idx3-ubyte")):
        return None
    images = np.frombuffer(gzip.open(path.format("images-idx3-ubyte")).read(), np.uint8, offset=16)[:count * 784].reshape(count, 784)
    labels = np.frombuffer(gzip.open(path.format("labels-idx1-ubyte")).read(), np.uint8, offset=8)[:count]
    return images.astype(np.float32) / 255, labels.astype(np.int32)


# Models: built afresh for each run.
def mnist_model():
    glorot = keras.initializers.GlorotUniform
    inputs = keras.Input((784,))
    x = layers.Dense(64, activation="relu", kernel_initializer=glorot(seed=1))(inputs)
    x = layers.Dense(64, activation="relu", kernel_initializer=glorot(seed=2))(x)
    return keras.Model(inputs, layers.Dense(10, kernel_initializer=glorot(seed=3))(x), name="mnist_model")


def set_pattern(model, scale=0.4):
    """Weights by `pattern`, one salt for each; what starts as ones or zeros (normalisations, biases) stays."""
    values = []
    for n, (variable, value) in enumerate(zip(model.weights, model.get_weights())):
        values.append(value if np.all(value == value.flat[0]) and variable.name in ("gamma", "beta", "bias", "moving_mean", "moving_variance")
                      else pattern(value.shape, n + 1, scale))
    model.set_weights(values)


def small_model():
    inputs = keras.Input((12,))
    x = layers.Dense(16, activation="tanh")(inputs)
    model = keras.Model(inputs, layers.Dense(5)(x))
    set_pattern(model)
    return model


def branching_model():
    """Two inputs, an embedding, both normalisations, every merge."""
    numbers, words = keras.Input((10,), name="numbers"), keras.Input((4,), dtype="int32", name="words")
    a = layers.BatchNormalization()(layers.Dense(8, activation="relu")(numbers))
    b = layers.Flatten()(layers.Embedding(20, 3)(words))
    b = layers.LayerNormalization()(layers.Dense(8, activation="gelu")(b))
    x = layers.Add()([a, b])
    x = layers.Concatenate()([x, layers.Multiply()([a, b]), layers.Average()([a, b]), layers.Maximum()([a, b]), layers.Subtract()([a, b]), layers.Minimum()([a, b])])
    x = layers.Dropout(0.0)(layers.Dense(8, activation="swish")(x))
    model = keras.Model([numbers, words], layers.Dense(4, activation="softmax")(x))
    set_pattern(model)
    return model


OPTIMIZERS = {
    "sgd": lambda: optimizers.SGD(0.05),
    "sgd momentum": lambda: optimizers.SGD(0.02, momentum=0.9),
    "sgd nesterov": lambda: optimizers.SGD(0.02, momentum=0.9, nesterov=True),
    "sgd weight decay": lambda: optimizers.SGD(0.05, weight_decay=0.01),
    "sgd clipnorm": lambda: optimizers.SGD(0.05, clipnorm=0.1),
    "sgd clipvalue": lambda: optimizers.SGD(0.05, clipvalue=0.01),
    "sgd global clipnorm": lambda: optimizers.SGD(0.05, global_clipnorm=0.2),
    "adam": lambda: optimizers.Adam(),
    "adam options": lambda: optimizers.Adam(3e-3, beta_1=0.8, beta_2=0.95, epsilon=1e-5),
    "adam amsgrad": lambda: optimizers.Adam(3e-3, amsgrad=True),
    "adam ema": lambda: optimizers.Adam(3e-3, use_ema=True, ema_momentum=0.9, ema_overwrite_frequency=50),
    "adamw": lambda: optimizers.AdamW(1e-3),
    "adamw decay": lambda: optimizers.AdamW(3e-3, weight_decay=0.1),
    "rmsprop": lambda: optimizers.RMSprop(1e-3),
    "rmsprop momentum": lambda: optimizers.RMSprop(1e-3, momentum=0.9),
    "rmsprop centered": lambda: optimizers.RMSprop(1e-3, centered=True, rho=0.8),
    "rmsprop centered momentum": lambda: optimizers.RMSprop(1e-3, centered=True, momentum=0.5),
    "schedule exponential": lambda: optimizers.SGD(optimizers.schedules.ExponentialDecay(0.1, 20, 0.8)),
    "schedule cosine": lambda: optimizers.Adam(optimizers.schedules.CosineDecay(5e-3, 150)),
}


def run(model, optimizer, loss, x, y, metrics=("accuracy",)):
    model.compile(optimizer=optimizer, loss=loss, metrics=list(metrics), jit_compile=True)
    losses, measures = [], []
    parts = x if isinstance(x, list) else [x]
    count = len(parts[0])
    for step in range(STEPS):
        start = step * BATCH % count
        rows = slice(start, start + BATCH)
        model.reset_metrics()
        logs = model.train_on_batch([p[rows] for p in parts] if isinstance(x, list) else x[rows], y[rows], return_dict=True)
        losses.append(float(logs["loss"]))
        measures.append(float(logs["accuracy"]) if "accuracy" in logs else 0.0)
    predictions = model.predict([p[:4] for p in parts] if isinstance(x, list) else x[:4], verbose=0)
    return {"losses": [float(f"{v:.8g}") for v in losses], "accuracy": float(np.mean(measures)), "predictions": [float(f"{v:.8g}") for v in np.ravel(predictions)]}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--output", default=os.path.join(folder, "parity.json"))
    arguments.add_argument("--quick", action="store_true")
    arguments = arguments.parse_args()
    quick = arguments.quick
    sparse = lambda: keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    result = {"keras": keras.__version__, "mnist": {}, "small": {}, "branching": {}, "losses": {}}

    data = fashion_mnist(STEPS * BATCH)
    if data is not None:
        for name in ("adam",) if quick else ("sgd", "adam", "adamw", "rmsprop"):
            result["mnist"][name] = run(mnist_model(), OPTIMIZERS[name](), sparse(), *data)

    x, y = pattern([640, 12], 1), classes(640, 2, 5)
    for name, optimizer in OPTIMIZERS.items():
        if quick and name != "sgd":
            continue
        result["small"][name] = run(small_model(), optimizer(), sparse(), x, y)

    numbers = pattern([640, 10], 3)
    words, target = classes(640 * 4, 4, 20).reshape(640, 4), classes(640, 5, 4)
    for name in () if quick else ("sgd momentum", "adam", "rmsprop"):
        result["branching"][name] = run(branching_model(), OPTIMIZERS[name](), "sparse_categorical_crossentropy", [numbers, words], target)

    onehot = np.eye(5, dtype=np.float32)[y]
    values = pattern([640, 5], 6)
    for name, loss, y in [] if quick else [("mse", "mse", values), ("categorical", keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1), onehot),
                          ("binary", keras.losses.BinaryCrossentropy(from_logits=True), onehot)]:
        result["losses"][name] = run(small_model(), optimizers.Adam(3e-3), loss, x, y, metrics=())

    with open(arguments.output, "w") as file:
        json.dump(result, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
