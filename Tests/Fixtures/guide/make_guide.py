"""Records Keras' side of the guide's models: summaries, configs, and the loss of each of 50 training steps.

    .venv/bin/python Tests/Fixtures/guide/make_guide.py [MODEL ...]

Initial weights come from Keras' own initializers after `set_random_seed(7)`, data from the parity tests' `pattern`; nothing is
shuffled, and Dropout's rate is 0 in training. The Swift side (Tests/GuideTests) builds the same models and must meet each loss.
"""
import json
import os
import pathlib
import sys

os.environ["KERAS_BACKEND"] = "jax"
os.environ.setdefault("JAX_PLATFORMS", "cpu")

folder = pathlib.Path(__file__).parent
sys.path.insert(0, str(folder.parent / "parity"))

import keras
import numpy as np
from keras import layers, losses, ops

from make_parity import classes, pattern

STEPS = 50


def mnist():
    inputs = keras.Input((784,))
    x = layers.Dense(64, activation="relu")(inputs)
    x = layers.Dense(64, activation="relu")(x)
    return keras.Model(inputs, layers.Dense(10)(x), name="mnist_model")


def encoder_parts():
    inputs = keras.Input((28, 28, 1), name="img")
    x = layers.Conv2D(16, 3, activation="relu")(inputs)
    x = layers.Conv2D(32, 3, activation="relu")(x)
    x = layers.MaxPooling2D(3)(x)
    x = layers.Conv2D(32, 3, activation="relu")(x)
    x = layers.Conv2D(16, 3, activation="relu")(x)
    return inputs, layers.GlobalMaxPooling2D()(x)


def decoder_parts(x):
    x = layers.Reshape((4, 4, 1))(x)
    x = layers.Conv2DTranspose(16, 3, activation="relu")(x)
    x = layers.Conv2DTranspose(32, 3, activation="relu")(x)
    x = layers.UpSampling2D(3)(x)
    x = layers.Conv2DTranspose(16, 3, activation="relu")(x)
    return layers.Conv2DTranspose(1, 3, activation="relu")(x)


def encoder():
    return keras.Model(*encoder_parts(), name="encoder")


def autoencoder():
    inputs, encoded = encoder_parts()
    return keras.Model(inputs, decoder_parts(encoded), name="autoencoder")


def chained():
    encoded = keras.Input((16,), name="encoded_img")
    coder = keras.Model(*encoder_parts(), name="encoder")
    decoder = keras.Model(encoded, decoder_parts(encoded), name="decoder")
    image = keras.Input((28, 28, 1), name="img")
    return keras.Model(image, decoder(coder(image)), name="autoencoder")


def ensemble():
    def member():
        inputs = keras.Input((128,))
        return keras.Model(inputs, layers.Dense(1)(inputs))

    members = [member() for _ in range(3)]
    inputs = keras.Input((128,))
    return keras.Model(inputs, layers.average([model(inputs) for model in members]))


def router():
    title, body = keras.Input((None,), name="title"), keras.Input((None,), name="body")
    tags = keras.Input((12,), name="tags")
    features = layers.concatenate([
        layers.LSTM(128)(layers.Embedding(10_000, 64)(title)), layers.LSTM(32)(layers.Embedding(10_000, 64)(body)), tags])
    priority = layers.Dense(1, name="priority")(features)
    department = layers.Dense(4, name="department")(features)
    return keras.Model([title, body, tags], {"priority": priority, "department": department})


def toy_resnet(dropout=0.5):
    inputs = keras.Input((32, 32, 3), name="img")
    x = layers.Conv2D(32, 3, activation="relu")(inputs)
    x = layers.Conv2D(64, 3, activation="relu")(x)
    block = layers.MaxPooling2D(3)(x)
    for _ in range(2):
        x = layers.Conv2D(64, 3, activation="relu", padding="same")(block)
        x = layers.Conv2D(64, 3, activation="relu", padding="same")(x)
        block = layers.add([x, block])
    x = layers.Conv2D(64, 3, activation="relu")(block)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(256, activation="relu")(x)
    x = layers.Dropout(dropout)(x)
    return keras.Model(inputs, layers.Dense(10)(x), name="toy_resnet")


def shared_embedding():
    shared = layers.Embedding(1000, 128)
    first, second = keras.Input((None,), dtype="int32"), keras.Input((None,), dtype="int32")
    pooled = [layers.GlobalAveragePooling1D()(shared(words)) for words in (first, second)]
    return keras.Model([first, second], layers.Dense(1)(layers.concatenate(pooled)), name="shared_embedding")


def operations():
    x = keras.Input((16,), name="numbers")
    y = x * 2 + 1
    y = ops.reshape(y, (-1, 4, 4))
    y = ops.concatenate([y[:, 0], ops.tanh(y[:, 1])], axis=-1)
    return keras.Model(x, layers.Dense(3)(y), name="operations")


def masked():
    question, answer = keras.Input((None,), dtype="int32", name="question"), keras.Input((None,), dtype="int32", name="answer")
    words = layers.Embedding(1000, 16, mask_zero=True, name="words")
    read = layers.Bidirectional(layers.LSTM(8, return_sequences=True), name="read")(words(question))
    found = layers.Attention(name="look")([read, words(answer)])
    score = layers.Dense(1, name="score")
    return keras.Model([question, answer], score(layers.GlobalAveragePooling1D(name="mean")(found)), name="masked")


def custom_rnn():
    class CustomRNN(layers.Layer):
        def __init__(self, units=32, **kwargs):
            super().__init__(**kwargs)
            self.units = units
            self.projection_1 = layers.Dense(units, activation="tanh")
            self.projection_2 = layers.Dense(units, activation="tanh")
            self.classifier = layers.Dense(1)

        def call(self, inputs):
            state = ops.zeros((ops.shape(inputs)[0], self.units))
            outputs = []
            for step in range(inputs.shape[1]):
                state = self.projection_1(inputs[:, step]) + self.projection_2(state)
                outputs.append(state)
            return self.classifier(ops.stack(outputs, axis=1))

    inputs = keras.Input((10, 5))
    return keras.Model(inputs, CustomRNN()(layers.Conv1D(32, 3)(inputs)), name="custom_rnn")


def images(count, size, channels, salt):
    return (pattern((count, size, size, channels), salt) + 1) / 2


def sentences(count, length, salt):
    """Words, of which only the first ones of each sentence count."""
    kept = np.arange(length) < 1 + classes(count, salt + 1, length).reshape(-1, 1)
    return np.where(kept, classes(count * length, salt, 1000).reshape(-1, length), 0).astype("int32")


def scores(fraction, salt):
    return pattern((fraction, 1), salt)


# Name, model for the facts, model for training, loss, optimizer, batch, inputs and targets of all steps.
def one_hot(count, salt, number):
    return np.eye(number, dtype="float32")[classes(count, salt, number)]


def training(name):
    """The model to train, and how."""
    n = STEPS
    if name == "mnist":
        return mnist(), dict(loss=losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="rmsprop"), 16, \
            pattern((n * 16, 784), 1), classes(n * 16, 2, 10)
    if name in ("autoencoder", "chained"):
        data = images(n * 4, 28, 1, 3)
        return (autoencoder() if name == "autoencoder" else chained()), dict(loss="mean_squared_error", optimizer="adam"), 4, data, data
    if name == "ensemble":
        return ensemble(), dict(loss="mse", optimizer="sgd"), 8, pattern((n * 8, 128), 4), scores(n * 8, 5)
    if name == "router":
        inputs = {"title": classes(n * 4 * 6, 6, 10_000).reshape(-1, 6).astype("float32"),
                  "body": classes(n * 4 * 9, 7, 10_000).reshape(-1, 9).astype("float32"),
                  "tags": (pattern((n * 4, 12), 8) > 0).astype("float32")}
        targets = {"priority": (pattern((n * 4, 1), 9) > 0).astype("float32"), "department": one_hot(n * 4, 10, 4)}
        compile = dict(
            loss={"priority": losses.BinaryCrossentropy(from_logits=True), "department": losses.CategoricalCrossentropy(from_logits=True)},
            loss_weights={"priority": 1.0, "department": 0.2}, optimizer=keras.optimizers.RMSprop(1e-3))
        return router(), compile, 4, inputs, targets
    if name == "toy_resnet":
        # RMSprop's first updates have the gradients' signs: from weights that differ by 1e-6 Keras' own losses part by 1e-2.
        return toy_resnet(0.0), dict(loss=losses.CategoricalCrossentropy(from_logits=True), optimizer=keras.optimizers.SGD(0.01)), 4, \
            images(n * 4, 32, 3, 11), one_hot(n * 4, 12, 10)
    if name == "shared_embedding":
        return shared_embedding(), dict(loss="mse", optimizer="adam"), 4, \
            [classes(n * 4 * 5, 13, 1000).reshape(-1, 5), classes(n * 4 * 7, 14, 1000).reshape(-1, 7)], scores(n * 4, 15)
    if name == "operations":
        return operations(), dict(loss="mse", optimizer="sgd"), 8, pattern((n * 8, 16), 16), pattern((n * 8, 3), 17)
    if name == "masked":
        return masked(), dict(loss="mse", optimizer="adam"), 4, [sentences(n * 4, 6, 20), sentences(n * 4, 9, 22)], scores(n * 4, 24)
    if name == "custom_rnn":
        return custom_rnn(), dict(loss="mse", optimizer="rmsprop"), 8, pattern((n * 8, 10, 5), 18), pattern((n * 8, 8, 1), 19)


MODELS = dict(mnist=mnist, encoder=encoder, autoencoder=autoencoder, chained=chained, ensemble=ensemble, router=router,
              toy_resnet=toy_resnet, shared_embedding=shared_embedding, operations=operations, masked=masked, custom_rnn=custom_rnn)


class Losses(keras.callbacks.Callback):
    """The loss of each step: Keras shows the mean of an epoch's steps so far."""

    def on_train_begin(self, logs=None):
        self.sum, self.losses = 0.0, []

    def on_train_batch_end(self, batch, logs=None):
        total = float(logs["loss"]) * (batch + 1)
        self.losses.append(total - self.sum)
        self.sum = total


def record(name):
    keras.backend.clear_session()
    lines = []
    model = MODELS[name]()
    model.summary(print_fn=lambda text, line_break=True: lines.append(text))
    fact = {"name": name, "summary": "\n".join(lines), "parameters": model.count_params(), "config": json.loads(model.to_json())}
    if name != "encoder":
        keras.backend.clear_session()
        keras.utils.set_random_seed(7)
        model, settings, batch, x, y = training(name)
        model.compile(**settings)
        watch = Losses()
        model.fit(x, y, batch_size=batch, epochs=1, shuffle=False, verbose=0, callbacks=[watch])
        fact["losses"] = [float(f"{loss:.8g}") for loss in watch.losses]
    return fact


if __name__ == "__main__":
    for name in sys.argv[1:] or MODELS:
        with open(folder / f"{name}.json", "w") as file:
            json.dump(record(name), file, separators=(",", ":"))
            file.write("\n")
        print(name)
